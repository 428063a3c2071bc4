import { changesOf, type LineChange, linesOf } from './line-changes.ts';

/** Lines that both sides have changed, each in another way. */
export interface MergeConflict {
  /** Line of the merged text where ours begins, from 1. */
  readonly line: number;
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** What two people made of one text. */
export interface Merged {
  readonly bytes: Uint8Array;
  readonly conflicts: readonly MergeConflict[];
}

/** One side's changes of a stretch of the base, `[start, end)`. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly ours: readonly string[] | undefined;
  readonly theirs: readonly string[] | undefined;
}

/**
 * Merges two texts that came from one base, line by line. Where both changed the same lines differently ours stays, and
 * `keepTheirs` says what becomes of theirs behind it.
 */
export function mergeLines(
  base: Uint8Array,
  ours: Uint8Array,
  theirs: Uint8Array,
  keepTheirs: (lines: readonly string[]) => readonly string[] = () => [],
): Merged {
  const [old, mine, other] = [linesOf(base), linesOf(ours), linesOf(theirs)];
  const merged: string[] = [];
  const conflicts: MergeConflict[] = [];
  let at = 0;
  for (const { start, end, ours: own, theirs: foreign } of stretchesOf(old, mine, other)) {
    push(merged, old.slice(at, start));
    at = end;
    if (own === undefined || foreign === undefined || same(own, foreign)) push(merged, own ?? foreign ?? []);
    else {
      conflicts.push({ line: merged.length + 1, ours: own, theirs: foreign });
      push(merged, own);
      push(merged, keepTheirs(foreign));
    }
  }
  push(merged, old.slice(at));
  return { bytes: Uint8Array.from(Buffer.from(merged.join(''), 'latin1')), conflicts };
}

/** A last line without an end gets one when more comes behind it. */
function push(merged: string[], lines: readonly string[]): void {
  const last = merged.at(-1);
  if (lines.length > 0 && last !== undefined && !last.endsWith('\n')) merged[merged.length - 1] = `${last}\n`;
  for (const line of lines) merged.push(line);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

/** The changes of both sides in order; those that touch the same lines of the base are one. */
function* stretchesOf(old: readonly string[], mine: readonly string[], other: readonly string[]): Generator<Stretch> {
  const [left, right] = [[...changesOf(old, mine)], [...changesOf(old, other)]];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const [ours, theirs]: [LineChange[], LineChange[]] = [[], []];
    let start = Number.POSITIVE_INFINITY;
    let end = -1;
    const take = (change: LineChange, into: LineChange[]): void => {
      into.push(change);
      start = Math.min(start, change.oldStart);
      end = Math.max(end, change.oldEnd);
    };
    const next = Math.min(
      left[i]?.oldStart ?? Number.POSITIVE_INFINITY,
      right[j]?.oldStart ?? Number.POSITIVE_INFINITY,
    );
    end = next;
    for (;;) {
      const [a, b] = [left[i], right[j]];
      if (a !== undefined && touches(a, next, end)) {
        take(a, ours);
        i++;
      } else if (b !== undefined && touches(b, next, end)) {
        take(b, theirs);
        j++;
      } else break;
    }
    yield {
      start,
      end,
      ours: ours.length === 0 ? undefined : sideOf(ours, old, mine, start, end),
      theirs: theirs.length === 0 ? undefined : sideOf(theirs, old, other, start, end),
    };
  }
}

/** Whether a change begins within a stretch, or at the point where the stretch is. */
function touches({ oldStart }: LineChange, start: number, end: number): boolean {
  return oldStart === start || oldStart < end;
}

/** What one side has for a stretch of the base: its changes, and the base between them. */
function sideOf(
  changes: readonly LineChange[],
  old: readonly string[],
  now: readonly string[],
  start: number,
  end: number,
): string[] {
  const lines: string[] = [];
  let at = start;
  for (const { oldStart, oldEnd, newStart, newEnd } of changes) {
    lines.push(...old.slice(at, oldStart), ...now.slice(newStart, newEnd));
    at = oldEnd;
  }
  lines.push(...old.slice(at, end));
  return lines;
}
