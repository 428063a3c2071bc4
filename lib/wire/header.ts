import type { ByteSink } from '../text/sink.ts';
import type { Header } from './message.ts';

/** Octets of the header (RFC 1035 §4.1.1). */
export const HEADER_LENGTH = 12;

/** Where the flag bits of the header are in its second 16 bits. */
const QR = 0x8000;
const AA = 0x0400;
const TC = 0x0200;
const RD = 0x0100;
const RA = 0x0080;
const Z = 0x0040;
const AD = 0x0020;
const CD = 0x0010;

/** Flags by the words for them (RFC 1035 §4.1.1, RFC 4035 §3.2), QR aside. */
const FLAG_WORDS: readonly (readonly [string, number])[] = [
  ['aa', AA],
  ['tc', TC],
  ['rd', RD],
  ['ra', RA],
  ['z', Z],
  ['ad', AD],
  ['cd', CD],
];

/** The words for the flags that are set in the second 16 bits of a header, `aa` and the like. */
export function flagWords(flags: number): string[] {
  return FLAG_WORDS.flatMap(([word, bit]) => ((flags & bit) === 0 ? [] : [word]));
}

/** Number of the two octets at an offset. */
export function u16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** Number of the four octets at an offset. */
export function u32At(bytes: Uint8Array, at: number): number {
  return u16At(bytes, at) * 65536 + u16At(bytes, at + 2);
}

/** The header of a message that has at least its twelve octets; the RCODE is the lower four bits. */
export function readHeader(bytes: Uint8Array): Header {
  const flags = u16At(bytes, 2);
  return {
    id: u16At(bytes, 0),
    response: (flags & QR) !== 0,
    opcode: (flags >> 11) & 15,
    authoritative: (flags & AA) !== 0,
    truncated: (flags & TC) !== 0,
    recursionDesired: (flags & RD) !== 0,
    recursionAvailable: (flags & RA) !== 0,
    reserved: (flags & Z) !== 0,
    authenticData: (flags & AD) !== 0,
    checkingDisabled: (flags & CD) !== 0,
    rcode: flags & 15,
  };
}

/** Appends id, flags and four counts of zero, which are set when all is written. */
export function writeHeader(header: Header, out: ByteSink): void {
  out.u16(header.id);
  out.u16(
    (header.response ? QR : 0) |
      (header.opcode << 11) |
      (header.authoritative ? AA : 0) |
      (header.truncated ? TC : 0) |
      (header.recursionDesired ? RD : 0) |
      (header.recursionAvailable ? RA : 0) |
      (header.reserved ? Z : 0) |
      (header.authenticData ? AD : 0) |
      (header.checkingDisabled ? CD : 0) |
      (header.rcode & 15),
  );
  out.u32(0);
  out.u32(0);
}

/** Sets TC in a header already written. */
export function setTruncated(bytes: Uint8Array): void {
  bytes[2] = (bytes[2] ?? 0) | (TC >> 8);
}

/** Puts a number into two octets already written. */
export function putU16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 8;
  bytes[at + 1] = value;
}
