import { type BimiRecord, isBimi, parseBimi } from '../../../mail/bimi.ts';
import { labelsOf } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { isHidden } from '../../common-hosts.ts';
import type { Facts } from '../../facts.ts';

/** A TXT record that is, or was meant as, a BIMI record. */
export interface BimiAt {
  readonly record: number;
  readonly owner: number;
  readonly text: string;
  readonly bimi: BimiRecord;
  /** The labels of its owner. */
  readonly labels: readonly string[];
  /** Whether the owner is a selector, `_bimi` and a domain, where receivers ask. */
  readonly placed: boolean;
}

/** The BIMI records of the zone: by their text, wherever they stand. */
export function bimiRecords(facts: Facts): readonly BimiAt[] {
  return facts.once(readRecords);
}

/** The BIMI records that receivers find, by owner. */
export function bimiSets(facts: Facts): readonly (readonly BimiAt[])[] {
  const sets = new Map<number, BimiAt[]>();
  for (const one of bimiRecords(facts)) {
    if (!one.placed) continue;
    const same = sets.get(one.owner);
    if (same === undefined) sets.set(one.owner, [one]);
    else same.push(one);
  }
  return [...sets.values()];
}

function readRecords(facts: Facts): readonly BimiAt[] {
  const { owners, rdata, rdataStarts, rdataLengths, names } = facts.zone;
  const found: BimiAt[] = [];
  for (const record of facts.records(TYPE.TXT)) {
    const start = (rdataStarts[record] ?? 0) + 1;
    if ((rdataLengths[record] ?? 0) < 7 || !mayBegin(rdata, start)) continue;
    const owner = owners[record] ?? 0;
    if (isHidden(facts, owner)) continue;
    const text = facts.text(record);
    if (!isBimi(text)) continue;
    const labels = labelsOf(names.wire(owner));
    const placed = isBimiLabel(labels[1]) && !isBimiLabel(labels[0]);
    found.push({ record, owner, text, bimi: parseBimi(text), labels, placed });
  }
  return found;
}

/** Whether a label is `_bimi`, in any letter case. */
export function isBimiLabel(label: string | undefined): boolean {
  return label?.toLowerCase() === '_bimi';
}

/** A text that begins with `v` or a blank. */
function mayBegin(bytes: Uint8Array, at: number): boolean {
  const octet = bytes[at] ?? 0;
  return (octet | 0x20) === 0x76 || octet === 0x20 || octet === 0x09;
}
