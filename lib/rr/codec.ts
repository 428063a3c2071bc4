import { Entry, type EntryFault, scanEntry } from '../text/entry.ts';
import { ByteSink } from '../text/sink.ts';
import { asciiText, shown } from './found.ts';
import { readGeneric, writeGeneric } from './generic.ts';
import { phrase, Words } from './kind.ts';
import { KINDS } from './kinds.ts';
import { checkRdata, fieldSpans, fieldsOf, isOpaque, MAX_RDATA } from './layout.ts';
import { NOTES, type Problem, type ProblemCode, type Report } from './problem.ts';
import { type TypeRow, typeRow, typeToText } from './types.ts';

export { type RdataJson, rdataFromJson, rdataToJson } from './json.ts';
export {
  canonicalRdata,
  checkRdata,
  type FieldSpan,
  fieldSpans,
  nameField,
  type RdataCheck,
  readField,
} from './layout.ts';

/** What text is read against: the origin of relative names, and who takes the problems. */
export interface TextContext {
  readonly origin: Uint8Array | undefined;
  readonly report: Report;
}

/**
 * Reads the words of an entry from `from` on as the whole RDATA of a type, in its own form or in that of unknown types
 * (RFC 3597 §5), and appends the wire form. On a problem nothing stays appended.
 */
export function parseRdata(entry: Entry, from: number, type: number, context: TextContext, out: ByteSink): boolean {
  const base = out.length;
  const row = typeRow(type);
  const words = new Words(entry, from, row?.mnemonic ?? `TYPE${type}`, context.origin, context.report, out);
  if (row !== undefined && !(words.atGeneric && words.typeNumbered)) noteMnemonic(words, row);
  const read = words.atGeneric ? readGenericRdata(words, type) : readFields(words, type);
  if (read) noteHashAtStart(entry, from, context.report);
  const length = out.length - base;
  if (read && length <= MAX_RDATA) return true;
  if (read) words.tooLong(length, MAX_RDATA);
  out.length = base;
  return false;
}

function readFields(words: Words, type: number): boolean {
  const fields = fieldsOf(type);
  for (const field of fields) {
    words.field = field;
    const kind = KINDS[field.kind];
    if ((field.optional && !words.more) || kind.absent?.(words)) continue;
    if (!kind.read(words)) return false;
  }
  return !words.more || words.unexpected();
}

/** Notes a type whose own form is not understood everywhere. */
function noteMnemonic(words: Words, row: TypeRow): void {
  if (row.generic && !isOpaque(row.fields)) words.noteOwnForm(`TYPE${row.number}`);
  else if (row.refusedBy !== undefined) words.noteType(row.refusedBy, `TYPE${row.number} \\# …`);
}

/** Notes a first word that begins with the sign of generic RDATA and is more than that. */
function noteHashAtStart(entry: Entry, from: number, report: Report): void {
  if (from >= entry.wordCount) return;
  const { bytes } = entry;
  const start = entry.wordStart(from);
  if (bytes[start] !== 0x5c || bytes[start + 1] !== 0x23 || entry.wordEnd(from) === start + 2) return;
  const found = 'data that begins with \\#';
  report('nonportable', start, start + 2, { found, refusedBy: 'Knot DNS', hint: 'write the # as \\035' });
}

function readGenericRdata(words: Words, type: number): boolean {
  const row = typeRow(type);
  const fields = fieldsOf(type);
  const span = readGeneric(words);
  if (span === undefined) return false;
  if (row === undefined || row.generic || isOpaque(fields)) return true;
  if (row.refusedBy === undefined) words.report('rfc3597-known-type', span.start, span.end, { what: row.mnemonic });
  const check = checkRdata(type, words.out.slice(words.base));
  if (check.ok) return true;
  const found = shown(words.bytes, span.hexStart, span.end);
  words.report('parse-error', span.hexStart, span.end, {
    what: `${row.mnemonic} ${phrase(check.field)}`,
    expected: `${check.expected} at octet ${check.at}`,
    found,
  });
  return false;
}

/** How RDATA is printed. */
export interface PrintOptions {
  /** Names at or below it are written relative. */
  readonly origin?: Uint8Array;
  /** Always `\# length hex`. */
  readonly generic?: boolean;
  /** The own form also for types that other software does not know by it. */
  readonly native?: boolean;
}

/** Presentation form of RDATA; `\# length hex` in one word when it is malformed or its type is written so. */
export function printRdata(type: number, rdata: Uint8Array, options: PrintOptions = {}): string {
  const out = new ByteSink(rdata.length * 2 + 32);
  writeRdata(type, rdata, out, options);
  return asciiText(out.bytes, 0, out.length);
}

/** Appends the presentation form of RDATA (see printRdata). */
export function writeRdata(type: number, rdata: Uint8Array, out: ByteSink, options: PrintOptions = {}): void {
  const row = typeRow(type);
  const own =
    row !== undefined && !isOpaque(row.fields) && !options.generic && (!row.generic || options.native === true);
  const spans = own ? fieldSpans(type, rdata) : [];
  if (!own || spans.length < row.fields.length || spans.at(-1)?.end !== rdata.length) {
    writeGeneric(rdata, out);
    return;
  }
  const base = out.length;
  for (const [index, field] of row.fields.entries()) {
    const span = spans[index];
    if (span === undefined || (field.optional && span.start === span.end)) continue;
    const from = out.length;
    if (from > base) out.u8(0x20);
    const mark = out.length;
    KINDS[field.kind].write(rdata, span.start, span.end, out, options.origin);
    if (out.length === mark) out.length = from;
  }
}

const FAULT_CODES: Readonly<Record<EntryFault, ProblemCode>> = {
  'unclosed-quote': 'unclosed-quote',
  'unclosed-paren': 'unbalanced-paren',
  'nested-paren': 'unbalanced-paren',
  'stray-paren': 'unbalanced-paren',
};

/** RDATA of a text as it would stand in a zone file, or its first problem; offsets count octets of the text as UTF-8. */
export function rdataFromText(
  type: number,
  text: string,
  origin?: Uint8Array,
): { rdata: Uint8Array } | { problem: Problem } {
  const bytes = new TextEncoder().encode(text);
  const entry = new Entry();
  scanEntry(bytes, 0, entry);
  let problem: Problem | undefined;
  const report: Report = (code, start, end, args) => {
    if (!NOTES.has(code)) problem ??= { code, start, end, args };
  };
  const fault = entry.problems[0];
  if (fault !== undefined) report(FAULT_CODES[fault.fault], fault.start, fault.end, { what: fault.fault });
  const out = new ByteSink();
  const read = parseRdata(entry, 0, type, { origin, report }, out);
  if (entry.end < bytes.length) {
    const found = shown(bytes, entry.end, bytes.length);
    report('parse-error', entry.end, bytes.length, { what: typeToText(type), expected: 'the end of the data', found });
  }
  if (read && problem === undefined) return { rdata: out.slice() };
  return { problem: problem ?? { code: 'parse-error', start: 0, end: bytes.length, args: { expected: 'RDATA' } } };
}
