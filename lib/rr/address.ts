import type { ByteSink } from '../text/sink.ts';
import { isDigit } from './escapes.ts';
import { hexValue, writeAscii } from './octets.ts';

/** Appends the four octets of a dotted quad: four numbers up to 255 without leading zeros; false when it is none. */
export function readIp4(bytes: Uint8Array, start: number, end: number, out: ByteSink): boolean {
  const from = out.length;
  let value = -1;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    if (isDigit(octet)) {
      if (value === 0) value = 256;
      value = value < 0 ? octet - 0x30 : value * 10 + (octet - 0x30);
      if (value > 255) break;
    } else {
      if (octet !== 0x2e || value < 0 || out.length - from === 3) {
        value = -1;
        break;
      }
      out.u8(value);
      value = -1;
    }
  }
  if (value >= 0 && value <= 255 && out.length - from === 3) {
    out.u8(value);
    return true;
  }
  out.length = from;
  return false;
}

/** Appends the sixteen octets of an IPv6 address (RFC 4291 §2.2, a dotted quad at the end allowed); false when it is none. */
export function readIp6(bytes: Uint8Array, start: number, end: number, out: ByteSink): boolean {
  const from = out.length;
  let gap = -1;
  let at = start;
  if (end - start >= 2 && bytes[at] === COLON && bytes[at + 1] === COLON) {
    gap = from;
    at += 2;
  }
  while (at < end) {
    const stop = groupEnd(bytes, at, end);
    if (bytes[stop] === 0x2e && stop < end && out.length - from <= 12) {
      if (!readIp4(bytes, at, end, out)) return drop(out, from);
      break;
    }
    if (stop === at || out.length - from >= 16) return drop(out, from);
    out.u16(group(bytes, at, stop));
    if (stop === end) break;
    if (bytes[stop] !== COLON || stop + 1 === end) return drop(out, from);
    at = stop + 1;
    if (bytes[at] !== COLON) continue;
    if (gap >= 0) return drop(out, from);
    gap = out.length;
    at++;
  }
  const read = out.length - from;
  if (gap < 0) return read === 16 || drop(out, from);
  if (read >= 16) return drop(out, from);
  out.reserve(16);
  out.bytes.copyWithin(gap + 16 - read, gap, out.length);
  out.bytes.fill(0, gap, gap + 16 - read);
  out.length = from + 16;
  return true;
}

const COLON = 0x3a;

function drop(out: ByteSink, from: number): false {
  out.length = from;
  return false;
}

/** Behind the hexadecimal digits from `at` on, of which a group has at most four. */
function groupEnd(bytes: Uint8Array, at: number, end: number): number {
  let stop = at;
  while (stop < end && stop - at < 4 && hexValue(bytes[stop] ?? 0) < 16) stop++;
  return stop;
}

function group(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 16 + hexValue(bytes[at] ?? 0);
  return value;
}

/** Appends a dotted quad. */
export function writeIp4(bytes: Uint8Array, start: number, out: ByteSink): void {
  writeAscii(`${bytes[start]}.${bytes[start + 1]}.${bytes[start + 2]}.${bytes[start + 3]}`, out);
}

/** Appends an IPv6 address in the one canonical form (RFC 5952): longest run of zeros short, mapped IPv4 dotted. */
export function writeIp6(bytes: Uint8Array, start: number, out: ByteSink): void {
  const groups = Array.from(
    { length: 8 },
    (_, i) => ((bytes[start + 2 * i] ?? 0) << 8) | (bytes[start + 2 * i + 1] ?? 0),
  );
  const mapped = groups.slice(0, 5).every((value) => value === 0) && groups[5] === 0xffff;
  if (mapped) {
    writeAscii('::ffff:', out);
    writeIp4(bytes, start + 12, out);
    return;
  }
  const { from, length } = longestZeros(groups);
  const head = groups.slice(0, from).map(hex).join(':');
  writeAscii(
    length < 2
      ? groups.map(hex).join(':')
      : `${head}::${groups
          .slice(from + length)
          .map(hex)
          .join(':')}`,
    out,
  );
}

function hex(value: number): string {
  return value.toString(16);
}

function longestZeros(groups: readonly number[]): { from: number; length: number } {
  let best = { from: 8, length: 0 };
  for (let from = 0; from < groups.length; from++) {
    let length = 0;
    while (groups[from + length] === 0) length++;
    if (length > best.length) best = { from, length };
  }
  return best;
}
