import type { ByteSink } from '../text/sink.ts';
import { isDigit } from './escapes.ts';

const HEX_DIGITS = '0123456789abcdef';
const BASE64_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE32HEX_DIGITS = '0123456789abcdefghijklmnopqrstuv';

/** Value of each octet as a digit of a base, 255 for octets that are none. */
const HEX_VALUE: Uint8Array = digitValues(HEX_DIGITS, true);
const BASE64_VALUE: Uint8Array = digitValues(BASE64_DIGITS, false);
const BASE32HEX_VALUE: Uint8Array = digitValues(BASE32HEX_DIGITS, true);

function digitValues(digits: string, anyCase: boolean): Uint8Array {
  const values = new Uint8Array(256).fill(255);
  for (let value = 0; value < digits.length; value++) {
    values[digits.charCodeAt(value)] = value;
    if (anyCase) values[digits.toUpperCase().charCodeAt(value)] = value;
  }
  return values;
}

/** Value of a hexadecimal digit, 255 for another octet. */
export function hexValue(octet: number): number {
  return HEX_VALUE[octet] ?? 255;
}

/** What readNumber returns for a word with anything but digits in it. */
export const NO_NUMBER = -1;

/** What readNumber returns beyond the limit. */
export const NUMBER_TOO_LARGE = -2;

/** The decimal number of a word, leading zeros allowed; limits up to 2^48 are exact. */
export function readNumber(bytes: Uint8Array, start: number, end: number, limit: number): number {
  if (start === end) return NO_NUMBER;
  let value = 0;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    if (!isDigit(octet)) return NO_NUMBER;
    if (value <= limit) value = value * 10 + (octet - 0x30);
  }
  return value > limit ? NUMBER_TOO_LARGE : value;
}

/** Appends a string of ASCII characters. */
export function writeAscii(text: string, out: ByteSink): void {
  out.reserve(text.length);
  const { bytes } = out;
  let to = out.length;
  for (let at = 0; at < text.length; at++) bytes[to++] = text.charCodeAt(at);
  out.length = to;
}

/** Appends octets as lower-case hexadecimal. */
export function writeHex(bytes: Uint8Array, start: number, end: number, out: ByteSink): void {
  out.reserve((end - start) * 2);
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    out.bytes[out.length++] = HEX_DIGITS.charCodeAt(octet >> 4);
    out.bytes[out.length++] = HEX_DIGITS.charCodeAt(octet & 15);
  }
}

/** Octets as a lower-case hexadecimal string. */
export function hexText(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  let text = '';
  for (let at = start; at < end; at++) text += ((bytes[at] ?? 0) + 256).toString(16).slice(1);
  return text;
}

/** Reads hexadecimal digits that may come in several pieces. */
export class HexReader {
  private high = -1;
  private readonly out: ByteSink;

  constructor(out: ByteSink) {
    this.out = out;
  }

  /** Appends the octets of a piece; the offset of the first octet that is no digit, or -1 when all are. */
  piece(bytes: Uint8Array, start: number, end: number): number {
    const { out } = this;
    out.reserve(((end - start) >> 1) + 1);
    let high = this.high;
    for (let at = start; at < end; at++) {
      const value = HEX_VALUE[bytes[at] ?? 0] ?? 255;
      if (value === 255) return at;
      if (high < 0) high = value;
      else {
        out.bytes[out.length++] = (high << 4) | value;
        high = -1;
      }
    }
    this.high = high;
    return -1;
  }

  /** Whether a digit waits for its second half. */
  get odd(): boolean {
    return this.high >= 0;
  }
}

/** Appends octets as base64 with padding (RFC 4648 §4). */
export function writeBase64(bytes: Uint8Array, start: number, end: number, out: ByteSink): void {
  out.reserve(Math.ceil((end - start) / 3) * 4);
  for (let at = start; at < end; at += 3) {
    const left = end - at;
    const group =
      ((bytes[at] ?? 0) << 16) | (left > 1 ? (bytes[at + 1] ?? 0) << 8 : 0) | (left > 2 ? (bytes[at + 2] ?? 0) : 0);
    out.bytes[out.length++] = BASE64_DIGITS.charCodeAt(group >> 18);
    out.bytes[out.length++] = BASE64_DIGITS.charCodeAt((group >> 12) & 63);
    out.bytes[out.length++] = left > 1 ? BASE64_DIGITS.charCodeAt((group >> 6) & 63) : PAD;
    out.bytes[out.length++] = left > 2 ? BASE64_DIGITS.charCodeAt(group & 63) : PAD;
  }
}

const PAD = 0x3d;

/** Reads base64 that may come in several pieces; strict about padding and the bits below it (RFC 4648 §3.5). */
export class Base64Reader {
  private bits = 0;
  private digits = 0;
  private pads = 0;
  private readonly out: ByteSink;

  constructor(out: ByteSink) {
    this.out = out;
  }

  /** Appends the octets of a piece; the offset of the first octet that cannot stand there, or -1. */
  piece(bytes: Uint8Array, start: number, end: number): number {
    const { out } = this;
    out.reserve(Math.ceil(((end - start) * 3) / 4) + 3);
    for (let at = start; at < end; at++) {
      const octet = bytes[at] ?? 0;
      if (octet === PAD) {
        if (!this.pad()) return at;
        continue;
      }
      const value = BASE64_VALUE[octet] ?? 255;
      if (value === 255 || this.pads > 0) return at;
      this.bits = ((this.bits << 6) | value) & 0xffffff;
      if (++this.digits < 4) continue;
      this.digits = 0;
      out.bytes[out.length++] = this.bits >> 16;
      out.bytes[out.length++] = this.bits >> 8;
      out.bytes[out.length++] = this.bits;
    }
    return -1;
  }

  /** Whether a group of four is open, so that the text cannot end here. */
  get open(): boolean {
    return this.pads > 0 ? this.digits + this.pads < 4 : this.digits > 0;
  }

  /** Takes a padding character: the first one closes the last octets, whose unused bits must be zero. */
  private pad(): boolean {
    if (this.digits < 2 || this.digits + this.pads >= 4) return false;
    if (this.pads++ > 0) return true;
    const unused = this.digits === 2 ? 4 : 2;
    if ((this.bits & ((1 << unused) - 1)) !== 0) return false;
    const value = this.bits >> unused;
    if (this.digits === 3) this.out.u8(value >> 8);
    this.out.u8(value);
    return true;
  }
}

/** Appends octets as unpadded lower-case base32 with the extended hex alphabet (RFC 4648 §7, RFC 5155 §3.3). */
export function writeBase32hex(bytes: Uint8Array, start: number, end: number, out: ByteSink): void {
  let bits = 0;
  let held = 0;
  for (let at = start; at < end; at++) {
    bits = ((bits << 8) | (bytes[at] ?? 0)) & 0xfff;
    held += 8;
    while (held >= 5) {
      held -= 5;
      out.u8(BASE32HEX_DIGITS.charCodeAt((bits >> held) & 31));
    }
  }
  if (held > 0) out.u8(BASE32HEX_DIGITS.charCodeAt((bits << (5 - held)) & 31));
}

/** Appends the octets of unpadded base32hex; false when a character is none or the last bits are not zero. */
export function readBase32hex(bytes: Uint8Array, start: number, end: number, out: ByteSink): boolean {
  let bits = 0;
  let held = 0;
  for (let at = start; at < end; at++) {
    const value = BASE32HEX_VALUE[bytes[at] ?? 0] ?? 255;
    if (value === 255) return false;
    bits = ((bits << 5) | value) & 0xfff;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    out.u8((bits >> held) & 255);
  }
  return held < 5 && (bits & ((1 << held) - 1)) === 0;
}
