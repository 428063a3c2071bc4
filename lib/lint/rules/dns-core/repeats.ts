/**
 * Whether a wire name inside a zone has the labels of the zone name twice, as when a final dot was left out.
 * Returns the offset behind the first of them, -1 when they occur once. A zone of a single label is left alone.
 */
export function repeatOf(bytes: Uint8Array, start: number, end: number, origin: Uint8Array): number {
  const size = origin.length - 1;
  if (size <= (origin[0] ?? 0) + 1) return -1;
  const last = end - origin.length - size;
  for (let at = start; at <= last; at += (bytes[at] as number) + 1) {
    if (bytes[at] === origin[0] && sameLabels(bytes, at, origin, size)) return at + size;
  }
  return -1;
}

/** Whether a name ends with the labels of the origin. */
export function endsWith(bytes: Uint8Array, start: number, end: number, origin: Uint8Array): boolean {
  const at = end - origin.length;
  return at >= start && sameLabels(bytes, at, origin, origin.length);
}

function sameLabels(bytes: Uint8Array, at: number, origin: Uint8Array, size: number): boolean {
  for (let i = 0; i < size; i++) {
    const left = bytes[at + i] as number;
    const right = origin[i] as number;
    if (left === right) continue;
    const letter = left | 0x20;
    if (letter !== (right | 0x20) || letter < 0x61 || letter > 0x7a) return false;
  }
  return true;
}
