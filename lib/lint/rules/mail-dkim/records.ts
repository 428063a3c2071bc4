import { type DkimRecord, mayBeDkim, parseDkim } from '../../../mail/dkim.ts';
import { TYPE } from '../../../rr/types.ts';
import { isHidden } from '../../common-hosts.ts';
import type { Facts } from '../../facts.ts';
import { isLabel } from '../mail-dmarc/texts.ts';

/** The label below which a domain puts its keys (RFC 6376 §3.6.2.1). */
export const KEY_LABEL = '_domainkey';

/** A TXT record that holds a DKIM key or was meant so. */
export interface DkimText {
  readonly record: number;
  readonly owner: number;
  readonly text: string;
  readonly dkim: DkimRecord;
}

/** The key records of a zone, parsed once: those at selectors, and texts elsewhere that look like one. */
export interface DkimTexts {
  readonly keys: readonly DkimText[];
  readonly elsewhere: readonly DkimText[];
}

/** All DKIM key records of a zone in file order. */
export function dkimTexts(facts: Facts): DkimTexts {
  return facts.once(collect);
}

/** Key records at selectors. */
export function dkimKeys(facts: Facts): readonly DkimText[] {
  return dkimTexts(facts).keys;
}

function collect(facts: Facts): DkimTexts {
  const { owners, names } = facts.zone;
  const keys: DkimText[] = [];
  const elsewhere: DkimText[] = [];
  for (const record of facts.records(TYPE.TXT)) {
    const owner = owners[record] as number;
    const place = placeOf(names.arena, names.offsets[owner] as number, names.offsets[owner + 1] as number);
    if (place === 'other' || (place === 'none' && !startsLikeKey(facts, record))) continue;
    const text = facts.text(record);
    if ((place === 'none' && !mayBeDkim(text)) || isHidden(facts, owner)) continue;
    (place === 'selector' ? keys : elsewhere).push({ record, owner, text, dkim: parseDkim(text) });
  }
  return { keys, elsewhere };
}

/** Whether a name is that of a selector, with one label or several, below `_domainkey`. */
export function isSelector(facts: Facts, name: number): boolean {
  const { arena, offsets } = facts.zone.names;
  return placeOf(arena, offsets[name] as number, offsets[name + 1] as number) === 'selector';
}

/**
 * `selector` for a name below `_domainkey`; `other` for what stands there beside keys, all with a leading underscore: the
 * signing practices of RFC 5617 and its drafts; `none` for names elsewhere and for `_domainkey` itself.
 */
function placeOf(arena: Uint8Array, start: number, end: number): 'selector' | 'other' | 'none' {
  for (let at = start + 1 + (arena[start] as number); at < end; at += 1 + (arena[at] as number)) {
    if (arena[at] !== KEY_LABEL.length || arena[at + 1] !== 0x5f || !isLabel(arena, at, KEY_LABEL)) continue;
    return arena[start + 1] === 0x5f ? 'other' : 'selector';
  }
  return 'none';
}

/** A cheap look at the first octets: `v=D`, or one of the other tags, a blank or a quotation mark. */
function startsLikeKey({ zone }: Facts, record: number): boolean {
  const start = zone.rdataStarts[record] as number;
  if ((zone.rdataLengths[record] as number) < 7) return false;
  const first = zone.rdata[start + 1] as number;
  if (first === 0x20 || first === 0x22) return true;
  const second = zone.rdata[start + 2] as number;
  if (second !== 0x3d && second !== 0x20) return false;
  const letter = first | 0x20;
  if (letter === 0x76) return ((zone.rdata[start + 3] as number) | 0x20) !== 0x73;
  // h, k, p, t, s, n, g
  return letter === 0x6b || letter === 0x70 || letter === 0x68 || letter === 0x74 || letter === 0x73 || letter === 0x67;
}
