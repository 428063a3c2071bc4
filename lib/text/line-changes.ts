/** Lines within which the two sides of a change are looked for. */
const WINDOW = 100;

/** Lines with their ends; each octet one character, so that nothing is lost. */
export function linesOf(bytes: Uint8Array): string[] {
  return (
    Buffer.from(bytes)
      .toString('latin1')
      .match(/[^\n]*\n|[^\n]+$/g) ?? []
  );
}

/** Lines `[oldStart, oldEnd)` that became `[newStart, newEnd)`, counted from 0. */
export interface LineChange {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/**
 * The changes between two lists of lines, in linear time: behind lines that differ, both sides meet again where the fewest
 * lines are passed over. Edits are local, so that this is nearly always the least change there is.
 */
export function* changesOf(old: readonly string[], now: readonly string[]): Generator<LineChange> {
  let [at, to] = [0, 0];
  while (at < old.length || to < now.length) {
    if (at < old.length && old[at] === now[to]) {
      at++;
      to++;
      continue;
    }
    const [oldStart, newStart] = [at, to];
    while ((at < old.length || to < now.length) && (at >= old.length || old[at] !== now[to])) {
      const [skipped, added] = meeting(old, now, at, to);
      at += skipped;
      to += added;
    }
    yield { oldStart, oldEnd: at, newStart, newEnd: to };
  }
}

/** How many lines to pass over on both sides. */
function meeting(old: readonly string[], now: readonly string[], at: number, to: number): [number, number] {
  for (let sum = 1; sum <= WINDOW; sum++) {
    for (let skipped = sum; skipped >= 0; skipped--) {
      const [next, other] = [at + skipped, to + sum - skipped];
      if (next === old.length && other === now.length) return [skipped, sum - skipped];
      if (next < old.length && old[next] === now[other]) return [skipped, sum - skipped];
    }
  }
  const far = WINDOW / 2;
  return [Math.min(far, old.length - at), Math.min(far, now.length - to)];
}
