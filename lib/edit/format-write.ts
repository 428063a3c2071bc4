import type { ByteSink } from '../text/sink.ts';
import type { FormatOptions } from './format-options.ts';
import { writeLayout, writeWrapped } from './format-paren.ts';
import * as row from './format-rows.ts';

/** Column that comments are aligned at most to; those behind longer records follow their record. */
const WIDEST_COMMENT = 72;

/** Owner column of records before the first owner of a file. */
const FIRST_OWNER = 7;

/** Octets that the columns of a line take at most, texts apart. */
const ROOM = 400;

/** Octets from which on copying in one piece is quicker. */
const LONG = 200;

/** Octets that a copy may touch behind its text, at most. */
const SPARE = 8;

/** Four blanks. */
const BLANKS = 0x20202020;

/** Writes rows, block by block, with their columns aligned. */
export class RowWriter {
  private readonly bytes: Uint8Array;
  private readonly out: ByteSink;
  private readonly options: FormatOptions;
  private readonly crlf: boolean;
  private ownerWidth = FIRST_OWNER;
  private ttlColumn = 0;
  private classColumn = 0;
  private typeColumn = 0;
  private dataColumn = 0;
  private commentColumn = 0;
  private blanks = 0;
  /** Views of the file and of the room for the result, through which four octets are copied at once. */
  private readonly source: DataView;
  private target: DataView;
  /** What `target` is a view of. */
  private room: Uint8Array;

  constructor(bytes: Uint8Array, out: ByteSink, options: FormatOptions, crlf: boolean) {
    this.bytes = bytes;
    this.out = out;
    this.options = options;
    this.crlf = crlf;
    this.source = viewOf(bytes);
    this.room = out.bytes;
    this.target = viewOf(out.bytes);
  }

  /** Writes the rows of one block. */
  block(rows: row.Rows): void {
    if (rows.owner > 0) this.ownerWidth = rows.owner;
    this.ttlColumn = this.ownerWidth + 1;
    this.classColumn = this.ttlColumn + (rows.ttl > 0 ? rows.ttl + 1 : 0);
    this.typeColumn = this.classColumn + (rows.recordClass > 0 ? rows.recordClass + 1 : 0);
    this.dataColumn = this.typeColumn + rows.type + 1;
    this.commentColumn = rows.comments > 0 ? this.widestCommented(rows) + 1 : 0;
    let commented = false;
    for (let base = 0, end = rows.count * row.STRIDE; base < end; base += row.STRIDE) {
      const kind = rows.data[base + row.KIND];
      if (kind === row.RECORD_ROW) {
        this.record(rows, base);
        commented = (rows.data[base + row.COMMENT + 1] as number) > 0;
      } else if (kind === row.LAYOUT_ROW) {
        this.layout(rows, base);
        commented = false;
      } else commented = this.other(rows, base, commented);
    }
  }

  /** Writes a line that is no record; whether a comment below stands under the comment of a record. */
  private other(rows: row.Rows, base: number, commented: boolean): boolean {
    const { data } = rows;
    const { out } = this;
    const kind = data[base + row.KIND];
    const start = data[base + row.DATA] as number;
    const length = data[base + row.DATA + 1] as number;
    if (kind === row.BLANK_ROW) {
      if (out.length > 0) this.blanks++;
      return false;
    }
    this.leaveBlanks();
    const indented = kind === row.COMMENT_ROW && commented && data[base + row.OWNER] === 1 && this.commentColumn > 0;
    if (indented) this.spaces(this.commentColumn);
    this.text(rows, start, length);
    if (kind !== row.KEPT_ROW || out.bytes[out.length - 1] !== 0x0a) this.endLine();
    return indented;
  }

  private leaveBlanks(): void {
    for (let count = Math.min(this.blanks, this.options.blankLines); count > 0; count--) this.endLine();
    this.blanks = 0;
  }

  /** End of the longest record with a comment that comments are aligned behind. */
  private widestCommented(rows: row.Rows): number {
    const { data } = rows;
    let widest = 0;
    for (let base = 0, end = rows.count * row.STRIDE; base < end; base += row.STRIDE) {
      if (data[base + row.KIND] !== row.RECORD_ROW || data[base + row.COMMENT + 1] === 0) continue;
      const column = this.rdataColumn(rows, base) + (data[base + row.DATA + 1] as number);
      if (column > widest && column < WIDEST_COMMENT) widest = column;
    }
    return widest;
  }

  /** Column of a record's RDATA: that of its block, unless its owner is too long. */
  private rdataColumn({ data }: row.Rows, base: number): number {
    const owner = data[base + row.OWNER + 1] as number;
    if (owner <= this.ownerWidth) return this.dataColumn;
    const ttl = data[base + row.TTL + 1] as number;
    const recordClass = data[base + row.CLASS + 1] as number;
    let column = owner;
    if (ttl > 0) column = Math.max(column + 1, this.ttlColumn) + ttl;
    if (recordClass > 0) column = Math.max(column + 1, this.classColumn) + recordClass;
    column = Math.max(column + 1, this.typeColumn) + (data[base + row.TYPE_WORD + 1] as number);
    return Math.max(column + 1, this.dataColumn);
  }

  /** Writes owner, TTL, class and type; the column of the RDATA, which is reached. */
  private head(rows: row.Rows, base: number): number {
    const { data } = rows;
    const { out } = this;
    if (this.blanks > 0) this.leaveBlanks();
    const owner = data[base + row.OWNER + 1] as number;
    this.reserve(owner + this.dataColumn + ROOM);
    const { target } = this;
    const start = out.length;
    let at = start;
    if (owner > 0) at = this.copy(rows, data[base + row.OWNER] as number, owner, at);
    const ttl = data[base + row.TTL + 1] as number;
    if (ttl > 0) {
      at = pad(target, at, start, this.ttlColumn);
      at = this.copy(rows, data[base + row.TTL] as number, ttl, at);
    }
    const recordClass = data[base + row.CLASS + 1] as number;
    if (recordClass > 0) {
      at = pad(target, at, start, this.classColumn);
      at = this.copy(rows, data[base + row.CLASS] as number, recordClass, at);
    }
    at = pad(target, at, start, this.typeColumn);
    at = this.copy(rows, data[base + row.TYPE_WORD] as number, data[base + row.TYPE_WORD + 1] as number, at);
    at = pad(target, at, start, this.dataColumn);
    out.length = at;
    return at - start;
  }

  private record(rows: row.Rows, base: number): void {
    const { data } = rows;
    const { out } = this;
    const column = this.head(rows, base);
    const start = out.length - column;
    const from = data[base + row.DATA] as number;
    const length = data[base + row.DATA + 1] as number;
    const comment = data[base + row.COMMENT + 1] as number;
    const type = data[base + row.TYPE_NUMBER] as number;
    const long = type >= row.WRAPPABLE && column + length > this.options.lineWidth;
    const wrapped = long && this.wrapped(rows, from, length, type, column);
    this.reserve(length + comment + ROOM);
    const { bytes } = out;
    let at = out.length;
    if (!wrapped) at = this.copy(rows, from, length, at);
    if (comment > 0) {
      at = pad(this.target, at, start, wrapped ? 0 : this.commentColumn);
      at = this.copy(rows, data[base + row.COMMENT] as number, comment, at);
    } else if (length === 0) {
      while (bytes[at - 1] === 0x20) at--;
    }
    if (this.crlf) bytes[at++] = 0x0d;
    bytes[at++] = 0x0a;
    out.length = at;
  }

  private wrapped(rows: row.Rows, from: number, length: number, type: number, column: number): boolean {
    const source = from >= 0 ? this.bytes : rows.side.bytes;
    const at = from >= 0 ? from : -2 - from;
    const text = source.subarray(at, at + length);
    return writeWrapped(text, type & 0xffff, column, this.options.lineWidth, this.out, this.crlf);
  }

  private layout(rows: row.Rows, base: number): void {
    const column = this.head(rows, base);
    const start = rows.data[base + row.DATA] as number;
    if (start < 0) this.folded(rows.side.bytes, -2 - start, rows.data[base + row.DATA + 1] as number, column);
    const layout = rows.layouts[start];
    if (layout !== undefined) {
      writeLayout(layout, (rows.data[base + row.TYPE_NUMBER] as number) & 0xffff, column, this.out, this.crlf);
    }
    this.endLine();
  }

  /** Writes lines in parentheses, those behind the first under its values. */
  private folded(lines: Uint8Array, start: number, length: number, column: number): void {
    const { out } = this;
    out.u8(0x28);
    out.u8(0x20);
    for (let at = start, end = start + length; at < end; at++) {
      const octet = lines[at] as number;
      if (octet === 0x0a) {
        this.endLine();
        this.spaces(lines[at + 1] === 0x29 ? column : column + 2);
      } else out.u8(octet);
    }
  }

  private text(rows: row.Rows, start: number, length: number): void {
    const { out } = this;
    this.reserve(length + ROOM);
    out.length = this.copy(rows, start, length, out.length);
  }

  private reserve(octets: number): void {
    const { out } = this;
    if (out.length + octets > out.bytes.length) out.reserve(octets);
    if (this.room === out.bytes) return;
    this.room = out.bytes;
    this.target = viewOf(out.bytes);
  }

  /** Copies a text to a place where there is room to spare; the offset behind it. */
  private copy({ side }: row.Rows, start: number, length: number, to: number): number {
    const { bytes, source, target, out } = this;
    if (start < 0 || length > LONG || start + length + SPARE > bytes.length) {
      const from = start >= 0 ? bytes : side.bytes;
      const first = start >= 0 ? start : -2 - start;
      if (length > LONG) out.bytes.set(from.subarray(first, first + length), to);
      else for (let index = 0; index < length; index++) out.bytes[to + index] = from[first + index] as number;
    } else {
      // Most texts are shorter than that, and to ask how long they are takes longer than to copy.
      target.setInt32(to, source.getInt32(start));
      target.setInt32(to + 4, source.getInt32(start + 4));
      for (let index = 8; index < length; index += 4) target.setInt32(to + index, source.getInt32(start + index));
    }
    return to + length;
  }

  private spaces(count: number): void {
    for (let index = 0; index < count; index++) this.out.u8(0x20);
  }

  private endLine(): void {
    const { out } = this;
    if (this.crlf) out.u8(0x0d);
    out.u8(0x0a);
  }
}

/** Writes blanks up to a column, at least one unless the line is empty, where there is room to spare; the offset behind them. */
function pad(target: DataView, from: number, start: number, column: number): number {
  const end = Math.max(from > start ? from + 1 : from, start + column);
  target.setInt32(from, BLANKS);
  target.setInt32(from + 4, BLANKS);
  for (let at = from + 8; at < end; at += 4) target.setInt32(at, BLANKS);
  return end;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
