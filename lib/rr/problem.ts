import type { Args } from '../text/diagnostic.ts';

/**
 * What can be wrong (or worth a note) in the text of an entry; the lint rule of a code is `syntax-<code>`,
 * but for `mnemonic-nonportable`, which belongs to `client-mx-mnemonic-nonportable`.
 */
export type ProblemCode =
  | 'parse-error'
  | 'unbalanced-paren'
  | 'unclosed-quote'
  | 'unknown-directive'
  | 'include-problem'
  | 'generate-nonportable'
  | 'unknown-type'
  | 'meta-type-in-zone'
  | 'class-mismatch'
  | 'no-owner'
  | 'label-too-long'
  | 'name-too-long'
  | 'empty-label'
  | 'bad-escape'
  | 'string-too-long'
  | 'non-ascii'
  | 'integer-range'
  | 'ttl-invalid'
  | 'ttl-missing'
  | 'ttl-too-large'
  | 'rfc3597-length'
  | 'rfc3597-hex'
  | 'rfc3597-known-type'
  | 'rfc3597-split-hex'
  | 'mnemonic-nonportable'
  | 'nonportable';

/** Codes that leave the record readable: a note is made and the record is kept. */
export const NOTES: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'generate-nonportable',
  'non-ascii',
  'ttl-missing',
  'ttl-too-large',
  'rfc3597-known-type',
  'rfc3597-split-hex',
  'mnemonic-nonportable',
  'nonportable',
]);

/**
 * One problem with its octet range in the bytes that were read.
 * Args by habit: `refusedBy` (servers that do not read it, for `nonportable`), `found` (the offending text, at most 40 characters, made printable), `expected` (what belongs there),
 * `what` (the field or thing meant), `limit`, `nearest` (did-you-mean). `sayProblem` makes the sentence.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly start: number;
  readonly end: number;
  readonly args: Args;
}

/** Takes the problems met while reading. */
export type Report = (code: ProblemCode, start: number, end: number, args: Args) => void;
