/**
 * Value of the escape at a backslash (RFC 1035 §5.1): `\DDD` up to 255, or the octet after the backslash;
 * -1 when the word ends, fewer than three digits follow or the number is too large.
 */
export function escapedOctet(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) return -1;
  const first = bytes[at + 1] ?? 0;
  if (!isDigit(first)) return first;
  if (at + 3 >= end) return -1;
  const second = bytes[at + 2] ?? 0;
  const third = bytes[at + 3] ?? 0;
  if (!isDigit(second) || !isDigit(third)) return -1;
  const value = (first - 0x30) * 100 + (second - 0x30) * 10 + (third - 0x30);
  return value > 255 ? -1 : value;
}

/** Octets that the escape at a backslash takes. */
export function escapeLength(bytes: Uint8Array, at: number): number {
  return isDigit(bytes[at + 1] ?? 0) ? 4 : 2;
}

/** Whether an octet is an ASCII digit. */
export function isDigit(octet: number): boolean {
  return octet >= 0x30 && octet <= 0x39;
}

/** An octet with ASCII capitals made small (RFC 4343 §3). */
export function lowerOctet(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
}
