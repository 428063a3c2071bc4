import { BLANK, CLASS_OF, CLOSE, COMMENT, ESCAPE, NEWLINE, OPEN, ORDINARY, QUOTE } from './classes.ts';

/** Token kinds of an entry; every octet of it belongs to exactly one token. */
export const WORD_TOKEN = 0;
export const QUOTED_TOKEN = 1;
export const SPACE_TOKEN = 2;
export const NEWLINE_TOKEN = 3;
export const COMMENT_TOKEN = 4;
export const OPEN_TOKEN = 5;
export const CLOSE_TOKEN = 6;

/** What the scanner can find wrong with an entry. */
export type EntryFault = 'unclosed-quote' | 'unclosed-paren' | 'nested-paren' | 'stray-paren';

/** A fault with its octet range; `related` points at the parenthesis opened before. */
export interface EntryProblem {
  readonly fault: EntryFault;
  readonly start: number;
  readonly end: number;
  readonly related?: number;
}

const NOTHING = new Uint8Array(0);

/**
 * One entry of a master file looked at closely (RFC 1035 §5.1): its tokens in order, and of those the words
 * (quoted or not) that carry values. One instance is made once and filled again for each entry.
 */
export class Entry {
  bytes: Uint8Array = NOTHING;
  start = 0;
  end = 0;
  /** Behind the octets that were looked at to find the end. */
  seen = 0;
  tokenCount = 0;
  // Small at first: V8 makes arrays of at most 64 octets many times as fast as larger ones, and small zones need no more.
  kinds: Uint8Array = new Uint8Array(16);
  starts: Uint32Array = new Uint32Array(16);
  wordCount = 0;
  wordTokens: Uint32Array = new Uint32Array(16);
  problems: EntryProblem[] = [];

  tokenEnd(token: number): number {
    return token + 1 < this.tokenCount ? (this.starts[token + 1] ?? this.end) : this.end;
  }

  /** Offset of the first octet of a word; a quoted one starts at its quote. */
  wordStart(word: number): number {
    return this.starts[this.wordTokens[word] ?? 0] ?? this.end;
  }

  wordEnd(word: number): number {
    return this.tokenEnd(this.wordTokens[word] ?? 0);
  }

  wordQuoted(word: number): boolean {
    return this.kinds[this.wordTokens[word] ?? 0] === QUOTED_TOKEN;
  }

  /** Whether the word follows the one before without anything between, as in `alpn="h2"`. */
  wordAdjoins(word: number): boolean {
    return word > 0 && this.wordTokens[word] === (this.wordTokens[word - 1] ?? 0) + 1;
  }

  /** Whether the entry starts with a blank, so that a record in it takes the owner of the one before. */
  get blankStart(): boolean {
    return this.kinds[0] === SPACE_TOKEN;
  }

  push(kind: number, start: number): void {
    if (this.tokenCount === this.kinds.length) this.grow();
    const token = this.tokenCount++;
    this.kinds[token] = kind;
    this.starts[token] = start;
    if (kind <= QUOTED_TOKEN) this.wordTokens[this.wordCount++] = token;
  }

  private grow(): void {
    const size = this.kinds.length * 4;
    const kinds = new Uint8Array(size);
    kinds.set(this.kinds);
    this.kinds = kinds;
    const starts = new Uint32Array(size);
    starts.set(this.starts);
    this.starts = starts;
    const words = new Uint32Array(size);
    words.set(this.wordTokens);
    this.wordTokens = words;
  }
}

/**
 * Scans the entry that starts at `start`: to the newline outside parentheses, or the end of the file.
 * A quoted string ends with its line, closed or not. A parenthesis that never closes ends the entry before the
 * next line that starts with a word, so that the records after it are still read.
 */
export function scanEntry(bytes: Uint8Array, start: number, entry: Entry): void {
  entry.bytes = bytes;
  entry.start = start;
  entry.tokenCount = 0;
  entry.wordCount = 0;
  entry.problems = [];
  const length = bytes.length;
  const parens = new Parentheses(entry);
  let at = start;
  while (at < length) {
    const kind = CLASS_OF[bytes[at] ?? 0] ?? ORDINARY;
    if (kind === NEWLINE) {
      entry.push(NEWLINE_TOKEN, at++);
      if (parens.depth === 0) break;
      parens.line(at, bytes);
    } else if (kind === OPEN) {
      if (!parens.open(at)) break;
      entry.push(OPEN_TOKEN, at++);
    } else if (kind === CLOSE) {
      parens.close(at);
      entry.push(CLOSE_TOKEN, at++);
    } else if (kind === BLANK) {
      entry.push(SPACE_TOKEN, at);
      at = endOfBlanks(bytes, at);
    } else if (kind === COMMENT) {
      entry.push(COMMENT_TOKEN, at);
      at = endOfLine(bytes, at);
    } else if (kind === QUOTE) {
      entry.push(QUOTED_TOKEN, at);
      at = endOfQuoted(bytes, at, entry);
    } else {
      entry.push(WORD_TOKEN, at);
      at = endOfWord(bytes, at);
    }
  }
  entry.end = entry.seen = at;
  if (parens.depth > 0) parens.never();
}

/** Follows the parentheses of one entry and decides where an entry with an open one ends. */
class Parentheses {
  depth = 0;
  private opened = -1;
  private strayed = false;
  private nested = false;
  private cutAt = -1;
  private cutTokens = 0;
  private cutWords = 0;
  private readonly entry: Entry;

  constructor(entry: Entry) {
    this.entry = entry;
  }

  /** False when this parenthesis shows that the one before was never closed: the entry ends before it. */
  open(at: number): boolean {
    if (this.depth > 0 && this.cutAt >= 0) return false;
    if (this.depth === 0) this.opened = at;
    else if (!this.nested) {
      this.nested = true;
      this.entry.problems.push({ fault: 'nested-paren', start: at, end: at + 1, related: this.opened });
    }
    this.depth++;
    return true;
  }

  close(at: number): void {
    if (this.depth > 0) this.depth--;
    else if (!this.strayed) {
      this.strayed = true;
      this.entry.problems.push({ fault: 'stray-paren', start: at, end: at + 1 });
    }
    if (this.depth === 0) this.cutAt = -1;
  }

  /** Remembers the first line inside the parenthesis that starts with a word: there the next entry may begin. */
  line(at: number, bytes: Uint8Array): void {
    if (this.cutAt >= 0 || at >= bytes.length || CLASS_OF[bytes[at] ?? 0] !== ORDINARY) return;
    this.cutAt = at;
    this.cutTokens = this.entry.tokenCount;
    this.cutWords = this.entry.wordCount;
  }

  never(): void {
    const { entry } = this;
    entry.problems.push({ fault: 'unclosed-paren', start: this.opened, end: this.opened + 1 });
    if (this.cutAt < 0) return;
    entry.end = this.cutAt;
    entry.tokenCount = this.cutTokens;
    entry.wordCount = this.cutWords;
    entry.problems = entry.problems.filter((problem) => problem.start < entry.end);
  }
}

function endOfBlanks(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && CLASS_OF[bytes[at] ?? 0] === BLANK) at++;
  return at;
}

/** Where the line ends, before its newline (a carriage return just before it belongs to the line). */
function endOfLine(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(0x0a, from);
  return at < 0 ? bytes.length : at;
}

function endOfWord(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const kind = CLASS_OF[bytes[at] ?? 0];
    if (kind === ORDINARY) at++;
    else if (kind === ESCAPE) at = afterEscape(bytes, at);
    else break;
  }
  return at;
}

/** A backslash takes the next octet with it, except a line end. */
function afterEscape(bytes: Uint8Array, at: number): number {
  const next = bytes[at + 1];
  if (next === undefined || next === 0x0a) return at + 1;
  if (next === 0x0d && bytes[at + 2] === 0x0a) return at + 1;
  return at + 2;
}

function endOfQuoted(bytes: Uint8Array, from: number, entry: Entry): number {
  let at = from + 1;
  while (at < bytes.length) {
    const octet = bytes[at];
    if (octet === 0x22) return at + 1;
    if (octet === 0x0a) break;
    at = octet === 0x5c ? afterEscape(bytes, at) : at + 1;
  }
  if (at > from + 1 && at < bytes.length && bytes[at - 1] === 0x0d) at--;
  entry.problems.push({ fault: 'unclosed-quote', start: from, end: at });
  return at;
}
