import type { ByteSink } from '../text/sink.ts';
import { fault, type Kind, type Kinds } from './kind.ts';
import { NO_NUMBER, NUMBER_TOO_LARGE, readNumber, writeAscii } from './octets.ts';
import { MAX_PERIOD, NO_PERIOD, PERIOD_OUT_OF_RANGE, readPeriod } from './ttl.ts';

/** Value of an unsigned number in network order; up to six octets are exact. */
export function numberAt(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 256 + (bytes[at] ?? 0);
  return value;
}

/** Appends an unsigned number in network order. */
export function putNumber(value: number, octets: number, out: ByteSink): void {
  for (let left = octets - 1; left >= 0; left--) out.u8(Math.floor(value / 256 ** left) % 256);
}

/** An unsigned number of so many octets, written in decimal. */
function unsigned(octets: number, most: number = 256 ** octets - 1): Kind {
  const expected = `a number from 0 to ${most}`;
  return {
    expected,
    read(words) {
      if (!words.takeUnquoted(expected)) return false;
      const value = readNumber(words.bytes, words.start, words.end, most);
      if (value === NO_NUMBER)
        return isNegative(words.bytes, words.start, words.end) ? words.outOfRange(0, most) : words.wrong(expected);
      if (value === NUMBER_TOO_LARGE) return words.outOfRange(0, most);
      putNumber(value, octets, words.out);
      return true;
    },
    end: (rdata, at) => (at + octets <= rdata.length && numberAt(rdata, at, at + octets) <= most ? at + octets : -1),
    write: (rdata, start, end, out) => writeAscii(String(numberAt(rdata, start, end)), out),
    toJson: (rdata, start, end) => numberAt(rdata, start, end),
    fromJson(value, { out }) {
      if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most) return fault(expected);
      putNumber(value, octets, out);
      return undefined;
    },
  };
}

function isNegative(bytes: Uint8Array, start: number, end: number): boolean {
  return bytes[start] === 0x2d && readNumber(bytes, start + 1, end, 1) !== NO_NUMBER;
}

/** A 32-bit number of seconds that may be written with units, as the SOA timers (RFC 1035 §3.3.13). */
function period(): Kind {
  const plain = unsigned(4);
  const expected = 'seconds or a period such as 1h30m';
  return {
    ...plain,
    expected,
    read(words) {
      if (!words.takeUnquoted(expected)) return false;
      const value = readPeriod(words.bytes, words.start, words.end);
      if (value === NO_PERIOD) return words.wrong(expected);
      if (value === PERIOD_OUT_OF_RANGE) return words.outOfRange(0, MAX_PERIOD);
      words.out.u32(value);
      return true;
    },
  };
}

const MOST_64 = 0xffff_ffff_ffff_ffffn;

/** A 64-bit number; in JSON a string of digits, because JSON numbers are not exact beyond 2^53. */
function unsigned64(): Kind {
  const expected = `a number from 0 to ${MOST_64}`;
  return {
    expected,
    read(words) {
      if (!words.takeUnquoted(expected)) return false;
      const { bytes, start, end } = words;
      if (readNumber(bytes, start, end, 1) === NO_NUMBER) return words.wrong(expected);
      const value = bigNumber(bytes, start, end);
      if (value > MOST_64) return words.outOfRange(0, String(MOST_64));
      put64(value, words.out);
      return true;
    },
    end: (rdata, at) => (at + 8 <= rdata.length ? at + 8 : -1),
    write: (rdata, start, _end, out) => writeAscii(String(value64(rdata, start)), out),
    toJson: (rdata, start) => String(value64(rdata, start)),
    fromJson(value, { out }) {
      if (typeof value !== 'string' || !/^\d{1,20}$/.test(value) || BigInt(value) > MOST_64)
        return fault(`"0" to "${MOST_64}"`);
      put64(BigInt(value), out);
      return undefined;
    },
  };
}

/** The number of a run of digits; beyond 64 bits any number that is too large. */
function bigNumber(bytes: Uint8Array, start: number, end: number): bigint {
  let value = 0n;
  for (let at = start; at < end && value <= MOST_64; at++) value = value * 10n + BigInt((bytes[at] ?? 0) - 0x30);
  return value;
}

function value64(bytes: Uint8Array, start: number): bigint {
  return (BigInt(numberAt(bytes, start, start + 4)) << 32n) | BigInt(numberAt(bytes, start + 4, start + 8));
}

function put64(value: bigint, out: ByteSink): void {
  out.u32(Number(value >> 32n));
  out.u32(Number(value & 0xffff_ffffn));
}

/** The D bit of AMTRELAY (RFC 8777 §4.2.2): a field of its own in text, the top bit of the relay type on the wire. */
function discovery(): Kind {
  const bit = unsigned(1, 1);
  return {
    ...bit,
    read: (words) => bit.read(words) && shiftLast(words.out),
    end: (rdata, at) => (at < rdata.length ? at : -1),
    write: (rdata, start, _end, out) => writeAscii((rdata[start] ?? 0) >= 128 ? '1' : '0', out),
    toJson: (rdata, start) => (rdata[start] ?? 0) >> 7,
    fromJson(value, target) {
      const problem = bit.fromJson(value, target);
      if (problem === undefined) shiftLast(target.out);
      return problem;
    },
  };
}

function shiftLast(out: ByteSink): true {
  const last = out.length - 1;
  out.bytes[last] = (out.bytes[last] ?? 0) << 7;
  return true;
}

/** The relay type of AMTRELAY, written into the octet that the D bit opened. */
function relayType(): Kind {
  const type = unsigned(1, 3);
  return {
    ...type,
    read: (words) => type.read(words) && joinLast(words.out),
    end: (rdata, at) => (at < rdata.length && ((rdata[at] ?? 0) & 127) <= 3 ? at + 1 : -1),
    write: (rdata, start, _end, out) => writeAscii(String((rdata[start] ?? 0) & 127), out),
    toJson: (rdata, start) => (rdata[start] ?? 0) & 127,
    fromJson(value, target) {
      const problem = type.fromJson(value, target);
      if (problem === undefined) joinLast(target.out);
      return problem;
    },
  };
}

function joinLast(out: ByteSink): true {
  const type = out.bytes[--out.length] ?? 0;
  const last = out.length - 1;
  out.bytes[last] = (out.bytes[last] ?? 0) | type;
  return true;
}

/** Kinds of plain numbers. */
export const NUMBER_KINDS: Kinds<
  | 'u8'
  | 'u16'
  | 'u32'
  | 'u48'
  | 'u64'
  | 'period'
  | 'ttl'
  | 'amtrelay-discovery'
  | 'amtrelay-type'
  | 'ipseckey-type'
  | 'a6-length'
> = {
  u8: unsigned(1),
  u16: unsigned(2),
  u32: unsigned(4),
  u48: unsigned(6),
  u64: unsigned64(),
  period: period(),
  ttl: unsigned(4),
  'amtrelay-discovery': discovery(),
  'amtrelay-type': relayType(),
  'ipseckey-type': unsigned(1, 3),
  'a6-length': unsigned(1, 128),
};
