import { isDigit } from '../rr/escapes.ts';
import { shown } from '../rr/found.ts';
import type { Report } from '../rr/problem.ts';
import type { Entry } from '../text/entry.ts';
import type { ByteSink } from '../text/sink.ts';

/** The lines that a `$GENERATE` stands for. */
export class Expansion {
  /** How many there are. */
  readonly count: number;
  private readonly line: Template;
  private readonly range: Range;
  private number: number;

  constructor(line: Template, range: Range, count: number) {
    this.line = line;
    this.range = range;
    this.count = count;
    this.number = range.start;
  }

  /** Puts the next lines into a sink, a chunk of text; false when there are no more. */
  next(sink: ByteSink): boolean {
    const { stop, step } = this.range;
    const before = sink.length;
    for (; this.number <= stop && sink.length - before < CHUNK; this.number += step) this.line.write(this.number, sink);
    return sink.length > before;
  }
}

interface Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

const CHUNK = 65_536;
/** Characters one expanded field may have: more than any name or RDATA of sense. */
const WIDEST = 255;

/**
 * Expands `$GENERATE start-stop[/step] owner [ttl] [class] type rdata`: `$` is the number, `${offset,width,base}` a
 * shifted, padded form of it (base d, o, x, X, n or N), `\$` a dollar sign. Undefined when the directive is wrong, which is reported.
 */
export function expandGenerate(entry: Entry, limit: number, report: Report): Expansion | undefined {
  const range = readRange(entry, report);
  if (range === undefined) return undefined;
  const { start, stop, step } = range;
  const count = Math.floor((stop - start) / step) + 1;
  if (count > limit) {
    const found = String(count);
    report('parse-error', entry.wordStart(1), entry.wordEnd(1), {
      expected: `at most ${limit} generated records`,
      found,
    });
    return undefined;
  }
  if (entry.wordCount < 5) {
    const at = entry.wordEnd(entry.wordCount - 1);
    report('parse-error', at, at, { expected: 'owner, type and RDATA after the range of $GENERATE', found: '' });
    return undefined;
  }
  const line = new Template(entry.bytes);
  for (let word = 2; word < entry.wordCount; word++) {
    if (!readTemplate(entry, word, line, report)) return undefined;
    line.octet(word + 1 < entry.wordCount ? BLANK : NEWLINE);
  }
  return new Expansion(line, range, count);
}

/** A line with number forms in it: as pieces, since most directives stand for few lines. */
class Template {
  private readonly bytes: Uint8Array;
  /** In pairs: from and to of octets of the file; OCTET and that; FORM and which one. */
  private readonly pieces: number[] = [];
  private readonly forms: NumberForm[] = [];

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Appends octets of the file. */
  literal(from: number, to: number): void {
    if (to > from) this.pieces.push(from, to);
  }

  octet(octet: number): void {
    this.pieces.push(OCTET, octet);
  }

  form(form: NumberForm): void {
    this.pieces.push(FORM, form === PLAIN ? -1 : this.forms.push(form) - 1);
  }

  /** Writes the line of a number. */
  write(number: number, sink: ByteSink): void {
    const { bytes, pieces, forms } = this;
    for (let at = 0; at < pieces.length; at += 2) {
      const from = pieces[at] as number;
      const to = pieces[at + 1] as number;
      if (from >= 0) sink.copy(bytes, from, to);
      else if (from === OCTET) sink.u8(to);
      else if (to < 0 && number < 10) sink.u8(ZERO + number);
      else {
        const text = to < 0 ? String(number) : format(forms[to] as NumberForm, number);
        for (let index = 0; index < text.length; index++) sink.u8(text.charCodeAt(index));
      }
    }
  }
}

/** What a pair of a template's numbers begins with when it is no range of octets. */
const OCTET = -1;
const FORM = -2;

interface NumberForm {
  readonly offset: number;
  readonly width: number;
  readonly base: string;
}

const PLAIN: NumberForm = { offset: 0, width: 0, base: 'd' };

const NEWLINE = 0x0a;
const BLANK = 0x20;
const DOLLAR = 0x24;
const HYPHEN = 0x2d;
const SLASH = 0x2f;
const ZERO = 0x30;
const OPEN_BRACE = 0x7b;
const BACKSLASH = 0x5c;

/** Decimal numbers of at most ten digits with an octet between them. */
class Numbers {
  private readonly bytes: Uint8Array;
  private readonly end: number;
  private at: number;
  /** Whether all was read. */
  ended = false;

  constructor(bytes: Uint8Array, from: number, end: number) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** The next number, which the octet or the end follows; -1 when there is none, and nothing after it either. */
  next(follower: number): number {
    const { bytes, end } = this;
    const from = this.at;
    let value = 0;
    while (this.at < end && isDigit(bytes[this.at] as number)) value = value * 10 + (bytes[this.at++] as number) - 0x30;
    const digits = this.at - from;
    this.ended = this.at === end;
    if (digits > 0 && digits <= 10 && (this.ended || bytes[this.at++] === follower)) return value;
    this.at = end + 1;
    return -1;
  }
}

function readRange(entry: Entry, report: Report): Range | undefined {
  const last = entry.wordEnd(entry.wordCount - 1);
  const from = entry.wordCount > 1 ? entry.wordStart(1) : last;
  const end = entry.wordCount > 1 ? entry.wordEnd(1) : last;
  const numbers = new Numbers(entry.bytes, from, end);
  const start = numbers.next(HYPHEN);
  const stop = numbers.next(SLASH);
  const step = numbers.ended ? 1 : numbers.next(-1);
  if (!numbers.ended || start < 0 || start > stop || stop > 0x7fffffff || step < 1) {
    report('parse-error', from, end, {
      expected: 'a range start-stop or start-stop/step with start at most stop',
      found: shown(entry.bytes, from, end),
    });
    return undefined;
  }
  return { start, stop, step };
}

/** Appends what a word stands for to the line; false when a number form in it is wrong, which is reported. */
function readTemplate(entry: Entry, word: number, line: Template, report: Report): boolean {
  const { bytes } = entry;
  const start = entry.wordStart(word);
  const end = entry.wordEnd(word);
  let from = start;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] as number;
    if (octet !== BACKSLASH && octet !== DOLLAR) continue;
    if (at + 1 < end && bytes[at + 1] === DOLLAR) {
      line.literal(from, at);
      from = ++at;
    } else if (octet === BACKSLASH) at++;
    else {
      const form = numberForm(bytes, at + 1, end);
      if (form === undefined) {
        const found = shown(bytes, start, end);
        report('parse-error', at, end, {
          expected: 'a number form {offset,width,base} with base d, o, x, X, n or N',
          found,
        });
        return false;
      }
      line.literal(from, at);
      line.form(form.form);
      from = form.end;
      at = form.end - 1;
    }
  }
  line.literal(from, end);
  return true;
}

/** Octets that a number form has at most. */
const LONGEST_FORM = 32;

function numberForm(bytes: Uint8Array, at: number, limit: number): { form: NumberForm; end: number } | undefined {
  if (at >= limit || bytes[at] !== OPEN_BRACE) return { form: PLAIN, end: at };
  const text = String.fromCharCode(...bytes.subarray(at, Math.min(at + LONGEST_FORM, limit)));
  const match = /^\{(-?\d{1,10})(?:,(\d{1,3})(?:,([doxXnN]))?)?\}/.exec(text);
  if (match === null) return undefined;
  const width = Number(match[2] ?? 0);
  if (width > WIDEST) return undefined;
  return { form: { offset: Number(match[1]), width, base: match[3] ?? 'd' }, end: at + match[0].length };
}

function format(form: NumberForm, number: number): string {
  const value = number + form.offset;
  const { width, base } = form;
  if (base === 'n' || base === 'N') return nibbles(value, width, base);
  const radix = base === 'd' ? 10 : base === 'o' ? 8 : 16;
  const digits = Math.abs(value)
    .toString(radix)
    .padStart(value < 0 ? width - 1 : width, '0');
  const text = value < 0 ? `-${digits}` : digits;
  return base === 'X' ? text.toUpperCase() : text;
}

/**
 * Hexadecimal digits from the lowest, with dots between, as names below ip6.arpa need them. As in BIND the width counts
 * the dots, so that an even one ends in a dot.
 */
function nibbles(value: number, width: number, base: string): string {
  let text = '';
  let rest = value >>> 0;
  let room = width;
  do {
    text += (rest & 15).toString(16);
    rest >>>= 4;
    if (room > 0) room--;
    if (room === 0 && rest === 0) break;
    text += '.';
    if (room > 0) room--;
  } while (room > 0 || rest > 0);
  return base === 'N' ? text.toUpperCase() : text;
}
