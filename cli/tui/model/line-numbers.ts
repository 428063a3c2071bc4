/** Octets between two places whose lines are remembered. */
const STEP = 1 << 15;

/** Numbers of line ends before each multiple of STEP, as far as they were asked for. */
const counted = new WeakMap<Uint8Array, number[]>();

/** The line of a file, from 1, that an offset lies in. */
export function lineAt(bytes: Uint8Array, offset: number): number {
  const end = Math.min(offset, bytes.length);
  const step = Math.floor(end / STEP);
  return 1 + endsTo(bytes, step) + ends(bytes, step * STEP, end);
}

/** The offset at which a line begins; the last line's for one that is behind it. */
export function offsetOfLine(bytes: Uint8Array, line: number): number {
  const last = Math.floor(bytes.length / STEP);
  let step = 0;
  while (step < last && endsTo(bytes, step + 1) < line - 1) step++;
  let at = step * STEP;
  let left = line - 1 - endsTo(bytes, step);
  let start = step === 0 ? 0 : bytes.lastIndexOf(0x0a, at - 1) + 1;
  for (; left > 0; left--) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) break;
    at = end + 1;
    start = at;
  }
  return start;
}

/** How many lines end before so many steps. */
function endsTo(bytes: Uint8Array, step: number): number {
  const known = counted.get(bytes) ?? [0];
  counted.set(bytes, known);
  for (let next = known.length; next <= step; next++) {
    known.push((known[next - 1] ?? 0) + ends(bytes, (next - 1) * STEP, next * STEP));
  }
  return known[step] ?? 0;
}

function ends(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (bytes[at] === 0x0a) count++;
  return count;
}
