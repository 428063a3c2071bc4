import { CLOSE_TOKEN, COMMENT_TOKEN, type Entry, NEWLINE_TOKEN, OPEN_TOKEN } from '../text/entry.ts';
import { hasOddReturn, upperText } from './format-words.ts';

/** How many words each directive may have, its own included; the words of `$GENERATE` are kept as they stand. */
const WORDS: Readonly<Record<string, number>> = { $ORIGIN: 2, $TTL: 2, $INCLUDE: 3, $GENERATE: 0 };

/** A directive on one line: its word in capitals, single blanks between words, its comment behind. */
export interface DirectiveText {
  readonly keyword: string;
  readonly octets: Uint8Array;
}

/** The text of a directive as it should be; undefined when it is left as it is: unknown, wrong, or over several lines. */
export function directiveText(entry: Entry): DirectiveText | undefined {
  const { bytes } = entry;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const keyword = upperText(buffer.toString('latin1', entry.wordStart(0), entry.wordEnd(0)));
  const most = Object.hasOwn(WORDS, keyword) ? WORDS[keyword] : undefined;
  if (most === undefined || entry.problems.length > 0 || entry.wordCount < 2) return undefined;
  if (most > 0 && entry.wordCount > most) return undefined;
  let comment = '';
  for (let token = 0; token < entry.tokenCount; token++) {
    const kind = entry.kinds[token];
    if (kind === OPEN_TOKEN || kind === CLOSE_TOKEN) return undefined;
    if (kind === COMMENT_TOKEN) comment = buffer.toString('latin1', entry.starts[token], entry.tokenEnd(token));
  }
  const last = entry.wordEnd(entry.wordCount - 1);
  if (hasReturn(entry, last)) return undefined;
  const words: string[] = [];
  for (let word = 1; word < entry.wordCount; word++) {
    if (entry.wordAdjoins(word)) return undefined;
    words.push(buffer.toString('latin1', entry.wordStart(word), entry.wordEnd(word)));
  }
  const text = most === 0 ? buffer.toString('latin1', entry.wordStart(1), last) : words.join(' ');
  // The last word may end with an escaped blank, so that only the comment is trimmed.
  const end = comment === '' ? '' : ` ${comment.replace(/[ \t\r]+$/u, '')}`;
  const line = `${keyword} ${text}${end}`;
  return { keyword, octets: Buffer.from(line, 'latin1') };
}

/** Whether a carriage return stands in the line other than at its end. */
function hasReturn(entry: Entry, last: number): boolean {
  for (let at = entry.start; at < last; at++) if (entry.bytes[at] === 0x0d) return true;
  for (let token = 0; token < entry.tokenCount; token++) {
    const start = entry.starts[token] ?? 0;
    if (start < last || entry.kinds[token] === COMMENT_TOKEN || entry.kinds[token] === NEWLINE_TOKEN) continue;
    if (hasOddReturn(entry.bytes, start, entry.tokenEnd(token))) return true;
  }
  return false;
}
