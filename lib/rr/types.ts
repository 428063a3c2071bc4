import { nearest } from '../text/nearest.ts';
import { lowerOctet } from './escapes.ts';
import type { Field } from './kind.ts';
import { readNumber } from './octets.ts';
import { type FieldRow, type Mnemonic, TABLE, type TableRow } from './types-table.ts';

/** An RR type: everything that text, wire, canonical form, compression, additional section and JSON need to know. */
export interface TypeRow {
  readonly number: number;
  readonly mnemonic: string;
  readonly aliases?: readonly string[];
  readonly fields: readonly Field[];
  /** Where the type is defined. */
  readonly reference: string;
  readonly status?: 'obsolete' | 'experimental' | 'reserved' | 'private';
  /** Never zone data (RFC 6895 §3.1). */
  readonly meta?: true;
  /** Always written `TYPEn \# length hex`, because other software does not know its own form. */
  readonly generic?: true;
  /** Field whose name gets its addresses into the additional section. */
  readonly additional?: string;
  /** At most one RR in its RRset. */
  readonly singleton?: true;
  /** A meta type that may stand in a type bitmap all the same (RFC 9824 §3). */
  readonly signalled?: true;
  /** Servers that do not load its mnemonic: BIND 9.18, NSD 4.6 or Knot DNS 3.2. */
  readonly refusedBy?: string;
}

/** All RR types by number. */
export const TYPES: readonly TypeRow[] = TABLE.map((row) => ({ ...row, fields: row.fields.map(fieldOf) }));

function fieldOf([name, kind, mode]: FieldRow): Field {
  const field = { name, kind };
  if (mode === 'optional') return { ...field, optional: true };
  if (mode === undefined) return { ...field, compression: 'plain' };
  return { ...field, lowerCase: true, compression: mode === 'lower' ? 'plain' : mode };
}

/** Type numbers by mnemonic. */
export const TYPE: Readonly<Record<Mnemonic, number>> = Object.fromEntries(
  TABLE.map((row: TableRow) => [row.mnemonic, row.number]),
) as Record<Mnemonic, number>;

const BY_NUMBER: ReadonlyMap<number, TypeRow> = new Map(TYPES.map((row) => [row.number, row]));

/** The row of a type number, undefined for an unknown type. */
export function typeRow(type: number): TypeRow | undefined {
  return BY_NUMBER.get(type);
}

/** Finds numbers by words of octets in any case, without making strings. */
class WordTable {
  private readonly words: Uint8Array[] = [];
  private readonly numbers: number[] = [];
  private readonly slots: Int16Array;
  private readonly prefix: Uint8Array;

  /** `prefix` before a number up to 65535 stands for that number, as in TYPE265 (RFC 3597 §5). */
  constructor(entries: readonly (readonly [string, number])[], prefix: string) {
    this.slots = new Int16Array(512).fill(-1);
    this.prefix = octets(prefix);
    for (const [word, number] of entries) {
      const bytes = octets(word);
      let slot = hash(bytes, 0, bytes.length);
      while ((this.slots[slot] ?? -1) >= 0) slot = (slot + 1) & 511;
      this.slots[slot] = this.words.push(bytes) - 1;
      this.numbers.push(number);
    }
  }

  find(bytes: Uint8Array, start: number, end: number): number {
    for (let slot = hash(bytes, start, end); ; slot = (slot + 1) & 511) {
      const index = this.slots[slot] ?? -1;
      if (index < 0) return this.numbered(bytes, start, end);
      const word = this.words[index];
      if (word !== undefined && sameWord(word, bytes, start, end)) return this.numbers[index] ?? -1;
    }
  }

  private numbered(bytes: Uint8Array, start: number, end: number): number {
    const digits = start + this.prefix.length;
    if (digits >= end || !sameWord(this.prefix, bytes, start, digits)) return -1;
    return Math.max(-1, readNumber(bytes, digits, end, 65535));
  }
}

/** Lower-cased octets of an ASCII word. */
function octets(word: string): Uint8Array {
  return Uint8Array.from(word.toLowerCase(), (character) => character.charCodeAt(0));
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let value = end - start;
  for (let at = start; at < end && at < start + 16; at++) value = (value * 31 + lowerOctet(bytes[at] ?? 0)) & 0xffff;
  return value & 511;
}

function sameWord(word: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let i = 0; i < word.length; i++) if (word[i] !== lowerOctet(bytes[start + i] ?? 0)) return false;
  return true;
}

const TYPE_WORDS = new WordTable(
  TYPES.flatMap((row) => [row.mnemonic, ...(row.aliases ?? [])].map((word) => [word, row.number] as const)),
  'TYPE',
);

/** Number of the type written in a word, as a mnemonic, an alias or TYPEn in any case; -1 when it is none. */
export function typeFromBytes(bytes: Uint8Array, start: number, end: number): number {
  return TYPE_WORDS.find(bytes, start, end);
}

/** Number of the type that a text names; undefined when it names none. */
export function typeFromText(text: string): number | undefined {
  const bytes = new TextEncoder().encode(text);
  const type = typeFromBytes(bytes, 0, bytes.length);
  return type < 0 ? undefined : type;
}

/** How a type is written: its mnemonic, or TYPEn when it is unknown or other software does not know its own form. */
export function typeToText(type: number): string {
  const row = typeRow(type);
  return row === undefined || row.generic ? `TYPE${type}` : row.mnemonic;
}

/** Classes by mnemonic (RFC 1035 §3.2.4, RFC 2136 §2.4). */
export const CLASSES: Readonly<Record<'IN' | 'CH' | 'HS' | 'NONE' | 'ANY', number>> = {
  IN: 1,
  CH: 3,
  HS: 4,
  NONE: 254,
  ANY: 255,
};

const CLASS_WORDS = new WordTable(Object.entries(CLASSES), 'CLASS');
const CLASS_TEXT: ReadonlyMap<number, string> = new Map(
  Object.entries(CLASSES).map(([word, number]) => [number, word]),
);

/** Number of the class written in a word, as a mnemonic or CLASSn in any case; -1 when it is none. */
export function classFromBytes(bytes: Uint8Array, start: number, end: number): number {
  return CLASS_WORDS.find(bytes, start, end);
}

/** How a class is written. */
export function classToText(number: number): string {
  return CLASS_TEXT.get(number) ?? `CLASS${number}`;
}

const MNEMONICS: readonly string[] = TYPES.flatMap((row) => (row.meta ? [] : [row.mnemonic, ...(row.aliases ?? [])]));

/** The mnemonic that a mistyped one most likely means, when one is near enough. */
export function nearestType(text: string): string | undefined {
  return text.length > 16 ? undefined : nearest(text, MNEMONICS);
}
