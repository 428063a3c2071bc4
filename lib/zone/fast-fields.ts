import type { KindName } from '../rr/kind.ts';
import { TYPES } from '../rr/types.ts';
import { ORDINARY } from '../text/classes.ts';
import { ALPHABET, isDigit, UNUSUAL } from './fast-tables.ts';
import { FastTypes } from './fast-types.ts';
import { FastValues } from './fast-values.ts';

/** Field kinds the fast path reads itself; 0 stands for all others. */
const FAST_KINDS: Partial<Record<KindName, number>> = {
  name: 1,
  u8: 2,
  u16: 3,
  u32: 4,
  period: 5,
  ttl: 4,
  ip4: 6,
  ip6: 7,
  string: 8,
  strings: 9,
  hex: 10,
  base64: 11,
  time: 12,
  type: 13,
  algorithm: 2,
  salt: 14,
  base32hex: 15,
  types: 16,
  tag: 17,
  text: 18,
  'ds-digest': 19,
  'sshfp-digest': 19,
};

/** Octets of a digest by the digest type before it, for the fast path: SHA-1, SHA-256 (DS, SSHFP) and SHA-384 (DS). */
const DIGEST_OCTETS: readonly number[] = [0, 20, 32, 0, 48];

const NO_FIELDS = new Uint8Array(0);

/** The fast kinds of the fields by RR type number; empty for types the fast path leaves to the close look. */
const FIELDS: readonly Uint8Array[] = fastFields();

function fastFields(): Uint8Array[] {
  const fields: Uint8Array[] = new Array(512).fill(NO_FIELDS);
  for (const row of TYPES) {
    if (row.number >= 512 || row.meta || row.generic || row.fields.length === 0) continue;
    const codes = row.fields.map((field) => (field.optional ? 0 : (FAST_KINDS[field.kind] ?? 0)));
    if (codes.every((code) => code > 0)) fields[row.number] = Uint8Array.from(codes);
  }
  return fields;
}

/** Largest RDATA the fast path writes before it leaves an entry to the close look. */
const ROOM = 65_000;

/** Reads whole RDATA by the field kinds of its type, from octets to wire form; see FastValues. */
export class FastFields extends FastValues {
  protected readonly types: FastTypes = new FastTypes();
  private readonly bitmap = new Uint8Array(64);

  /** The fast fields of a type, empty when it has none. */
  protected fieldsOf(type: number): Uint8Array {
    return type < 512 ? (FIELDS[type] as Uint8Array) : NO_FIELDS;
  }

  /** Reads all fields of a record; the offset of the newline that ends the entry, or UNUSUAL. */
  protected readFields(from: number, fields: Uint8Array): number {
    let at = from;
    const count = fields.length;
    for (let index = 0; index < count; index++) {
      if (this.bytes[at] === 0x20 && this.classOf[this.bytes[at + 1] as number] === ORDINARY) at++;
      else at = this.skip(at);
      if (at < 0) return UNUSUAL;
      at = this.readField(at, fields[index] as number);
      if (at < 0) return UNUSUAL;
    }
    at = this.skip(at);
    return at >= 0 && this.bytes[at] === 0x0a ? at : UNUSUAL;
  }

  private readField(at: number, kind: number): number {
    switch (kind) {
      case 1:
        return this.name(at);
      case 2:
        return this.number(at, 0xff, 1);
      case 3:
        return this.number(at, 0xffff, 2);
      case 4:
        return this.number(at, 0xffffffff, 4);
      case 5:
        return this.period(at);
      case 6:
        return this.ip4(at);
      case 7:
        return this.ip6(at);
      case 8:
        return this.string(at);
      case 9:
        return this.strings(at);
      case 10:
        return this.hex(at);
      case 11:
        return this.base64(at);
      case 12:
        return this.time(at);
      case 13:
        return this.typeField(at);
      case 14:
        return this.salt(at);
      case 15:
        return this.base32hex(at);
      case 16:
        return this.typeBitmap(at);
      case 17:
        return this.tag(at);
      case 18:
        return this.text(at);
      case 19:
        return this.digest(at);
      default:
        return UNUSUAL;
    }
  }

  private string(from: number): number {
    const { bytes, rdata } = this;
    const start = this.out;
    let out = start + 1;
    let at = from;
    if (bytes[at] === 0x22) {
      at = this.quoted(at, out, start + 256);
      if (at < 0) return UNUSUAL;
      out = this.out;
    } else {
      while (this.isPlainText(bytes[at] as number) && out - start <= 256) rdata[out++] = bytes[at++] as number;
      if (at === from || bytes[from] === 0x40 || !this.endsValue(bytes[at] as number)) return UNUSUAL;
    }
    if (out - start > 256) return UNUSUAL;
    rdata[start] = out - start - 1;
    this.out = out;
    return at;
  }

  private isPlainText(octet: number): boolean {
    return octet > 0x20 && octet < 0x7f && this.classOf[octet] === ORDINARY;
  }

  /** Copies what stands between quotes to `to`; the text must be closed, without escapes, and end before `bound`. */
  private quoted(from: number, to: number, bound: number): number {
    const { bytes, rdata } = this;
    let at = from + 1;
    let out = to;
    for (;;) {
      const octet = bytes[at++] as number;
      if (octet === 0x22) break;
      if (octet === 0x5c || octet < 0x20 || octet > 0x7e || out > bound) return UNUSUAL;
      rdata[out++] = octet;
    }
    this.out = out;
    return this.endsValue(bytes[at] as number) ? at : UNUSUAL;
  }

  private strings(from: number): number {
    const { bytes } = this;
    const bound = this.out + ROOM;
    let at = from;
    do {
      at = this.string(at);
      if (at < 0 || this.out > bound) return UNUSUAL;
      at = this.skip(at);
      if (at < 0) return UNUSUAL;
    } while (bytes[at] !== 0x0a);
    return at;
  }

  /** A CAA property tag as it is mostly written: up to 15 small letters and digits (RFC 8659 §4.1). */
  private tag(from: number): number {
    const { bytes } = this;
    let at = from;
    while (isLowerOrDigit(bytes[at] as number)) at++;
    return at - from <= 15 && this.endsValue(bytes[at] as number) ? this.string(from) : UNUSUAL;
  }

  /** A digest whose length goes with the digest type in the octet before it. */
  private digest(from: number): number {
    const start = this.out;
    const end = this.hex(from);
    const wanted = DIGEST_OCTETS[this.rdata[start - 1] as number] ?? 0;
    return end >= 0 && this.out - start === wanted ? end : UNUSUAL;
  }

  /** The rest of the RDATA as one quoted text without a length octet (URI, CAA). */
  private text(from: number): number {
    return this.bytes[from] === 0x22 ? this.quoted(from, this.out, this.out + ROOM) : UNUSUAL;
  }

  /** Hexadecimal words to the end of the entry, each with whole octets. */
  private hex(from: number): number {
    const { bytes } = this;
    const bound = this.out + ROOM;
    let at = from;
    do {
      at = this.hexWord(at, bound);
      if (at < 0) return UNUSUAL;
      at = this.skip(at);
      if (at < 0) return UNUSUAL;
    } while (bytes[at] !== 0x0a);
    return at;
  }

  protected hexWord(from: number, bound: number): number {
    const { bytes, rdata, hexDigits: digits } = this;
    let at = from;
    let out = this.out;
    while (out < bound) {
      const high = digits[bytes[at] as number] as number;
      if (high > 15) break;
      const low = digits[bytes[at + 1] as number] as number;
      if (low > 15) return UNUSUAL;
      rdata[out++] = (high << 4) | low;
      at += 2;
    }
    if (at === from || !this.endsValue(bytes[at] as number)) return UNUSUAL;
    this.out = out;
    return at;
  }

  /** Base64 words to the end of the entry (RFC 4648 §4), each of whole quanta, padding only at the very end. */
  private base64(from: number): number {
    const { bytes, rdata } = this;
    const digits = ALPHABET.base64;
    const bound = this.out + ROOM;
    let at = from;
    let padded = false;
    do {
      const start = at;
      let out = this.out;
      while (out < bound && !padded) {
        const a = digits[bytes[at] as number] as number;
        if (a > 63) break;
        const b = digits[bytes[at + 1] as number] as number;
        const c = digits[bytes[at + 2] as number] as number;
        const d = digits[bytes[at + 3] as number] as number;
        if (b > 63 || (c > 63 && c !== 64) || (d > 63 && d !== 64) || (c === 64 && d !== 64)) return UNUSUAL;
        rdata[out++] = (a << 2) | (b >> 4);
        if (c !== 64) rdata[out++] = (b << 4) | (c >> 2);
        else if (b & 15) return UNUSUAL;
        if (d !== 64) rdata[out++] = (c << 6) | d;
        else if (c !== 64 && c & 3) return UNUSUAL;
        padded = d === 64;
        at += 4;
      }
      if (at === start || !this.endsValue(bytes[at] as number)) return UNUSUAL;
      this.out = out;
      at = this.skip(at);
      if (at < 0) return UNUSUAL;
    } while (bytes[at] !== 0x0a);
    return at;
  }

  private typeField(at: number): number {
    const type = this.types.read(this.bytes, at);
    if (type < 0) return UNUSUAL;
    this.rdata[this.out++] = type >>> 8;
    this.rdata[this.out++] = type;
    return this.types.end;
  }

  private salt(at: number): number {
    const { bytes, rdata } = this;
    if (bytes[at] === 0x2d) {
      if (!this.endsValue(bytes[at + 1] as number)) return UNUSUAL;
      rdata[this.out++] = 0;
      return at + 1;
    }
    const start = this.out++;
    const end = this.hexWord(at, start + 257);
    if (end < 0 || this.out - start > 256) return UNUSUAL;
    rdata[start] = this.out - start - 1;
    return end;
  }

  /** A hashed owner (RFC 4648 §7 without padding) of whole 5-octet groups. */
  private base32hex(from: number): number {
    const { bytes, rdata } = this;
    const digits = ALPHABET.base32hex;
    const start = this.out;
    let out = start + 1;
    let at = from;
    while (!this.endsValue(bytes[at] as number)) {
      let high = 0;
      let low = 0;
      for (let index = 0; index < 8; index++) {
        const digit = digits[bytes[at + index] as number] as number;
        if (digit > 31 || out - start > 250) return UNUSUAL;
        if (index < 4) high = (high << 5) | digit;
        else low = (low << 5) | digit;
      }
      at += 8;
      rdata[out++] = high >> 12;
      rdata[out++] = high >> 4;
      rdata[out++] = (high << 4) | (low >> 16);
      rdata[out++] = low >> 8;
      rdata[out++] = low;
    }
    if (at === from) return UNUSUAL;
    rdata[start] = out - start - 1;
    this.out = out;
    return at;
  }

  /** Type bitmap (RFC 4034 §4.1.2) of types below 512. */
  private typeBitmap(from: number): number {
    const { bytes, bitmap } = this;
    if (bytes[from] === 0x0a) return UNUSUAL;
    bitmap.fill(0);
    let at = from;
    while (bytes[at] !== 0x0a) {
      const type = this.types.read(bytes, at);
      if (type < 0 || type > 511) return UNUSUAL;
      bitmap[type >> 3] = (bitmap[type >> 3] as number) | (0x80 >> (type & 7));
      at = this.skip(this.types.end);
      if (at < 0) return UNUSUAL;
    }
    this.writeWindow(0);
    this.writeWindow(1);
    return at;
  }

  private writeWindow(window: number): void {
    const { bitmap, rdata } = this;
    const base = window * 32;
    let length = 32;
    while (length > 0 && bitmap[base + length - 1] === 0) length--;
    if (length === 0) return;
    rdata[this.out++] = window;
    rdata[this.out++] = length;
    for (let index = 0; index < length; index++) rdata[this.out++] = bitmap[base + index] as number;
  }
}

function isLowerOrDigit(octet: number): boolean {
  return isDigit(octet) || (octet >= 0x61 && octet <= 0x7a);
}
