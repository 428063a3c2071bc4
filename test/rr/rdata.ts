import { rdataFromText } from '../../lib/rr/codec.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import type { Problem } from '../../lib/rr/problem.ts';
import { typeFromText } from '../../lib/rr/types.ts';

/** The wire name of an absolute text. */
export function wireName(text: string): Uint8Array {
  const made = nameFromText(text);
  if ('problem' in made) throw new Error(`no name: ${text}`);
  return made.name;
}

/** The origin that all test texts are read against. */
export const ORIGIN: Uint8Array = wireName('example.net.');

/** Number of a type that must exist. */
export function typeNumber(text: string): number {
  const type = typeFromText(text);
  if (type === undefined) throw new Error(`no type: ${text}`);
  return type;
}

/** RDATA of a text that must be right. */
export function rdataOf(type: number, text: string): Uint8Array {
  const read = rdataFromText(type, text, ORIGIN);
  if ('problem' in read) throw new Error(`${text}: ${JSON.stringify(read.problem)}`);
  return read.rdata;
}

/** First problem of a text that must be wrong. */
export function problemOf(type: number, text: string): Problem {
  const read = rdataFromText(type, text, ORIGIN);
  if ('rdata' in read) throw new Error(`${text} was read as ${toHex(read.rdata)}`);
  return read.problem;
}

/** Octets as lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** Octets of hexadecimal. */
export function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

/** `\# length hex` of hexadecimal. */
export function genericText(hex: string): string {
  return `\\# ${hex.length / 2}${hex && ` ${hex}`}`;
}
