import { readNameWord } from '../rr/name.ts';
import { BLANK, CLASS_OF, ESCAPE, ORDINARY, QUOTE } from '../text/classes.ts';
import { Entry, scanEntry } from '../text/entry.ts';
import { ByteSink } from '../text/sink.ts';
import { FastTypes } from '../zone/fast-types.ts';
import { isDirective, sameDirective, wordText } from './format-check-directive.ts';
import {
  firstOctet,
  gapEnd,
  isGap,
  isLineEnd,
  isParen,
  lineEnd,
  meanings,
  skipBlanks,
  skipEmpty,
  skipFours,
  skipWord,
} from './format-check-places.ts';
import { RecordReader, sameComments, trimmedEnd } from './format-check-record.ts';
import type { Difference } from './format-check-zone.ts';
import { FormatOrigin, UNKNOWN_ORIGIN } from './format-origin.ts';
import { DIGITS_LAST, NAME_LAST, TRAITS, WORDS } from './format-types.ts';

const UNEVEN = 'entries are missing or too many';

/**
 * Reads a file and its formatted text side by side and says where they differ in anything but layout: records by owner, TTL, class,
 * type and RDATA in their order, directives and comments. Words that are the same octets in the same order are the same; all
 * else is read by the codec on both sides.
 */
export class FormatChecker {
  private readonly old: Uint8Array;
  private readonly now: Uint8Array;
  private readonly names = new FormatOrigin();
  private readonly clientMxType: number;
  private readonly types = new FastTypes();
  private readonly left = new Entry();
  private readonly right = new Entry();
  private readonly records = new RecordReader();
  private type = -1;
  /** Where the word starts in the formatted text that is not the same. */
  private word = 0;
  private a = 0;
  private b = 0;
  /** Whether the places are inside parentheses. */
  private depthA = 0;
  private depthB = 0;
  /** Views through which four octets are compared at once. */
  private readonly oldFours: DataView;
  private readonly nowFours: DataView;

  constructor(old: Uint8Array, now: Uint8Array, origin: Uint8Array | undefined, clientMxType: number) {
    this.old = old;
    this.now = now;
    this.oldFours = new DataView(old.buffer, old.byteOffset, old.length);
    this.nowFours = new DataView(now.buffer, now.byteOffset, now.length);
    this.clientMxType = clientMxType;
    if (origin !== undefined) this.names.set(origin);
  }

  /** The first difference, undefined when both mean the same. */
  run(): Difference | undefined {
    return this.upTo(this.old.length, this.now.length);
  }

  /**
   * The first difference between what was checked before and two places that are behind the same entry. What follows on the
   * second place may not be written yet.
   */
  upTo(oldEnd: number, nowEnd: number): Difference | undefined {
    const { old, now } = this;
    for (;;) {
      const at = skipEmpty(old, this.a);
      this.a = at;
      if (at >= oldEnd) break;
      const to = skipEmpty(now, this.b);
      if (to >= nowEnd) return { at, why: UNEVEN };
      if (!this.quick(at, to)) {
        const why = this.closely(at, to);
        if (why !== undefined) return { at, why };
      }
      if (this.b > nowEnd) return { at, why: UNEVEN };
    }
    if (this.b < nowEnd) this.b = Math.min(nowEnd, skipEmpty(now, this.b));
    return this.b < nowEnd ? { at: Math.min(this.a, old.length), why: UNEVEN } : undefined;
  }

  /** Whether two entries are the same, as far as that can be told octet by octet; moves behind both. */
  private quick(from: number, to: number): boolean {
    const { old, now, oldFours, nowFours } = this;
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
    for (;;) {
      const same = this.alike(a, b);
      a += same;
      b += same;
      let kind = classOf[old[a] as number] as number;
      if (kind >= QUOTE && old[a] === now[b]) {
        if (!this.sameWord(a, b)) return false;
        a = this.a;
        b = this.b;
        kind = classOf[old[a] as number] as number;
      }
      const parted = isGap(kind);
      const partedNow = isGap(classOf[now[b] as number] as number);
      if (!(parted && partedNow) && !((parted || partedNow) && isGap(classOf[old[a - 1] as number] as number))) {
        if (!this.unlike(a, b, to)) return this.digitsLast(to, this.word) && this.sameDigits(a, b);
        a = this.a;
        b = this.b;
      }
      a = skipFours(old, oldFours, a);
      b = skipFours(now, nowFours, b);
      if (this.depthA > 0 || this.depthB > 0 || isParen(old[a] as number) || isParen(now[b] as number)) {
        if (!this.gaps(a, b)) return false;
        a = this.a;
        b = this.b;
      }
      if (isLineEnd(old, a) || isLineEnd(now, b)) return this.ends(a, b);
    }
  }

  /** How many octets are the same from two places on and of no meaning but to part words. */
  private alike(from: number, to: number): number {
    const { old, now, oldFours, nowFours } = this;
    const fours = Math.min(old.length - from, now.length - to) - 4;
    let same = 0;
    while (same <= fours) {
      const four = oldFours.getInt32(from + same, true);
      const found = (four ^ nowFours.getInt32(to + same, true)) | meanings(four);
      if (found !== 0) {
        same += firstOctet(found);
        break;
      }
      same += 4;
    }
    let octet = old[from + same] as number;
    while (octet === now[to + same] && (CLASS_OF[octet] as number) <= BLANK) octet = old[from + ++same] as number;
    return same;
  }

  /** Whether words that differ from `a` and `b` on are the same otherwise; moves behind both. */
  private unlike(a: number, b: number, line: number): boolean {
    const { old, now } = this;
    let word = b;
    while (word > line && CLASS_OF[now[word - 1] as number] === ORDINARY) word--;
    this.word = word;
    const other = CLASS_OF[now[b] as number] as number;
    if (word > line && (CLASS_OF[now[word - 1] as number] as number) >= QUOTE) return false;
    if (CLASS_OF[old[a] as number] !== ORDINARY || other === ORDINARY || other >= QUOTE) {
      return this.isInHead(line, word) && this.swapped(a - b + word, word);
    }
    const end = this.suffix(a, b);
    if (end < 0 || (word > line && !(this.namesLast(line, word) && this.isLast(end)))) return false;
    this.a = end;
    this.b = b;
    return true;
  }

  /** Whether a word is the first or second behind the owner of the record that starts at `line`. */
  private isInHead(line: number, word: number): boolean {
    const { now } = this;
    const first = skipBlanks(now, skipWord(now, line));
    return word === first || word === skipBlanks(now, skipWord(now, first));
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

function sameOctets(a: Uint8Array, start: number, end: number, b: Uint8Array, from: number, to: number): boolean {
  return Buffer.compare(a.subarray(start, end), b.subarray(from, to)) === 0;
}
