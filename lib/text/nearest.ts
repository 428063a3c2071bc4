/** The candidate a mistyped word most likely means, undefined when none is near (letter case does not count). */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 64) return undefined;
  const wanted = word.toLowerCase();
  const letters = letterSet(wanted);
  let best: string | undefined;
  let bestDistance = Math.max(wanted.length <= 4 ? 1 : 2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
    // Each difference changes at most two letters, so most candidates need no closer look.
    if (bits(letters ^ letterSet(candidate)) > 2 * (bestDistance - 1)) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance >= bestDistance || distance >= candidate.length) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

/** The letters and digits of a word as bits; several share one. */
function letterSet(word: string): number {
  let set = 0;
  for (let at = 0; at < word.length; at++) set |= 1 << (word.charCodeAt(at) & 31);
  return set;
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Rows of the table of distances: words of 64 letters and others up to 22 longer fit. */
const ROWS: readonly [Uint8Array, Uint8Array, Uint8Array] = [
  new Uint8Array(96),
  new Uint8Array(96),
  new Uint8Array(96),
];

/** Insertions, deletions, replacements and swaps of neighbours between two words, at most `bound`. */
function editDistance(a: string, b: string, bound: number): number {
  let [before, previous, current] = ROWS;
  for (let column = 0; column <= b.length; column++) previous[column] = column;
  for (let row = 1; row <= a.length; row++) {
    current[0] = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + same,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      }
      current[column] = cost;
    }
    [before, previous, current] = [previous, current, before];
  }
  return Math.min(previous[b.length] ?? bound, bound);
}
