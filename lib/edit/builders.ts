import { rdataFromJson } from '../rr/codec.ts';
import type { JsonValue, KindName } from '../rr/kind.ts';
import { looksLikeAddress, nameFromText } from '../rr/name.ts';
import { hexText } from '../rr/octets.ts';
import { sayProblem } from '../rr/say.ts';
import { MAX_TTL } from '../rr/ttl.ts';
import { nearestType, TYPE, typeFromText, typeRow } from '../rr/types.ts';
import type { FieldRowsOf, Mnemonic } from '../rr/types-table.ts';
import type { NewRecord } from './change.ts';

/** Data of a record, or a sentence that says what is wrong with what it was to be made of. */
export type Built = { readonly type: number; readonly rdata: Uint8Array } | { readonly problem: string };

/** Text as a string, or any octets in hexadecimal. */
export type TextValue = string | { readonly hex: string };

/** What the fields of each kind are given as; names without final dot start from the origin. */
type ValueOf<Kind extends KindName> = Kind extends 'u8' | 'u16' | 'u32' | 'period' | 'ttl' | 'time'
  ? number
  : Kind extends
        | 'ip4'
        | 'ip6'
        | 'name'
        | 'hex'
        | 'base64'
        | 'tag'
        | 'digits'
        | 'ds-digest'
        | 'sshfp-digest'
        | 'u48'
        | 'u64'
    ? string
    : Kind extends 'string' | 'text' | 'quoted-text'
      ? TextValue
      : Kind extends 'strings'
        ? readonly TextValue[]
        : Kind extends 'names' | 'types' | 'types-or-none'
          ? readonly string[]
          : JsonValue;

type RowOf<M extends Mnemonic> = FieldRowsOf<M>[number];

type RequiredRow<Row> = Row extends readonly [string, KindName, 'optional'] ? never : Row;

type Named<Row> = Row extends readonly [infer Name extends string, infer Kind extends KindName, ...infer _]
  ? { readonly [Key in Name]: ValueOf<Kind> }
  : never;

type Merged<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/** The fields of a type by their names in its RFC, such as `{ preference: 10, exchange: 'mail' }` for MX. */
export type FieldsOf<M extends Mnemonic> = Merged<Named<RequiredRow<RowOf<M>>>> &
  Partial<Merged<Named<Exclude<RowOf<M>, RequiredRow<RowOf<M>>>>>>;

/** Data of any type from its fields, checked against the table of types. */
export function build<M extends Mnemonic>(type: M, fields: FieldsOf<M>, origin?: Uint8Array): Built {
  return buildAny(TYPE[type], fields as Readonly<Record<string, JsonValue>>, origin);
}

/** MX data (RFC 1035 §3.3.9). */
export function mx(fields: FieldsOf<'MX'>, origin?: Uint8Array): Built {
  return build('MX', fields, origin);
}

/** Client MX data (TYPE265): preference 0 and the root say that a domain sends no mail. */
export function clientMx(fields: FieldsOf<'CLIENTMX'>, origin?: Uint8Array): Built {
  return build('CLIENTMX', fields, origin);
}

/** SRV data (RFC 2782). */
export function srv(fields: FieldsOf<'SRV'>, origin?: Uint8Array): Built {
  return build('SRV', fields, origin);
}

/** What a TLSA record says (RFC 6698 §2.1); the data as octets or in hexadecimal. */
export interface TlsaValues {
  readonly usage: number;
  readonly selector: number;
  readonly matching: number;
  readonly data: Uint8Array | string;
}

/** TLSA data (RFC 6698 §2.1); a digest has to have the length of its algorithm. */
export function tlsa({ usage, selector, matching, data }: TlsaValues): Built {
  const hex = typeof data === 'string' ? data : hexText(data);
  const octets = { 1: 32, 2: 64 }[matching];
  if (octets !== undefined && hex.length !== octets * 2) {
    return { problem: `/data: expected a digest of ${octets} octets for matching type ${matching}` };
  }
  return build('TLSA', { usage, selector, matchingType: matching, data: hex });
}

/** TXT data: the strings as given, or one text cut into strings of at most 255 octets, not within a character. */
export function txt(text: string | readonly TextValue[]): Built {
  return build('TXT', { strings: typeof text === 'string' ? stringsOf(text) : text });
}

/** A data (RFC 1035 §3.4.1). */
export function a(address: string): Built {
  return build('A', { address });
}

/** AAAA data (RFC 3596 §2.2). */
export function aaaa(address: string): Built {
  return build('AAAA', { address });
}

/** CNAME data (RFC 1035 §3.3.1). */
export function cname(target: string, origin?: Uint8Array): Built {
  return build('CNAME', { cname: target }, origin);
}

/** NS data (RFC 1035 §3.3.11). */
export function ns(host: string, origin?: Uint8Array): Built {
  return build('NS', { nsdname: host }, origin);
}

/** PTR data (RFC 1035 §3.3.12). */
export function ptr(target: string, origin?: Uint8Array): Built {
  return build('PTR', { ptrdname: target }, origin);
}

/** What a CAA record says (RFC 8659 §4.1). */
export interface CaaValues {
  readonly critical?: boolean;
  readonly tag: string;
  readonly value: TextValue;
}

/** CAA data (RFC 8659 §4.1). */
export function caa({ critical = false, tag, value }: CaaValues): Built {
  return build('CAA', { flags: critical ? 128 : 0, tag, value });
}

/** A record of any type from its fields; owner and names without final dot start from the origin. */
export function record<M extends Mnemonic>(
  owner: string,
  ttl: number | undefined,
  type: M,
  fields: FieldsOf<M>,
  origin?: Uint8Array,
): NewRecord | { readonly problem: string } {
  return recordWith(owner, ttl, build(type, fields, origin), origin);
}

/** As `record` for types and fields that are known at run time only, such as those of a form or a JSON file. */
export function recordOfFields(
  owner: string,
  ttl: number | undefined,
  type: string,
  fields: Readonly<Record<string, JsonValue>>,
  origin?: Uint8Array,
): NewRecord | { readonly problem: string } {
  const number = typeFromText(type);
  if (number !== undefined) return recordWith(owner, ttl, buildAny(number, fields, origin), origin);
  const guess = nearestType(type);
  return { problem: `unknown RR type "${type}"${guess === undefined ? '' : `; did you mean ${guess}?`}` };
}

/** A record of an owner with data that was built. */
export function recordWith(
  owner: string,
  ttl: number | undefined,
  data: Built,
  origin?: Uint8Array,
): NewRecord | { readonly problem: string } {
  if ('problem' in data) return data;
  const name = nameFromText(owner, origin);
  if ('problem' in name) return { problem: `/owner: ${sayProblem(name.problem)}` };
  if (ttl === undefined) return { owner: name.name, ...data };
  if (!Number.isInteger(ttl) || ttl < 0 || ttl > MAX_TTL) {
    return { problem: `/ttl: expected a whole number of seconds from 0 to ${MAX_TTL}` };
  }
  return { owner: name.name, ttl, ...data };
}

function buildAny(type: number, fields: Readonly<Record<string, JsonValue>>, origin: Uint8Array | undefined): Built {
  const row = typeRow(type);
  if (row?.meta !== undefined) return { problem: `${row.mnemonic} is a query or meta type and cannot be zone data` };
  for (const { name, kind } of row?.fields ?? []) {
    const value = fields[name];
    if (kind === 'name' && typeof value === 'string' && looksLikeAddress(value)) {
      return { problem: `/${name}: expected a host name, found the address ${value}` };
    }
  }
  const read = rdataFromJson(type, fields, origin);
  return 'problem' in read ? read : { type, rdata: read.rdata };
}

/** Cuts a text into strings of at most 255 octets (RFC 1035 §3.3), at characters. */
function stringsOf(text: string): string[] {
  const strings: string[] = [];
  let current = '';
  let length = 0;
  for (const character of text) {
    const octets = Buffer.byteLength(character);
    if (length + octets > 255) {
      strings.push(current);
      current = '';
      length = 0;
    }
    current += character;
    length += octets;
  }
  strings.push(current);
  return strings;
}
