import { rdataFromJson, rdataFromText, rdataToJson } from '../rr/codec.ts';
import type { JsonValue } from '../rr/kind.ts';
import { fieldSpans } from '../rr/layout.ts';
import { writeBase32hex } from '../rr/octets.ts';
import { sayProblem } from '../rr/say.ts';
import { TYPE, typeFromText, typeRow } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';

/** How a field looks in a packet: as in our JSON, a name without final dot, or octets that JSON has as text. */
type Form = 'same' | 'name' | 'hex' | 'upper-hex' | 'base64' | 'counted-hex' | 'counted-base32hex' | 'type' | 'types';

/** A field: its name here, its name in a packet, its form, and its value where a packet leaves it out. */
type Shape = readonly [ours: string, theirs: string, form: Form, absent?: JsonValue];

const SAME = (name: string): Shape => [name, name, 'same'];
const NUMBER = (name: string): Shape => [name, name, 'same', 0];

/** Types whose data is the value of their one field. */
const SINGLE: ReadonlyMap<number, Form> = new Map([
  [TYPE.A, 'same'],
  [TYPE.AAAA, 'same'],
  [TYPE.NS, 'name'],
  [TYPE.CNAME, 'name'],
  [TYPE.DNAME, 'name'],
  [TYPE.PTR, 'name'],
]);

/** Types whose data is an object. */
const OBJECTS: ReadonlyMap<number, readonly Shape[]> = new Map<number, readonly Shape[]>([
  [TYPE.MX, [NUMBER('preference'), ['exchange', 'exchange', 'name']]],
  [TYPE.CLIENTMX, [NUMBER('preference'), ['exchange', 'exchange', 'name']]],
  [TYPE.SRV, [NUMBER('priority'), NUMBER('weight'), NUMBER('port'), ['target', 'target', 'name']]],
  [
    TYPE.SOA,
    [
      ['mname', 'mname', 'name'],
      ['rname', 'rname', 'name'],
      ...['serial', 'refresh', 'retry', 'expire', 'minimum'].map(NUMBER),
    ],
  ],
  [TYPE.HINFO, [SAME('cpu'), SAME('os')]],
  [
    TYPE.RP,
    [
      ['mbox', 'mbox', 'name', '.'],
      ['txt', 'txt', 'name', '.'],
    ],
  ],
  [
    TYPE.NAPTR,
    [
      NUMBER('order'),
      NUMBER('preference'),
      SAME('flags'),
      SAME('services'),
      SAME('regexp'),
      ['replacement', 'replacement', 'name'],
    ],
  ],
  [TYPE.TLSA, [SAME('usage'), SAME('selector'), SAME('matchingType'), ['data', 'certificate', 'hex']]],
  [TYPE.DS, [SAME('keyTag'), SAME('algorithm'), SAME('digestType'), ['digest', 'digest', 'hex']]],
  [TYPE.SSHFP, [SAME('algorithm'), ['fingerprintType', 'hash', 'same'], ['fingerprint', 'fingerprint', 'upper-hex']]],
  [
    TYPE.RRSIG,
    [
      ['typeCovered', 'typeCovered', 'type'],
      SAME('algorithm'),
      SAME('labels'),
      ['originalTtl', 'originalTTL', 'same'],
      SAME('expiration'),
      SAME('inception'),
      SAME('keyTag'),
      ['signerName', 'signersName', 'name'],
      ['signature', 'signature', 'base64'],
    ],
  ],
  [
    TYPE.NSEC,
    [
      ['nextName', 'nextDomain', 'name'],
      ['types', 'rrtypes', 'types'],
    ],
  ],
  [
    TYPE.NSEC3,
    [
      ['hashAlgorithm', 'algorithm', 'same'],
      SAME('flags'),
      SAME('iterations'),
      ['salt', 'salt', 'counted-hex'],
      ['nextHash', 'nextDomain', 'counted-base32hex'],
      ['types', 'rrtypes', 'types'],
    ],
  ],
  [TYPE.DNSKEY, [SAME('flags'), SAME('algorithm'), ['publicKey', 'key', 'base64']]],
]);

/** Fields that a packet has none for, with the only value they may have (RFC 4034 §2.1.2). */
const CONSTANTS: ReadonlyMap<number, Readonly<Record<string, JsonValue>>> = new Map([[TYPE.DNSKEY, { protocol: 3 }]]);

/** Critical (RFC 8659 §4.1). */
const CRITICAL = 0x80;

/** Types that dns-packet writes by their mnemonics, beside the one that is ours. */
const KNOWN_TYPES: ReadonlySet<string> = new Set(
  (
    'A NULL AAAA AFSDB APL CAA CDNSKEY CDS CERT CNAME DHCID DLV DNAME DNSKEY DS HIP HINFO IPSECKEY KEY KX LOC MX NAPTR ' +
    'NS NSEC NSEC3 NSEC3PARAM PTR RRSIG RP SIG SOA SPF SRV SSHFP TA TKEY TLSA TSIG TXT AXFR IXFR OPT ANY CLIENTMX'
  ).split(' '),
);

/** How a packet names a type: `MX`, `CLIENTMX`, `UNKNOWN_65`. */
export function packetType(type: number): string {
  const mnemonic = typeRow(type)?.mnemonic ?? '';
  return KNOWN_TYPES.has(mnemonic) ? mnemonic : `UNKNOWN_${type}`;
}

/** The number of a type in a packet; mnemonics that dns-packet does not know do as well. */
export function packetTypeNumber(text: string): number {
  const [, digits] = /^UNKNOWN_(\d+)$/iu.exec(text) ?? [];
  const type = digits === undefined ? typeFromText(text === '*' ? 'ANY' : text) : Number(digits);
  if (type !== undefined && type <= 0xffff) return type;
  throw new Error(`'${text}' is no type of a packet; write a mnemonic or UNKNOWN_65280`);
}

/** The data of a record as a packet has it: octets when its type has no form of its own there, or is malformed. */
export function packetData(type: number, rdata: Uint8Array): unknown {
  const fields = typeRow(type)?.fields ?? [];
  if (type === TYPE.TXT) return stringsOf(rdata);
  const spans = fieldSpans(type, rdata);
  if (fields.length === 0 || spans.length < fields.length || spans.at(-1)?.end !== rdata.length) return octets(rdata);
  const json = rdataToJson(type, rdata);
  const single = SINGLE.get(type);
  const read = (name: string, form: Form): unknown => {
    const index = fields.findIndex((field) => field.name === name);
    const { start, end } = spans[index] ?? { start: 0, end: 0 };
    return shaped(json[name], form, rdata.subarray(start, end));
  };
  if (single !== undefined) return read(fields[0]?.name ?? '', single);
  if (type === TYPE.CAA) return caaData(rdata, spans);
  const shapes = OBJECTS.get(type);
  if (shapes === undefined) return octets(rdata);
  return Object.fromEntries(shapes.map(([ours, theirs, form]) => [theirs, read(ours, form)]));
}

function caaData(rdata: Uint8Array, spans: readonly { readonly start: number; readonly end: number }[]): unknown {
  const flags = rdata[0] ?? 0;
  const [, tag = { start: 0, end: 0 }, value = { start: 0, end: 0 }] = spans;
  return {
    flags,
    tag: octets(rdata.subarray(tag.start + 1, tag.end)).toString(),
    value: octets(rdata.subarray(value.start, value.end)).toString(),
    issuerCritical: (flags & CRITICAL) !== 0,
  };
}

function shaped(value: JsonValue | undefined, form: Form, bytes: Uint8Array): unknown {
  switch (form) {
    case 'name':
      return value === '.' ? value : String(value).slice(0, -1);
    case 'hex':
    case 'base64':
      return octets(bytes);
    case 'counted-hex':
    case 'counted-base32hex':
      return octets(bytes.subarray(1));
    case 'upper-hex':
      return octets(bytes).toString('hex').toUpperCase();
    case 'type':
      return packetType(typeFromText(String(value)) ?? 0);
    case 'types':
      return (value as readonly string[]).map((each) => packetType(typeFromText(each) ?? 0));
    case 'same':
      // Text that is no UTF-8 is an object in our JSON.
      return typeof value === 'object' ? octets(bytes.subarray(1)).toString() : value;
  }
}

function octets(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes);
}

function stringsOf(rdata: Uint8Array): Buffer[] {
  const strings: Buffer[] = [];
  for (let at = 0; at < rdata.length; at += 1 + (rdata[at] ?? 0))
    strings.push(octets(rdata.subarray(at + 1, at + 1 + (rdata[at] ?? 0))));
  return strings;
}

/**
 * The octets of a record's data in a packet. Beside what dns-packet takes: an object of our own fields for types that it
 * has no form for, and text as in a zone file. Throws for what is none of these.
 */
export function packetRdata(type: number, data: unknown): Uint8Array {
  if (type === TYPE.TXT) return textRdata(data);
  if (data instanceof Uint8Array) return new Uint8Array(data);
  const mnemonic = typeRow(type)?.mnemonic ?? `TYPE${type}`;
  if (data === undefined || data === null) {
    if (type === TYPE.NULL) return new Uint8Array(0);
    throw new Error(`${mnemonic}: the data is missing`);
  }
  const fields = typeRow(type)?.fields ?? [];
  const single = SINGLE.get(type);
  if (single !== undefined) return rdataOf(type, { [fields[0]?.name ?? '']: unshaped(data, single) });
  if (typeof data === 'string') {
    const read = type === TYPE.NULL ? { rdata: new TextEncoder().encode(data) } : rdataFromText(type, data, ROOT_NAME);
    if ('rdata' in read) return read.rdata;
    throw new Error(`${mnemonic} ${data}: ${sayProblem(read.problem)}`);
  }
  if (typeof data !== 'object') throw new Error(`${mnemonic}: the data is an object, octets or text`);
  const given = data as Readonly<Record<string, unknown>>;
  if (type === TYPE.CAA) return caaRdata(given);
  const shapes = OBJECTS.get(type);
  if (shapes === undefined) return rdataOf(type, given as Readonly<Record<string, JsonValue>>);
  const entries = shapes.map(([ours, theirs, form, absent]) => {
    const value = given[theirs] ?? absent;
    if (value === undefined) throw new Error(`${mnemonic}: ${theirs} is missing`);
    return [ours, unshaped(value, form)] as const;
  });
  return rdataOf(type, { ...CONSTANTS.get(type), ...Object.fromEntries(entries) });
}

const ROOT_NAME = new Uint8Array(1);

function rdataOf(type: number, json: Readonly<Record<string, JsonValue>>): Uint8Array {
  const read = rdataFromJson(type, json);
  if ('rdata' in read) return read.rdata;
  throw new Error(`${typeRow(type)?.mnemonic ?? type} ${JSON.stringify(json)}: ${read.problem.replace(/^\//u, '')}`);
}

function unshaped(value: unknown, form: Form): JsonValue {
  switch (form) {
    case 'name': {
      const text = String(value);
      return text === '' || text.endsWith('.') ? text || '.' : `${text}.`;
    }
    case 'hex':
      return buffer(value).toString('hex');
    case 'base64':
      return buffer(value).toString('base64');
    case 'counted-hex':
      return buffer(value).toString('hex') || '-';
    case 'counted-base32hex': {
      const bytes = buffer(value);
      const out = new ByteSink();
      writeBase32hex(bytes, 0, bytes.length, out);
      return new TextDecoder().decode(out.slice());
    }
    case 'type':
      return `TYPE${packetTypeNumber(String(value))}`;
    case 'types':
      return (value as readonly string[]).map((each) => `TYPE${packetTypeNumber(each)}`);
    default:
      return value as JsonValue;
  }
}

function buffer(value: unknown): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value === 'string') return Buffer.from(value, 'hex');
  throw new Error('octets have to be a Buffer');
}

/** The value as it is, with no quotes around or length before it (RFC 8659 §4.1). */
function caaRdata({ flags, issuerCritical, tag, value }: Readonly<Record<string, unknown>>): Uint8Array {
  const name = Buffer.from(String(tag));
  const bits = issuerCritical === true ? Number(flags ?? 0) | CRITICAL : Number(flags ?? 0);
  return new Uint8Array([bits, name.length, ...name, ...Buffer.from(String(value))]);
}

function textRdata(data: unknown): Uint8Array {
  const strings = (Array.isArray(data) ? data : [data]).map((each: unknown) =>
    each instanceof Uint8Array ? Buffer.from(each) : Buffer.from(String(each)),
  );
  const long = strings.find(({ length }) => length > 255);
  if (long !== undefined)
    throw new Error(`TXT: a string has ${long.length} octets; one has at most 255, so give several in an array`);
  return new Uint8Array(Buffer.concat(strings.flatMap((each) => [Buffer.of(each.length), each])));
}
