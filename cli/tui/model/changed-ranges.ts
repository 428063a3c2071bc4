import type { Edit, OctetEdit } from '../../../lib/text/edits.ts';
import { changesOf, linesOf } from '../../../lib/text/line-changes.ts';

/** Octets that differ from the saved file: `start` to `end` now stands where `from` to `to` stood. */
export interface ChangedRange {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

/** An edit by its place and the octets that it writes. */
interface Cut {
  readonly start: number;
  readonly end: number;
  readonly length: number;
  /** How far the cuts before it move what stands behind them. */
  readonly shift: number;
}

/** What differs from the saved octets after edits of a file that differed already; what is equal again is left out. */
export function changedAfter(
  before: readonly ChangedRange[],
  edits: readonly (Edit | OctetEdit)[],
  saved: Uint8Array,
  now: Uint8Array,
): ChangedRange[] {
  return compose(before, cutsOf(edits)).flatMap((range) => trimmed(range, saved, now));
}

/** The ranges in which octets differ from others, lines that are equal between them; none when all are equal. */
export function changedBetween(saved: Uint8Array, now: Uint8Array): ChangedRange[] {
  const [whole] = trimmed({ start: 0, end: now.length, from: 0, to: saved.length }, saved, now);
  if (whole === undefined) return [];
  // What is equal on both sides is so up to the ends of the lines, too.
  const first = whole.start === 0 ? 0 : now.lastIndexOf(0x0a, whole.start - 1) + 1;
  const newline = now.indexOf(0x0a, whole.end);
  const behind = (newline < 0 ? now.length : newline + 1) - whole.end;
  const old = linesOf(saved.subarray(first, whole.to + behind));
  const fresh = linesOf(now.subarray(first, whole.end + behind));
  const [from, start] = [offsetsOf(old, first), offsetsOf(fresh, first)];
  return [...changesOf(old, fresh)].flatMap(({ oldStart, oldEnd, newStart, newEnd }) => {
    const range = { start: start[newStart], end: start[newEnd], from: from[oldStart], to: from[oldEnd] };
    return trimmed(range as ChangedRange, saved, now);
  });
}

/** Where each line begins, the end behind the last. */
function offsetsOf(lines: readonly string[], first: number): number[] {
  const offsets = [first];
  let at = first;
  for (const { length } of lines) {
    at += length;
    offsets.push(at);
  }
  return offsets;
}

/** Whether an entry from `start` to `end` differs from what was saved. */
export function isTouched(ranges: readonly ChangedRange[], start: number, end: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as ChangedRange).end <= start) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < ranges.length; at++) {
    const range = ranges[at] as ChangedRange;
    if (range.start >= end) return false;
    // Where something was only taken away between two entries, neither of them differs.
    if (range.end > range.start || range.start > start) return true;
  }
  return false;
}

/** Where an offset of a file lies after edits, and whether what stood there was taken out. */
export function shifted(
  edits: readonly (Edit | OctetEdit)[],
  offset: number,
): { readonly offset: number; readonly gone: boolean } {
  const all = cutsOf(edits);
  const cut = all[cutsUpTo(all, offset) - 1];
  if (cut === undefined) return { offset, gone: false };
  const { start, end, length, shift } = cut;
  if (end > offset) return { offset: start + shift, gone: length === 0 };
  return { offset: offset + shift + length - (end - start), gone: false };
}

/** Whether edits touch octets from `start` to `end`. */
export function isCut(edits: readonly (Edit | OctetEdit)[], start: number, end: number): boolean {
  const all = cutsOf(edits);
  for (let index = cutsUpTo(all, Math.max(end, start + 1) - 1) - 1; index >= 0; index--) {
    const cut = all[index] as Cut;
    if (cut.end > start) return true;
    if (cut.end < start) return false;
  }
  return false;
}

/** How many cuts begin at or before an offset. */
function cutsUpTo(all: readonly Cut[], offset: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] as Cut).start <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The edits of a file in order, with their lengths in octets; made once for many offsets. */
function cutsOf(edits: readonly (Edit | OctetEdit)[]): readonly Cut[] {
  const known = cuts.get(edits);
  if (known !== undefined) return known;
  const sorted = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  let shift = 0;
  const made = sorted.map((edit): Cut => {
    const { start, end } = edit;
    const length = 'octets' in edit ? edit.octets.length : encoder.encode(edit.text).length;
    const cut = { start, end, length, shift };
    shift += length - (end - start);
    return cut;
  });
  cuts.set(edits, made);
  return made;
}

const cuts = new WeakMap<readonly (Edit | OctetEdit)[], readonly Cut[]>();
const encoder = new TextEncoder();

/** Differences to the saved octets, made of those before and the cuts: each of what touches each other. */
function compose(before: readonly ChangedRange[], after: readonly Cut[]): ChangedRange[] {
  const made: ChangedRange[] = [];
  // How far what stands before an offset of the file in between has moved: from the saved octets, and to those now.
  let fromSaved = 0;
  let toNow = 0;
  let a = 0;
  let b = 0;
  while (a < before.length || b < after.length) {
    const start = Math.min(before[a]?.start ?? Infinity, after[b]?.start ?? Infinity);
    const from = start - fromSaved;
    const now = start + toNow;
    let end = start;
    for (let grew = true; grew; ) {
      grew = false;
      for (let range = before[a]; range !== undefined && range.start <= end; range = before[++a]) {
        end = Math.max(end, range.end);
        fromSaved += range.end - range.start - (range.to - range.from);
        grew = true;
      }
      for (let cut = after[b]; cut !== undefined && cut.start <= end; cut = after[++b]) {
        end = Math.max(end, cut.end);
        toNow += cut.length - (cut.end - cut.start);
        grew = true;
      }
    }
    made.push({ start: now, end: end + toNow, from, to: end - fromSaved });
  }
  return made;
}

/** A range without what is equal at its ends. */
function trimmed(range: ChangedRange, saved: Uint8Array, now: Uint8Array): ChangedRange[] {
  let { start, end, from, to } = range;
  while (start < end && from < to && now[start] === saved[from]) {
    start++;
    from++;
  }
  while (start < end && from < to && now[end - 1] === saved[to - 1]) {
    end--;
    to--;
  }
  return start === end && from === to ? [] : [{ start, end, from, to }];
}
