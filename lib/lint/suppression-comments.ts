import type { SourceFile, Span } from '../text/diagnostic.ts';
import { COMMENT_TOKEN, Entry, NEWLINE_TOKEN, SPACE_TOKEN, scanEntry } from '../text/entry.ts';
import { nearest } from '../text/nearest.ts';
import type { Zone } from '../zone/zone.ts';

/** How far a comment reaches: an entry, from a start to an end, or the file. */
export type Reach = 'entry' | 'start' | 'end' | 'file';

/** A rule id, group or glob in a comment, with its place. */
export interface SuppressionWord extends Span {
  readonly text: string;
}

/** One `zonewright-ignore` comment of a zone file. */
export interface SuppressionComment extends Span {
  readonly file: SourceFile;
  readonly reach: Reach;
  /** None in a malformed comment, which hides nothing. */
  readonly words: readonly SuppressionWord[];
  /** Why, as its author says; empty when they do not. */
  readonly reason: string;
  /** Octets of the entry meant: the one it stands in, or the one after a comment alone on its line. */
  readonly entry: Span;
  /** Octets whose removal takes the comment away and leaves everything else. */
  readonly removal: Span;
  /** What keeps a malformed comment from meaning anything. */
  readonly fault?: { readonly found: string; readonly expected: string };
}

const NEEDLE = 'zonewright-';
const FORMS: Readonly<Record<string, Reach>> = {
  ignore: 'entry',
  'ignore-start': 'start',
  'ignore-end': 'end',
  'ignore-file': 'file',
};

/** The comments of all files of a zone that speak to the linter, in file order; a file included twice counts once. */
export function suppressionComments(zone: Zone): SuppressionComment[] {
  const seen = new Set<string>();
  const found: SuppressionComment[] = [];
  for (const [index, file] of zone.files.entries()) {
    if (seen.has(file.name)) continue;
    seen.add(file.name);
    const { bytes } = file;
    // Buffer searches several times as fast as Uint8Array.
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (!buffer.includes(NEEDLE)) continue;
    for (const comment of new Finder(file, buffer, entryStarts(zone, index)).comments()) found.push(comment);
  }
  return found;
}

/** Offsets at which records of a file begin, in ascending order. */
function entryStarts(zone: Zone, file: number): number[] {
  const starts: number[] = [];
  for (let record = 0; record < zone.count; record++) {
    if (zone.fileOf[record] === file) starts.push(zone.entries[record] as number);
  }
  return starts;
}

/** A comment that stands alone waits for the entry it speaks of. */
type Waiting = Omit<SuppressionComment, 'entry'> & { entry: Span };

/** Finds the comments of one file; scans only entries that hold the word, and those after lone comments. */
class Finder {
  private readonly file: SourceFile;
  private readonly buffer: Buffer;
  private readonly starts: readonly number[];
  private readonly entry = new Entry();
  private readonly found: Waiting[] = [];
  private waiting: Waiting[] = [];

  constructor(file: SourceFile, buffer: Buffer, starts: readonly number[]) {
    this.file = file;
    this.buffer = buffer;
    this.starts = starts;
  }

  comments(): SuppressionComment[] {
    const { buffer, entry } = this;
    const { bytes } = this.file;
    let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    let hit = buffer.indexOf(NEEDLE, at);
    while (at < bytes.length && (hit >= 0 || this.waiting.length > 0)) {
      if (this.waiting.length === 0) at = Math.max(at, this.startBefore(hit));
      scanEntry(bytes, at, entry);
      at = entry.end;
      if (entry.wordCount > 0) this.arrive();
      if (hit >= 0 && hit < entry.end) {
        this.look();
        hit = buffer.indexOf(NEEDLE, at);
      }
    }
    return this.found;
  }

  /** The last record that begins at or before an offset; 0 when there is none. */
  private startBefore(offset: number): number {
    const { starts } = this;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= offset) low = middle + 1;
      else high = middle;
    }
    return starts[low - 1] ?? 0;
  }

  /** The entry in hand is the one that lone comments before it speak of. */
  private arrive(): void {
    for (const comment of this.waiting) comment.entry = spanOf(this.entry);
    this.waiting = [];
  }

  /** Reads the comments of the entry in hand. */
  private look(): void {
    const { entry } = this;
    for (let token = 0; token < entry.tokenCount; token++) {
      if (entry.kinds[token] !== COMMENT_TOKEN) continue;
      const start = entry.starts[token] ?? entry.end;
      const end = entry.tokenEnd(token);
      const text = this.buffer.toString('latin1', start, end).replace(/\r$/, '');
      if (text.includes(NEEDLE)) this.parse(text, start, token);
    }
  }

  /** A comment may hold remarks for people before ours; a reason goes on to the end or to the next of ours. */
  private parse(text: string, start: number, token: number): void {
    const marks = [...text.matchAll(/;[ \t]*zonewright-/g)].map(({ index }) => index);
    for (const [index, from] of marks.entries()) {
      const parsed = parseComment(text.slice(from, marks[index + 1] ?? text.length));
      if (parsed === undefined) continue;
      const { reach, words, reason, length, fault } = parsed;
      const offset = start + from;
      const whole = from === 0 && length === text.trimEnd().length;
      const comment: Waiting = {
        file: this.file,
        reach,
        words: words.map((word) => ({ text: word.text, start: offset + word.start, end: offset + word.end })),
        reason,
        start: offset,
        end: offset + length,
        entry: this.entry.wordCount > 0 ? spanOf(this.entry) : { start: offset, end: offset },
        removal: whole
          ? this.withoutToken(token, start + text.length)
          : this.withoutPart(text, start, { start: offset, end: offset + length }),
        ...(fault === undefined ? {} : { fault }),
      };
      this.found.push(comment);
      if (this.entry.wordCount === 0) this.waiting.push(comment);
    }
  }

  /** A whole comment goes with the blanks before it, and with its line when nothing else stands there. */
  private withoutToken(token: number, end: number): Span {
    const { entry } = this;
    const first = token > 0 && entry.kinds[token - 1] === SPACE_TOKEN ? token - 1 : token;
    const start = entry.starts[first] ?? end;
    const alone = first === 0 || entry.kinds[first - 1] === NEWLINE_TOKEN;
    return alone ? { start, end: Math.min(entry.tokenEnd(token) + 1, this.file.bytes.length) } : { start, end };
  }

  /** A part of a comment goes with the blanks that stood between it and the rest. */
  private withoutPart(text: string, comment: number, part: Span): Span {
    const before = text.slice(0, part.start - comment).trimEnd().length;
    const behind = text.slice(part.end - comment);
    return { start: comment + before, end: part.end + (before === 0 ? behind.length - behind.trimStart().length : 0) };
  }
}

function spanOf(entry: Entry): Span {
  return { start: entry.start, end: entry.end };
}

interface Parsed {
  readonly reach: Reach;
  readonly words: readonly SuppressionWord[];
  readonly reason: string;
  readonly length: number;
  readonly fault?: { readonly found: string; readonly expected: string };
}

/** Reads `; zonewright-ignore RULE[, RULE…] -- reason`, offsets from its semicolon; undefined when it is not meant for us. */
function parseComment(text: string): Parsed | undefined {
  const [head = '', form = ''] = /^;[ \t]*zonewright-([^ \t,;]*)/.exec(text) ?? [];
  const reach = Object.hasOwn(FORMS, form) ? FORMS[form] : undefined;
  if (reach === undefined) {
    const guess = nearest(form, Object.keys(FORMS));
    if (guess === undefined) return undefined;
    const fault = { found: `zonewright-${form}`, expected: `zonewright-${guess}` };
    return { reach: 'entry', words: [], reason: '', length: text.trimEnd().length, fault };
  }
  const { list, reason, length } = divide(text, head.length);
  const items = [...list.matchAll(/[^,]+/g)].flatMap(({ 0: item, index }): SuppressionWord[] => {
    const word = item.trim();
    const start = head.length + index + item.length - item.trimStart().length;
    return word === '' ? [] : [{ text: word, start, end: start + word.length }];
  });
  const wrong = items.find((item) => !/^[A-Za-z0-9*.-]+$/.test(item.text));
  const shape = reach === 'end' ? `zonewright-${form} RULE` : `zonewright-${form} RULE[, RULE] -- reason`;
  if (items.length > 0 && wrong === undefined) return { reach, words: items, reason, length };
  const found = wrong === undefined ? 'no rule' : Buffer.from(wrong.text.slice(0, 60), 'latin1').toString();
  return { reach, words: [], reason, length, fault: { found, expected: shape } };
}

/** Tells the list of rules from the reason behind ` -- `; a semicolon ends a list without a reason. */
function divide(text: string, from: number): { list: string; reason: string; length: number } {
  const rest = text.slice(from);
  const semicolon = rest.indexOf(';');
  const dashes = /(?:^|[ \t])--(?=[ \t]|$)/.exec(semicolon < 0 ? rest : rest.slice(0, semicolon));
  if (dashes !== null) {
    const reason = rest.slice(dashes.index).trim().slice(2).trim();
    return { list: rest.slice(0, dashes.index), reason, length: text.trimEnd().length };
  }
  const list = semicolon < 0 ? rest : rest.slice(0, semicolon);
  return { list, reason: '', length: from + list.trimEnd().length };
}
