import type { Entry } from '../text/entry.ts';
import { upperText } from './format-words.ts';

/** Whether an entry is a directive. */
export function isDirective(entry: Entry): boolean {
  return entry.wordCount > 0 && !entry.blankStart && entry.bytes[entry.wordStart(0)] === 0x24;
}

/** Whether two entries are the same directive, word by word. */
export function sameDirective(left: Entry, right: Entry): boolean {
  if (!isDirective(left) || !isDirective(right) || left.problems.length + right.problems.length > 0) return false;
  const words = (entry: Entry): string[] => Array.from({ length: entry.wordCount }, (_, word) => wordText(entry, word));
  const [keyword = '', ...rest] = words(left);
  const [other = '', ...others] = words(right);
  return (
    upperText(keyword) === upperText(other) &&
    rest.length === others.length &&
    rest.every((text, index) => text === others[index])
  );
}

/** A word as it is written, each octet one character. */
export function wordText(entry: Entry, word: number): string {
  return Buffer.from(entry.bytes.subarray(entry.wordStart(word), entry.wordEnd(word))).toString('latin1');
}
