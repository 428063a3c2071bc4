import type { ByteSink } from '../text/sink.ts';
import { escapedOctet, escapeLength, isDigit, lowerOctet } from './escapes.ts';
import { asciiText, shown } from './found.ts';
import { elementsOf, fault, type JsonFault, type JsonValue, type Kind, type Kinds, type Words } from './kind.ts';
import { writeDecimal } from './name.ts';
import { hexText } from './octets.ts';

const LONGEST_STRING = 255;
const BACKSLASH = 0x5c;
const QUOTE = 0x22;
const AT_SIGN = 0x40;

/** Appends the octets of the word at hand with its escapes resolved (RFC 1035 §5.1); notes what some servers refuse. */
export function readOctets(words: Words, out: ByteSink = words.out): boolean {
  const { bytes, end } = words;
  out.reserve(end - words.start);
  let odd = -1;
  let at = words.start;
  while (at < end) {
    let octet = bytes[at] ?? 0;
    if (octet !== BACKSLASH) {
      if ((octet >= 0x7f || (octet < 0x20 && octet !== 0x09)) && odd < 0) odd = at;
      at++;
    } else {
      octet = escapedOctet(bytes, at, end);
      const length = escapeLength(bytes, at);
      if (octet < 0) {
        const stop = Math.min(end, at + length);
        words.report('bad-escape', at, stop, { found: shown(bytes, at, stop) });
        return false;
      }
      at += length;
    }
    out.bytes[out.length++] = octet;
  }
  if (odd >= 0) noteOdd(words, odd);
  if (!words.quoted && words.end - words.start === 1 && words.bytes[words.start] === AT_SIGN) {
    words.nonportable('@ as a string', 'NSD', 'write "@"');
  }
  return true;
}

function noteOdd(words: Words, at: number): void {
  const { bytes, start, end } = words;
  const octet = bytes[at] ?? 0;
  if (octet < 0x80) {
    const written = shown(bytes, at, at + 1);
    words.report('nonportable', at, at + 1, {
      found: `the control character ${written} in a string`,
      refusedBy: 'Knot DNS',
      hint: `write it as ${written}`,
    });
  } else if (words.quoted) {
    words.nonportable('characters beyond ASCII in a string', 'Knot DNS', 'write each octet as \\DDD');
  } else {
    words.report('non-ascii', start, end, { found: shown(bytes, start, end) });
  }
}

/** Appends octets as one quoted string; what is neither printable ASCII nor safe is escaped. */
export function writeQuoted(bytes: Uint8Array, start: number, end: number, out: ByteSink): void {
  out.reserve((end - start) * 4 + 2);
  out.u8(QUOTE);
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    const plain = octet >= 0x20 && octet < 0x7f;
    if (!plain || octet === QUOTE || octet === BACKSLASH) out.bytes[out.length++] = BACKSLASH;
    if (plain) out.bytes[out.length++] = octet;
    else writeDecimal(octet, out);
  }
  out.u8(QUOTE);
}

/** JSON of octets that are meant as text: a string when they are UTF-8, else `{ "hex": … }`. */
export function textToJson(bytes: Uint8Array, start: number, end: number): JsonValue {
  if (!bytes.subarray(start, end).some((octet) => octet >= 0x80)) return asciiText(bytes, start, end);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(start, end));
  } catch {
    return { hex: hexText(bytes, start, end) };
  }
}

/** Octets of such a JSON value; undefined when it is none. */
export function jsonToOctets(value: JsonValue | undefined): Uint8Array | undefined {
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value) ? undefined : new TextEncoder().encode(value);
  const hex = typeof value === 'object' && value !== null && 'hex' in value ? value.hex : undefined;
  if (typeof hex !== 'string' || !/^([0-9a-f]{2})*$/i.test(hex)) return undefined;
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

/** Notes a word that some servers take for the sign of generic RDATA. */
function noteHash(words: Words): void {
  const { bytes, start, end, quoted } = words;
  if (quoted || end - start !== 2 || bytes[start] !== BACKSLASH || bytes[start + 1] !== 0x23) return;
  words.nonportable('\\# for the text "#"', 'NSD', 'put it in double quotes');
}

/** Reads the word at hand as one character-string with its length octet before it. */
function readString(words: Words): boolean {
  noteHash(words);
  const sizeAt = words.out.length;
  words.out.u8(0);
  if (!readOctets(words)) return false;
  const length = words.out.length - sizeAt - 1;
  if (length > LONGEST_STRING) {
    const found = shown(words.bytes, words.start, words.end);
    words.report('string-too-long', words.start, words.end, { found, length, limit: LONGEST_STRING });
    return false;
  }
  words.out.bytes[sizeAt] = length;
  return true;
}

/** Where the character-string at an offset ends, -1 when the RDATA ends before it. */
export function stringEnd(rdata: Uint8Array, at: number): number {
  const end = at + 1 + (rdata[at] ?? 0);
  return at < rdata.length && end <= rdata.length ? end : -1;
}

function putString(value: JsonValue | undefined, out: ByteSink, pointer = ''): JsonFault | undefined {
  const octets = jsonToOctets(value);
  if (octets === undefined || octets.length > LONGEST_STRING) return fault('a text of at most 255 octets', pointer);
  out.u8(octets.length);
  out.put(octets);
  return undefined;
}

const STRING = 'a text';

/** One character-string (RFC 1035 §3.3). */
const string: Kind = {
  expected: STRING,
  read: (words) => words.take(STRING) && readString(words),
  end: stringEnd,
  write: (rdata, start, end, out) => writeQuoted(rdata, start + 1, end, out),
  toJson: (rdata, start, end) => textToJson(rdata, start + 1, end),
  fromJson: (value, { out }) => putString(value, out),
};

/** One character-string or more, up to the end (RFC 1035 §3.3.14). */
const strings: Kind = {
  expected: STRING,
  read(words) {
    if (!words.more) return words.missing(STRING);
    while (words.more) {
      const adjoins = words.adjoins;
      words.advance();
      if (adjoins) words.nonportable('two strings without a blank between', 'Knot DNS', 'put a blank between them');
      if (!readString(words)) return false;
    }
    return true;
  },
  end(rdata, at) {
    if (at >= rdata.length) return -1;
    let end = at;
    while (end >= 0 && end < rdata.length) end = stringEnd(rdata, end);
    return end;
  },
  write(rdata, start, end, out) {
    for (let at = start; at < end; at = stringEnd(rdata, at)) {
      if (at > start) out.u8(0x20);
      writeQuoted(rdata, at + 1, stringEnd(rdata, at), out);
    }
  },
  toJson(rdata, start, end) {
    const texts: JsonValue[] = [];
    for (let at = start; at < end; at = stringEnd(rdata, at))
      texts.push(textToJson(rdata, at + 1, stringEnd(rdata, at)));
    return texts;
  },
  fromJson(value, { out }) {
    const texts = elementsOf(value);
    if (texts === undefined || texts.length === 0) return fault('an array of texts');
    for (const [index, text] of texts.entries()) {
      const problem = putString(text, out, `/${index}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  },
};

/** Text up to the end of the RDATA without a length octet, quoted (CAA value, URI target). */
const text: Kind = {
  expected: STRING,
  read(words) {
    if (!words.take(STRING)) return false;
    noteHash(words);
    return readOctets(words);
  },
  end: (rdata) => rdata.length,
  write: writeQuoted,
  toJson: textToJson,
  fromJson(value, { out }) {
    const octets = jsonToOctets(value);
    if (octets === undefined) return fault(STRING);
    out.put(octets);
    return undefined;
  },
};

/** As `text`, but quotes are asked for (URI, RFC 7553 §4.4). */
const quotedText: Kind = {
  ...text,
  read(words) {
    if (!words.take(STRING)) return false;
    if (!words.quoted) words.nonportable('a target without quotes', 'BIND', 'put it in double quotes');
    return readOctets(words);
  },
};

const TAG = 'a tag of ASCII letters and digits';

/** The tag of CAA (RFC 8659 §4.1): letters and digits with a length octet before them. */
const tag: Kind = {
  expected: TAG,
  read(words) {
    if (!words.take(TAG)) return false;
    const { bytes, start, end, out } = words;
    const length = end - start;
    if (length === 0 || length > LONGEST_STRING || !isTag(bytes, start, end)) return words.wrong(TAG);
    if (words.quoted) words.nonportable('a tag in quotes', 'BIND', 'leave out the quotes');
    else if (hasCapital(bytes, start, end))
      words.nonportable('a tag with capitals', 'NSD', 'write it in small letters');
    else if (length > 15) words.nonportable('a tag of more than 15 characters', 'NSD', 'use a registered tag');
    out.u8(length);
    out.put(bytes.subarray(start, end));
    return true;
  },
  end(rdata, at) {
    const end = stringEnd(rdata, at);
    return end > at + 1 && isTag(rdata, at + 1, end) ? end : -1;
  },
  write: (rdata, start, end, out) => out.put(rdata.subarray(start + 1, end)),
  toJson: (rdata, start, end) => asciiText(rdata, start + 1, end),
  fromJson(value, { out }) {
    if (typeof value !== 'string' || !/^[a-z0-9]{1,255}$/i.test(value)) return fault(TAG);
    return putString(value, out);
  },
};

function isTag(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const octet = lowerOctet(bytes[at] ?? 0);
    if (!isDigit(octet) && (octet < 0x61 || octet > 0x7a)) return false;
  }
  return true;
}

function hasCapital(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (lowerOctet(bytes[at] ?? 0) !== bytes[at]) return true;
  return false;
}

const DIGITS = 'at least four digits';

/** A character-string of digits, an X.121 address (RFC 1183 §3.1). */
const digits: Kind = {
  ...string,
  expected: DIGITS,
  read(words) {
    if (!words.take(DIGITS)) return false;
    return isNumeric(words.bytes, words.start, words.end) ? readString(words) : words.wrong(DIGITS);
  },
  end(rdata, at) {
    const end = stringEnd(rdata, at);
    return end > 0 && isNumeric(rdata, at + 1, end) ? end : -1;
  },
  fromJson: (value, { out }) =>
    typeof value === 'string' && /^\d{4,255}$/.test(value) ? putString(value, out) : fault(DIGITS),
};

function isNumeric(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isDigit(bytes[at] ?? 0)) return false;
  return end - start >= 4;
}

/** The substitution expression of NAPTR (RFC 3403 §4.1); one that BIND refuses is kept with a note. */
const regexp: Kind = {
  ...string,
  read(words) {
    if (!words.take(STRING)) return false;
    const from = words.out.length;
    if (!readString(words)) return false;
    if (!isSubstitution(words.out.bytes, from + 1, words.out.length)) {
      const found = `the expression "${shown(words.bytes, words.start, words.end)}"`;
      words.nonportable(found, 'BIND', 'write it as !pattern!replacement!, with no backreference beyond its groups');
    }
    return true;
  },
};

/** Whether octets are empty or `<delimiter>pattern<delimiter>replacement<delimiter>[i]` with balanced groups (RFC 3402 §3.2). */
function isSubstitution(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return true;
  const delimiter = bytes[start] ?? 0;
  if (isDigit(delimiter) || delimiter === BACKSLASH || delimiter === 0x69 || delimiter === 0) return false;
  const pattern = nextDelimiter(bytes, start + 1, end, delimiter);
  const replacement = nextDelimiter(bytes, pattern + 1, end, delimiter);
  if (pattern < 0 || replacement < 0 || pattern === start + 1) return false;
  const groups = countGroups(bytes, start + 1, pattern);
  if (groups < 0 || highestReference(bytes, pattern + 1, replacement) > groups) return false;
  for (let at = replacement + 1; at < end; at++) if (lowerOctet(bytes[at] ?? 0) !== 0x69) return false;
  return true;
}

/** Where the next delimiter stands that no backslash takes with it; -1 when there is none. */
function nextDelimiter(bytes: Uint8Array, from: number, end: number, delimiter: number): number {
  if (from <= 0) return -1;
  for (let at = from; at < end; at++) {
    if (bytes[at] === BACKSLASH) at++;
    else if (bytes[at] === delimiter) return at;
  }
  return -1;
}

/** Number of groups of an extended regular expression, -1 when its parentheses or brackets do not match. */
function countGroups(bytes: Uint8Array, start: number, end: number): number {
  let groups = 0;
  let depth = 0;
  for (let at = start; at < end; at++) {
    const octet = bytes[at];
    if (octet === BACKSLASH) at++;
    else if (octet === 0x5b) {
      at = bracketEnd(bytes, at, end);
      if (at < 0) return -1;
    } else if (octet === 0x28) {
      groups++;
      depth++;
    } else if (octet === 0x29 && --depth < 0) return -1;
  }
  return depth === 0 ? groups : -1;
}

/** Where the bracket expression ends; a `]` that comes first stands for itself. */
function bracketEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start + 1;
  if (bytes[at] === 0x5e) at++;
  if (bytes[at] === 0x5d) at++;
  while (at < end && bytes[at] !== 0x5d) at++;
  return at < end ? at : -1;
}

function highestReference(bytes: Uint8Array, start: number, end: number): number {
  let highest = 0;
  for (let at = start; at + 1 < end; at++) {
    if (bytes[at] !== BACKSLASH) continue;
    const next = bytes[++at] ?? 0;
    if (isDigit(next)) highest = Math.max(highest, next === 0x30 ? 10 : next - 0x30);
  }
  return highest;
}

/** Kinds of text. */
export const TEXT_KINDS: Kinds<'string' | 'strings' | 'text' | 'quoted-text' | 'tag' | 'digits' | 'regexp'> = {
  string,
  strings,
  text,
  'quoted-text': quotedText,
  tag,
  digits,
  regexp,
};
