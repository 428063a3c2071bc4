import type { ByteSink } from '../text/sink.ts';
import { asciiText, shown } from './found.ts';
import { elementsOf, fault, type JsonFault, type JsonValue, type Kind, type Kinds, type Words } from './kind.ts';
import { numberAt, putNumber } from './kinds-number.ts';
import { NO_NUMBER, readNumber, writeAscii } from './octets.ts';
import { nearestType, typeFromBytes, typeFromText, typeRow, typeToText } from './types.ts';
import { ALGORITHMS, CERT_TYPES, type Mnemonics, SCHEMES } from './types-named.ts';

const TYPE = 'an RR type';

/** Number of the RR type that the word at hand names, -1 with a report when it names none that can own data. */
function readType(words: Words): number {
  const { bytes, start, end } = words;
  const type = typeFromBytes(bytes, start, end);
  const numbered = end - start > 4 && asciiText(bytes, start, start + 4).toUpperCase() === 'TYPE';
  const row = typeRow(type);
  if (type <= 0 || (row?.meta && !numbered && !row.signalled)) {
    const nearest = type < 0 ? nearestType(asciiText(bytes, start, Math.min(end, start + 24))) : undefined;
    words.report('parse-error', start, end, {
      expected: TYPE,
      found: shown(bytes, start, end),
      ...(nearest === undefined ? {} : { nearest }),
    });
    return -1;
  }
  if (row === undefined || numbered) return type;
  if (row.generic && row.fields[0]?.kind !== 'opaque') {
    words.report('mnemonic-nonportable', start, end, { found: shown(bytes, start, end), written: `TYPE${type}` });
  } else if (row.refusedBy !== undefined) {
    words.nonportable(`the mnemonic ${shown(bytes, start, end)}`, row.refusedBy, `write TYPE${type}`);
  }
  return type;
}

function jsonType(value: JsonValue | undefined): number {
  const type = typeof value === 'string' ? typeFromText(value) : undefined;
  return type ?? -1;
}

/** One RR type in two octets. */
const type: Kind = {
  expected: TYPE,
  read(words) {
    if (!words.takeUnquoted(TYPE)) return false;
    const number = readType(words);
    if (number > 0) words.out.u16(number);
    return number > 0;
  },
  end: (rdata, at) => (at + 2 <= rdata.length && numberAt(rdata, at, at + 2) > 0 ? at + 2 : -1),
  write: (rdata, start, end, out) => writeAscii(bitName(numberAt(rdata, start, end)), out),
  toJson: (rdata, start, end) => bitName(numberAt(rdata, start, end)),
  fromJson(value, { out }) {
    const number = jsonType(value);
    if (number <= 0) return fault(TYPE);
    out.u16(number);
    return undefined;
  },
};

/** How a type is written among data: types that other software may not name there by their number. */
function bitName(number: number): string {
  const row = typeRow(number);
  return row?.meta && !row.signalled ? `TYPE${number}` : typeToText(number);
}

/** Takes the type words left and gives their numbers, ascending and each once; undefined after a report. */
function readTypes(words: Words): number[] | undefined {
  let numbers: number[] = [];
  let full = 1024;
  while (words.more) {
    if (!words.takeUnquoted(TYPE)) return undefined;
    const number = readType(words);
    if (number < 0) return undefined;
    if (numbers.push(number) < full) continue;
    numbers = ascending(numbers);
    full = 2 * numbers.length + 1024;
  }
  return ascending(numbers);
}

function ascending(numbers: number[]): number[] {
  return numbers.sort((a, b) => a - b).filter((number, index) => index === 0 || number !== numbers[index - 1]);
}

function jsonTypes(value: JsonValue, least: number): number[] | JsonFault {
  const items = elementsOf(value);
  if (items === undefined || items.length < least) return fault('an array of RR types');
  const numbers = items.map(jsonType);
  const wrong = numbers.findIndex((number) => number <= 0);
  return wrong < 0 ? ascending(numbers) : fault(TYPE, `/${wrong}`);
}

/** Appends the window blocks of a type bitmap, of numbers in ascending order (RFC 4034 §4.1.2). */
export function putWindows(numbers: readonly number[], out: ByteSink): void {
  let window = -1;
  let base = 0;
  for (const number of numbers) {
    if (number >> 8 !== window) {
      window = number >> 8;
      out.u8(window);
      out.u8(0);
      base = out.length;
    }
    const octet = (number & 255) >> 3;
    while (out.length <= base + octet) out.u8(0);
    out.bytes[base + octet] = (out.bytes[base + octet] ?? 0) | (128 >> (number & 7));
    out.bytes[base - 1] = out.length - base;
  }
}

/** End of well-formed window blocks: ascending, 1 to 32 octets, the last not zero, no type 0. */
function windowsEnd(rdata: Uint8Array, start: number): number {
  let last = -1;
  let at = start;
  while (at < rdata.length) {
    const window = rdata[at] ?? 0;
    const size = rdata[at + 1] ?? 0;
    const end = at + 2 + size;
    if (window <= last || size === 0 || size > 32 || end > rdata.length || rdata[end - 1] === 0) return -1;
    if (window === 0 && (rdata[at + 2] ?? 0) >= 128) return -1;
    last = window;
    at = end;
  }
  return at;
}

function windowTypes(rdata: Uint8Array, start: number, end: number): number[] {
  const numbers: number[] = [];
  for (let at = start; at < end; at += 2 + (rdata[at + 1] ?? 0)) {
    pushBits(rdata, at + 2, at + 2 + (rdata[at + 1] ?? 0), (rdata[at] ?? 0) << 8, numbers);
  }
  return numbers;
}

function pushBits(bytes: Uint8Array, start: number, end: number, first: number, numbers: number[]): void {
  for (let at = start; at < end; at++) {
    for (let bit = 0; bit < 8; bit++) {
      if (((bytes[at] ?? 0) & (128 >> bit)) !== 0) numbers.push(first + (at - start) * 8 + bit);
    }
  }
}

/** The type bitmap of NSEC and its kin; `least` types must be in it. */
function bitmap(least: 0 | 1): Kind {
  return {
    expected: TYPE,
    read(words) {
      if (least > 0 && !words.more) return words.missing(TYPE);
      const numbers = readTypes(words);
      if (numbers !== undefined) putWindows(numbers, words.out);
      return numbers !== undefined;
    },
    end: (rdata, at) => (at === rdata.length && least > 0 ? -1 : windowsEnd(rdata, at)),
    write: (rdata, start, end, out) => writeAscii(windowTypes(rdata, start, end).map(bitName).join(' '), out),
    toJson: (rdata, start, end) => windowTypes(rdata, start, end).map(bitName),
    fromJson(value, { out }) {
      const numbers = jsonTypes(value, least);
      if ('pointer' in numbers) return numbers;
      putWindows(numbers, out);
      return undefined;
    },
  };
}

const LAST_NXT = 127;
const NXT = 'an RR type up to 127';

/** The flat bitmap of NXT: types 1 to 127 (RFC 2535 §5.2). */
const nxtTypes: Kind = {
  expected: NXT,
  read(words) {
    if (!words.more) return words.missing(NXT);
    const numbers = readTypes(words);
    if (numbers === undefined) return false;
    if ((numbers.at(-1) ?? 0) > LAST_NXT) return words.wrong(NXT);
    putFlat(numbers, words.out);
    return true;
  },
  end(rdata, at) {
    const size = rdata.length - at;
    return size < 1 || size > 16 || (rdata[at] ?? 0) >= 128 || rdata[rdata.length - 1] === 0 ? -1 : rdata.length;
  },
  write: (rdata, start, end, out) => writeAscii(flatTypes(rdata, start, end).map(bitName).join(' '), out),
  toJson: (rdata, start, end) => flatTypes(rdata, start, end).map(bitName),
  fromJson(value, { out }) {
    const numbers = jsonTypes(value, 1);
    if ('pointer' in numbers) return numbers;
    if ((numbers.at(-1) ?? 0) > LAST_NXT) return fault(NXT);
    putFlat(numbers, out);
    return undefined;
  },
};

function flatTypes(rdata: Uint8Array, start: number, end: number): number[] {
  const numbers: number[] = [];
  pushBits(rdata, start, end, 0, numbers);
  return numbers;
}

function putFlat(numbers: readonly number[], out: ByteSink): void {
  const base = out.length;
  for (const number of numbers) {
    while (out.length <= base + (number >> 3)) out.u8(0);
    out.bytes[base + (number >> 3)] = (out.bytes[base + (number >> 3)] ?? 0) | (128 >> (number & 7));
  }
}

/** A number that may be written by a mnemonic in any case; printed by it when `named`. */
function mnemonic(octets: 1 | 2, words: Mnemonics, noun: string, named: boolean): Kind {
  const most = 256 ** octets - 1;
  const expected = `${noun} or a number from 0 to ${most}`;
  const names = new Map(Object.entries(words).map(([word, { value }]) => [value, word]));
  const print = (number: number) => (named ? (names.get(number) ?? String(number)) : String(number));
  return {
    expected,
    read(input) {
      if (!input.takeUnquoted(expected)) return false;
      const { bytes, start, end, out } = input;
      let value = readNumber(bytes, start, end, most);
      if (value === NO_NUMBER) {
        const entry = words[asciiText(bytes, start, Math.min(end, start + 24)).toUpperCase()];
        if (entry === undefined) return input.wrong(expected);
        value = entry.value;
        if (entry.refusedBy) {
          input.nonportable(`the mnemonic ${shown(bytes, start, end)}`, entry.refusedBy, `write ${value}`);
        }
      }
      if (value < 0) return input.outOfRange(0, most);
      putNumber(value, octets, out);
      return true;
    },
    end: (rdata, at) => (at + octets <= rdata.length ? at + octets : -1),
    write: (rdata, start, end, out) => writeAscii(print(numberAt(rdata, start, end)), out),
    toJson(rdata, start, end) {
      const number = numberAt(rdata, start, end);
      return (named ? names.get(number) : undefined) ?? number;
    },
    fromJson(value, { out }) {
      const number = typeof value === 'string' ? words[value.toUpperCase()]?.value : value;
      if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > most)
        return fault(expected);
      putNumber(number, octets, out);
      return undefined;
    },
  };
}

const TIME = 'a time as YYYYMMDDHHmmSS';

/** A time in seconds since 1970 modulo 2^32, written as a date (RFC 4034 §3.2) or as the number. */
const time: Kind = {
  expected: TIME,
  read(words) {
    if (!words.takeUnquoted(TIME)) return false;
    const { bytes, start, end, out } = words;
    const number = readNumber(bytes, start, end, 0xffff_ffff);
    if (number === NO_NUMBER) return words.wrong(TIME);
    if (end - start === 14) {
      const seconds = readDate(words, asciiText(bytes, start, end));
      if (Number.isNaN(seconds)) return words.wrong('a day and time that exist, as YYYYMMDDHHmmSS');
      out.u32(seconds);
      return true;
    }
    if (number < 0) return words.outOfRange(0, 0xffff_ffff);
    words.nonportable('a time in seconds', 'NSD', `write ${dateText(number)}`);
    out.u32(number);
    return true;
  },
  end: (rdata, at) => (at + 4 <= rdata.length ? at + 4 : -1),
  write: (rdata, start, end, out) => writeAscii(dateText(numberAt(rdata, start, end)), out),
  toJson: (rdata, start, end) => numberAt(rdata, start, end),
  fromJson(value, { out }) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
      return fault('seconds since 1970, from 0 to 4294967295');
    }
    out.u32(value);
    return undefined;
  },
};

/** Years that Knot DNS takes; times wrap around every 136 years (RFC 4034 §3.1.5). */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2220;

/** Seconds since 1970, modulo 2^32, of fourteen digits; NaN when there is no such day or time. */
function readDate(words: Words, text: string): number {
  const leap = text.endsWith('60') ? 1 : 0;
  const digits = leap > 0 ? `${text.slice(0, 12)}59` : text;
  const [year, month, day, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((at) =>
    Number(digits.slice(at, at === 0 ? 4 : at + 2)),
  ) as [number, number, number, number, number, number];
  if (year < 1000) return Number.NaN;
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  if (dateText(seconds) !== digits) return Number.NaN;
  if (leap > 0) words.nonportable('the leap second 60', 'Knot DNS', 'write the next minute');
  else if (year < FIRST_YEAR || year > LAST_YEAR) {
    words.nonportable(`the year ${year}`, 'Knot DNS', `write ${dateText(wrapped(seconds))}, which means the same`);
  }
  return wrapped(seconds + leap);
}

function wrapped(seconds: number): number {
  return ((seconds % 2 ** 32) + 2 ** 32) % 2 ** 32;
}

/** Fourteen digits of seconds since 1970 (RFC 4034 §3.2). */
function dateText(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/[-:T]|\.\d+Z$/g, '');
}

/** Kinds of DNSSEC: types, bitmaps, algorithms, times. */
export const DNSSEC_KINDS: Kinds<
  'type' | 'types' | 'types-or-none' | 'nxt-types' | 'algorithm' | 'cert-type' | 'scheme' | 'time'
> = {
  type,
  types: bitmap(1),
  'types-or-none': bitmap(0),
  'nxt-types': nxtTypes,
  algorithm: mnemonic(1, ALGORITHMS, 'an algorithm', false),
  'cert-type': mnemonic(2, CERT_TYPES, 'a certificate type', true),
  scheme: mnemonic(1, SCHEMES, 'a scheme', true),
  time,
};
