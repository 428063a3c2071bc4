import { tag } from './der.ts';

/** One value in DER: identifier octet, length in its shortest form, and the octets of its parts one behind the other (X.690 §10.1). */
export function derValue(identifier: number, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = [identifier];
  if (length < 0x80) head.push(length);
  else {
    const octets: number[] = [];
    for (let left = length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
    head.push(0x80 | octets.length, ...octets);
  }
  const value = new Uint8Array(head.length + length);
  value.set(head);
  let at = head.length;
  for (const part of parts) {
    value.set(part, at);
    at += part.length;
  }
  return value;
}

/** SEQUENCE of values. */
export function derSequence(...parts: readonly Uint8Array[]): Uint8Array {
  return derValue(tag.sequence, ...parts);
}

/** OBJECT IDENTIFIER of its text with dots (X.690 §8.19). */
export function derIdentifier(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
      groups.unshift((left & 0x7f) | 0x80);
    return groups;
  });
  return derValue(tag.objectIdentifier, octets);
}

/** INTEGER of the octets of a number that is not negative. */
export function derInteger(octets: readonly number[] | Uint8Array): Uint8Array {
  const first = octets.findIndex((octet: number) => octet !== 0);
  const rest = first < 0 ? [0] : octets.slice(first);
  // A leading bit that is set would make it negative.
  return derValue(tag.integer, (rest[0] ?? 0) > 0x7f ? [0] : [], rest);
}

/** Text of a kind of string, in UTF-8. */
export function derText(identifier: number, text: string): Uint8Array {
  return derValue(identifier, new TextEncoder().encode(text));
}

/** BIT STRING of whole octets. */
export function derBits(octets: Uint8Array): Uint8Array {
  return derValue(tag.bitString, [0], octets);
}

/** A moment, to the second: UTCTime until 2049, GeneralizedTime from then on (RFC 5280 §4.1.2.5). */
export function derTime(milliseconds: number): Uint8Array {
  const digits = `${new Date(milliseconds).toISOString().replaceAll(/[-:T]|\..*/gu, '')}Z`;
  const year = Number(digits.slice(0, 4));
  const short = year >= 1950 && year < 2050;
  return derText(short ? tag.utcTime : tag.generalizedTime, short ? digits.slice(2) : digits);
}
