import { COMMENT_TOKEN, Entry, NEWLINE_TOKEN, scanEntry } from '../text/entry.ts';
import { emptyHeader, readHeader } from '../zone/header.ts';

/** What comment lines say without their comment signs, as text in place of the octets from start to end. */
export interface CommentedLines {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The lines that a range of a file touches, which all have to be comments, without the semicolon that begins each. A blank
 * behind it goes too where the first line is a record only without it, as in `; www IN A 192.0.2.1`.
 */
export function commentedLines(
  bytes: Uint8Array,
  from: number,
  to: number,
): CommentedLines | { readonly problem: string } {
  const start = from > 0 ? bytes.lastIndexOf(0x0a, from - 1) + 1 : 0;
  const newline = bytes.indexOf(0x0a, Math.max(start, to > from ? to - 1 : to));
  const end = newline < 0 ? bytes.length : newline + 1;
  const entry = new Entry();
  const lines: string[] = [];
  for (let at = start; at < end; at = entry.end) {
    scanEntry(bytes, at, entry);
    if (entry.kinds[0] !== COMMENT_TOKEN || (entry.tokenCount > 1 && entry.kinds[1] !== NEWLINE_TOKEN)) {
      return { problem: 'a line of it is no comment that begins its line' };
    }
    const line = bytes.subarray(at + 1, entry.end);
    const text = new TextDecoder().decode(line);
    if (text.includes('\u{fffd}')) return { problem: 'it has octets that are no UTF-8' };
    lines.push(text);
  }
  if (lines.length === 0) return { problem: 'nothing stands there' };
  const as = (strip: RegExp): string => lines.map((line) => line.replace(strip, '')).join('');
  const text = [as(/^$/), as(/^ /)].find(isRecord);
  return text === undefined ? { problem: 'the lines are no record without their semicolons' } : { start, end, text };
}

/** Whether a text begins with the head of a record. */
function isRecord(text: string): boolean {
  const entry = new Entry();
  const bytes = new TextEncoder().encode(text);
  scanEntry(bytes, 0, entry);
  if (entry.wordCount === 0 || bytes[entry.wordStart(0)] === 0x24) return false;
  return readHeader(entry, emptyHeader(), () => {});
}
