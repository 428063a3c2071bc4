import { nameToText } from '../rr/name.ts';
import type { Facts } from './facts.ts';
import type { ProposedFix } from './rule.ts';

/** A safe fix that writes another number into a field; none when the field has no word of its own (generic RDATA, `$GENERATE`). */
export function numberFix(
  facts: Facts,
  record: number,
  field: string,
  from: number,
  to: number,
): readonly ProposedFix[] {
  if (!/^0*\d+$/.test(facts.source(record, field)) || Number(facts.source(record, field)) !== from) return [];
  const { start, end } = facts.span(record, field);
  return [{ title: `write ${to} instead of ${from}`, safe: true, edits: [{ start, end, text: String(to) }] }];
}

/** A fix that writes another name, as an absolute one; none when the field has no word of its own. */
export function nameFix(
  facts: Facts,
  record: number,
  field: string,
  wire: Uint8Array,
  title: string,
): readonly ProposedFix[] {
  if (/[\s\\()]/.test(facts.source(record, field))) return [];
  const { start, end } = facts.span(record, field);
  return [{ title, safe: false, edits: [{ start, end, text: nameToText(wire) }] }];
}
