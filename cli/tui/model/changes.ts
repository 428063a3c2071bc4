import type { ChangedRange } from './changed-ranges.ts';
import type { ZoneDocument } from './document.ts';

/** A difference to the saved file. */
export interface DocumentChange extends ChangedRange {
  readonly file: string;
}

/** All differences to the saved files, in the order of files and places. */
export function changesOf({ zone, changed }: ZoneDocument): readonly DocumentChange[] {
  if (changed.size === 0) return [];
  const known = made.get(changed);
  if (known !== undefined) return known;
  const order = [...new Set([...zone.files.map(({ name }) => name), ...changed.keys()])];
  const all = order.flatMap((file) => (changed.get(file) ?? []).map((range) => ({ ...range, file })));
  made.set(changed, all);
  return all;
}

const made = new WeakMap<ZoneDocument['changed'], readonly DocumentChange[]>();
