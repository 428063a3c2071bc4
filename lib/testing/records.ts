import {
  type Built,
  build,
  caa,
  type FieldsOf,
  recordOfFields,
  recordWith,
  type TextValue,
  tlsa,
  txt,
} from '../edit/builders.ts';
import type { NewRecord } from '../edit/change.ts';
import { printRdata } from '../rr/codec.ts';
import type { JsonValue } from '../rr/kind.ts';
import { nameFromText, nameToText } from '../rr/name.ts';
import { hexText } from '../rr/octets.ts';
import { NOTES } from '../rr/problem.ts';
import { sayProblem } from '../rr/say.ts';
import { classToText, typeFromText, typeRow, typeToText } from '../rr/types.ts';
import type { Mnemonic } from '../rr/types-table.ts';
import { readZone } from '../zone/read.ts';

/** A record of a test: made by `rr`, or lines as they stand in a zone file. */
export type RecordInput = RecordDraft | string;

type Make = (origin: Uint8Array | undefined, ttl: number | undefined) => NewRecord | { readonly problem: string };

/** A record whose relative names wait for the zone that it comes into. */
export class RecordDraft {
  private readonly words: string;
  private readonly make: Make;
  private readonly ttl: number | undefined;

  constructor(words: string, make: Make, ttl?: number) {
    this.words = words;
    this.make = make;
    this.ttl = ttl;
  }

  /** The same record with a TTL of its own. */
  withTtl(seconds: number): RecordDraft {
    return new RecordDraft(this.words, this.make, seconds);
  }

  /** The record with all its names; throws with the record and what is wrong with it. */
  in(origin?: Uint8Array): NewRecord {
    const made = this.make(origin, this.ttl);
    if (!('problem' in made)) return made;
    throw new Error(`${this.words}: ${made.problem.replace(/^\/(\w+)/u, '$1')}`);
  }

  toString(): string {
    return this.words;
  }
}

function drafted(owner: string, type: string, data: unknown, built: (origin?: Uint8Array) => Built): RecordDraft {
  const words = `${owner} ${type} ${JSON.stringify(data)}`;
  return new RecordDraft(words, (origin, ttl) => recordWith(owner, ttl, built(origin), origin));
}

function fields<M extends Mnemonic>(owner: string, type: M, values: FieldsOf<M>): RecordDraft {
  return drafted(owner, type, values, (origin) => build(type, values, origin));
}

/** Makes records for zones and replies; owners and names without final dot start from the zone. */
export const rr: {
  readonly a: (owner: string, address: string) => RecordDraft;
  readonly aaaa: (owner: string, address: string) => RecordDraft;
  readonly cname: (owner: string, target: string) => RecordDraft;
  readonly dname: (owner: string, target: string) => RecordDraft;
  readonly ns: (owner: string, host: string) => RecordDraft;
  readonly ptr: (owner: string, target: string) => RecordDraft;
  readonly mx: (owner: string, preference: number, exchange: string) => RecordDraft;
  /** TYPE265: the hosts that send mail of a domain. */
  readonly clientMx: (owner: string, preference: number, exchange: string) => RecordDraft;
  readonly srv: (owner: string, priority: number, weight: number, port: number, target: string) => RecordDraft;
  /** The data as octets or in hexadecimal. */
  readonly tlsa: (
    owner: string,
    usage: number,
    selector: number,
    matching: number,
    data: Uint8Array | string,
  ) => RecordDraft;
  /** One text, cut where it is too long for one string, or the strings themselves. */
  readonly txt: (owner: string, text: string | readonly TextValue[]) => RecordDraft;
  readonly caa: (owner: string, tag: string, value: string, options?: { readonly critical?: boolean }) => RecordDraft;
  /** A record of any type from the fields that its RFC names. */
  readonly record: <M extends Mnemonic>(owner: string, type: M, values: FieldsOf<M>) => RecordDraft;
  /** The same for types and fields that are known at run time only. */
  readonly fields: (owner: string, type: string, values: Readonly<Record<string, JsonValue>>) => RecordDraft;
  /** A record of any type, known or not, from its octets (RFC 3597). */
  readonly generic: (owner: string, type: number | string, rdata: Uint8Array) => RecordDraft;
} = {
  a: (owner, address) => fields(owner, 'A', { address }),
  aaaa: (owner, address) => fields(owner, 'AAAA', { address }),
  cname: (owner, target) => fields(owner, 'CNAME', { cname: target }),
  dname: (owner, target) => fields(owner, 'DNAME', { target }),
  ns: (owner, host) => fields(owner, 'NS', { nsdname: host }),
  ptr: (owner, target) => fields(owner, 'PTR', { ptrdname: target }),
  mx: (owner, preference, exchange) => fields(owner, 'MX', { preference, exchange }),
  clientMx: (owner, preference, exchange) => fields(owner, 'CLIENTMX', { preference, exchange }),
  srv: (owner, priority, weight, port, target) => fields(owner, 'SRV', { priority, weight, port, target }),
  tlsa: (owner, usage, selector, matching, data) => {
    const values = { usage, selector, matching, data };
    const shown = { ...values, data: typeof data === 'string' ? data : hexText(data) };
    return drafted(owner, 'TLSA', shown, () => tlsa(values));
  },
  txt: (owner, text) => drafted(owner, 'TXT', text, () => txt(text)),
  caa: (owner, tag, value, options = {}) =>
    drafted(owner, 'CAA', { tag, value, ...options }, () => caa({ tag, value, ...options })),
  record: fields,
  fields: (owner, type, values) =>
    new RecordDraft(`${owner} ${type} ${JSON.stringify(values)}`, (origin, ttl) =>
      recordOfFields(owner, ttl, type, values, origin),
    ),
  generic: (owner, type, rdata) =>
    drafted(owner, String(type), hexText(rdata), () => {
      const number = typeof type === 'number' ? type : typeFromText(type);
      return number === undefined ? { problem: `unknown RR type "${type}"` } : { type: number, rdata };
    }),
};

/** The records of inputs with all their names; throws for the first that cannot be read. */
export function recordsOf(inputs: readonly RecordInput[], origin?: Uint8Array): NewRecord[] {
  return inputs.flatMap((input) => (typeof input === 'string' ? linesOf(input, origin) : [input.in(origin)]));
}

/** Records of lines of a zone file; those without a TTL get none. */
function linesOf(text: string, origin: Uint8Array | undefined): NewRecord[] {
  const absent = 'missing.origin.invalid.';
  const read = nameFromText(absent);
  const from = origin ?? ('name' in read ? read.name : new Uint8Array(1));
  const zone = readZone({ name: text, bytes: new TextEncoder().encode(text), origin: from });
  const problem = zone.problems.find(({ code }) => !NOTES.has(code));
  if (problem !== undefined) throw new Error(`${text.trim()}: ${sayProblem(problem)}`);
  if (zone.count === 0) throw new Error(`'${text}' holds no record`);
  const open = zone.problems.find(({ code }) => code === 'ttl-missing');
  return Array.from({ length: zone.count }, (_, index) => {
    const type = zone.types[index] ?? 0;
    const owner = zone.ownerOf(index).slice();
    const rdata = zone.rdataOf(index).slice();
    const ttl = open === undefined || index < open.record ? { ttl: zone.ttls[index] ?? 0 } : {};
    const record = { owner, type, rdata, ...ttl };
    const names = `${nameToText(owner)} ${printRdata(type, rdata, { native: true })}`;
    if (origin === undefined && names.includes(absent))
      throw new Error(`${text.trim()}: a relative name belongs to no zone here; write it with its final dot`);
    return record;
  });
}

/** The mnemonic of a type, `CLIENTMX` for 265 too, or `TYPEn`. */
export function typeName(type: number): string {
  return typeRow(type)?.mnemonic ?? typeToText(type);
}

/** A record as a line of a zone file, in the form of its own type also where servers do not know it. */
export function recordLine(record: {
  readonly name: Uint8Array;
  readonly ttl: number;
  readonly class: number;
  readonly type: number;
  readonly rdata: Uint8Array;
}): string {
  const { name, ttl, class: rrClass, type, rdata } = record;
  const data = printRdata(type, rdata, { native: true });
  return `${nameToText(name)} ${ttl} ${classToText(rrClass)} ${typeName(type)} ${data}`;
}
