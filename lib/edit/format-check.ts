import { readNameWord } from '../rr/name.ts';
import { BLANK, CLASS_OF, ESCAPE, ORDINARY, QUOTE } from '../text/classes.ts';
import { Entry, scanEntry } from '../text/entry.ts';
import { ByteSink } from '../text/sink.ts';
import { FastTypes } from '../zone/fast-types.ts';
import { gapEnd, isLineEnd, lineEnd, skipBlanks, skipEmpty, skipWord } from './format-check-places.ts';
import { RecordReader, sameComments, trimmedEnd } from './format-check-record.ts';
import { type Difference, sameZone } from './format-check-zone.ts';
import { FormatOrigin } from './format-origin.ts';
import { DIGITS_LAST, NAME_LAST, TRAITS, WORDS } from './format-types.ts';
import { upperText } from './format-words.ts';

/** Stands for the origin nobody knows: a name that no file can spell by accident. */
const UNKNOWN_ORIGIN = Uint8Array.of(3, 0, 1, 0, 0);

/**
 * Reads a file and its formatted text side by side and says where they differ in anything but layout: records by owner, TTL, class,
 * type and RDATA in their order, directives and comments. Words that are the same octets in the same order are the same; all
 * else is read by the codec on both sides.
 */
export class FormatChecker {
  private readonly old: Uint8Array;
  private readonly now: Uint8Array;
  private readonly names = new FormatOrigin();
  private readonly givenOrigin: Uint8Array | undefined;
  private readonly sorted: boolean;
  private readonly clientMxType: number;
  private readonly types = new FastTypes();
  private readonly left = new Entry();
  private readonly right = new Entry();
  private readonly records = new RecordReader();
  private type = -1;
  private a = 0;
  private b = 0;
  /** Whether the places are inside parentheses. */
  private depthA = 0;
  private depthB = 0;

  constructor(old: Uint8Array, now: Uint8Array, origin: Uint8Array | undefined, sorted: boolean, clientMxType: number) {
    this.old = old;
    this.now = now;
    this.givenOrigin = origin;
    this.sorted = sorted;
    this.clientMxType = clientMxType;
    if (origin !== undefined) this.names.set(origin);
  }

  /** The first difference, undefined when both mean the same. */
  run(): Difference | undefined {
    if (this.sorted) return sameZone(this.old, this.now, this.givenOrigin ?? UNKNOWN_ORIGIN);
    const { old, now } = this;
    for (;;) {
      this.a = skipEmpty(old, this.a);
      this.b = skipEmpty(now, this.b);
      if (this.a >= old.length || this.b >= now.length) break;
      const at = this.a;
      const to = this.b;
      if (!this.quick(at, to)) {
        const why = this.closely(at, to);
        if (why !== undefined) return { at, why };
      }
    }
    if (this.a >= old.length && this.b >= now.length) return undefined;
    return { at: Math.min(this.a, old.length), why: 'entries are missing or too many' };
  }

  /** Whether two entries are the same, as far as that can be told word by word; moves behind both. */
  private quick(from: number, to: number): boolean {
    const { old, now } = this;
    const classOf = CLASS_OF;
    let a = from;
    let b = to;
    if (old[a] === 0x24) return false;
    const blank = classOf[old[a] as number] === BLANK;
    if (blank || classOf[now[b] as number] === BLANK) {
      a = skipBlanks(old, a);
      b = skipBlanks(now, b);
      if (old[a] === 0x3b && now[b] === 0x3b) return this.ends(a, b);
      if (blank !== (classOf[now[to] as number] === BLANK)) return false;
    }
    this.depthA = this.depthB = 0;
    for (let word = blank ? 1 : 0; ; word++) {
      const wordA = a;
      const wordB = b;
      let octet = old[a] as number;
      while (octet === now[b] && classOf[octet] === ORDINARY) {
        b++;
        octet = old[++a] as number;
      }
      let kind = classOf[octet] as number;
      if (kind >= QUOTE) {
        if (!this.sameWord(a, b)) return false;
        a = this.a;
        b = this.b;
        kind = classOf[old[a] as number] as number;
      }
      const other = classOf[now[b] as number] as number;
      if (kind === ORDINARY || other === ORDINARY || other >= QUOTE) {
        if (!this.unlike(word, wordA, wordB, a, b, to)) return this.digitsLast(to, wordB) && this.sameDigits(a, b);
        a = this.a;
        b = this.b;
      }
      octet = old[a] as number;
      while (octet === 0x20 || octet === 0x09 || octet === 0x0d) octet = old[++a] as number;
      let next = now[b] as number;
      while (next === 0x20 || next === 0x0d) next = now[++b] as number;
      const folded = octet === 0x28 || octet === 0x29 || next === 0x28 || next === 0x29;
      if (folded || this.depthA > 0 || this.depthB > 0) {
        if (!this.gaps(a, b)) return false;
        a = this.a;
        b = this.b;
        octet = old[a] as number;
        next = now[b] as number;
      }
      if (octet === 0x0a || octet === 0x3b || next === 0x0a || next === 0x3b) return this.ends(a, b);
    }
  }

  /** Whether words that differ from `a` and `b` on are the same otherwise; moves behind both. */
  private unlike(word: number, wordA: number, wordB: number, a: number, b: number, line: number): boolean {
    const { old, now } = this;
    const other = CLASS_OF[now[b] as number] as number;
    if (CLASS_OF[old[a] as number] !== ORDINARY || other === ORDINARY || other >= QUOTE) {
      return word > 0 && word <= 2 && this.swapped(wordA, wordB);
    }
    const end = this.suffix(a, b);
    if (end < 0 || (word > 0 && !(this.namesLast(line, wordB) && this.isLast(end)))) return false;
    this.a = end;
    this.b = b;
    return true;
  }

  /** Whether nothing but blanks and what closes a parenthesis follows on a value. */
  private isLast(at: number): boolean {
    const { depthA } = this;
    const end = this.gapA(at);
    this.depthA = depthA;
    return end >= 0 && isLineEnd(this.old, end);
  }

  /** Moves behind what stands between values; false when comments inside parentheses are not the same. */
  private gaps(from: number, to: number): boolean {
    const { old, now } = this;
    let a = from;
    let b = to;
    for (;;) {
      const endA = gapEnd(old, a, this.depthA);
      const endB = gapEnd(now, b, this.depthB);
      if (endA < 0 || endB < 0) return false;
      this.depthA = endA % 2;
      this.depthB = endB % 2;
      a = (endA - this.depthA) / 2;
      b = (endB - this.depthB) / 2;
      const comment = old[a] === 0x3b && this.depthA > 0;
      if (comment !== (now[b] === 0x3b && this.depthB > 0)) return false;
      this.a = a;
      this.b = b;
      if (!comment) return true;
      const newlineA = lineEnd(old, a);
      const newlineB = lineEnd(now, b);
      if (!this.sameComment(a, newlineA, b, newlineB)) return false;
      a = newlineA;
      b = newlineB;
    }
  }

  /** Behind blanks, parentheses and the line ends inside; -1 when they are better looked at closely. */
  private gapA(from: number): number {
    const end = gapEnd(this.old, from, this.depthA);
    this.depthA = end < 0 ? 0 : end % 2;
    const at = (end - this.depthA) / 2;
    return end < 0 || (this.depthA > 0 && this.old[at] === 0x3b) ? -1 : at;
  }

  /** The same for the formatted text. */
  private gapB(from: number): number {
    const end = gapEnd(this.now, from, this.depthB);
    this.depthB = end < 0 ? 0 : end % 2;
    const at = (end - this.depthB) / 2;
    return end < 0 || (this.depthB > 0 && this.now[at] === 0x3b) ? -1 : at;
  }

  /** Offset of the type of the record that starts at `line`, if it has one. */
  private typeWord(line: number): number {
    const { now } = this;
    let word = line;
    if (CLASS_OF[now[word] as number] !== BLANK) word = skipWord(now, word);
    for (let part = 0; part < 3; part++) {
      word = skipBlanks(now, word);
      const octet = now[word] as number;
      const isHeader = (octet >= 0x30 && octet <= 0x39) || (octet === 0x49 && skipWord(now, word) === word + 2);
      if (!isHeader) break;
      word = skipWord(now, word);
    }
    return word;
  }

  /** Traits of the type of the record that starts at `line`; none when it is not read before `at`. */
  private traits(line: number, at: number): number {
    const word = this.typeWord(line);
    this.type = word < at ? this.types.read(this.now, word) : -1;
    return this.type >= 0 && this.type < 512 ? (TRAITS[this.type] as number) : 0;
  }

  /** Whether the record that starts at `line` is of a type whose last field is its only name, and `at` is behind its type. */
  private namesLast(line: number, at: number): boolean {
    return (this.traits(line, at) & NAME_LAST) > 0;
  }

  /** Whether all values from `at` on are one run of digits, in which blanks mean nothing. */
  private digitsLast(line: number, at: number): boolean {
    if ((this.traits(line, at) & DIGITS_LAST) === 0) return false;
    const { now } = this;
    let word = this.types.end;
    for (let left = WORDS[this.type] as number; ; left--) {
      while (word < at && CLASS_OF[now[word] as number] !== ORDINARY) {
        if ((CLASS_OF[now[word] as number] as number) >= QUOTE) return false;
        word++;
      }
      if (left === 1) return word <= at;
      if (word >= at) return false;
      word = skipWord(now, word);
    }
  }

  /** Whether the digits from two places on are the same, and what ends their lines; moves behind both. */
  private sameDigits(from: number, to: number): boolean {
    const { old, now } = this;
    let a = from;
    let b = to;
    for (;;) {
      while (old[a] === now[b] && CLASS_OF[old[a] as number] === ORDINARY) {
        a++;
        b++;
      }
      const kind = CLASS_OF[old[a] as number] as number;
      const other = CLASS_OF[now[b] as number] as number;
      if (kind >= QUOTE || other >= QUOTE || (kind === ORDINARY && other === ORDINARY)) return false;
      if (kind !== ORDINARY) a = this.gapA(a);
      if (other !== ORDINARY) b = this.gapB(b);
      if (a < 0 || b < 0) return false;
      if (isLineEnd(old, a) || isLineEnd(now, b)) return this.ends(a, b);
    }
  }

  /** Whether the words at two places are the same octets, quotes and escapes included; `a` and `b` are behind both. */
  private sameWord(from: number, to: number): boolean {
    const { old, now } = this;
    let a = from;
    let b = to;
    let quoted = false;
    for (;;) {
      const octet = old[a] as number;
      const kind = CLASS_OF[octet] as number;
      if (!quoted && kind > ORDINARY && kind < QUOTE) break;
      if (octet !== now[b] || octet === 0x0a || a >= old.length) return false;
      a++;
      b++;
      if (kind === QUOTE) quoted = !quoted;
      else if (kind === ESCAPE) {
        if (old[a] !== now[b] || (old[a] as number) < 0x20) return false;
        a++;
        b++;
      }
    }
    this.a = a;
    this.b = b;
    return true;
  }

  /** Where a word ends that was shortened at `a`, where the shorter one ends at `b`; -1 when it is no such word. */
  private suffix(a: number, b: number): number {
    const { old, now } = this;
    const { text } = this.names;
    if (text.length === 0 || old[a] !== 0x2e || old[a - 1] === 0x5c || b === 0 || now[b - 1] !== old[a - 1]) return -1;
    for (let index = 0; index < text.length; index++) if (old[a + 1 + index] !== text[index]) return -1;
    const end = a + 1 + text.length;
    const after = CLASS_OF[old[end] as number] as number;
    return after > ORDINARY && after < QUOTE ? end : -1;
  }

  /** Whether `IN` and a TTL stand the other way round; moves behind both. */
  private swapped(wordA: number, wordB: number): boolean {
    const { old, now } = this;
    if (old[wordA] !== 0x49 || old[wordA + 1] !== 0x4e || CLASS_OF[old[wordA + 2] as number] !== BLANK) return false;
    if (!((now[wordB] as number) >= 0x30 && (now[wordB] as number) <= 0x39)) return false;
    if (!this.sameWord(skipBlanks(old, wordA + 2), wordB)) return false;
    const end = this.a;
    if (CLASS_OF[now[this.b] as number] !== BLANK) return false;
    const b = skipBlanks(now, this.b);
    if (now[b] !== 0x49 || now[b + 1] !== 0x4e || CLASS_OF[now[b + 2] as number] !== BLANK) return false;
    this.a = end;
    this.b = b + 2;
    return CLASS_OF[old[end] as number] === BLANK;
  }

  /** Whether both lines end here with the same comment, or with one that was added; moves behind both. */
  private ends(a: number, b: number): boolean {
    const { old, now } = this;
    if (!isLineEnd(old, a) || !isLineEnd(now, b)) return false;
    const newlineA = lineEnd(old, a);
    const newlineB = lineEnd(now, b);
    if (old[a] === 0x3b && !this.sameComment(a, newlineA, b, newlineB)) return false;
    this.a = newlineA + 1;
    this.b = newlineB + 1;
    return true;
  }

  private sameComment(a: number, newlineA: number, b: number, newlineB: number): boolean {
    const { old, now } = this;
    const endA = trimmedEnd(old, a, newlineA);
    const endB = trimmedEnd(now, b, newlineB);
    if (endA - a !== endB - b) return false;
    for (let at = a, to = b; at < endA; at++, to++) if (old[at] !== now[to]) return false;
    return true;
  }

  /** What is different between two entries read by the codec, undefined when nothing is; moves behind both. */
  private closely(a: number, b: number): string | undefined {
    const { old, now, left, right } = this;
    scanEntry(old, a, left);
    scanEntry(now, b, right);
    this.a = left.end;
    this.b = right.end;
    if (sameOctets(old, a, left.end, now, b, right.end)) {
      if (isDirective(left)) this.directive(left);
      return undefined;
    }
    if (isDirective(left) || isDirective(right)) {
      if (!sameDirective(left, right)) return 'a directive would not be the same';
      this.directive(left);
      return sameComments(left, right) ? undefined : 'a comment would be lost';
    }
    const origin = this.names.known ? this.names.wire : UNKNOWN_ORIGIN;
    if (!this.records.same(left, right, origin)) return 'a record would not be the same';
    return sameComments(left, right, this.clientMxType) ? undefined : 'a comment would be lost';
  }

  private directive(entry: Entry): void {
    if (wordText(entry, 0).toUpperCase() !== '$ORIGIN' || entry.wordCount !== 2) return;
    const sink = new ByteSink(256);
    const { names } = this;
    const origin = names.known ? names.wire : undefined;
    if (readNameWord(entry.bytes, entry.wordStart(1), entry.wordEnd(1), origin, sink, () => {}))
      names.set(sink.slice());
    else names.forget();
  }
}

function isDirective(entry: Entry): boolean {
  return entry.wordCount > 0 && !entry.blankStart && entry.bytes[entry.wordStart(0)] === 0x24;
}

function sameDirective(left: Entry, right: Entry): boolean {
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

function wordText(entry: Entry, word: number): string {
  return Buffer.from(entry.bytes.subarray(entry.wordStart(word), entry.wordEnd(word))).toString('latin1');
}

function sameOctets(a: Uint8Array, start: number, end: number, b: Uint8Array, from: number, to: number): boolean {
  return Buffer.compare(a.subarray(start, end), b.subarray(from, to)) === 0;
}
