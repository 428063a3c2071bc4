import { BLANK, CLOSE, COMMENT, NEWLINE, OPEN } from '../text/classes.ts';
import { FastNames, NOTHING } from './fast-names.ts';
import { isDigit, UNUSUAL, unitSeconds } from './fast-tables.ts';

/**
 * Reads single values straight from octets to wire form, as long as nothing unusual stands in them.
 * Every reader takes the offset of a value's first octet and gives the offset behind it, or UNUSUAL;
 * what is written lands in `rdata` at `out`. The bytes must end with a newline at `limit - 1`.
 */
export class FastValues extends FastNames {
  limit = 0;
  rdata: Uint8Array = NOTHING;
  out = 0;
  depth = 0;

  /** Skips blanks, comments and, inside parentheses, line ends; stops at a value or at the newline that ends the entry. */
  protected skip(from: number): number {
    const { bytes } = this;
    let at = from;
    for (;;) {
      const kind = this.classOf[bytes[at] as number] as number;
      if (kind === BLANK) at++;
      else if (kind === NEWLINE) {
        if (this.depth === 0) return at;
        if (++at >= this.limit) return UNUSUAL;
      } else if (kind === COMMENT) {
        while (bytes[at] !== 0x0a) at++;
      } else if (kind === OPEN) {
        if (this.depth > 0) return UNUSUAL;
        this.depth = 1;
        at++;
      } else if (kind === CLOSE) {
        if (this.depth === 0) return UNUSUAL;
        this.depth = 0;
        at++;
      } else return at;
    }
  }

  protected name(at: number): number {
    const end = this.plainName(at, this.rdata, this.out);
    this.out = this.nameEnd;
    return end;
  }

  protected number(from: number, limit: number, octets: number): number {
    const { bytes, rdata } = this;
    let at = from;
    let value = 0;
    let digit = (bytes[at] as number) - 0x30;
    if (digit === 0 && isDigit(bytes[at + 1] as number)) return UNUSUAL;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = (bytes[++at] as number) - 0x30;
    }
    if (at === from || at - from > 10 || value > limit || !this.endsValue(bytes[at] as number)) return UNUSUAL;
    let out = this.out;
    if (octets === 4) {
      rdata[out++] = value >>> 24;
      rdata[out++] = value >>> 16;
    }
    if (octets > 1) rdata[out++] = value >>> 8;
    rdata[out++] = value;
    this.out = out;
    return at;
  }

  /** A number of seconds, or one number with one unit letter; longer forms are left to the close look. */
  protected period(from: number): number {
    const { bytes, rdata } = this;
    let at = from;
    let value = 0;
    let digit = (bytes[at] as number) - 0x30;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = (bytes[++at] as number) - 0x30;
    }
    if (at === from || at - from > 10) return UNUSUAL;
    const unit = unitSeconds(bytes[at] as number);
    if (unit > 0) {
      value *= unit;
      at++;
    }
    if (value > 0xffffffff || !this.endsValue(bytes[at] as number)) return UNUSUAL;
    const out = this.out;
    rdata[out] = value >>> 24;
    rdata[out + 1] = value >>> 16;
    rdata[out + 2] = value >>> 8;
    rdata[out + 3] = value;
    this.out = out + 4;
    return at;
  }

  protected ip4(from: number): number {
    const { bytes, rdata } = this;
    let at = from;
    let out = this.out;
    for (let part = 0; part < 4; part++) {
      let value = (bytes[at] as number) - 0x30;
      if (value < 0 || value > 9) return UNUSUAL;
      let digit = (bytes[++at] as number) - 0x30;
      if (digit >= 0 && digit <= 9) {
        if (value === 0) return UNUSUAL;
        value = value * 10 + digit;
        digit = (bytes[++at] as number) - 0x30;
        if (digit >= 0 && digit <= 9) {
          value = value * 10 + digit;
          at++;
        }
      }
      if (value > 255) return UNUSUAL;
      rdata[out++] = value;
      if (part < 3 && bytes[at++] !== 0x2e) return UNUSUAL;
    }
    if (!this.endsValue(bytes[at] as number)) return UNUSUAL;
    this.out = out;
    return at;
  }

  /** RFC 4291 §2.2 forms 1 and 2; embedded IPv4 is left to the close look. */
  protected ip6(from: number): number {
    const { bytes, rdata, out } = this;
    let at = from;
    let groups = 0;
    let gap = -1;
    if (bytes[at] === 0x3a) {
      if (bytes[at + 1] !== 0x3a) return UNUSUAL;
      gap = 0;
      at += 2;
    }
    while (!this.endsValue(bytes[at] as number)) {
      let value = 0;
      const start = at;
      for (
        let digit = this.hexDigits[bytes[at] as number] as number;
        digit < 16;
        digit = this.hexDigits[bytes[at] as number] as number
      ) {
        value = value * 16 + digit;
        at++;
      }
      if (at === start || at - start > 4 || groups === 8) return UNUSUAL;
      rdata[out + 2 * groups] = value >>> 8;
      rdata[out + 2 * groups + 1] = value;
      groups++;
      if (bytes[at] !== 0x3a) break;
      if (bytes[at + 1] === 0x3a) {
        if (gap >= 0) return UNUSUAL;
        gap = groups;
        at += 2;
      } else if (this.endsValue(bytes[++at] as number)) return UNUSUAL;
    }
    if (!this.endsValue(bytes[at] as number) || (gap < 0 ? groups !== 8 : groups > 7)) return UNUSUAL;
    if (gap >= 0) spreadGroups(rdata, out, groups, gap);
    this.out = out + 16;
    return at;
  }

  /** YYYYMMDDHHmmSS as seconds since 1970 modulo 2^32 (RFC 4034 §3.2). */
  protected time(from: number): number {
    const { bytes, rdata, out } = this;
    for (let at = from; at < from + 14; at++) if (!isDigit(bytes[at] as number)) return UNUSUAL;
    if (!this.endsValue(bytes[from + 14] as number)) return UNUSUAL;
    const month = two(bytes, from + 4);
    const day = two(bytes, from + 6);
    const hour = two(bytes, from + 8);
    const minute = two(bytes, from + 10);
    const second = two(bytes, from + 12);
    const year = two(bytes, from) * 100 + two(bytes, from + 2);
    if (year < 1970 || month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59) {
      return UNUSUAL;
    }
    const value = daysBefore(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
    const low = value % 0x1_0000_0000;
    rdata[out] = low >>> 24;
    rdata[out + 1] = low >>> 16;
    rdata[out + 2] = low >>> 8;
    rdata[out + 3] = low;
    this.out = out + 4;
    return from + 14;
  }
}

function two(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) - 0x30) * 10 + (bytes[at + 1] as number) - 0x30;
}

/** Days from 1970-01-01 to a date of the Gregorian calendar. */
function daysBefore(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** Moves the groups behind `::` to the end of the 16 octets and clears those between. */
function spreadGroups(rdata: Uint8Array, out: number, groups: number, gap: number): void {
  const behind = groups - gap;
  for (let index = behind * 2 - 1; index >= 0; index--) {
    rdata[out + 16 - behind * 2 + index] = rdata[out + gap * 2 + index] as number;
  }
  for (let index = gap * 2; index < 16 - behind * 2; index++) rdata[out + index] = 0;
}
