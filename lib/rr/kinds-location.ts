import type { ByteSink } from '../text/sink.ts';
import { isDigit } from './escapes.ts';
import { fault, type JsonFault, type JsonValue, type Kind, type Kinds, type Words } from './kind.ts';
import { numberAt } from './kinds-number.ts';
import { writeAscii } from './octets.ts';

/** Thousandths of an arc second of the equator and the prime meridian (RFC 1876 §2). */
const MERIDIAN = 2 ** 31;
const DEGREE = 3_600_000;
const MINUTE = 60_000;
/** Centimetres below the WGS 84 spheroid at which altitudes start. */
const BOTTOM = 10_000_000;
/** Centimetres: the largest size or precision that every server takes. */
const LARGEST_SIZE = 9_000_000_000;

/** The three diameters, in the order of text: default centimetres and name in JSON. */
const SIZES = [
  { name: 'size', standard: 100 },
  { name: 'horizontalPrecision', standard: 1_000_000 },
  { name: 'verticalPrecision', standard: 1000 },
] as const;

/** The whole RDATA of LOC (RFC 1876 §2, §3). */
const location: Kind = {
  expected: 'a location such as 42 21 54 N 71 6 18 W -24m 30m',
  read(words) {
    const latitude = readAngle(words, 90, 'N', 'S');
    const longitude = latitude < 0 ? -1 : readAngle(words, 180, 'E', 'W');
    const altitude = longitude < 0 ? undefined : readAltitude(words);
    if (altitude === undefined) return false;
    const sizes: number[] = [];
    for (const { standard } of SIZES) {
      const size = words.more ? readSize(words) : standard;
      if (size === undefined) return false;
      sizes.push(packSize(size));
    }
    put(sizes, latitude, longitude, altitude + BOTTOM, words.out);
    return true;
  },
  end(rdata, at) {
    if (rdata.length - at < 16 || rdata[at] !== 0) return -1;
    const sizes = [1, 2, 3].every((i) => isSize(rdata[at + i] ?? 0));
    const angles = isAngle(numberAt(rdata, at + 4, at + 8), 90) && isAngle(numberAt(rdata, at + 8, at + 12), 180);
    return sizes && angles ? at + 16 : -1;
  },
  write(rdata, at, _end, out) {
    const angles = [
      angleText(numberAt(rdata, at + 4, at + 8), 'N', 'S'),
      angleText(numberAt(rdata, at + 8, at + 12), 'E', 'W'),
    ];
    const altitude = metres(numberAt(rdata, at + 12, at + 16) - BOTTOM);
    const sizes = [1, 2, 3].map((i) => sizeText(unpackSize(rdata[at + i] ?? 0)));
    writeAscii([...angles, altitude, ...sizes].join(' '), out);
  },
  toJson: (rdata, at) => ({
    latitude: (numberAt(rdata, at + 4, at + 8) - MERIDIAN) / DEGREE,
    longitude: (numberAt(rdata, at + 8, at + 12) - MERIDIAN) / DEGREE,
    altitude: (numberAt(rdata, at + 12, at + 16) - BOTTOM) / 100,
    ...Object.fromEntries(SIZES.map(({ name }, i) => [name, unpackSize(rdata[at + 1 + i] ?? 0) / 100])),
  }),
  fromJson(value, { out }) {
    const latitude = scaled(value, 'latitude', -90, 90, DEGREE);
    const longitude = scaled(value, 'longitude', -180, 180, DEGREE);
    const altitude = scaled(value, 'altitude', -100_000, (2 ** 32 - 1 - BOTTOM) / 100, 100);
    const sizes = SIZES.map(({ name, standard }) => scaled(value, name, 0, LARGEST_SIZE / 100, 100, standard));
    const problem = [latitude, longitude, altitude, ...sizes].find((item) => typeof item !== 'number');
    if (typeof problem === 'object') return problem;
    const packed = sizes.map((size) => packSize(size as number));
    put(packed, (latitude as number) + MERIDIAN, (longitude as number) + MERIDIAN, (altitude as number) + BOTTOM, out);
    return undefined;
  },
};

function put(sizes: readonly number[], latitude: number, longitude: number, altitude: number, out: ByteSink): void {
  out.u8(0);
  for (const size of sizes) out.u8(size);
  out.u32(latitude);
  out.u32(longitude);
  out.u32(altitude);
}

/** A number of a JSON object times `scale`, rounded; the fault when it is missing or out of bounds. */
function scaled(
  value: JsonValue,
  name: string,
  least: number,
  most: number,
  scale: number,
  standard?: number,
): number | JsonFault {
  const entry = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
  if (entry === undefined && standard !== undefined) return standard;
  if (typeof entry === 'number' && entry >= least && entry <= most) return Math.round(entry * scale);
  return fault(`a number from ${least} to ${most}`, `/${name}`);
}

/** Reads `degrees [minutes [seconds]] letter` as thousandths of an arc second from 0 up; -1 after a report. */
function readAngle(words: Words, most: number, positive: string, negative: string): number {
  const letters = `${positive} or ${negative}`;
  const units = [
    { expected: `degrees from 0 to ${most}`, most, scale: DEGREE, decimals: 0 },
    { expected: `minutes from 0 to 59, or ${letters}`, most: 59, scale: MINUTE, decimals: 0 },
    { expected: `seconds from 0 to 59.999, or ${letters}`, most: 59_999, scale: 1, decimals: 3 },
  ];
  let angle = 0;
  for (const [index, unit] of units.entries()) {
    if (!words.takeUnquoted(unit.expected)) return -1;
    const turn = index > 0 ? directionOf(words, positive, negative) : 0;
    if (turn !== 0) return MERIDIAN + turn * angle;
    const value = decimal(words.bytes, words.start, words.end, unit.decimals);
    if (Number.isNaN(value)) return failed(words.wrong(unit.expected));
    if (value > unit.most) return failed(words.outOfRange(0, unit.most / 10 ** unit.decimals));
    if (words.bytes[words.end - 1] === POINT)
      words.nonportable('a number that ends with a point', 'NSD', 'leave it out');
    angle += value * unit.scale;
    if (angle > most * DEGREE) return failed(words.outOfRange(0, `${most} degrees in all`));
  }
  if (!words.takeUnquoted(letters)) return -1;
  const turn = directionOf(words, positive, negative);
  return turn === 0 ? failed(words.wrong(letters)) : MERIDIAN + turn * angle;
}

function failed(_reported: boolean): number {
  return -1;
}

/** 1 or -1 when the word at hand is one of the two letters, else 0. */
function directionOf(words: Words, positive: string, negative: string): number {
  if (words.end - words.start !== 1) return 0;
  const letter = String.fromCharCode(words.bytes[words.start] ?? 0);
  if (letter === positive) return 1;
  return letter === negative ? -1 : 0;
}

/** A decimal number in units of its last allowed digit, NaN when it is none or has more decimals. */
function decimal(bytes: Uint8Array, start: number, end: number, decimals: number): number {
  let value = 0;
  let point = -1;
  if (!isDigit(bytes[start] ?? 0) || start >= end) return Number.NaN;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    if (octet === POINT && point < 0 && decimals > 0) point = at;
    else if (!isDigit(octet)) return Number.NaN;
    else value = Math.min(value * 10 + (octet - 0x30), 1e15);
  }
  const given = point < 0 ? 0 : end - point - 1;
  return given > decimals ? Number.NaN : value * 10 ** (decimals - given);
}

/** Centimetres of `[-]metres[.cm][m]`; NaN when the word is no such length. */
function centimetres(words: Words): number {
  const { bytes, start, end } = words;
  const sign = bytes[start] === 0x2d ? -1 : 1;
  const signed = sign < 0 || bytes[start] === PLUS;
  const unit = end > start && bytes[end - 1] === 0x6d ? 1 : 0;
  return sign * decimal(bytes, signed ? start + 1 : start, end - unit, 2);
}

const POINT = 0x2e;
const PLUS = 0x2b;

function readAltitude(words: Words): number | undefined {
  const expected = 'an altitude in metres such as -24.00m';
  if (!words.takeUnquoted(expected)) return undefined;
  if (words.bytes[words.start] === PLUS) words.nonportable('an altitude with a plus sign', 'Knot DNS', 'leave it out');
  const value = centimetres(words);
  const most = 2 ** 32 - 1 - BOTTOM;
  if (!Number.isNaN(value) && value >= -BOTTOM && value <= most) return value;
  if (Number.isNaN(value)) words.wrong(expected);
  else words.outOfRange('-100000.00m', '42849672.95m');
  return undefined;
}

function readSize(words: Words): number | undefined {
  const expected = 'metres such as 10.00m';
  if (!words.takeUnquoted(expected)) return undefined;
  const value = centimetres(words);
  const signed = !isDigit(words.bytes[words.start] ?? 0);
  if (!signed && value <= LARGEST_SIZE) return value;
  if (signed || Number.isNaN(value)) words.wrong(expected);
  else words.outOfRange('0m', '90000000.00m');
  return undefined;
}

/** Centimetres as one digit and a power of ten, cut off as every server does (RFC 1876 §2). */
function packSize(centimetres: number): number {
  let mantissa = Math.round(centimetres);
  let exponent = 0;
  while (mantissa > 9) {
    mantissa = Math.floor(mantissa / 10);
    exponent++;
  }
  return (mantissa << 4) | exponent;
}

function unpackSize(octet: number): number {
  return (octet >> 4) * 10 ** (octet & 15);
}

/** Whether an octet is a digit and a power of ten, zero only as 0x00. */
function isSize(octet: number): boolean {
  return octet === 0 || (octet >> 4 >= 1 && octet >> 4 <= 9 && (octet & 15) <= 9);
}

function isAngle(value: number, degrees: number): boolean {
  return Math.abs(value - MERIDIAN) <= degrees * DEGREE;
}

function angleText(value: number, positive: string, negative: string): string {
  const angle = Math.abs(value - MERIDIAN);
  const seconds = ((angle % MINUTE) / 1000).toFixed(3);
  const minutes = Math.floor((angle % DEGREE) / MINUTE);
  return `${Math.floor(angle / DEGREE)} ${minutes} ${seconds} ${value < MERIDIAN ? negative : positive}`;
}

function metres(centimetres: number): string {
  return `${(centimetres / 100).toFixed(2)}m`;
}

/** Whole metres without decimals, as BIND writes them. */
function sizeText(centimetres: number): string {
  return centimetres < 100 ? metres(centimetres) : `${centimetres / 100}m`;
}

/** The kind of LOC. */
export const LOCATION_KINDS: Kinds<'location'> = { location };
