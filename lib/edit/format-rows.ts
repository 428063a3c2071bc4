import { ByteSink } from '../text/sink.ts';
import type { ParenLayout } from './format-look.ts';

/** What a row is: a line that is no record, an entry kept as it is, a record on one line, or one with lines of its own. */
export const BLANK_ROW = 0;
export const COMMENT_ROW = 1;
export const KEPT_ROW = 2;
export const RECORD_ROW = 3;
export const LAYOUT_ROW = 4;

/** Slots of a row. A text is a start and a length; a start below zero points into the side text (see sideStart). */
export const KIND = 0;
export const OWNER = 1;
export const TTL = 3;
export const CLASS = 5;
export const TYPE_WORD = 7;
/** The RDATA of a record; for a layout its index; for other rows their octets. */
export const DATA = 9;
export const COMMENT = 11;
/** RR type number, plus WRAPPABLE. */
export const TYPE_NUMBER = 13;
export const ENTRY = 14;
export const STRIDE = 16;

/** Set beside the type number when the last field may be spread over lines. */
export const WRAPPABLE = 0x10000;

/** Start of a text that is not there. */
export const NO_TEXT = -1;

/** The start that stands for an offset into the side text. */
export function sideStart(offset: number): number {
  return -2 - offset;
}

/** Width the owner column has at most; a longer owner moves the rest of its line. */
export const WIDEST_OWNER = 40;

/** The entries of one block as offsets into the file, with the widths of their columns. */
export class Rows {
  data: Int32Array;
  count = 0;
  /** Text that does not stand in the file so; the at sign is at its start. */
  readonly side: ByteSink = new ByteSink(1024);
  readonly layouts: ParenLayout[] = [];
  owner = 0;
  ttl = 0;
  recordClass = 0;
  type = 0;
  comments = 0;
  /** Whether an entry that cannot be read is among them. */
  broken = false;

  constructor(expected: number) {
    this.data = new Int32Array(Math.max(64, expected) * STRIDE);
    this.clear();
  }

  clear(): void {
    this.count = 0;
    this.owner = this.ttl = this.recordClass = this.type = this.comments = 0;
    this.broken = false;
    this.layouts.length = 0;
    this.side.length = 0;
    this.side.u8(0x40);
  }

  /** Offset of a new row. */
  next(): number {
    const base = this.count++ * STRIDE;
    if (base === this.data.length) {
      const grown = new Int32Array(this.data.length * 2);
      grown.set(this.data);
      this.data = grown;
    }
    return base;
  }

  /** Adds a row that is no record. */
  other(kind: number, start: number, length: number): void {
    const base = this.next();
    this.data[base + KIND] = kind;
    this.data[base + DATA] = start;
    this.data[base + DATA + 1] = length;
    this.data[base + ENTRY] = start;
    if (kind === KEPT_ROW) this.broken = true;
  }

  /** Takes the widths of a record's columns into account. */
  measure(base: number): void {
    const { data } = this;
    const owner = data[base + OWNER + 1] as number;
    const ttl = data[base + TTL + 1] as number;
    const recordClass = data[base + CLASS + 1] as number;
    const type = data[base + TYPE_WORD + 1] as number;
    if (owner > this.owner && owner <= WIDEST_OWNER) this.owner = owner;
    if (ttl > this.ttl) this.ttl = ttl;
    if (recordClass > this.recordClass) this.recordClass = recordClass;
    if (type > this.type) this.type = type;
    if ((data[base + COMMENT + 1] as number) > 0) this.comments++;
  }
}
