import { labelsOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import type { Edit } from '../../../text/edits.ts';
import { lookAt } from '../../../zone/look.ts';
import { isHidden } from '../../common-hosts.ts';
import { serviceLabels } from '../../drafts.ts';
import type { Facts, RRset } from '../../facts.ts';

/** An SRV RRset with the labels of its owner as text. */
export interface Service {
  readonly set: RRset;
  readonly labels: readonly string[];
}

/** The SRV RRsets whose owner starts with a label of a length asked for; those at `_smtp-tls._tcp`, letter by letter, are left out. */
export function* services(facts: Facts, least: number, most: number = least): Generator<Service> {
  const { names } = facts.zone;
  for (const set of facts.rrsets(TYPE.SRV)) {
    const size = names.arena[names.offsets[set.owner] ?? 0] ?? 0;
    if (size < least || size > most || isRight(facts, set.owner) || isHidden(facts, set.owner)) continue;
    yield { set, labels: labelsOf(names.wire(set.owner)) };
  }
}

function rightLabels(facts: Facts): Uint8Array {
  return serviceLabels(facts.drafts);
}

function isRight(facts: Facts, owner: number): boolean {
  const { arena, offsets } = facts.zone.names;
  const start = offsets[owner] ?? 0;
  return facts.once(rightLabels).every((octet, at) => arena[start + at] === octet);
}

/**
 * Edits that replace the first labels in every written owner of an RRset; none when an owner is not written with them
 * (below another `$ORIGIN`), or the RRset stands in several files.
 */
export function ownerEdits(
  facts: Facts,
  records: readonly number[],
  replaced: number,
  by: readonly string[],
): readonly Edit[] {
  const edits: Edit[] = [];
  for (const record of records) {
    if (facts.fileOf(record) !== facts.fileOf(records[0] ?? record)) return [];
    const { entry, header, written } = lookAt(facts.zone, record);
    if (!written) return [];
    if (header.ownerWord < 0) continue;
    const start = entry.wordStart(header.ownerWord);
    const text = facts.source(record, 'owner');
    const labels = text.split('.');
    if (text.includes('\\') || text === '@' || labels.length < replaced) return [];
    edits.push({ start, end: start + labels.slice(0, replaced).join('.').length, text: by.join('.') });
  }
  return edits;
}
