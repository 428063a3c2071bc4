import { type DmarcRecord, mayBeDmarc, parseDmarc } from '../../../mail/dmarc.ts';
import { parentOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { isHidden, isWildcard } from '../../common-hosts.ts';
import type { Facts } from '../../facts.ts';
import { isLabel } from './texts.ts';

/** The label below which a domain puts its DMARC record (RFC 9989 §4.10). */
export const DMARC_LABEL = '_dmarc';

/** The label below which a receiver of reports says for which domains it takes them (RFC 9990 §4). */
export const REPORT_LABEL = '_report';

/** A TXT record that is DMARC or was meant so. */
export interface DmarcText {
  readonly record: number;
  readonly owner: number;
  /** At `_dmarc.<domain>` or a wildcard; below `_report._dmarc.<receiver>`; or where nobody looks for it. */
  readonly place: 'policy' | 'report' | 'elsewhere';
  /** The domain whose policy it is; for other places the owner. */
  readonly domain: Uint8Array;
  readonly text: string;
  readonly dmarc: DmarcRecord;
}

/** All DMARC records of a zone in file order, misplaced and broken ones included; made once. */
export function dmarcTexts(facts: Facts): readonly DmarcText[] {
  return facts.once(collect);
}

/** The DMARC records that say a policy for a domain. */
export function policyTexts(facts: Facts): readonly DmarcText[] {
  return facts.once(collectPolicies);
}

function collectPolicies(facts: Facts): readonly DmarcText[] {
  return dmarcTexts(facts).filter(({ place }) => place === 'policy');
}

/** The DMARC record in a TXT record, parsed once; undefined when the text has nothing to do with DMARC. */
export function dmarcOf(facts: Facts, record: number): DmarcText | undefined {
  const all = dmarcTexts(facts);
  let low = 0;
  for (let high = all.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.record ?? 0) < record) low = middle + 1;
    else high = middle;
  }
  const found = all[low];
  return found?.record === record ? found : undefined;
}

function collect(facts: Facts): readonly DmarcText[] {
  const { owners, names } = facts.zone;
  const found: DmarcText[] = [];
  for (const record of facts.records(TYPE.TXT)) {
    const owner = owners[record] as number;
    const atLabel = startsWithDmarc(names.arena, names.offsets[owner] as number);
    if (!atLabel && !startsLikeDmarc(facts, record)) continue;
    const text = facts.text(record);
    if (!(atLabel ? wasMeant(text) : mayBeDmarc(text)) || isHidden(facts, owner)) continue;
    const plain = atLabel && !isWildcard(facts, owner);
    found.push(new Found(facts, record, plain ? 'policy' : placeOf(names.wire(owner)), text));
  }
  return found;
}

/** Names are made when a rule asks for them: most records have no finding. */
class Found implements DmarcText {
  readonly record: number;
  readonly owner: number;
  readonly place: DmarcText['place'];
  readonly text: string;
  readonly dmarc: DmarcRecord;
  readonly #facts: Facts;

  constructor(facts: Facts, record: number, place: DmarcText['place'], text: string) {
    this.#facts = facts;
    this.record = record;
    this.owner = facts.zone.owners[record] as number;
    this.place = place;
    this.text = text;
    this.dmarc = parseDmarc(text);
  }

  get domain(): Uint8Array {
    const wire = this.#facts.zone.names.wire(this.owner);
    return this.place === 'policy' ? (parentOf(wire) ?? wire) : wire;
  }
}

/** What a name other than `_dmarc.<domain>` is; a wildcard right below `_dmarc` answers for no name where a policy is looked for. */
function placeOf(owner: Uint8Array): DmarcText['place'] {
  for (let at = 0; (owner[at] ?? 0) > 0; ) {
    const next = at + 1 + (owner[at] ?? 0);
    if (isLabel(owner, at, REPORT_LABEL) && isLabel(owner, next, DMARC_LABEL)) return 'report';
    at = next;
  }
  return isLabel(owner, 0, '*') && !isLabel(owner, 2, DMARC_LABEL) ? 'policy' : 'elsewhere';
}

/** Whether a text at `_dmarc` was meant for DMARC, the version left out or misspelled. */
function wasMeant(text: string): boolean {
  return mayBeDmarc(text) || (/(?:^|;)[\s"]*(?:p|sp|rua|ruf)\s*=/i.test(text) && !/^v=spf/i.test(text));
}

function startsWithDmarc(arena: Uint8Array, start: number): boolean {
  return arena[start] === 6 && arena[start + 1] === 0x5f && isLabel(arena, start, DMARC_LABEL);
}

/** A cheap look at the first octets: `v`, `d`, a blank or a quotation mark, then no SPF. */
function startsLikeDmarc({ zone }: Facts, record: number): boolean {
  const start = zone.rdataStarts[record] as number;
  if ((zone.rdataLengths[record] as number) < 7) return false;
  const first = zone.rdata[start + 1] as number;
  if (first === 0x76 || first === 0x56) {
    const letter = (zone.rdata[start + 3] as number) | 0x20;
    return zone.rdata[start + 2] !== 0x3d || letter === 0x64 || letter === 0x20;
  }
  return first === 0x20 || first === 0x22 || first === 0x64 || first === 0x44;
}
