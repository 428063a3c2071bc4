import type { Facts } from '../../facts.ts';
import { isALabel } from './host-names.ts';

/** Calls back for each owner with a label that begins with `xn--`: its first record, and that label as text. */
export function eachALabel(facts: Facts, found: (record: number, label: string) => void): void {
  const { names } = facts.zone;
  const { first } = facts.tree;
  const { arena, offsets } = names;
  for (let name = 0; name < first.length; name++) {
    const record = first[name] as number;
    if (record < 0) continue;
    for (let at = offsets[name] as number; (arena[at] as number) > 0; at += (arena[at] as number) + 1) {
      const end = at + 1 + (arena[at] as number);
      if (isALabel(arena, at + 1, end)) found(record, String.fromCharCode(...arena.subarray(at + 1, end)));
    }
  }
}
