import type { TagFault } from '../../../mail/tag-faults.ts';
import { textFix } from '../../common-fixes.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix } from '../../rule.ts';

/** Text in a sentence: at most 40 octets, those that are no printable ASCII as decimal escapes. */
export function shownText(text: string): string {
  const short = text.length > 40 ? `${text.slice(0, 39)}...` : text;
  return short.replace(/[^\x20-\x7e]/g, (octet) => `\\${String(octet.charCodeAt(0)).padStart(3, '0')}`);
}

/** What a fault of a tag list is, behind the name of the record: `has ...; expected ...`. */
export function tagFaultClause(code: TagFault['code'], found: string): string {
  switch (code) {
    case 'quoted':
      return 'has quotation marks in its text; expected none beside those around the strings in the zone file';
    case 'false-blank':
      return `has "${shownText(found)}" between its tags, which looks like a blank; expected a blank`;
    case 'not-a-tag':
      return `has "${shownText(found)}", which is no tag; expected name=value`;
    case 'semicolon-missing':
      return `has no semicolon before the tag "${found}"; expected one between two tags`;
    case 'duplicate':
      return `has the tag "${found}" more than once; expected it once`;
  }
}

/** Fixes of a fault of a tag list that keep every tag as it was meant. */
export function tagFaultFixes(facts: Facts, record: number, { code, from, to }: TagFault): readonly ProposedFix[] {
  switch (code) {
    case 'quoted':
      return withoutQuotes(facts, record);
    case 'semicolon-missing':
      return textFix(facts, record, { from, to }, '; ', { title: 'put a semicolon between the tags', safe: true });
    case 'false-blank': {
      if (!facts.source(record, 'rdata').startsWith('"')) return [];
      const edits = [{ ...facts.textSpan(record, from, to), text: ' ' }];
      return [{ title: 'write a blank', safe: true, edits }];
    }
    default:
      return [];
  }
}

/** Takes the marks at both ends out of the text, which are written as `\"`. */
function withoutQuotes(facts: Facts, record: number): readonly ProposedFix[] {
  const text = facts.text(record);
  const ends = [0, text.length - 1].filter((at, index, all) => text[at] === '"' && all.indexOf(at) === index);
  const edits = ends.map((at) => ({ ...facts.textSpan(record, at, at + 1), text: '' }));
  if (edits.some(({ start, end }) => end - start !== 2)) return [];
  return [{ title: 'remove the quotation marks', safe: true, edits }];
}
