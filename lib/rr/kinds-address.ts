import { ByteSink } from '../text/sink.ts';
import { readIp4, readIp6, writeIp4, writeIp6 } from './address.ts';
import { isDigit } from './escapes.ts';
import { asciiText } from './found.ts';
import { elementsOf, fault, type JsonFault, type Kind, type Kinds } from './kind.ts';
import { HexReader, hexText, hexValue, readNumber, writeAscii, writeHex } from './octets.ts';

/** Appends the octets of a text, or tells that it is none; `start` to `end` are without quotes. */
type ReadForm = (bytes: Uint8Array, start: number, end: number, out: ByteSink) => boolean;

function fromText(value: unknown, read: ReadForm, expected: string, out: ByteSink): JsonFault | undefined {
  const bytes = new TextEncoder().encode(typeof value === 'string' ? value : '');
  return read(bytes, 0, bytes.length, out) ? undefined : fault(expected);
}

/** Hexadecimal groups of fixed width with a separator; a group without its leading zeros is noted. */
function groups(count: number, digits: 2 | 4, separator: string, expected: string): Kind {
  const mark = separator.charCodeAt(0);
  const octets = (count * digits) / 2;
  const read: ReadForm = (bytes, start, end, out) => {
    let at = start;
    for (let left = count; left > 0; left--) {
      let value = 0;
      const from = at;
      for (; at < end && at - from < digits && hexValue(bytes[at] ?? 0) < 16; at++)
        value = value * 16 + hexValue(bytes[at] ?? 0);
      if (at === from) return false;
      if (digits === 4) out.u16(value);
      else out.u8(value);
      if (left > 1 && bytes[at++] !== mark) return false;
    }
    return at === end;
  };
  const write: Kind['write'] = (rdata, start, end, out) => {
    for (let at = start; at < end; at += digits / 2) {
      if (at > start) out.u8(mark);
      writeHex(rdata, at, at + digits / 2, out);
    }
  };
  return {
    expected,
    read(words) {
      if (!words.takeUnquoted(expected)) return false;
      if (!read(words.bytes, words.start, words.end, words.out)) return words.wrong(expected);
      const short = words.end - words.start < count * (digits + 1) - 1;
      if (short)
        words.nonportable('a group without its leading zeros', 'Knot DNS', `write ${digits} digits in each group`);
      return true;
    },
    end: (rdata, at) => (at + octets <= rdata.length ? at + octets : -1),
    write,
    toJson: (rdata, start, end) =>
      (hexText(rdata, start, end).match(new RegExp(`.{${digits}}`, 'g')) ?? []).join(separator),
    fromJson: (value, { out }) => fromText(value, read, expected, out),
  };
}

const NSAP = 'an NSAP address such as 0x47.0005';

/** An NSAP address: 0x and hexadecimal with dots anywhere between the digits (RFC 1706 §7). */
const nsap: Kind = {
  expected: NSAP,
  read(words) {
    if (!words.takeUnquoted(NSAP)) return false;
    return readNsap(words.bytes, words.start, words.end, words.out) || words.wrong(NSAP);
  },
  end: (rdata, at) => (at < rdata.length ? rdata.length : -1),
  write(rdata, start, end, out) {
    writeAscii('0x', out);
    writeHex(rdata, start, end, out);
  },
  toJson: (rdata, start, end) => `0x${hexText(rdata, start, end)}`,
  fromJson: (value, { out }) => fromText(value, readNsap, NSAP, out),
};

function readNsap(bytes: Uint8Array, start: number, end: number, out: ByteSink): boolean {
  const marked = bytes[start] === 0x30 && ((bytes[start + 1] ?? 0) | 0x20) === 0x78;
  return marked && readDotted(bytes, start + 2, end, out);
}

/** Appends pairs of hexadecimal digits with dots between any of them; at least one pair. */
function readDotted(bytes: Uint8Array, start: number, end: number, out: ByteSink): boolean {
  const reader = new HexReader(out);
  const from = out.length;
  for (let at = start; at < end; ) {
    let stop = bytes.indexOf(DOT, at);
    if (stop < 0 || stop > end) stop = end;
    if (reader.piece(bytes, at, stop) >= 0) return false;
    at = stop + 1;
  }
  return !reader.odd && out.length > from;
}

const DOT = 0x2e;
const PLUS = 0x2b;
const ATMA = 'an ATM address: + and digits, or hexadecimal';
const E164 = 1;

/** An ATM address: a format octet, then digits of E.164 or the octets of an end system address. */
const atma: Kind = {
  expected: ATMA,
  read(words) {
    if (!words.takeUnquoted(ATMA)) return false;
    return readAtma(words.bytes, words.start, words.end, words.out) || words.wrong(ATMA);
  },
  end(rdata, at) {
    if (rdata.length < at + 2 || (rdata[at] ?? 0) > E164) return -1;
    return rdata[at] === E164 && !rdata.subarray(at + 1).every(isDigit) ? -1 : rdata.length;
  },
  write(rdata, start, end, out) {
    if (rdata[start] !== E164) return writeHex(rdata, start + 1, end, out);
    out.u8(PLUS);
    out.put(rdata.subarray(start + 1, end));
  },
  toJson: (rdata, start, end) =>
    rdata[start] === E164 ? `+${asciiText(rdata, start + 1, end)}` : hexText(rdata, start + 1, end),
  fromJson: (value, { out }) => fromText(value, readAtma, ATMA, out),
};

function readAtma(bytes: Uint8Array, start: number, end: number, out: ByteSink): boolean {
  if (bytes[start] !== PLUS) {
    out.u8(0);
    return readDotted(bytes, start, end, out);
  }
  out.u8(E164);
  const from = out.length;
  for (let at = start + 1; at < end; at++) {
    const octet = bytes[at] ?? 0;
    if (isDigit(octet)) out.u8(octet);
    else if (octet !== DOT) return false;
  }
  return out.length > from;
}

const APL = 'an address prefix such as 1:192.0.2.0/24 or !2:2001:db8::/32';
const MOST_BITS = [0, 32, 128];

/** Address prefixes up to the end, maybe none (RFC 3123 §4). */
const apl: Kind = {
  expected: APL,
  read(words) {
    while (words.more) {
      if (!words.takeUnquoted(APL)) return false;
      if (!readPrefix(words.bytes, words.start, words.end, words.out)) return words.wrong(APL);
    }
    return true;
  },
  end(rdata, start) {
    let at = start;
    while (at < rdata.length) {
      const most = (rdata[at] === 0 ? MOST_BITS[rdata[at + 1] ?? 0] : 0) ?? 0;
      const size = (rdata[at + 3] ?? 0) & 127;
      const end = at + 4 + size;
      if (most === 0 || end > rdata.length || size > most / 8 || (rdata[at + 2] ?? 0) > most) return -1;
      if (size > 0 && rdata[end - 1] === 0) return -1;
      at = end;
    }
    return at;
  },
  write: (rdata, start, end, out) => writeAscii(prefixes(rdata, start, end).join(' '), out),
  toJson: prefixes,
  fromJson(value, { out }) {
    const items = elementsOf(value);
    if (items === undefined) return fault('an array of address prefixes');
    for (const [index, item] of items.entries()) {
      if (fromText(item, readPrefix, APL, out) !== undefined) return fault(APL, `/${index}`);
    }
    return undefined;
  },
};

function readPrefix(bytes: Uint8Array, start: number, end: number, out: ByteSink): boolean {
  const negated = bytes[start] === 0x21;
  const at = negated ? start + 1 : start;
  const family = (bytes[at] ?? 0) - 0x30;
  const slash = bytes.lastIndexOf(0x2f, end - 1);
  if ((family !== 1 && family !== 2) || bytes[at + 1] !== 0x3a || slash < at) return false;
  const bits = readNumber(bytes, slash + 1, end, MOST_BITS[family] ?? 0);
  if (bits < 0) return false;
  out.u16(family);
  out.u8(bits);
  const sizeAt = out.length;
  out.u8(0);
  const read = family === 1 ? readIp4 : readIp6;
  if (!read(bytes, at + 2, slash, out)) return false;
  while (out.length > sizeAt + 1 && out.bytes[out.length - 1] === 0) out.length--;
  out.bytes[sizeAt] = (negated ? 128 : 0) | (out.length - sizeAt - 1);
  return true;
}

function prefixes(rdata: Uint8Array, start: number, end: number): string[] {
  const list: string[] = [];
  for (let at = start; at < end; at += 4 + ((rdata[at + 3] ?? 0) & 127)) {
    const family = rdata[at + 1] ?? 0;
    const address = new Uint8Array(16);
    address.set(rdata.subarray(at + 4, at + 4 + ((rdata[at + 3] ?? 0) & 127)));
    const out = new ByteSink(48);
    if (family === 1) writeIp4(address, 0, out);
    else writeIp6(address, 0, out);
    const negated = (rdata[at + 3] ?? 0) >= 128 ? '!' : '';
    list.push(`${negated}${family}:${asciiText(out.bytes, 0, out.length)}/${rdata[at + 2] ?? 0}`);
  }
  return list;
}

/** Kinds of addresses that are neither names nor plain IPv4 and IPv6. */
export const ADDRESS_KINDS: Kinds<'locator64' | 'eui48' | 'eui64' | 'nsap' | 'atma' | 'apl'> = {
  locator64: groups(4, 4, ':', 'four groups of hexadecimal digits such as 0014:4fff:ff20:ee64'),
  eui48: groups(6, 2, '-', 'six pairs of hexadecimal digits such as 00-00-5e-00-53-2a'),
  eui64: groups(8, 2, '-', 'eight pairs of hexadecimal digits such as 00-00-5e-ef-10-00-00-2a'),
  nsap,
  atma,
  apl,
};
