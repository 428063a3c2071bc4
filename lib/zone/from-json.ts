import { rdataFromJson } from '../rr/json.ts';
import type { JsonValue } from '../rr/kind.ts';
import { checkRdata } from '../rr/layout.ts';
import { nameFromText } from '../rr/name.ts';
import { sayProblem } from '../rr/say.ts';
import { MAX_TTL } from '../rr/ttl.ts';
import { classFromBytes, nearestType, typeFromText, typeRow, typeToText } from '../rr/types.ts';
import { nearest } from '../text/nearest.ts';
import { addRecord, type ReadState } from './state.ts';
import { Zone } from './zone.ts';

/** What keeps a JSON value from being a zone: the JSON pointer (RFC 6901) to the value meant, and a sentence. */
export interface JsonProblem {
  readonly path: string;
  readonly message: string;
}

/** The zone that a JSON value describes (schemas/zone.schema.json), or everything that keeps it from being one. */
export function zoneFromJson(value: unknown): { readonly zone: Zone } | { readonly problems: readonly JsonProblem[] } {
  const problems: JsonProblem[] = [];
  const report: Report = (path, message) => problems.push({ path, message });
  if (!isObject(value)) return { problems: [{ path: '', message: 'expected an object with "origin" and "records"' }] };
  checkMembers(value, ZONE_MEMBERS, '', report);
  const origin = readName(value, 'origin', '', report);
  const { records } = value;
  if (!Array.isArray(records)) report('/records', `expected an array of records, found ${shownJson(records)}`);
  if (origin === undefined || !Array.isArray(records)) return { problems };
  const state = stateOf(new Zone(origin, Math.max(16, records.length), records.length * 32 + 1024));
  for (const [index, record] of records.entries()) addJsonRecord(state, record, `/records/${index}`, report);
  return problems.length > 0 ? { problems } : { zone: state.zone };
}

/** Takes a problem: where in the JSON, and a sentence. */
export type Report = (path: string, message: string) => void;
/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Members of a zone. */
export const ZONE_MEMBERS: readonly string[] = ['$schema', 'origin', 'records'];

const MEMBERS = ['name', 'ttl', 'class', 'type', 'data', 'wire'];

/** Appends the record that a JSON value describes to the zone, or reports all that is wrong with it. */
export function addJsonRecord(state: JsonState, record: unknown, path: string, report: Report): void {
  if (!isObject(record)) {
    report(path, `expected an object, found ${shownJson(record)}`);
    return;
  }
  checkMembers(record, MEMBERS, path, report);
  const owner = readOwner(state, record, path, report);
  const ttl = readTtl(record, path, report);
  const recordClass = known(state.classes, record.class, () => readClass(record, path, report));
  const type = known(state.types, record.type, () => readType(record, path, report));
  const rdata = type < 0 ? undefined : readRdata(record, type, path, report);
  if (owner === undefined || ttl < 0 || recordClass < 0 || rdata === undefined) return;
  const { zone } = state;
  if (zone.count + zone.forgotten === 0) zone.zoneClass = recordClass;
  if (zone.rdata.length - zone.rdataUsed < rdata.length) zone.growRdata(rdata.length);
  zone.rdata.set(rdata, zone.rdataUsed);
  addRecord(state, zone.names.intern(owner), type, recordClass, ttl, zone.rdataUsed, rdata.length, 0);
}

/** The owner of a record; records of one owner mostly stand together. */
function readOwner(state: JsonState, record: JsonObject, path: string, report: Report): Uint8Array | undefined {
  if (record.name !== state.ownerText || state.owner === undefined) {
    state.owner = readName(record, 'name', path, report);
    state.ownerText = record.name;
  }
  return state.owner;
}

/** Numbers of which some are remembered by their text. */
type Numbers = Map<unknown, number>;

/** Texts that are remembered: more than any honest file has types. */
const MOST_KNOWN = 1000;

/** The number of a text, read once; what cannot be read is read, and reported, each time. */
function known(numbers: Numbers, text: unknown, read: () => number): number {
  const before = numbers.get(text);
  if (before !== undefined) return before;
  const number = read();
  if (number >= 0 && numbers.size < MOST_KNOWN) numbers.set(text, number);
  return number;
}

/** Wire form of the name that is a member of an object; what is wrong with it is reported. */
export function readName(object: JsonObject, member: string, path: string, report: Report): Uint8Array | undefined {
  const text = readText(object, member, 'an absolute name', path, report);
  if (text === undefined) return undefined;
  const read = nameFromText(text);
  if ('name' in read) return read.name;
  report(`${path}/${member}`, sayProblem(read.problem));
  return undefined;
}

function readTtl({ ttl }: JsonObject, path: string, report: Report): number {
  if (typeof ttl === 'number' && Number.isInteger(ttl) && ttl >= 0 && ttl <= MAX_TTL) return ttl;
  report(`${path}/ttl`, `expected a whole number of seconds from 0 to ${MAX_TTL}, found ${shownJson(ttl)}`);
  return -1;
}

function readClass(object: JsonObject, path: string, report: Report): number {
  const text = readText(object, 'class', 'a class such as "IN"', path, report);
  if (text === undefined) return -1;
  const bytes = new TextEncoder().encode(text);
  const found = classFromBytes(bytes, 0, bytes.length);
  if (found < 0) report(`${path}/class`, `expected a class such as "IN" or "CLASS1", found ${shownJson(text)}`);
  return found;
}

function readType(object: JsonObject, path: string, report: Report): number {
  const text = readText(object, 'type', 'an RR type such as "MX"', path, report);
  if (text === undefined) return -1;
  const type = typeFromText(text);
  if (type === undefined) {
    const near = nearestType(text);
    report(
      `${path}/type`,
      `unknown RR type ${shownJson(text)}${near === undefined ? '' : `; did you mean "${near}"?`}`,
    );
    return -1;
  }
  if (typeRow(type)?.meta) {
    report(`${path}/type`, `${text} is a type for questions and messages, not for records of a zone`);
    return -1;
  }
  return type;
}

function readRdata(object: JsonObject, type: number, path: string, report: Report): Uint8Array | undefined {
  const { data, wire } = object;
  const written = wire === undefined ? undefined : readHex(wire, path, report);
  if (data === undefined) {
    if (wire === undefined) report(path, 'expected the member "data" (or "wire")');
    return written === undefined || fits(type, written, path, report) ? written : undefined;
  }
  const read = rdataFromJson(type, data as JsonValue);
  if ('problem' in read) {
    const [, field = '', words = read.problem] = /^(\/.*?): (.*)$/s.exec(read.problem) ?? [];
    report(`${path}/data${field}`, words);
    return undefined;
  }
  const differ = written !== undefined && Buffer.compare(read.rdata, written) !== 0;
  if (differ) report(`${path}/wire`, 'says other RDATA than "data": keep the one that is meant');
  return read.rdata;
}

function fits(type: number, rdata: Uint8Array, path: string, report: Report): boolean {
  const checked = checkRdata(type, rdata);
  if (checked.ok) return true;
  const { field, expected, at } = checked;
  report(`${path}/wire`, `is no ${typeToText(type)} RDATA: expected ${expected} (${field}) at octet ${at}`);
  return false;
}

function readHex(wire: unknown, path: string, report: Report): Uint8Array | undefined {
  if (typeof wire === 'string' && /^([0-9a-f]{2}){0,65535}$/i.test(wire)) return Buffer.from(wire, 'hex');
  report(
    `${path}/wire`,
    `expected RDATA as hex, two digits an octet and at most 65535 octets, found ${shownJson(wire)}`,
  );
  return undefined;
}

function readText(
  object: JsonObject,
  member: string,
  expected: string,
  path: string,
  report: Report,
): string | undefined {
  const value = object[member];
  if (typeof value === 'string') return value;
  report(`${path}/${member}`, `expected ${expected}, found ${shownJson(value)}`);
  return undefined;
}

/** Reports the members of an object that nobody knows. */
export function checkMembers(object: JsonObject, known: readonly string[], path: string, report: Report): void {
  for (const name of Object.keys(object)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    report(path, `unknown member ${shownJson(name)}${near === undefined ? '' : `; did you mean "${near}"?`}`);
  }
}

/** The state of a reader of JSON, with what it need not read again. */
export interface JsonState extends ReadState {
  readonly classes: Numbers;
  readonly types: Numbers;
  ownerText: unknown;
  owner: Uint8Array | undefined;
}

/** The state of a reader of records without a master file. */
export function stateOf(zone: Zone): JsonState {
  const { origin } = zone;
  const never = { defaultTtl: -1, lastTtl: -1, lastOwner: -1, expandedFrom: -1, expandedTo: -1 };
  const nothing = { classes: new Map(), types: new Map(), ownerText: undefined, owner: undefined };
  return { zone, file: 0, origin, ...never, ...nothing };
}

/** Whether a value is an object of JSON. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value as a message shows it. */
export function shownJson(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (isObject(value)) return 'an object';
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…"`;
}
