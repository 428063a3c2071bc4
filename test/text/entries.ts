import {
  CLOSE_TOKEN,
  COMMENT_TOKEN,
  Entry,
  type EntryFault,
  NEWLINE_TOKEN,
  OPEN_TOKEN,
  QUOTED_TOKEN,
  SPACE_TOKEN,
  scanEntry,
  WORD_TOKEN,
} from '../../lib/text/entry.ts';

/** Octets of a text, one for each character. */
export function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

const KIND_NAMES: Readonly<Record<number, string>> = {
  [WORD_TOKEN]: 'word',
  [QUOTED_TOKEN]: 'quoted',
  [SPACE_TOKEN]: 'space',
  [NEWLINE_TOKEN]: 'newline',
  [COMMENT_TOKEN]: 'comment',
  [OPEN_TOKEN]: 'open',
  [CLOSE_TOKEN]: 'close',
};

/** An entry as a test reads it. */
export interface SeenEntry {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly (readonly [kind: string, text: string])[];
  readonly words: readonly string[];
  readonly faults: readonly (readonly [fault: EntryFault, start: number, end: number])[];
}

/** All entries of a file, scanned with one Entry filled again and again. */
export function entriesOf(bytes: Uint8Array): SeenEntry[] {
  const entry = new Entry();
  const seen: SeenEntry[] = [];
  const text = (start: number, end: number) => Buffer.from(bytes.subarray(start, end)).toString('latin1');
  for (let at = 0; at < bytes.length; at = entry.end) {
    scanEntry(bytes, at, entry);
    if (entry.end <= at) throw new Error(`the entry at ${at} does not end behind its start`);
    const tokens = Array.from({ length: entry.tokenCount }, (_, token) => {
      const kind = KIND_NAMES[entry.kinds[token] ?? -1] ?? 'unknown';
      return [kind, text(entry.starts[token] ?? 0, entry.tokenEnd(token))] as const;
    });
    const words = Array.from({ length: entry.wordCount }, (_, word) =>
      text(entry.wordStart(word), entry.wordEnd(word)),
    );
    const faults = entry.problems.map(({ fault, start, end }) => [fault, start, end] as const);
    seen.push({ start: entry.start, end: entry.end, tokens, words, faults });
  }
  return seen;
}
