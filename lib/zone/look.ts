import { typeRow } from '../rr/types.ts';
import type { Span } from '../text/diagnostic.ts';
import { CLOSE_TOKEN, COMMENT_TOKEN, Entry, scanEntry } from '../text/entry.ts';
import { emptyHeader, type Header, readHeader } from './header.ts';
import type { Zone } from './zone.ts';

/** The close look at one record's entry: its tokens and where the parts of the record stand. */
export interface RecordLook {
  readonly entry: Entry;
  readonly header: Header;
  /** False for records that `$GENERATE` made: they have no text of their own, the entry is the directive. */
  readonly written: boolean;
}

/** Looks at the entry of a record; the answer is valid until `entry` is scanned again. */
export function lookAt(zone: Zone, record: number, entry: Entry = new Entry()): RecordLook {
  const header = emptyHeader();
  const bytes = zone.files[zone.fileOf[record] ?? 0]?.bytes ?? new Uint8Array(0);
  scanEntry(bytes, zone.entries[record] ?? 0, entry);
  const directive = !entry.blankStart && bytes[entry.wordStart(0)] === 0x24;
  const written = !directive && readHeader(entry, header, () => {});
  return { entry, header, written };
}

/** Octets of the record without comments and blanks around it: from its first word to its last, parentheses included. */
export function entrySpan(look: RecordLook): Span {
  const { entry } = look;
  if (entry.wordCount === 0) return { start: entry.start, end: entry.end };
  const start = entry.wordStart(0);
  let end = entry.wordEnd(entry.wordCount - 1);
  for (let token = entry.tokenCount - 1; token >= 0; token--) {
    if (entry.kinds[token] === CLOSE_TOKEN) {
      end = Math.max(end, entry.tokenEnd(token));
      break;
    }
  }
  return { start, end };
}

/** The parts of a record every entry may have; other names mean RDATA fields of its type. */
const HEADER_PARTS = { owner: 'ownerWord', ttl: 'ttlWord', class: 'classWord', type: 'typeWord' } as const;

/**
 * Octets of a part of a record: 'entry', 'owner', 'ttl', 'class', 'type', 'rdata' or the name of an RDATA field.
 * A part that is not written falls back to the type for TTL and class, and to the whole entry for all others.
 */
export function partSpan(zone: Zone, record: number, look: RecordLook, part: string): Span {
  const { entry, header } = look;
  if (!look.written || part === 'entry') return entrySpan(look);
  if (part in HEADER_PARTS) {
    const word = header[HEADER_PARTS[part as keyof typeof HEADER_PARTS]];
    if (word >= 0) return wordsSpan(entry, word, word);
    return part === 'owner' ? entrySpan(look) : wordsSpan(entry, header.typeWord, header.typeWord);
  }
  const last = entry.wordCount - 1;
  if (header.rdataWord > last) return entrySpan(look);
  const whole = wordsSpan(entry, header.rdataWord, last);
  const generic =
    entry.bytes[entry.wordStart(header.rdataWord)] === 0x5c &&
    entry.bytes[entry.wordStart(header.rdataWord) + 1] === 0x23;
  if (part === 'rdata' || generic) return whole;
  const fields = typeRow(zone.types[record] ?? 0)?.fields ?? [];
  const index = fields.findIndex((field) => field.name === part);
  const word = header.rdataWord + index;
  if (index < 0 || word > last) return whole;
  return wordsSpan(entry, word, index === fields.length - 1 ? last : word);
}

/**
 * Octets in the file of a range of the joined character-strings that make up a record's RDATA, over the borders of strings;
 * the whole RDATA for generic form and records without text of their own.
 */
export function textSpan(zone: Zone, record: number, look: RecordLook, from: number, to: number): Span {
  const { entry, header } = look;
  const whole = partSpan(zone, record, look, 'rdata');
  const { bytes } = entry;
  if (!look.written || (bytes[whole.start] === 0x5c && bytes[whole.start + 1] === 0x23)) return whole;
  let octet = 0;
  let start = -1;
  let end = -1;
  for (let word = header.rdataWord; word < entry.wordCount; word++) {
    const quote = entry.wordQuoted(word) ? 1 : 0;
    const stop = entry.wordEnd(word) - quote;
    for (let at = entry.wordStart(word) + quote; at < stop; octet++) {
      const next = at + escapeLength(bytes, at);
      if (octet === from) start = at;
      if (octet === to - 1) end = next;
      at = next;
    }
    if (octet === from && start < 0 && from === to) start = stop;
  }
  if (start < 0) return whole;
  return { start, end: end < start ? start : end };
}

/** Octets of source text that stand for the octet at `at`: a plain one, `\X` or `\DDD` (RFC 1035 §5.1). */
function escapeLength(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x5c) return 1;
  const digit = bytes[at + 1] ?? 0;
  return digit >= 0x30 && digit <= 0x39 ? 4 : 2;
}

/** The comment that ends a record's entry, undefined when it has none. */
export function trailingComment(look: RecordLook): Span | undefined {
  const { entry } = look;
  for (let token = entry.tokenCount - 1; token >= 0; token--) {
    if (entry.kinds[token] === COMMENT_TOKEN) return { start: entry.starts[token] ?? 0, end: entry.tokenEnd(token) };
  }
  return undefined;
}

function wordsSpan(entry: Entry, first: number, last: number): Span {
  return { start: entry.wordStart(first), end: entry.wordEnd(last) };
}
