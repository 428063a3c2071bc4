import { printRdata, rdataFromText } from '../rr/codec.ts';
import { typeRow, typeToText } from '../rr/types.ts';
import type { Span } from '../text/diagnostic.ts';
import type { Edit } from '../text/edits.ts';
import { COMMENT_TOKEN, Entry, NEWLINE_TOKEN, scanEntry } from '../text/entry.ts';
import {
  commentingEdits,
  insideParentheses,
  onlyBlanks,
  onlyWhitespace,
  removalEdits,
  ttlPlace,
} from '../zone/edits.ts';
import type { RecordLook } from '../zone/look.ts';
import { columnAfter, fillGap } from './columns.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** What the head of an entry is to say: parts that are undefined stay as they are. */
export interface HeadWords {
  readonly owner: string | undefined;
  readonly ttl: string | undefined;
  readonly class: string | undefined;
}

/** The edits of owner, TTL and class of an entry; what stands behind them keeps its column where there is room. */
export function headEdits(look: RecordLook, { owner, ttl, class: recordClass }: HeadWords, ttlColumn: number): Edit[] {
  const { entry, header } = look;
  const edits: Edit[] = [];
  const place = ttlPlace(look);
  const inserted = header.ttlWord < 0 ? ttl : undefined;
  const ownerEnd = header.ownerWord < 0 ? entry.start : entry.wordEnd(0);
  const next = entry.wordStart(header.ownerWord + 1);
  if (owner !== undefined || inserted !== undefined) {
    if (onlyBlanks(entry, ownerEnd, next) && !entry.bytes.subarray(ownerEnd, next).includes(0x0d)) {
      edits.push(gapEdit(entry, header.ownerWord < 0, { start: ownerEnd, end: next }, owner, inserted, ttlColumn));
    } else {
      if (owner !== undefined) edits.push({ start: entry.start, end: ownerEnd, text: owner });
      if (inserted !== undefined) edits.push({ ...place, text: `${inserted} ` });
    }
  }
  if (ttl !== undefined && header.ttlWord >= 0) edits.push(inColumn(entry, place, ttl));
  if (recordClass !== undefined && header.classWord < 0) {
    const at = entry.wordStart(header.typeWord);
    edits.push({ start: at, end: at, text: `${recordClass} ` });
  }
  return edits;
}

/** The edit that writes another word, wider or narrower, so that the next keeps its column where blanks give room. */
function inColumn(entry: Entry, word: Span, text: string): Edit {
  const { bytes } = entry;
  let end = word.end;
  while (bytes[end] === 0x20) end++;
  const blanks = end - word.end;
  const wanted = word.end - word.start + blanks - text.length;
  if (blanks < 2 || bytes[end] === 0x09) return { ...word, text };
  return { start: word.start, end, text: text + ' '.repeat(Math.max(1, wanted)) };
}

function gapEdit(
  entry: Entry,
  blank: boolean,
  gap: Span,
  owner: string | undefined,
  ttl: string | undefined,
  ttlColumn: number,
): Edit {
  const text = decoder.decode(entry.bytes.subarray(gap.start, gap.end));
  const old = blank ? '' : decoder.decode(entry.bytes.subarray(entry.start, gap.start));
  if (owner === undefined) {
    return { ...gap, text: fillGap(text, columnAfter(old), undefined, ttl, ttlColumn) };
  }
  // The gap grows or shrinks so that the columns behind another owner stay; a single blank shows that there are none.
  if (text.length === 1 && !blank) {
    return { start: entry.start, end: gap.end, text: `${owner}${text}${ttl === undefined ? '' : `${ttl}${text}`}` };
  }
  return { start: entry.start, end: gap.end, text: fillGap(old + text, 0, owner, ttl, ttlColumn) };
}

/** A word of RDATA, with those that stick to it as in `alpn="h2"`. */
type Slot = Span;

/**
 * The edits that make an entry say another type and RDATA, word by word: comments, line breaks and parentheses between them
 * stay; left-over words go with the blanks before them, further ones stand behind the last as the last two stand.
 * Words that say the `same` value stay as they are spelled.
 */
export function rdataEdits(
  look: RecordLook,
  typeText: string | undefined,
  text: string,
  same: (slot: number, slots: number) => boolean,
): Edit[] {
  const { entry, header } = look;
  const edits: Edit[] = [];
  const type: Span = { start: entry.wordStart(header.typeWord), end: entry.wordEnd(header.typeWord) };
  if (typeText !== undefined) edits.push({ ...type, text: typeText });
  const old = slotsOf(entry, header.rdataWord);
  const words = wordsOf(text);
  if (old.length === 0) {
    if (words.length > 0) edits.push({ start: type.end, end: type.end, text: ` ${words.join(' ')}` });
    return edits;
  }
  const separator = separatorOf(entry, old);
  for (const [index, slot] of old.entries()) {
    const word = words[index];
    if (word === undefined) {
      const before = old[index - 1]?.end ?? type.end;
      edits.push({ start: onlyWhitespace(entry, before, slot.start) ? before : slot.start, end: slot.end, text: '' });
      continue;
    }
    if (words.length === old.length && same(index, old.length)) continue;
    const all = index === old.length - 1 ? [word, ...words.slice(index + 1)].join(separator) : word;
    if (all !== decoder.decode(entry.bytes.subarray(slot.start, slot.end))) edits.push({ ...slot, text: all });
  }
  return edits;
}

/** The words of RDATA in presentation form. */
export function wordsOf(text: string): string[] {
  const bytes = encoder.encode(text);
  const written = new Entry();
  scanEntry(bytes, 0, written);
  return slotsOf(written, 0).map(({ start, end }) => decoder.decode(bytes.subarray(start, end)));
}

function slotsOf(entry: Entry, from: number): Slot[] {
  const slots: Slot[] = [];
  for (let word = from; word < entry.wordCount; word++) {
    const end = entry.wordEnd(word);
    const last = slots.at(-1);
    if (last !== undefined && word > from && entry.wordAdjoins(word))
      slots[slots.length - 1] = { start: last.start, end };
    else slots.push({ start: entry.wordStart(word), end });
  }
  return slots;
}

function separatorOf(entry: Entry, slots: readonly Slot[]): string {
  const last = slots.at(-1);
  const before = slots.at(-2);
  if (last === undefined || before === undefined || !insideParentheses(entry, last.end)) return ' ';
  if (!insideParentheses(entry, before.end) || !onlyWhitespace(entry, before.end, last.start)) return ' ';
  return decoder.decode(entry.bytes.subarray(before.end, last.start)) || ' ';
}

/** The edits that take a record out of its file: its comments stay or go, but what only says its data readably always goes. */
export function withoutRecord(look: RecordLook, keepComments: boolean, type: number, rdata: Uint8Array): Edit[] {
  const { entry } = look;
  if (!keepComments) return [{ start: entry.start, end: entry.end, text: '' }];
  const readable = readableComment(look, type, rdata);
  if (readable === undefined || commentCount(entry) > 1) return [...removalEdits(entry)];
  return [{ start: entry.start, end: entry.end, text: '' }];
}

/** The edits that make a comment of a record. */
export function commentedOut({ entry }: RecordLook): Edit[] {
  return [...commentingEdits(entry)];
}

/** What a record of a type that other software knows by number only says, as it is written in a comment behind it. */
export function readableData(type: number, rdata: Uint8Array): string | undefined {
  const row = typeRow(type);
  if (row?.generic === undefined) return undefined;
  const text = printRdata(type, rdata, { native: true });
  return text.startsWith('\\#') ? undefined : `${row.mnemonic} ${text}`;
}

/** The comment at the end of an entry that says nothing but its data readably. */
export function readableComment({ entry }: RecordLook, type: number, rdata: Uint8Array): Span | undefined {
  const said = readableData(type, rdata);
  for (let token = 0; said !== undefined && token < entry.tokenCount; token++) {
    if (entry.kinds[token] !== COMMENT_TOKEN) continue;
    const start = entry.starts[token] ?? entry.end;
    const text = decoder.decode(entry.bytes.subarray(start, entry.tokenEnd(token)));
    const match = /^;\s*(.*?)\s*$/.exec(text);
    const atEnd =
      token + 1 >= entry.tokenCount || (entry.kinds[token + 1] === NEWLINE_TOKEN && token + 2 >= entry.tokenCount);
    if (atEnd && match?.[1]?.toLowerCase() === said.toLowerCase()) {
      return { start, end: start + text.trimEnd().length };
    }
  }
  return undefined;
}

function commentCount(entry: Entry): number {
  return entry.kinds.subarray(0, entry.tokenCount).filter((kind) => kind === COMMENT_TOKEN).length;
}

/** RDATA in words as a zone file has it: names relative to the origin if wanted and if that loses nothing of their spelling. */
export function rdataText(
  type: number,
  rdata: Uint8Array,
  origin: Uint8Array | undefined,
  generic: boolean = false,
): string {
  const absolute = printRdata(type, rdata, { generic });
  if (origin === undefined || generic) return absolute;
  const relative = printRdata(type, rdata, { origin });
  if (relative === absolute) return absolute;
  const read = rdataFromText(type, relative, origin);
  return 'rdata' in read && Buffer.compare(read.rdata, rdata) === 0 ? relative : absolute;
}

/** Whether an entry has its RDATA in the form of unknown types (RFC 3597 §5). */
export function isGeneric({ entry, header }: RecordLook): boolean {
  const start = entry.wordStart(header.rdataWord);
  return header.rdataWord < entry.wordCount && entry.bytes[start] === 0x5c && entry.bytes[start + 1] === 0x23;
}

/** The type word of an entry if it has to change for another type. */
export function typeWordFor(look: RecordLook, type: number, from: number): string | undefined {
  if (type === from && (isGeneric(look) || typeRow(type)?.generic === undefined)) return undefined;
  const { entry, header } = look;
  const word = decoder.decode(entry.bytes.subarray(entry.wordStart(header.typeWord), entry.wordEnd(header.typeWord)));
  const text = typeToText(type);
  return word.toUpperCase() === text ? undefined : text;
}
