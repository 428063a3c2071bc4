/** Calls `visit` with each type of the bitmap at `bytes[start, end)` in ascending order (RFC 4034 §4.1.2); ends where it is broken. */
export function eachType(bytes: Uint8Array, start: number, end: number, visit: (type: number) => void): void {
  for (let at = start; at + 2 <= end; ) {
    const first = (bytes[at] as number) << 8;
    const stop = Math.min(end, at + 2 + (bytes[at + 1] as number));
    for (let octet = at + 2; octet < stop; octet++) {
      for (let bits = bytes[octet] as number; bits !== 0; ) {
        const bit = Math.clz32(bits) - 24;
        bits &= ~(0x80 >> bit);
        visit(first + (octet - at - 2) * 8 + bit);
      }
    }
    at = stop;
  }
}

/** Whether a bitmap has a type. */
export function listsType(bytes: Uint8Array, start: number, end: number, type: number): boolean {
  const octet = (type & 0xff) >> 3;
  for (let at = start; at + 2 <= end; at += 2 + (bytes[at + 1] as number)) {
    if (bytes[at] !== type >> 8) continue;
    const found = at + 2 + octet;
    return octet < (bytes[at + 1] as number) && found < end && ((bytes[found] as number) & (0x80 >> (type & 7))) !== 0;
  }
  return false;
}

/** Whether a bitmap has exactly the given types, each of which stands once. */
export function listsExactly(bytes: Uint8Array, start: number, end: number, types: readonly number[]): boolean {
  let listed = 0;
  for (let at = start; at + 2 <= end; ) {
    const stop = Math.min(end, at + 2 + (bytes[at + 1] as number));
    for (let octet = at + 2; octet < stop; octet++) listed += ONES[bytes[octet] as number] as number;
    at = stop;
  }
  return listed === types.length && types.every((type) => listsType(bytes, start, end, type));
}

/** Bits that are set in each octet. */
const ONES: Uint8Array = Uint8Array.from({ length: 256 }, (_, octet) => octet.toString(2).replaceAll('0', '').length);
