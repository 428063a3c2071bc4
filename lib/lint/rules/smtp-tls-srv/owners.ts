import { labelsOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import type { Edit } from '../../../text/edits.ts';
import { lookAt } from '../../../zone/look.ts';
import type { Facts, RRset } from '../../facts.ts';
import { isHidden } from '../../shared-hosts.ts';

/** An SRV RRset with the labels of its owner as text. */
export interface Service {
  readonly set: RRset;
  readonly labels: readonly string[];
}

/** The SRV RRsets whose owner starts with a label that a test on its first octets lets through. */
export function* services(facts: Facts, mayMatch: (owner: Uint8Array) => boolean): Generator<Service> {
  for (const set of facts.rrsets(TYPE.SRV)) {
    const wire = facts.zone.names.wire(set.owner);
    if (mayMatch(wire) && !isHidden(facts, set.owner)) yield { set, labels: labelsOf(wire) };
  }
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
