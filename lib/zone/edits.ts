import type { Span } from '../text/diagnostic.ts';
import type { Edit } from '../text/edits.ts';
import { COMMENT_TOKEN, type Entry, NEWLINE_TOKEN, OPEN_TOKEN, SPACE_TOKEN } from '../text/entry.ts';
import type { RecordLook } from './look.ts';

/** The edits that take an entry out of its file and leave the comments in it, each on a line of its own. */
export function removalEdits(entry: Entry): readonly Edit[] {
  const edits: Edit[] = [];
  let from = entry.start;
  for (let token = 0; token < entry.tokenCount; token++) {
    if (entry.kinds[token] !== COMMENT_TOKEN) continue;
    const start = entry.starts[token] ?? entry.end;
    if (start > from) edits.push({ start: from, end: start, text: '' });
    const lineEnd = entry.kinds[token + 1] === NEWLINE_TOKEN ? token + 1 : token;
    from = entry.tokenEnd(lineEnd);
  }
  if (entry.end > from) edits.push({ start: from, end: entry.end, text: '' });
  return edits;
}

/** The edits that make a comment of every line of an entry, by a semicolon before it. */
export function commentingEdits(entry: Entry): readonly Edit[] {
  const edits: Edit[] = [{ start: entry.start, end: entry.start, text: ';' }];
  for (let token = 0; token < entry.tokenCount - 1; token++) {
    if (entry.kinds[token] !== NEWLINE_TOKEN) continue;
    const at = entry.tokenEnd(token);
    edits.push({ start: at, end: at, text: ';' });
  }
  return edits;
}

/** Where the TTL of a record stands, or where it would stand: an empty span before its class and type. */
export function ttlPlace({ entry, header }: RecordLook): Span {
  if (header.ttlWord >= 0) return { start: entry.wordStart(header.ttlWord), end: entry.wordEnd(header.ttlWord) };
  const at = entry.wordStart(header.classWord >= 0 ? Math.min(header.classWord, header.typeWord) : header.typeWord);
  return { start: at, end: at };
}

/** Whether nothing but blanks stands between two offsets of an entry: no line end, comment or parenthesis. */
export function onlyBlanks(entry: Entry, start: number, end: number): boolean {
  return only(entry, start, end, (kind) => kind === SPACE_TOKEN);
}

/** Whether nothing but blanks and line ends inside parentheses stands between two offsets of an entry. */
export function onlyWhitespace(entry: Entry, start: number, end: number): boolean {
  return only(entry, start, end, (kind) => kind === SPACE_TOKEN || kind === NEWLINE_TOKEN);
}

/** Whether a parenthesis is open at an offset of an entry, so that lines may be broken there. */
export function insideParentheses(entry: Entry, at: number): boolean {
  let depth = 0;
  for (let token = 0; token < entry.tokenCount && (entry.starts[token] ?? at) < at; token++) {
    const kind = entry.kinds[token] ?? 0;
    if (kind >= OPEN_TOKEN) depth += kind === OPEN_TOKEN ? 1 : -1;
  }
  return depth > 0;
}

function only(entry: Entry, start: number, end: number, wanted: (kind: number) => boolean): boolean {
  for (let token = 0; token < entry.tokenCount; token++) {
    const at = entry.starts[token] ?? end;
    if (at >= end) break;
    if (at >= start && !wanted(entry.kinds[token] ?? 0)) return false;
  }
  return true;
}
