import type { SpfTerm } from '../../../mail/spf.ts';
import type { Place, Span } from '../../../text/diagnostic.ts';
import { lookAt } from '../../../zone/look.ts';
import { textFix } from '../../common-fixes.ts';
import type { ZoneSpf } from '../../common-spf.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix } from '../../rule.ts';

const LONGEST_SHOWN = 60;

/** Findings of one kind in one record: whoever sees that many knows what to do, and hostile texts have thousands. */
export const MOST_PER_RECORD = 50;

/** The name of an SPF record as sentences show it. */
export function domainOf({ facts, owner }: ZoneSpf): string {
  return bare(facts.nameText(owner));
}

/** A piece of a text as sentences show it: printable, not too long. */
export function shownText(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, (octet) => `\\${octet.charCodeAt(0).toString().padStart(3, '0')}`);
  return plain.length > LONGEST_SHOWN ? `${plain.slice(0, LONGEST_SHOWN - 3)}...` : plain;
}

/** A term as written, for a sentence. */
export function shownTerm({ spf }: ZoneSpf, { start, end }: Span): string {
  return shownText(spf.text.slice(start, end));
}

/** Where a range of an SPF text stands, in whatever zone it is. */
export function placeOf({ facts, record }: ZoneSpf, { start, end }: Span): Place {
  return { file: facts.fileOf(record), span: facts.textSpan(record, start, end) };
}

/** A fix that writes `text` for a range of an SPF text (see textFix). */
export function writing(
  { facts, record }: ZoneSpf,
  { start, end }: Span,
  text: string,
  fix: { readonly title: string; readonly safe: boolean },
): readonly ProposedFix[] {
  return textFix(facts, record, { from: start, to: end }, text, fix);
}

/** A fix that takes a term out, with the blank before it. */
export function removing(found: ZoneSpf, term: SpfTerm, safe: boolean): readonly ProposedFix[] {
  const title = `remove "${shownTerm(found, term)}"`;
  return writing(found, { start: term.start - 1, end: term.end }, '', { title, safe });
}

/** A fix that adds terms where they take effect: before `all`, else at the end. */
export function adding(found: ZoneSpf, words: string): readonly ProposedFix[] {
  const { spf } = found;
  const all = spf.terms.find((term) => term.kind === 'directive' && term.mechanism === 'all');
  const fix = { title: `add ${words}`, safe: false };
  if (all === undefined) return writing(found, { start: spf.text.length, end: spf.text.length }, ` ${words}`, fix);
  return writing(found, all, `${words} ${spf.text.slice(all.start, all.end)}`, fix);
}

/** A fix that puts a TXT record of the same owner behind a record; the records after it stay as they were. */
export function newRecord(facts: Facts, record: number, text: string): readonly ProposedFix[] {
  const { entry, header, written } = lookAt(facts.zone, record);
  if (!written) return [];
  const { bytes } = facts.fileOf(record);
  const ttl = header.ttlWord < 0 ? '' : `${facts.source(record, 'ttl')} `;
  const newline = bytes[entry.end - 2] === 0x0d ? '\r\n' : '\n';
  const before = bytes[entry.end - 1] === 0x0a ? '' : newline;
  const line = `${before}${facts.ownerText(record)} ${ttl}IN TXT "${text}"${newline}`;
  return [{ title: `add TXT "${text}"`, safe: false, edits: [{ start: entry.end, end: entry.end, text: line }] }];
}
