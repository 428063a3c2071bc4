import { CLASS_OF, ESCAPE, ORDINARY } from '../text/classes.ts';
import { ByteSink } from '../text/sink.ts';
import { escapedOctet, escapeLength, isDigit, lowerOctet } from './escapes.ts';
import { asciiText, shown } from './found.ts';
import { NOTES, type Problem, type Report } from './problem.ts';

/** Octets a name may have on the wire, root label included (RFC 1035 §2.3.4). */
export const MAX_NAME = 255;

/** Octets a label may have (RFC 1035 §2.3.4). */
export const MAX_LABEL = 63;

/** The name of the root. */
export const ROOT: Uint8Array = Uint8Array.of(0);

const DOT = 0x2e;
const BACKSLASH = 0x5c;
const AT_SIGN = 0x40;
const HASH = 0x23;

/**
 * Reads an unquoted word as a name and appends its wire form (RFC 1035 §5.1): `@` is the origin, a name without final
 * dot gets the origin appended. On a problem nothing stays appended.
 */
export function readNameWord(
  bytes: Uint8Array,
  start: number,
  end: number,
  origin: Uint8Array | undefined,
  out: ByteSink,
  report: Report,
): boolean {
  const from = out.length;
  const read = readLabels(bytes, start, end, out, report);
  if (read === FAILED || (read === RELATIVE && origin === undefined)) {
    out.length = from;
    if (read === RELATIVE) {
      const found = shown(bytes, start, end);
      report('parse-error', start, end, { expected: 'a name with a final dot (it needs an origin)', found });
    }
    return false;
  }
  out.put(read === RELATIVE && origin !== undefined ? origin : ROOT);
  const length = out.length - from;
  if (length > MAX_NAME) {
    out.length = from;
    report('name-too-long', start, end, { found: shown(bytes, start, end), length, limit: MAX_NAME });
    return false;
  }
  noteOddOctets(bytes, start, end, report);
  return true;
}

/** Notes the first octet that some server takes in a name only when it is written in another way. */
function noteOddOctets(bytes: Uint8Array, start: number, end: number, report: Report): void {
  if (end - start === 1 && bytes[start] === AT_SIGN) return;
  let label = start;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    if (octet === DOT) label = at + 1;
    if (octet === BACKSLASH) {
      at++;
      if (bytes[at] !== HASH || at - 1 !== label || !endsLabel(bytes, at + 1, end)) continue;
      const found = 'the label "\\#" in a name';
      report('nonportable', at - 1, at + 1, { found, refusedBy: 'NSD', hint: 'write it as \\035' });
      return;
    }
    if (octet >= 0x80) {
      report('non-ascii', start, end, { what: 'name', found: shown(bytes, start, end) });
      return;
    }
    if (ODD_OCTET[octet] === 1) {
      const numbered = octet === HASH && at === label && endsLabel(bytes, at + 1, end);
      const escaped = octet > 0x20 && octet < 0x7f ? `\\${String.fromCharCode(octet)}` : shown(bytes, at, at + 1);
      const hint = `write it as ${numbered ? '\\035' : escaped}`;
      const found = `"${shown(bytes, at, at + 1)}" in a name`;
      report('nonportable', at, at + 1, { found, refusedBy: 'Knot DNS', hint });
      return;
    }
  }
}

function endsLabel(bytes: Uint8Array, at: number, end: number): boolean {
  return at === end || bytes[at] === DOT;
}

/** Printable octets that Knot DNS refuses in a name unless a backslash stands before them. */
export const ODD_OCTET: Uint8Array = Uint8Array.from({ length: 128 }, (_, octet) =>
  /[A-Za-z0-9\-_*/.\\]/.test(String.fromCharCode(octet)) ? 0 : 1,
);

const FAILED = 0;
const RELATIVE = 1;
const ABSOLUTE = 2;

/** Appends the labels of a word without the root label. */
function readLabels(bytes: Uint8Array, start: number, end: number, out: ByteSink, report: Report): number {
  if (end === start) {
    report('parse-error', start, end, { expected: 'a domain name', found: '' });
    return FAILED;
  }
  if (end - start === 1 && bytes[start] === DOT) return ABSOLUTE;
  if (end - start === 1 && bytes[start] === AT_SIGN) return RELATIVE;
  out.reserve(end - start + 1);
  let at = start;
  while (at < end) {
    const sizeAt = out.length;
    out.u8(0);
    const dot = readLabel(bytes, at, end, out, report);
    if (dot < 0) return FAILED;
    const size = out.length - sizeAt - 1;
    if (size === 0) {
      const from = at > start ? at - 1 : at;
      report('empty-label', from, dot + 1, { found: shown(bytes, start, end) });
      return FAILED;
    }
    if (size > MAX_LABEL) {
      report('label-too-long', at, dot, { found: shown(bytes, at, dot), length: size, limit: MAX_LABEL });
      return FAILED;
    }
    out.bytes[sizeAt] = size;
    if (dot === end) return RELATIVE;
    at = dot + 1;
  }
  return ABSOLUTE;
}

/** Appends the octets of one label; where its dot or the end of the word is, or -1 when an escape is broken. */
function readLabel(bytes: Uint8Array, start: number, end: number, out: ByteSink, report: Report): number {
  let at = start;
  while (at < end) {
    const octet = bytes[at] ?? 0;
    if (octet === DOT) return at;
    if (octet !== BACKSLASH) {
      out.bytes[out.length++] = octet;
      at++;
      continue;
    }
    const value = escapedOctet(bytes, at, end);
    if (value < 0) {
      const stop = Math.min(end, at + escapeLength(bytes, at));
      report('bad-escape', at, stop, { found: shown(bytes, at, stop) });
      return -1;
    }
    out.bytes[out.length++] = value;
    at += escapeLength(bytes, at);
  }
  return end;
}

/** The wire name of a text, or what is wrong with it; offsets count octets of the text as UTF-8. */
export function nameFromText(text: string, origin?: Uint8Array): { name: Uint8Array } | { problem: Problem } {
  const bytes = new TextEncoder().encode(text);
  let problem: Problem | undefined;
  const report: Report = (code, start, end, args) => {
    if (!NOTES.has(code)) problem ??= { code, start, end, args };
  };
  const end = endOfWord(bytes);
  if (end < bytes.length) report('parse-error', end, end + 1, { expected: 'one unquoted domain name', found: text });
  const out = new ByteSink(MAX_NAME + 1);
  if (problem === undefined && readNameWord(bytes, 0, bytes.length, origin, out, report)) return { name: out.slice() };
  return { problem: problem ?? { code: 'parse-error', start: 0, end: bytes.length, args: {} } };
}

function endOfWord(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const kind = CLASS_OF[bytes[at] ?? 0];
    if (kind === ESCAPE) at += 2;
    else if (kind === ORDINARY) at++;
    else return at;
  }
  return bytes.length;
}

const PLAIN = 0;
const BACKSLASHED = 1;
const DECIMAL = 2;
const LABEL_ESCAPE: Uint8Array = labelEscapes();

function labelEscapes(): Uint8Array {
  const table = new Uint8Array(256).fill(DECIMAL);
  table.fill(PLAIN, 0x21, 0x7f);
  for (const character of '.\\"();@$') table[character.charCodeAt(0)] = BACKSLASHED;
  return table;
}

/**
 * Text of a wire name, escaped so that any master-file reader gets the same octets (RFC 1035 §5.1, RFC 4343 §2.1):
 * absolute with its final dot; below or at a given origin relative, `@` for the origin itself.
 */
export function nameToText(name: Uint8Array, origin?: Uint8Array): string {
  const out = new ByteSink(name.length + 16);
  writeName(name, 0, out, origin);
  return asciiText(out.bytes, 0, out.length);
}

/** Appends the text of the wire name at an offset (see nameToText) and returns the offset behind the name. */
export function writeName(bytes: Uint8Array, start: number, out: ByteSink, origin?: Uint8Array): number {
  let stop = -1;
  if (origin !== undefined) {
    const length = nameLength(bytes, start);
    stop = suffixAt(bytes, start, start + length, origin);
    if (stop === start) out.u8(AT_SIGN);
  }
  let at = start;
  for (let size = bytes[at] ?? 0; size > 0; size = bytes[at] ?? 0) {
    if (at !== start && at !== stop && (stop < 0 || at < stop)) out.u8(DOT);
    const end = at + 1 + size;
    if (stop < 0 || at < stop) writeLabel(bytes, at + 1, end, out);
    at = end;
  }
  if (stop < 0) out.u8(DOT);
  return at + 1;
}

function writeLabel(bytes: Uint8Array, start: number, end: number, out: ByteSink): void {
  out.reserve((end - start) * 4);
  const { bytes: written } = out;
  let to = out.length;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    const how = LABEL_ESCAPE[octet];
    if (how !== PLAIN) written[to++] = BACKSLASH;
    if (how === DECIMAL) {
      out.length = to;
      writeDecimal(octet, out);
      to = out.length;
    } else written[to++] = octet;
  }
  out.length = to;
}

/** Appends three decimal digits, as in `\DDD`. */
export function writeDecimal(octet: number, out: ByteSink): void {
  out.u8(0x30 + Math.floor(octet / 100));
  out.u8(0x30 + (Math.floor(octet / 10) % 10));
  out.u8(0x30 + (octet % 10));
}

/** Text of each label, escaped, the root label left out. */
export function labelsOf(name: Uint8Array): string[] {
  const labels: string[] = [];
  const out = new ByteSink(MAX_LABEL);
  for (let at = 0; (name[at] ?? 0) > 0; at += 1 + (name[at] ?? 0)) {
    out.length = 0;
    writeLabel(name, at + 1, at + 1 + (name[at] ?? 0), out);
    labels.push(asciiText(out.bytes, 0, out.length));
  }
  return labels;
}

/** Number of labels, the root label not counted. */
export function labelCount(name: Uint8Array): number {
  let count = 0;
  for (let at = 0; (name[at] ?? 0) > 0; at += 1 + (name[at] ?? 0)) count++;
  return count;
}

/** Length of the uncompressed name at an offset, root label included; -1 when it is broken or too long. */
export function nameLength(bytes: Uint8Array, offset: number): number {
  let at = offset;
  while (at < bytes.length && at - offset < MAX_NAME) {
    const size = bytes[at] ?? 0;
    if (size === 0) return at + 1 - offset;
    if (size > MAX_LABEL) return -1;
    at += 1 + size;
  }
  return -1;
}

/** A key for maps: equal for names that differ only in the case of ASCII letters (RFC 4343 §3). */
export function nameKey(name: Uint8Array): string {
  let key = '';
  for (let at = 0; at < name.length; at++) key += String.fromCharCode(lowerOctet(name[at] ?? 0));
  return key;
}

/** A copy with ASCII capitals made small; length octets are never letters, being below 64. */
export function lowerName(name: Uint8Array): Uint8Array {
  return name.map(lowerOctet);
}

/** Whether two names are the same, ASCII case aside (RFC 4343 §3). */
export function equalNames(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && suffixAt(a, 0, a.length, b) === 0;
}

/** Whether a name is the ancestor itself or lies below it. */
export function isWithin(name: Uint8Array, ancestor: Uint8Array): boolean {
  return suffixAt(name, 0, name.length, ancestor) >= 0;
}

/** Where the labels of `suffix` begin in the name between two offsets, -1 when it does not end with them. */
function suffixAt(bytes: Uint8Array, start: number, end: number, suffix: Uint8Array): number {
  const from = end - suffix.length;
  if (from < start) return -1;
  let at = start;
  while (at < from) at += 1 + (bytes[at] ?? 0);
  if (at !== from) return -1;
  for (let i = 0; i < suffix.length; i++) {
    if (lowerOctet(bytes[from + i] ?? 0) !== lowerOctet(suffix[i] ?? 0)) return -1;
  }
  return from;
}

/** Canonical order of names (RFC 4034 §6.1): negative when `a` comes first, zero when they are equal. */
export function compareNames(a: Uint8Array, b: Uint8Array): number {
  const countA = labelCount(a);
  const countB = labelCount(b);
  let atA = 0;
  let atB = 0;
  for (let skip = countA - countB; skip > 0; skip--) atA += 1 + (a[atA] ?? 0);
  for (let skip = countB - countA; skip > 0; skip--) atB += 1 + (b[atB] ?? 0);
  let order = 0;
  for (let left = Math.min(countA, countB); left > 0; left--) {
    const here = compareLabels(a, atA, b, atB);
    if (here !== 0) order = here;
    atA += 1 + (a[atA] ?? 0);
    atB += 1 + (b[atB] ?? 0);
  }
  return order === 0 ? countA - countB : order;
}

function compareLabels(a: Uint8Array, atA: number, b: Uint8Array, atB: number): number {
  const sizeA = a[atA] ?? 0;
  const sizeB = b[atB] ?? 0;
  const common = Math.min(sizeA, sizeB);
  for (let i = 1; i <= common; i++) {
    const difference = lowerOctet(a[atA + i] ?? 0) - lowerOctet(b[atB + i] ?? 0);
    if (difference !== 0) return difference;
  }
  return sizeA - sizeB;
}

/** The name without its first label; undefined for the root. */
export function parentOf(name: Uint8Array): Uint8Array | undefined {
  const size = name[0] ?? 0;
  return size === 0 ? undefined : name.subarray(1 + size);
}

/** The labels of `name` put before `suffix`; undefined when the result would be too long. */
export function concatNames(name: Uint8Array, suffix: Uint8Array): Uint8Array | undefined {
  const length = name.length - 1 + suffix.length;
  if (length > MAX_NAME) return undefined;
  const joined = new Uint8Array(length);
  joined.set(name.subarray(0, name.length - 1));
  joined.set(suffix, name.length - 1);
  return joined;
}

/** Whether every label is letters, digits and inner hyphens, and the last is no number (RFC 952, RFC 1123 §2.1). */
export function isHostName(name: Uint8Array): boolean {
  let numeric = true;
  for (let at = 0; (name[at] ?? 0) > 0; at += 1 + (name[at] ?? 0)) {
    const end = at + 1 + (name[at] ?? 0);
    numeric = true;
    for (let i = at + 1; i < end; i++) {
      const octet = lowerOctet(name[i] ?? 0);
      const hyphen = octet === 0x2d && i > at + 1 && i < end - 1;
      if (!isDigit(octet)) numeric = false;
      if (!isDigit(octet) && !hyphen && (octet < 0x61 || octet > 0x7a)) return false;
    }
  }
  return !numeric;
}

/** Whether a text was meant as an IPv4 or IPv6 address, with or without a final dot, rather than as a name. */
export function looksLikeAddress(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}\.?$/.test(text) || (/^[\da-f:.]+$/i.test(text) && text.split(':').length > 2);
}
