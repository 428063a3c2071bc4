import { printRdata } from '../rr/codec.ts';
import { nameToText } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import type { Edit } from '../text/edits.ts';
import { lookAt, type RecordLook, trailingComment } from '../zone/look.ts';
import type { Facts } from './facts.ts';
import type { ProposedFix } from './rule.ts';

/** A safe fix that writes another number into a field; none when the field has no word of its own (generic RDATA, `$GENERATE`). */
export function numberFix(
  facts: Facts,
  record: number,
  field: string,
  from: number,
  to: number,
): readonly ProposedFix[] {
  const source = facts.source(record, field);
  if (!/^\d+$/.test(source) || Number(source) !== from) return [];
  const { start, end } = facts.span(record, field);
  return [{ title: `write ${to} instead of ${from}`, safe: true, edits: [{ start, end, text: String(to) }] }];
}

/** A fix that writes another name, as an absolute one; none when the field has no word of its own. */
export function nameFix(
  facts: Facts,
  record: number,
  field: string,
  wire: Uint8Array,
  title: string,
): readonly ProposedFix[] {
  if (/[\s\\()]/.test(facts.source(record, field))) return [];
  const { start, end } = facts.span(record, field);
  return [{ title, safe: false, edits: [{ start, end, text: nameToText(wire) }] }];
}

/**
 * A fix that writes `text` for the octets `from` to `to` of a record's joined character-strings; none when they cross a border of
 * strings, are written with escapes, or `text` would need quoting, an escape or a longer string.
 */
export function textFix(
  facts: Facts,
  record: number,
  range: { readonly from: number; readonly to: number },
  text: string,
  fix: { readonly title: string; readonly safe: boolean },
): readonly ProposedFix[] {
  const span = facts.textSpan(record, range.from, range.to);
  const plain = /^[\x21\x23-\x27\x2a-\x3a\x3c-\x5b\x5d-\x7e]*$/;
  const { bytes } = facts.fileOf(record);
  const old = decoder.decode(bytes.subarray(span.start, span.end));
  if (old !== facts.text(record).slice(range.from, range.to) || /["\\]/.test(old)) return [];
  const quoted = insideQuotes(facts, record, span.start);
  if (!(quoted ? /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/ : plain).test(text)) return [];
  if (text.length > old.length && longestString(facts.rdata(record)) + text.length - old.length > 255) return [];
  return [{ ...fix, edits: [{ ...span, text }] }];
}

/** Whether the place lies in a quoted string of the record's entry. */
function insideQuotes(facts: Facts, record: number, at: number): boolean {
  const { entry } = lookAt(facts.zone, record);
  for (let word = 0; word < entry.wordCount; word++) {
    if (entry.wordStart(word) < at && at < entry.wordEnd(word)) return entry.wordQuoted(word);
  }
  return false;
}

function longestString(rdata: Uint8Array): number {
  let longest = 0;
  for (let at = 0; at < rdata.length; at += 1 + (rdata[at] ?? 0)) longest = Math.max(longest, rdata[at] ?? 0);
  return longest;
}

/** Edits that write a record's type and RDATA in generic form and touch nothing else of its entry; none for `$GENERATE`. */
export function genericEdits(facts: Facts, record: number, rdata: Uint8Array, comment?: string): readonly Edit[] {
  const look = lookAt(facts.zone, record);
  const { entry, header } = look;
  const words = entry.wordCount - header.rdataWord;
  if (!look.written || words < 2) return [];
  const [, length = '', hex = ''] = printRdata(TYPE.CLIENTMX, rdata).split(' ');
  const behind = comment !== undefined && endsItsLine(look) ? ` ; ${comment}` : '';
  const generic = entry.bytes[entry.wordStart(header.rdataWord)] === 0x5c;
  const texts = generic ? ['\\#', length, hex] : [`\\# ${length}`, hex];
  const edits: Edit[] = generic ? [] : [edit(look, header.typeWord, `TYPE${facts.drafts.clientMxType}`)];
  for (let word = 0; word < words; word++) {
    const last = word === texts.length - 1 ? behind : '';
    edits.push(edit(look, header.rdataWord + word, (texts[word] ?? '') + last));
  }
  return edits.filter(({ start, end, text }) => text !== decoder.decode(entry.bytes.subarray(start, end)));
}

/** Whether the RRset that a record belongs to is signed in the file, so that a changed RDATA needs a new signature. */
export function hasSignature(facts: Facts, record: number): boolean {
  const { owners, types } = facts.zone;
  return facts.rrset(owners[record] ?? -1, TYPE.RRSIG).some((signature) => {
    const rdata = facts.rdata(signature);
    return (rdata[0] ?? 0) * 256 + (rdata[1] ?? 0) === types[record];
  });
}

const decoder = new TextDecoder();

function edit({ entry }: RecordLook, word: number, text: string): Edit {
  return { start: entry.wordStart(word), end: entry.wordEnd(word), text };
}

/** Whether nothing but blanks stands between the last word of an entry and the end of its line. */
function endsItsLine(look: RecordLook): boolean {
  const { entry } = look;
  if (trailingComment(look) !== undefined) return false;
  const after = decoder.decode(entry.bytes.subarray(entry.wordEnd(entry.wordCount - 1), entry.end));
  return /^[ \t\r]*(?:\n|$)/.test(after);
}
