import type { Entry } from '../text/entry.ts';
import type { ByteSink } from '../text/sink.ts';
import { asciiText, shown } from './found.ts';
import type { Report } from './problem.ts';

/** What JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Names of the field kinds; KINDS has what each can do. */
export type KindName =
  | 'u8'
  | 'u16'
  | 'u32'
  | 'u48'
  | 'u64'
  | 'period'
  | 'ttl'
  | 'name'
  | 'names'
  | 'ip4'
  | 'ip6'
  | 'locator64'
  | 'eui48'
  | 'eui64'
  | 'nsap'
  | 'atma'
  | 'apl'
  | 'protocol'
  | 'services'
  | 'string'
  | 'strings'
  | 'text'
  | 'quoted-text'
  | 'tag'
  | 'digits'
  | 'regexp'
  | 'hex'
  | 'base64'
  | 'base64-or-dash'
  | 'sized-base64'
  | 'ipseckey-key'
  | 'opaque'
  | 'salt'
  | 'base32hex'
  | 'ds-digest'
  | 'sshfp-digest'
  | 'zonemd-digest'
  | 'hip-algorithm'
  | 'hip-tag'
  | 'hip-key'
  | 'ipseckey-gateway'
  | 'ipseckey-type'
  | 'amtrelay-discovery'
  | 'amtrelay-type'
  | 'amtrelay-relay'
  | 'a6-length'
  | 'a6-suffix'
  | 'a6-name'
  | 'type'
  | 'types'
  | 'types-or-none'
  | 'nxt-types'
  | 'algorithm'
  | 'cert-type'
  | 'scheme'
  | 'time'
  | 'location'
  | 'svcparams';

/** One field of a type: its name in the RFC's words, its kind, and how its names are treated. */
export interface Field {
  readonly name: string;
  readonly kind: KindName;
  /** Names only: written compressed, only understood compressed (RFC 3597 §4), or neither. */
  readonly compression?: 'compress' | 'decompress' | 'plain';
  /** The canonical form lower-cases it (RFC 4034 §6.2 with RFC 6840 §5.1). */
  readonly lowerCase?: boolean;
  /** May be missing at the end. */
  readonly optional?: boolean;
}

/** RDATA in the making: it starts at `base` in `out`, so that a field can look back at those before it. */
export interface Target {
  readonly out: ByteSink;
  readonly base: number;
}

/** The elements of a JSON array; undefined for another value. */
export function elementsOf(value: JsonValue): readonly JsonValue[] | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[]) : undefined;
}

/** What is wrong with a JSON value: where below it (a JSON pointer, empty for itself) and what belongs there. */
export interface JsonFault {
  readonly pointer: string;
  readonly expected: string;
}

/** One way to write a field, in every format. */
export interface Kind {
  /** What belongs in the field, as a message says it. */
  readonly expected: string;
  /** Takes words and appends the wire form; on a problem reports it and returns false. */
  read(words: Words): boolean;
  /** Where the field that starts at `at` ends, or -1 when what is there cannot be one. */
  end(rdata: Uint8Array, at: number): number;
  /** Appends the presentation form of a field that `end` accepted. */
  write(rdata: Uint8Array, start: number, end: number, out: ByteSink, origin?: Uint8Array): void;
  toJson(rdata: Uint8Array, start: number, end: number): JsonValue;
  /** Appends the wire form of a JSON value, or tells what is wrong with it. */
  fromJson(value: JsonValue, target: Target, origin?: Uint8Array): JsonFault | undefined;
  /** Makes ASCII capitals of names small, in place; kinds without names have none. */
  lower?(rdata: Uint8Array, start: number, end: number): void;
  /** Whether the fields before say that this one is left out (A6). */
  absent?(target: Target): boolean;
}

/** Some of the kinds by name. */
export type Kinds<Name extends KindName> = Readonly<Record<Name, Kind>>;

/** The RDATA words of an entry, taken one by one, with what is needed to read fields from them. */
export class Words implements Target {
  readonly bytes: Uint8Array;
  readonly out: ByteSink;
  readonly base: number;
  readonly origin: Uint8Array | undefined;
  /** Reports with the field at hand as `what`. */
  readonly report: Report;
  /** Range of the word taken last; of a quoted one without its quotes. */
  start = 0;
  end = 0;
  quoted = false;
  /** The type as messages name it. */
  readonly mnemonic: string;
  field: Field = { name: 'data', kind: 'opaque' };
  private readonly entry: Entry;
  private readonly from: number;
  private index: number;
  private noted = '';

  constructor(
    entry: Entry,
    from: number,
    mnemonic: string,
    origin: Uint8Array | undefined,
    report: Report,
    out: ByteSink,
  ) {
    this.entry = entry;
    this.bytes = entry.bytes;
    this.from = from;
    this.index = from;
    this.mnemonic = mnemonic;
    this.origin = origin;
    this.out = out;
    this.base = out.length;
    this.report = (code, start, end, args) => report(code, start, end, { what: this.what, ...args });
  }

  /** The field at hand as a message names it, such as `MX preference`. */
  get what(): string {
    return `${this.mnemonic} ${phrase(this.field.name)}`;
  }

  /** Whether a word is left. */
  get more(): boolean {
    return this.index < this.entry.wordCount;
  }

  /** Whether the next word follows the last one without anything between. */
  get adjoins(): boolean {
    return this.more && this.entry.wordAdjoins(this.index);
  }

  /** Whether the next word is the unquoted `\\#` of generic RDATA (RFC 3597 §5). */
  get atGeneric(): boolean {
    const start = this.nextStart;
    const two = this.more && !this.entry.wordQuoted(this.index) && this.entry.wordEnd(this.index) === start + 2;
    return two && this.bytes[start] === 0x5c && this.bytes[start + 1] === 0x23;
  }

  /** Offset of the next word; behind the entry when there is none. */
  get nextStart(): number {
    return this.more ? this.entry.wordStart(this.index) : this.entry.end;
  }

  /** Takes the next word, quoted or not; reports when there is none or it sticks to the one before. */
  take(expected: string): boolean {
    if (!this.more) return this.missing(expected);
    const adjoins = this.adjoins;
    this.advance();
    if (!adjoins) return true;
    return this.wrong('a blank between two values');
  }

  /** Takes the next word, which must not be quoted. */
  takeUnquoted(expected: string): boolean {
    if (!this.take(expected)) return false;
    return this.quoted ? this.wrong(`${expected} without quotes`) : true;
  }

  /** Whether the next word is a lone hyphen, as some forms write an empty value. */
  get atHyphen(): boolean {
    const start = this.nextStart;
    return this.more && this.entry.wordEnd(this.index) === start + 1 && this.bytes[start] === 0x2d;
  }

  /** Takes the next word whatever stands before it. */
  advance(): void {
    const word = this.index++;
    this.quoted = this.entry.wordQuoted(word);
    this.start = this.entry.wordStart(word);
    this.end = this.entry.wordEnd(word);
    if (!this.quoted) return;
    this.start++;
    if (this.end > this.start && this.closed(this.end)) this.end--;
  }

  /** Reports that the record ends too early, just behind its last word. */
  missing(expected: string): boolean {
    const end = this.index > 0 ? this.entry.wordEnd(this.index - 1) : this.entry.end;
    this.report('parse-error', end, end, { expected });
    return false;
  }

  /** Reports that the word at hand is something else than expected. */
  wrong(expected: string): boolean {
    this.report('parse-error', this.start, this.end, { expected, found: shown(this.bytes, this.start, this.end) });
    return false;
  }

  /** Reports that one octet of the word at hand cannot stand there. */
  wrongAt(at: number, expected: string): boolean {
    this.report('parse-error', at, at + 1, { expected, found: shown(this.bytes, at, at + 1) });
    return false;
  }

  /** Reports that the number at hand is too small or too large. */
  outOfRange(least: number | string, limit: number | string): boolean {
    const found = shown(this.bytes, this.start, this.end);
    this.report('integer-range', this.start, this.end, { found, least, limit });
    return false;
  }

  /** Notes, once for each thing in a row, that some servers refuse what is written at the word at hand. */
  nonportable(found: string, refusedBy: string, hint: string): void {
    if (found === this.noted) return;
    this.noted = found;
    this.report('nonportable', this.start, this.end, { found, refusedBy, hint });
  }

  /** Reports the words that are left behind the last field. */
  unexpected(): boolean {
    const after = this.what;
    const adjoins = this.adjoins;
    this.advance();
    const found = shown(this.bytes, this.start, this.end);
    const expected = adjoins ? 'a blank between two values' : 'the end of the record';
    this.report('parse-error', this.start, this.end, { what: '', after, expected, found });
    return false;
  }

  /** Reports more octets than RDATA can have. */
  tooLong(length: number, limit: number): void {
    const start = this.entry.wordStart(this.from);
    const end = this.entry.wordEnd(this.entry.wordCount - 1);
    const found = `${length} octets`;
    this.report('parse-error', start, end, {
      what: `${this.mnemonic} data`,
      expected: `at most ${limit} octets`,
      found,
    });
  }

  /** Notes that the mnemonic and own form of the type are ours alone. */
  noteOwnForm(written: string): void {
    const { start, end } = this.typeSpan;
    const word = shown(this.bytes, start, end);
    const found = this.typeNumbered ? `own data behind ${word}` : word;
    this.report('mnemonic-nonportable', start, end, { found, written });
  }

  /** Notes that some servers do not load the type by its mnemonic. */
  noteType(refusedBy: string, written: string): void {
    const { start, end } = this.typeSpan;
    this.report('nonportable', start, end, { found: `the type ${this.mnemonic}`, refusedBy, hint: `write ${written}` });
  }

  /** Whether the type is written by its number, as TYPEn. */
  get typeNumbered(): boolean {
    const { start, end } = this.typeSpan;
    return /^TYPE\d/i.test(asciiText(this.bytes, start, Math.min(end, start + 5)));
  }

  /** Range of the word before the RDATA, which is the type; of the RDATA when it has none before it. */
  private get typeSpan(): { start: number; end: number } {
    const word = Math.max(0, this.from - 1);
    return { start: this.entry.wordStart(word), end: this.entry.wordEnd(word) };
  }

  /** Whether a quoted word that ends at `end` has its closing quote: the last on an unclosed line has none. */
  private closed(end: number): boolean {
    let at = end - 1;
    while (this.bytes[at - 1] === 0x5c) at--;
    return this.bytes[end - 1] === 0x22 && (end - 1 - at) % 2 === 0;
  }
}

/** Words of a field name: `keyTag` becomes `key tag`. */
export function phrase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The fault of a value that is itself wrong. */
export function fault(expected: string, pointer = ''): JsonFault {
  return { pointer, expected };
}
