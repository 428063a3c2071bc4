import { equalNames, nameKey } from '../rr/name.ts';
import type { Facts } from './facts.ts';

/** A record whose target an earlier record of the same RRset names too. */
export interface Repeated {
  readonly record: number;
  readonly first: number;
  readonly wire: Uint8Array;
}

/** The records of an RRset that name the host of an earlier one, letter case aside. */
export function* repeatedTargets(facts: Facts, records: readonly number[], field: string): Generator<Repeated> {
  if (records.length < 2) return;
  const [one = 0, other = 0] = records;
  if (records.length === 2) {
    // Two records are the usual set: compare them without making keys.
    const wire = facts.nameField(other, field);
    const before = facts.nameField(one, field);
    if (wire !== undefined && before !== undefined && equalNames(wire, before))
      yield { record: other, first: one, wire };
    return;
  }
  const seen = new Map<string, number>();
  for (const record of records) {
    const wire = facts.nameField(record, field);
    if (wire === undefined) continue;
    const key = nameKey(wire);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, record);
    else yield { record, first, wire };
  }
}
