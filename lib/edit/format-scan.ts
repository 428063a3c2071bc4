import { MAX_TTL } from '../rr/ttl.ts';
import { BLANK, CLASS_OF } from '../text/classes.ts';
import { ByteSink } from '../text/sink.ts';
import { FastFields } from '../zone/fast-fields.ts';
import { isDigit, UNUSUAL, unitSeconds } from '../zone/fast-tables.ts';
import { firstOctet } from './format-check-places.ts';
import { clientMxComment, isClientMxComment } from './format-client-mx.ts';
import { FoldedLines } from './format-folded.ts';
import type { FormatOrigin } from './format-origin.ts';
import * as row from './format-rows.ts';
import { DIGITS_LAST, LIST_LAST, NAME_LAST, NAMES_ELSEWHERE, TIMERS, TRAITS, WORDS } from './format-types.ts';

/** Room for the wire form of one record, which is read to know that it is right and then forgotten. */
const ROOM = 200_000;

/**
 * Scans ordinary records, without anything unusual, straight into rows; what they say is read as the fast path of the reader does.
 * All others are left to the close look.
 */
export class FormatScanner extends FastFields {
  private readonly rows: row.Rows;
  private readonly names: FormatOrigin;
  private readonly clientMxType: number;
  private readonly wire = new Uint8Array(ROOM);
  private newline = -1;
  private valueEnd = -1;
  private comment = -1;
  private ragged = false;
  /** Whether there are comments inside parentheses. */
  private commented = false;
  private readonly lines = new FoldedLines();
  private readonly fours: DataView;

  constructor(bytes: Uint8Array, rows: row.Rows, names: FormatOrigin, clientMxType: number) {
    super();
    this.bytes = bytes;
    this.limit = bytes.length;
    this.fours = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.rows = rows;
    this.names = names;
    this.clientMxType = clientMxType;
    this.originChanged();
  }

  /** Has to be called when `names` has got another origin. */
  originChanged(): void {
    this.setOrigin(this.names.wire);
  }

  /** Skips blanks; notes where the last value ends, the comment, and anything between values other than one space. */
  protected override skip(from: number): number {
    const { bytes } = this;
    let at = from;
    let octet = bytes[at] as number;
    while (octet === 0x20 || octet === 0x09) octet = bytes[++at] as number;
    if (octet === 0x0d && bytes[at + 1] === 0x0a) octet = bytes[++at] as number;
    if (octet === 0x28 || octet === 0x29 || this.depth > 0) at = this.folded(at);
    if (at < 0) return UNUSUAL;
    octet = bytes[at] as number;
    if (octet === 0x0a || octet === 0x3b) {
      if (at === this.newline) return at;
      this.valueEnd = from;
      if (octet === 0x3b) {
        this.comment = at;
        while (bytes[at] !== 0x0a) at++;
      }
      this.newline = at;
      return at;
    }
    if (octet === 0x0d) return UNUSUAL;
    if (at !== from && (at - from !== 1 || bytes[from] !== 0x20)) this.ragged = true;
    return at;
  }

  /** Skips parentheses, and line ends and comments inside. */
  private folded(from: number): number {
    const { bytes, limit } = this;
    let at = from;
    for (;;) {
      const octet = bytes[at] as number;
      if (octet === 0x28) {
        if (this.depth > 0) return UNUSUAL;
        this.depth = 1;
        this.ragged = true;
      } else if (octet === 0x29) {
        if (this.depth === 0) return UNUSUAL;
        this.depth = 0;
        this.ragged = true;
      } else if (octet === 0x0a) {
        if (this.depth === 0) return at;
        if (at + 1 >= limit) return UNUSUAL;
        this.ragged = true;
      } else if (octet === 0x0d) {
        if (bytes[at + 1] !== 0x0a) return UNUSUAL;
      } else if (octet === 0x3b && this.depth > 0) {
        this.commented = true;
        at = bytes.indexOf(0x0a, at) - 1;
      } else if (octet !== 0x20 && octet !== 0x09) return at;
      at++;
    }
  }

  /** Checks a name as the fast path reads it; nobody needs its wire form here. */
  protected override plainName(from: number, _buffer: Uint8Array, to: number): number {
    const { bytes, plainOctets } = this;
    let at = from;
    if (bytes[at] === 0x40) {
      this.nameEnd = to + this.origin.length;
      return this.endsValue(bytes[at + 1] as number) ? at + 1 : UNUSUAL;
    }
    let label = at;
    for (;;) {
      at = this.letters(at);
      let octet = bytes[at] as number;
      while (plainOctets[octet] === 1) octet = bytes[++at] as number;
      const length = at - label;
      if (length === 0 || length > 63) return UNUSUAL;
      if (octet !== 0x2e) {
        this.nameEnd = to + at - from + 1 + this.origin.length;
        return at - from + 1 + this.origin.length > 255 || !this.endsValue(octet) ? UNUSUAL : at;
      }
      label = ++at;
      if (this.endsValue(bytes[at] as number)) {
        this.nameEnd = to + at - from + 1;
        return at - from > 254 ? UNUSUAL : at;
      }
    }
  }

  /** Behind small letters, four at once. */
  private letters(from: number): number {
    const { fours, limit } = this;
    let at = from;
    while (at + 4 <= limit) {
      const four = fours.getInt32(at, true);
      const other = (four | (four - 0x61616161) | (four + 0x05050505)) & 0x80808080;
      if (other !== 0) return at + firstOctet(other);
      at += 4;
    }
    return at;
  }

  /** Adds the record at `start` to the rows; the offset of its newline, or UNUSUAL with nothing added. */
  record(start: number): number {
    const { bytes, rows } = this;
    this.depth = 0;
    this.newline = this.comment = -1;
    this.commented = false;
    const blank = this.classOf[bytes[start] as number] === BLANK;
    let at = start;
    if (!blank) {
      at = this.plainName(start, this.wire, 0);
      if (at < 0) return UNUSUAL;
    }
    const base = rows.next();
    const { data } = rows;
    const end = this.rest(start, at, base);
    if (end < 0) {
      rows.count--;
      return UNUSUAL;
    }
    if (blank) this.put(data, base + row.OWNER, row.NO_TEXT, 0);
    else {
      const length = this.names.shortened(bytes, start, at);
      if (length === 0) this.put(data, base + row.OWNER, row.sideStart(0), 1);
      else this.put(data, base + row.OWNER, start, length);
    }
    data[base + row.KIND] = this.commented ? row.LAYOUT_ROW : row.RECORD_ROW;
    data[base + row.ENTRY] = start;
    rows.measure(base);
    return end;
  }

  private put(data: Int32Array, slot: number, start: number, length: number): void {
    data[slot] = start;
    data[slot + 1] = length;
  }

  /** Reads TTL, class, type, RDATA and comment. */
  private rest(entry: number, from: number, base: number): number {
    const { bytes, rows } = this;
    const { data } = rows;
    this.put(data, base + row.TTL, row.NO_TEXT, 0);
    this.put(data, base + row.CLASS, row.NO_TEXT, 0);
    let at = from;
    for (let part = 0; part < 3; part++) {
      let octet = bytes[at] as number;
      while (octet === 0x20 || octet === 0x09) octet = bytes[++at] as number;
      if (octet >= 0x30 && octet <= 0x39) {
        const end = data[base + row.TTL + 1] === 0 ? this.ttlEnd(at) : UNUSUAL;
        if (end < 0) return UNUSUAL;
        this.put(data, base + row.TTL, at, end - at);
        at = end;
      } else if (octet === 0x49 && bytes[at + 1] === 0x4e && this.endsValue(bytes[at + 2] as number)) {
        if (data[base + row.CLASS + 1] !== 0) return UNUSUAL;
        this.put(data, base + row.CLASS, at, 2);
        at += 2;
      } else {
        const type = this.typeAt(at, base);
        return type < 0 ? UNUSUAL : this.data(entry, type, base);
      }
    }
    return UNUSUAL;
  }

  private ttlEnd(from: number): number {
    const { bytes } = this;
    let at = from;
    let value = 0;
    while (isDigit(bytes[at] as number)) value = value * 10 + (bytes[at++] as number) - 0x30;
    if (at - from > 10) return UNUSUAL;
    const unit = unitSeconds(bytes[at] as number);
    if (unit > 0) {
      value *= unit;
      at++;
    }
    return value <= MAX_TTL && this.endsValue(bytes[at] as number) ? at : UNUSUAL;
  }

  /** The type at an offset, UNUSUAL when it is none that is written in capitals. */
  private typeAt(at: number, base: number): number {
    const { bytes, types } = this;
    const type = types.read(bytes, at);
    if (type < 0 || !this.endsValue(bytes[types.end] as number)) return UNUSUAL;
    for (let index = at; index < types.end; index++) if ((bytes[index] as number) >= 0x61) return UNUSUAL;
    this.put(this.rows.data, base + row.TYPE_WORD, at, types.end - at);
    return type;
  }

  private data(entry: number, type: number, base: number): number {
    const { bytes, rows, types } = this;
    const { data } = rows;
    const trait = type < 512 ? (TRAITS[type] as number) : 0;
    if (trait & TIMERS || (trait & NAMES_ELSEWHERE && this.names.text.length > 0)) return UNUSUAL;
    const from = types.end;
    const start = this.skip(from);
    if (start < 0) return UNUSUAL;
    this.ragged = this.depth > 0;
    this.rdata = this.wire;
    this.out = 0;
    const end = bytes[start] === 0x5c ? this.generic(start, type) : this.own(start, type);
    if (end < 0 || this.out > 0xffff) return UNUSUAL;
    if (this.commented) return this.fold(from, trait, type, base) ? end : UNUSUAL;
    this.place(start, type, base);
    data[base + row.TYPE_NUMBER] = trait & (DIGITS_LAST | LIST_LAST) ? type | row.WRAPPABLE : type;
    let commentEnd = end;
    if (this.comment >= 0) while (isBlankOctet(bytes[commentEnd - 1] as number)) commentEnd--;
    this.put(data, base + row.COMMENT, this.comment, this.comment < 0 ? 0 : commentEnd - this.comment);
    if (type === this.clientMxType && this.isGenericAt(start)) this.explain(data, base);
    return entry < end ? end : UNUSUAL;
  }

  private own(start: number, type: number): number {
    const fields = this.fieldsOf(type);
    return fields.length === 0 ? UNUSUAL : this.readFields(start, fields);
  }

  private isGenericAt(at: number): boolean {
    return this.bytes[at] === 0x5c && this.bytes[at + 1] === 0x23;
  }

  /** Notes where the RDATA stands, or writes it anew. */
  private place(start: number, type: number, base: number): void {
    const { bytes, rows, valueEnd, names } = this;
    const { data, side } = rows;
    const trait = type < 512 ? (TRAITS[type] as number) : 0;
    const generic = bytes[start] === 0x5c;
    const digits = trait & DIGITS_LAST && !generic ? (WORDS[type] as number) : 0;
    const anew = this.ragged || (digits > 0 && this.wordCount(start) > digits);
    const from = side.length;
    const source = anew ? side : this;
    let first = start;
    let end = valueEnd;
    if (anew) {
      this.joined(start, digits);
      first = from;
      end = side.length;
    }
    if (trait & NAME_LAST && !generic) {
      const octets = source.bytes;
      let word = WORDS[type] === 1 ? first : end;
      while (word > first && octets[word - 1] !== 0x20) word--;
      const length = names.shortened(octets, word, end);
      if (length === 0) {
        if (anew) side.length = word;
        else side.put(octets.subarray(first, word));
        side.u8(0x40);
        this.put(data, base + row.DATA, row.sideStart(from), word - first + 1);
        return;
      }
      end = word + length;
    }
    this.put(data, base + row.DATA, anew ? row.sideStart(first) : first, end - first);
  }

  /** Writes the RDATA behind a type in lines with their comments; false when that needs the close look. */
  private fold(from: number, trait: number, type: number, base: number): boolean {
    const { rows, names } = this;
    const { data, side } = rows;
    if (trait & DIGITS_LAST || !this.lines.read(this.bytes, from, trait & NAME_LAST ? names : undefined)) return false;
    const start = side.length;
    this.lines.write(side);
    this.put(data, base + row.DATA, row.sideStart(start), side.length - start);
    this.put(data, base + row.COMMENT, row.NO_TEXT, 0);
    data[base + row.TYPE_NUMBER] = type;
    return true;
  }

  private wordCount(start: number): number {
    let count = 1;
    for (let at = start; at < this.valueEnd; at++) if (this.bytes[at] === 0x20) count++;
    return count;
  }

  /** Writes the values from `start` on to the side with one blank between, and none once there are `digits` words. */
  private joined(start: number, digits: number): void {
    const { bytes, valueEnd } = this;
    const { side } = this.rows;
    side.reserve(valueEnd - start);
    const target = side.bytes;
    let out = side.length;
    let words = 1;
    for (let at = start; at < valueEnd; ) {
      let octet = bytes[at] as number;
      if (octet === 0x22) {
        do {
          target[out++] = octet;
          octet = bytes[++at] as number;
        } while (octet !== 0x22);
        target[out++] = octet;
        at++;
      } else if (this.endsValue(octet)) {
        while (this.endsValue(bytes[at] as number)) at++;
        if (words !== digits) {
          target[out++] = 0x20;
          words++;
        }
      } else {
        target[out++] = octet;
        at++;
      }
    }
    side.length = out;
  }

  /** `\# length hex` in one word (RFC 3597 §5) for a type that has no other form here. */
  private generic(from: number, type: number): number {
    const { bytes } = this;
    if (bytes[from + 1] !== 0x23 || !this.types.isGeneric(type)) return UNUSUAL;
    let at = this.skip(from + 2);
    if (at <= from + 2) return UNUSUAL;
    at = this.number(at, 0xffff, 2);
    if (at < 0) return UNUSUAL;
    const length = ((this.wire[0] as number) << 8) | (this.wire[1] as number);
    this.out = 0;
    at = this.skip(at);
    if (at < 0 || length === 0) return UNUSUAL;
    at = this.hexWord(at, length + 1);
    if (at < 0 || this.out !== length) return UNUSUAL;
    at = this.skip(at);
    return at >= 0 && bytes[at] === 0x0a ? at : UNUSUAL;
  }

  private readonly said = new ByteSink(300);

  /** Gives generic Client MX RDATA without a comment of the author's one that says what it means. */
  private explain(data: Int32Array, base: number): void {
    const { bytes, comment, rows } = this;
    if (comment >= 0 && !isClientMxComment(bytes, comment, comment + (data[base + row.COMMENT + 1] as number))) return;
    this.said.length = 0;
    if (!clientMxComment(this.wire, this.out, this.said)) return;
    const from = rows.side.length;
    rows.side.put(this.said.bytes.subarray(0, this.said.length));
    this.put(data, base + row.COMMENT, row.sideStart(from), this.said.length);
  }
}

function isBlankOctet(octet: number): boolean {
  return CLASS_OF[octet] === BLANK;
}
