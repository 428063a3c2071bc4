import { ByteSink } from '../text/sink.ts';
import { asciiText } from './found.ts';
import { fault, type Kind, type Kinds, type Words } from './kind.ts';
import { numberAt } from './kinds-number.ts';
import {
  Base64Reader,
  HexReader,
  hexText,
  readBase32hex,
  readNumber,
  writeAscii,
  writeBase32hex,
  writeBase64,
  writeHex,
} from './octets.ts';

const HEX = 'hexadecimal digits';
const BASE64 = 'base64';

/** Reads all words left as hexadecimal. */
function readHexRest(words: Words): boolean {
  if (!words.takeUnquoted(HEX)) return false;
  const reader = new HexReader(words.out);
  for (;;) {
    const bad = reader.piece(words.bytes, words.start, words.end);
    if (bad >= 0) return words.wrongAt(bad, HEX);
    if (!words.more) break;
    if (reader.odd)
      words.nonportable('a pair of hexadecimal digits with a blank inside', 'Knot DNS', 'split between pairs');
    if (!words.takeUnquoted(HEX)) return false;
  }
  return reader.odd ? words.wrong('an even number of hexadecimal digits') : true;
}

/** Reads all words left as base64. */
function readBase64Rest(words: Words): boolean {
  if (!words.takeUnquoted(BASE64)) return false;
  const reader = new Base64Reader(words.out);
  for (;;) {
    const bad = reader.piece(words.bytes, words.start, words.end);
    if (bad >= 0) return wrongBase64(words, bad);
    if (!words.more) break;
    if (reader.open)
      words.nonportable('a group of four base64 digits with a blank inside', 'Knot DNS', 'split between groups');
    if (!words.takeUnquoted(BASE64)) return false;
  }
  return reader.open ? words.wrong('base64 in groups of four with padding') : true;
}

function wrongBase64(words: Words, at: number): boolean {
  return words.bytes[at] === PAD
    ? words.wrong(`${BASE64} with zero bits before its padding`)
    : words.wrongAt(at, BASE64);
}

const PAD = 0x3d;

function octetsOfHex(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined;
  const out = new ByteSink(value.length >> 1);
  const bytes = new TextEncoder().encode(value);
  const reader = new HexReader(out);
  return reader.piece(bytes, 0, bytes.length) < 0 && !reader.odd ? out.slice() : undefined;
}

function octetsOfBase64(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string') return undefined;
  const out = new ByteSink(value.length);
  const bytes = new TextEncoder().encode(value);
  const reader = new Base64Reader(out);
  return reader.piece(bytes, 0, bytes.length) < 0 && !reader.open ? out.slice() : undefined;
}

function base64Json(rdata: Uint8Array, start: number, end: number): string {
  const out = new ByteSink(Math.ceil((end - start) / 3) * 4);
  writeBase64(rdata, start, end, out);
  return asciiText(out.bytes, 0, out.length);
}

/** Octets up to the end as hexadecimal; at least one. */
const hex: Kind = {
  expected: HEX,
  read: readHexRest,
  end: (rdata, at) => (at < rdata.length ? rdata.length : -1),
  write: writeHex,
  toJson: hexText,
  fromJson(value, { out }) {
    const octets = octetsOfHex(value);
    if (octets === undefined || octets.length === 0) return fault('a string of hexadecimal digits');
    out.put(octets);
    return undefined;
  },
};

/** Octets up to the end as base64; at least one. */
const base64: Kind = {
  expected: BASE64,
  read: readBase64Rest,
  end: hex.end,
  write: writeBase64,
  toJson: base64Json,
  fromJson(value, { out }) {
    const octets = octetsOfBase64(value);
    if (octets === undefined || octets.length === 0) return fault('a string of base64');
    out.put(octets);
    return undefined;
  },
};

/** Key of IPSECKEY: BIND wants one even when the algorithm is 0 (RFC 4025 §2.6 lets it be missing). */
const ipseckeyKey: Kind = {
  ...base64,
  read(words) {
    if (words.more) return readBase64Rest(words);
    words.nonportable('an IPSECKEY without key', 'BIND', 'add the key');
    return true;
  },
  end: (rdata) => rdata.length,
  fromJson: (value, target) => (value === '' ? undefined : base64.fromJson(value, target)),
};

/** Data of DOA: base64, or `-` for none. */
const base64OrDash: Kind = {
  ...base64,
  expected: 'base64 or -',
  read(words) {
    if (!words.atHyphen) return readBase64Rest(words);
    return words.takeUnquoted(BASE64);
  },
  end: (rdata) => rdata.length,
  write: (rdata, start, end, out) => (end > start ? writeBase64(rdata, start, end, out) : out.u8(DASH)),
  fromJson: ipseckeyKey.fromJson,
};

const DASH = 0x2d;

/** Octets with a 16-bit length before them, written as the length and base64 unless empty (TSIG, TKEY). */
const sizedBase64: Kind = {
  expected: 'a length and base64',
  read(words) {
    const sizeAt = words.out.length;
    if (!words.takeUnquoted('a length')) return false;
    const size = readNumber(words.bytes, words.start, words.end, 65535);
    if (size < 0) return words.wrong('a length from 0 to 65535');
    words.out.u16(size);
    if (size === 0) return true;
    if (!words.takeUnquoted(BASE64)) return false;
    const reader = new Base64Reader(words.out);
    const bad = reader.piece(words.bytes, words.start, words.end) >= 0 || reader.open;
    return bad || words.out.length - sizeAt - 2 !== size ? words.wrong(`base64 of ${size} octets`) : true;
  },
  end(rdata, at) {
    const end = at + 2 + numberAt(rdata, at, at + 2);
    return at + 2 <= rdata.length && end <= rdata.length ? end : -1;
  },
  write(rdata, start, end, out) {
    writeAscii(String(end - start - 2), out);
    if (end === start + 2) return;
    out.u8(0x20);
    writeBase64(rdata, start + 2, end, out);
  },
  toJson: (rdata, start, end) => base64Json(rdata, start + 2, end),
  fromJson(value, { out }) {
    const octets = octetsOfBase64(value);
    if (octets === undefined || octets.length > 65535) return fault('a string of base64');
    out.u16(octets.length);
    out.put(octets);
    return undefined;
  },
};

/** RDATA of a type without a form of its own: only `\# length hex` (RFC 3597 §5). */
const opaque: Kind = {
  expected: 'octets',
  read(words) {
    const expected = '\\# with a length and hexadecimal digits';
    return words.take(expected) && words.wrong(expected);
  },
  end: (rdata) => rdata.length,
  write: writeHex,
  toJson: hexText,
  fromJson(value, { out }) {
    const octets = octetsOfHex(value);
    if (octets === undefined) return fault('a string of hexadecimal digits');
    out.put(octets);
    return undefined;
  },
};

/** The salt of NSEC3: hexadecimal with a length octet before it, `-` when empty (RFC 5155 §3.3). */
const salt: Kind = {
  expected: 'a salt in hexadecimal, or -',
  read(words) {
    const { out } = words;
    const sizeAt = out.length;
    if (!words.takeUnquoted(salt.expected)) return false;
    out.u8(0);
    if (words.end - words.start === 1 && words.bytes[words.start] === DASH) return true;
    const reader = new HexReader(out);
    const bad = reader.piece(words.bytes, words.start, words.end) >= 0 || reader.odd;
    const size = out.length - sizeAt - 1;
    if (bad || size === 0 || size > 255) return words.wrong(`${salt.expected}, at most 255 octets`);
    out.bytes[sizeAt] = size;
    return true;
  },
  end: prefixedEnd,
  write: (rdata, start, end, out) => (end > start + 1 ? writeHex(rdata, start + 1, end, out) : out.u8(DASH)),
  toJson: (rdata, start, end) => hexText(rdata, start + 1, end),
  fromJson(value, { out }) {
    const octets = octetsOfHex(value);
    if (octets === undefined || octets.length > 255) return fault('a string of hexadecimal digits');
    out.u8(octets.length);
    out.put(octets);
    return undefined;
  },
};

function prefixedEnd(rdata: Uint8Array, at: number): number {
  const end = at + 1 + (rdata[at] ?? 0);
  return at < rdata.length && end <= rdata.length ? end : -1;
}

const HASH = 'a hash in base32 with the extended hex alphabet';

/** The next hashed owner of NSEC3: base32hex without padding, with a length octet before it (RFC 5155 §3.3). */
const base32hex: Kind = {
  expected: HASH,
  read(words) {
    if (!words.takeUnquoted(HASH)) return false;
    const problem = putBase32hex(words.bytes, words.start, words.end, words.out);
    if (problem) return words.wrong(HASH);
    noteHashSize(words, words.end - words.start);
    return true;
  },
  end(rdata, at) {
    const end = prefixedEnd(rdata, at);
    return end > at + 1 ? end : -1;
  },
  write: (rdata, start, end, out) => writeBase32hex(rdata, start + 1, end, out),
  toJson(rdata, start, end) {
    const out = new ByteSink(64);
    writeBase32hex(rdata, start + 1, end, out);
    return asciiText(out.bytes, 0, out.length);
  },
  fromJson(value, { out }) {
    const bytes = new TextEncoder().encode(typeof value === 'string' ? value : '');
    return putBase32hex(bytes, 0, bytes.length, out) ? fault(HASH) : undefined;
  },
};

/** Notes a hash that is none of SHA-1, or that Knot DNS cannot decode. */
function noteHashSize(words: Words, digits: number): void {
  const found = `a hash of ${digits} digits`;
  if (words.out.bytes[words.base] === 1 && digits !== 32) words.nonportable(found, 'BIND', 'SHA-1 gives 32 digits');
  else if (digits % 8 !== 0) words.nonportable(found, 'Knot DNS', 'its digits come in groups of eight');
}

/** Appends the octets with their length; true when the text is no hash. */
function putBase32hex(bytes: Uint8Array, start: number, end: number, out: ByteSink): boolean {
  const sizeAt = out.length;
  out.u8(0);
  const read = readBase32hex(bytes, start, end, out);
  const size = out.length - sizeAt - 1;
  out.bytes[sizeAt] = size;
  return !read || size === 0 || size > 255;
}

/** A digest up to the end whose type stands in the octet before; BIND refuses a length that the type does not have. */
function digest(lengths: Readonly<Record<number, number>>, least: number): Kind {
  return {
    ...hex,
    read(words) {
      const from = words.out.length;
      if (!readHexRest(words)) return false;
      const length = words.out.length - from;
      const wanted = lengths[words.out.bytes[from - 1] ?? 0];
      if (wanted !== undefined ? length !== wanted : length < least) {
        const hint = wanted === undefined ? `give at least ${least}` : `this digest type has ${wanted}`;
        words.nonportable(`a digest of ${length === 1 ? '1 octet' : `${length} octets`}`, 'BIND', hint);
      }
      return true;
    },
  };
}

/** Public key algorithm of HIP, behind the room for the two lengths (RFC 8005 §5). */
const hipAlgorithm: Kind = {
  expected: 'a number from 0 to 255',
  read(words) {
    if (!words.takeUnquoted(hipAlgorithm.expected)) return false;
    const value = readNumber(words.bytes, words.start, words.end, 255);
    if (value === -1) return words.wrong(hipAlgorithm.expected);
    if (value < 0) return words.outOfRange(0, 255);
    words.out.u32(value << 16);
    return true;
  },
  end: (rdata, at) => (at + 4 <= rdata.length ? at + 4 : -1),
  write: (rdata, start, _end, out) => writeAscii(String(rdata[start + 1] ?? 0), out),
  toJson: (rdata, start) => rdata[start + 1] ?? 0,
  fromJson(value, { out }) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 255)
      return fault(hipAlgorithm.expected);
    out.u32(value << 16);
    return undefined;
  },
};

/** Host identity tag of HIP: one word of hexadecimal, its length in the first octet of the RDATA. */
const hipTag: Kind = {
  ...hex,
  read(words) {
    const { out, base } = words;
    const from = out.length;
    if (!words.takeUnquoted(HEX)) return false;
    const reader = new HexReader(out);
    const bad = reader.piece(words.bytes, words.start, words.end) >= 0 || reader.odd;
    const size = out.length - from;
    if (bad || size === 0 || size > 255) return words.wrong('pairs of hexadecimal digits, at most 255');
    out.bytes[base] = size;
    return true;
  },
  end(rdata, at) {
    const size = rdata[0] ?? 0;
    return size > 0 && at + size <= rdata.length ? at + size : -1;
  },
  fromJson(value, target) {
    const from = target.out.length;
    const problem = hex.fromJson(value, target);
    const size = target.out.length - from;
    if (problem !== undefined || size > 255) return fault('at most 255 pairs of hexadecimal digits');
    target.out.bytes[target.base] = size;
    return undefined;
  },
};

/** Public key of HIP: one word of base64, its length in octets 2 and 3 of the RDATA. */
const hipKey: Kind = {
  ...base64,
  read(words) {
    const from = words.out.length;
    if (!words.takeUnquoted(BASE64)) return false;
    const reader = new Base64Reader(words.out);
    if (reader.piece(words.bytes, words.start, words.end) >= 0 || reader.open) return words.wrong(BASE64);
    return setHipKeySize(words.out, words.base, from) || words.wrong('base64 of 1 to 65535 octets');
  },
  end(rdata, at) {
    const size = numberAt(rdata, 2, 4);
    return size > 0 && at + size <= rdata.length ? at + size : -1;
  },
  fromJson(value, target) {
    const from = target.out.length;
    const problem = base64.fromJson(value, target);
    if (problem !== undefined) return problem;
    return setHipKeySize(target.out, target.base, from) ? undefined : fault('base64 of 1 to 65535 octets');
  },
};

function setHipKeySize(out: ByteSink, base: number, from: number): boolean {
  const size = out.length - from;
  out.bytes[base + 2] = size >> 8;
  out.bytes[base + 3] = size;
  return size > 0 && size <= 65535;
}

/** Kinds of binary data. */
export const BINARY_KINDS: Kinds<
  | 'hex'
  | 'base64'
  | 'base64-or-dash'
  | 'sized-base64'
  | 'ipseckey-key'
  | 'opaque'
  | 'salt'
  | 'base32hex'
  | 'ds-digest'
  | 'sshfp-digest'
  | 'zonemd-digest'
  | 'hip-algorithm'
  | 'hip-tag'
  | 'hip-key'
> = {
  hex,
  base64,
  'base64-or-dash': base64OrDash,
  'sized-base64': sizedBase64,
  'ipseckey-key': ipseckeyKey,
  opaque,
  salt,
  base32hex,
  'ds-digest': digest({ 1: 20, 2: 32, 3: 32, 4: 48 }, 1),
  'sshfp-digest': digest({ 1: 20, 2: 32 }, 1),
  'zonemd-digest': digest({ 1: 48, 2: 64 }, 12),
  'hip-algorithm': hipAlgorithm,
  'hip-tag': hipTag,
  'hip-key': hipKey,
};
