import { BLANK, CLASS_OF, CLOSE, OPEN, ORDINARY } from '../text/classes.ts';
import { ByteSink } from '../text/sink.ts';
import { trimmedEnd } from './format-check-record.ts';
import type { FormatOrigin } from './format-origin.ts';

/** Lines of one record at most; longer ones are left to the close look. */
const MOST_LINES = 200;

/** Slots of a line: its values in `texts`, its comment in the file. */
const TEXT = 0;
const TEXT_END = 1;
const COMMENT = 2;
const COMMENT_END = 3;
const STRIDE = 4;

/** RDATA in parentheses with comments inside, taken from octets to octets: each value stays on its line, each comment behind its values. */
export class FoldedLines {
  private readonly texts = new ByteSink(512);
  private readonly lines = new Int32Array(MOST_LINES * STRIDE);
  private bytes: Uint8Array = this.texts.bytes;
  private count = 0;
  /** The comment behind the closing parenthesis. */
  private trailing = 0;
  private trailingEnd = 0;

  /**
   * Takes the values from `from` to the end of an entry whose values have been read; the last is shortened by `names`. False when it
   * is better looked at closely.
   */
  read(bytes: Uint8Array, from: number, names: FormatOrigin | undefined): boolean {
    const { texts } = this;
    this.bytes = bytes;
    this.count = 0;
    this.trailing = this.trailingEnd = 0;
    texts.length = 0;
    let line = 0;
    let last = -1;
    let depth = 0;
    for (let at = from; ; ) {
      const octet = bytes[at] as number;
      const kind = CLASS_OF[octet] as number;
      if (kind === BLANK) at++;
      else if (kind === OPEN || kind === CLOSE) {
        depth = kind === OPEN ? 1 : 0;
        at++;
      } else if (octet === 0x0a) {
        if (depth === 0) break;
        line = this.endLine(line, 0, 0);
        if (line < 0) return false;
        at++;
      } else if (octet === 0x3b) {
        const newline = bytes.indexOf(0x0a, at);
        const end = trimmedEnd(bytes, at, newline);
        if (depth === 0) {
          this.trailing = at;
          this.trailingEnd = end;
        } else {
          line = this.endLine(line, at, end);
          if (line < 0) return false;
          at = newline + 1;
          continue;
        }
        at = newline;
      } else {
        const end = valueEnd(bytes, at);
        if (octet === 0x5c || end < 0) return false;
        if (texts.length > line) texts.u8(0x20);
        last = texts.length;
        texts.reserve(end - at);
        for (let index = at; index < end; index++) texts.bytes[texts.length++] = bytes[index] as number;
        at = end;
      }
    }
    if (this.endLine(line, 0, 0) < 0 || last < 0) return false;
    if (names !== undefined) this.shorten(last, names);
    return true;
  }

  /** Writes the lines with their comments aligned and the parenthesis closed; those behind the first are to be indented. */
  write(out: ByteSink): void {
    const { lines, texts, count } = this;
    const last = (count - 1) * STRIDE;
    const closed = lines[last + COMMENT_END] === 0;
    if (closed) {
      lines[last + COMMENT] = this.trailing;
      lines[last + COMMENT_END] = this.trailingEnd;
    }
    const lengthOf = (line: number): number =>
      (lines[line + TEXT_END] as number) - (lines[line + TEXT] as number) + (closed && line === last ? 2 : 0);
    let width = 0;
    for (let line = 0; line <= last; line += STRIDE) {
      if ((lines[line + COMMENT_END] as number) > 0) width = Math.max(width, lengthOf(line));
    }
    for (let line = 0; line <= last; line += STRIDE) {
      if (line > 0) out.u8(0x0a);
      this.put(out, texts.bytes, lines[line + TEXT] as number, lines[line + TEXT_END] as number);
      if (closed && line === last) {
        out.u8(0x20);
        out.u8(0x29);
      }
      const length = lengthOf(line);
      if (lines[line + COMMENT_END] === 0) continue;
      if (length > 0) for (let column = length; column <= width; column++) out.u8(0x20);
      this.put(out, this.bytes, lines[line + COMMENT] as number, lines[line + COMMENT_END] as number);
    }
    if (closed) return;
    out.u8(0x0a);
    out.u8(0x29);
    if (this.trailingEnd === 0) return;
    out.u8(0x20);
    this.put(out, this.bytes, this.trailing, this.trailingEnd);
  }

  /** Ends the line whose values start at `text` unless it is empty; where those of the next start, -1 when there are too many. */
  private endLine(text: number, comment: number, commentEnd: number): number {
    const { lines, texts } = this;
    if (texts.length === text && commentEnd === 0) return text;
    if (this.count === MOST_LINES) return -1;
    const line = this.count++ * STRIDE;
    lines[line + TEXT] = text;
    lines[line + TEXT_END] = texts.length;
    lines[line + COMMENT] = comment;
    lines[line + COMMENT_END] = commentEnd;
    return texts.length;
  }

  /** Shortens the last value, which is a name. */
  private shorten(from: number, names: FormatOrigin): void {
    const { lines, texts } = this;
    const before = texts.length;
    const length = names.shortened(texts.bytes, from, before);
    if (length === 0) texts.bytes[from] = 0x40;
    const end = from + Math.max(length, 1);
    for (let line = 0; line < this.count * STRIDE; line += STRIDE) {
      for (const slot of [line + TEXT, line + TEXT_END]) if (lines[slot] === before) lines[slot] = end;
    }
  }

  private put(out: ByteSink, bytes: Uint8Array, start: number, end: number): void {
    out.reserve(end - start);
    for (let at = start; at < end; at++) out.bytes[out.length++] = bytes[at] as number;
  }
}

/** Where a value ends, -1 when an escape is in it. */
function valueEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  if (bytes[at] === 0x22) {
    at++;
    while (bytes[at] !== 0x22) if (bytes[at++] === 0x5c) return -1;
    return at + 1;
  }
  while (CLASS_OF[bytes[at] as number] === ORDINARY) at++;
  return at === from ? -1 : at;
}
