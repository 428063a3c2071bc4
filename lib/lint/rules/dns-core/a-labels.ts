import { oncePerZone } from '../../common-memo.ts';
import type { Facts } from '../../facts.ts';
import { isALabel } from './host-names.ts';

/** A label that begins with `xn--` and the first record of the owner it is in. */
export interface ALabel {
  readonly record: number;
  readonly label: string;
}

/** The labels of owners that begin with `xn--`. */
export const aLabelsOf: (facts: Facts) => readonly ALabel[] = oncePerZone((facts) => {
  const found: ALabel[] = [];
  const { names } = facts.zone;
  const { first } = facts.tree;
  const { arena, offsets } = names;
  for (let name = 0; name < first.length; name++) {
    const record = first[name] as number;
    if (record < 0) continue;
    for (let at = offsets[name] as number; (arena[at] as number) > 0; at += (arena[at] as number) + 1) {
      const end = at + 1 + (arena[at] as number);
      if (!isALabel(arena, at + 1, end)) continue;
      found.push({ record, label: String.fromCharCode(...arena.subarray(at + 1, end)) });
    }
  }
  return found;
});
