import { contentsOf, type DerCursor, type DerValue, readValue, reportFault, tag } from './der.ts';

/** The dotted text of an OBJECT IDENTIFIER read from the cursor (X.690 §8.19). */
export function readObjectIdentifier(cursor: DerCursor, what: string): string {
  const value = readValue(cursor, what, tag.objectIdentifier);
  const octets = contentsOf(cursor, value);
  // X.690 sets no limit; RFC 5280 needs a few dozen octets, and the cap keeps a hostile arc from growing into a huge number.
  const broken = octets.length === 0 || octets.length > 128 || octets.at(-1)! >= 0x80;
  if (broken) {
    reportFault(cursor, value.start, `${what} is not an object identifier`);
    return '';
  }
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const octet of octets) {
    if (arc === 0n && octet === 0x80) {
      reportFault(cursor, value.start, `${what} is not an object identifier`);
      return '';
    }
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    if (octet >= 0x80) continue;
    if (arcs.length === 0) {
      const root = arc < 40n ? 0n : arc < 80n ? 1n : 2n;
      arcs.push(root, arc - root * 40n);
    } else {
      arcs.push(arc);
    }
    arc = 0n;
  }
  return arcs.join('.');
}

/** The octets of a non-negative INTEGER without the leading zero that only marks the sign. */
export function readUnsigned(cursor: DerCursor, what: string): Uint8Array {
  const value = readValue(cursor, what, tag.integer);
  const octets = contentsOf(cursor, value);
  if (octets.length === 0) reportFault(cursor, value.start, `${what} is an empty INTEGER`);
  return octets.length > 1 && octets[0] === 0 ? octets.subarray(1) : octets;
}

/** A small non-negative INTEGER such as a version or a path length. */
export function readSmallInteger(cursor: DerCursor, what: string): number {
  const octets = readUnsigned(cursor, what);
  if (octets.length > 4) reportFault(cursor, cursor.position, `${what} is too large`);
  return octets.length > 4 ? 0 : octets.reduce((sum, octet) => sum * 256 + octet, 0);
}

/** How many bits an unsigned number needs. */
export function bitLength(octets: Uint8Array): number {
  let first = 0;
  while (first < octets.length && octets[first] === 0) first++;
  return first === octets.length ? 0 : (octets.length - first) * 8 - (Math.clz32(octets[first]!) - 24);
}

/** The octets of a BIT STRING and how many bits of the last one do not count. */
export function readBitString(cursor: DerCursor, what: string): { octets: Uint8Array; unused: number } {
  const value = readValue(cursor, what, tag.bitString);
  const octets = contentsOf(cursor, value);
  const unused = octets[0] ?? 8;
  if (unused > 7 || (octets.length === 1 && unused > 0)) {
    reportFault(cursor, value.start, `${what} is not a BIT STRING`);
    return { octets: new Uint8Array(), unused: 0 };
  }
  return { octets: octets.subarray(1), unused };
}

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime in the one form RFC 5280 §4.1.2.5 allows. */
export function readTime(cursor: DerCursor, what: string): number {
  const value = readValue(cursor, what);
  const text = String.fromCharCode(...contentsOf(cursor, value).subarray(0, 16));
  const form = value.tag === tag.utcTime ? /^\d{12}Z$/ : value.tag === tag.generalizedTime ? /^\d{14}Z$/ : undefined;
  if (form === undefined || !form.test(text)) {
    reportFault(cursor, value.start, `${what} is not a time of the form YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ`);
    return 0;
  }
  const yearDigits = text.length - 11;
  const written = Number(text.slice(0, yearDigits));
  const year = yearDigits === 4 ? written : written >= 50 ? 1900 + written : 2000 + written;
  const [month, day, hour, minute, second] = [0, 2, 4, 6, 8].map((i) => Number(text.substr(yearDigits + i, 2)));
  const date = new Date(0);
  date.setUTCFullYear(year, month! - 1, day!);
  date.setUTCHours(hour!, minute!, second!);
  if (date.getUTCMonth() !== month! - 1 || date.getUTCDate() !== day! || hour! > 23 || minute! > 59 || second! > 59) {
    reportFault(cursor, value.start, `${what} is no date of the calendar`);
    return 0;
  }
  return date.getTime();
}

/** The text of a character string, or undefined when it is none that can be read (X.690 §8.23, RFC 5280 §4.1.2.4). */
export function textOf(cursor: DerCursor, value: DerValue): string | undefined {
  const octets = contentsOf(cursor, value);
  switch (value.tag) {
    case tag.utf8String:
      return decode('utf-8', octets);
    case tag.bmpString:
      return octets.length % 2 === 0 ? decode('utf-16be', octets) : undefined;
    case tag.universalString:
      return decodeUtf32(octets);
    case tag.printableString:
    case tag.ia5String:
    case tag.numericString:
    case tag.teletexString:
      return latin1(octets);
    default:
      return undefined;
  }
}

/** Octets as characters of the same number. */
export function latin1(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1');
}

/** Lower-case hexadecimal. */
export function hex(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('hex');
}

function decode(encoding: 'utf-8' | 'utf-16be', octets: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return undefined;
  }
}

function decodeUtf32(octets: Uint8Array): string | undefined {
  if (octets.length % 4 !== 0) return undefined;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  let text = '';
  for (let i = 0; i < octets.length; i += 4) {
    const point = view.getUint32(i);
    if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return undefined;
    text += String.fromCodePoint(point);
  }
  return text;
}
