import { applyChange } from '../edit/apply-change.ts';
import {
  addRecords,
  type Change,
  insertText,
  type NewRecord,
  raiseSerial,
  removeRrset,
  replaceRrset,
  setRrsetTtl,
} from '../edit/change.ts';
import { sayChangeProblem } from '../edit/change-problem.ts';
import { printRdata } from '../rr/codec.ts';
import { nameFromText, nameToText } from '../rr/name.ts';
import { sayProblem } from '../rr/say.ts';
import { nearestType, typeFromText } from '../rr/types.ts';
import { setKey } from '../server/served-zone.ts';
import { ZoneTree } from '../zone/tree.ts';
import type { Zone } from '../zone/zone.ts';
import { type RecordInput, recordsOf, typeName } from './records.ts';

/** Changes of one zone, made one after the other; names without final dot start from the zone. */
export class ZoneEdit {
  /** The zone with all changes so far. */
  zone: Zone;
  private readonly now: number;

  constructor(zone: Zone, now: number) {
    this.zone = zone;
    this.now = now;
  }

  /** Adds records; those that are there already stay as they are, but for their TTL. */
  add(...records: readonly RecordInput[]): this {
    return this.change(addRecords(recordsOf(records, this.zone.origin)), `add(${records.join(', ')})`);
  }

  /** Removes the records of a name and type, or all of a name; throws when there is none. */
  remove(name: string, type?: string): this {
    const owner = this.nameOf(name);
    const types = type === undefined ? this.typesAt(owner) : [typeOf(type)];
    const what = `remove(${[name, type].filter(Boolean).join(', ')})`;
    if (types.length === 0) throw new Error(`${what}: there is no record at ${nameToText(owner)}`);
    for (const each of types) this.change(removeRrset(owner, each), what);
    return this;
  }

  /** Puts records in the place of all that have their names and types. */
  replace(...records: readonly RecordInput[]): this {
    const sets = new Map<string, NewRecord[]>();
    for (const record of recordsOf(records, this.zone.origin)) {
      const key = setKey(record.owner, record.type);
      sets.set(key, [...(sets.get(key) ?? []), record]);
    }
    for (const set of sets.values()) {
      const [first] = set;
      if (first === undefined) continue;
      const rdatas = set.map(({ rdata }) => rdata);
      this.change(replaceRrset(first.owner, first.type, rdatas, first.ttl), `replace(${records.join(', ')})`);
    }
    return this;
  }

  /** Gives the records of a name and type a TTL. */
  setTtl(name: string, type: string, seconds: number): this {
    const change = setRrsetTtl(this.nameOf(name), typeOf(type), seconds);
    return this.change(change, `setTtl(${name}, ${type}, ${seconds})`);
  }

  /** Raises the serial in its own style, always to one after it (RFC 1982). */
  raiseSerial(): this {
    return this.change(raiseSerial(this.now), 'raiseSerial()');
  }

  /** Inserts lines of a zone file at its end. */
  insert(text: string): this {
    return this.change(insertText(text), 'insert(…)');
  }

  private change(change: Change, what: string): this {
    const { zone, problem } = applyChange(this.zone, change);
    if (problem !== undefined)
      throw new Error(`zone ${nameToText(this.zone.origin)}: ${what}: ${sayChangeProblem(problem)}`);
    this.zone = zone;
    return this;
  }

  private nameOf(text: string): Uint8Array {
    const read = nameFromText(text, this.zone.origin);
    if ('name' in read) return read.name;
    throw new Error(`'${text}' is no domain name: ${sayProblem(read.problem)}`);
  }

  private typesAt(owner: Uint8Array): number[] {
    const id = this.zone.names.find(owner);
    if (id < 0) return [];
    const records = new ZoneTree(this.zone).recordsAt(id);
    return [...new Set(records.map((record) => this.zone.types[record] ?? 0))];
  }
}

/** The number of a type, such as of `MX`, `CLIENTMX` or `TYPE65280`; throws for what is none. */
export function typeOf(text: string): number {
  const type = typeFromText(text);
  if (type !== undefined) return type;
  const guess = nearestType(text);
  throw new Error(`unknown RR type '${text}'${guess === undefined ? '' : `; did you mean ${guess}?`}`);
}

/** One record of a zone as a test reads it. */
export interface ZoneRecord {
  /** Absolute, with its final dot. */
  readonly name: string;
  readonly ttl: number;
  readonly type: string;
  /** The data as it stands in a zone file. */
  readonly data: string;
}

/** What a served zone offers while it is served. */
export interface ZoneAccess {
  current(): Zone;
  put(zone: Zone): void;
  now(): number;
}

/** A zone of a running server. */
export class ZoneHandle {
  /** Absolute, with its final dot. */
  readonly name: string;
  private readonly access: ZoneAccess;

  constructor(name: string, access: ZoneAccess) {
    this.name = name;
    this.access = access;
  }

  /** The text as it is served now; comments and layout stay through changes. */
  get text(): string {
    return new TextDecoder().decode(this.access.current().files[0]?.bytes);
  }

  /** The records as they are served now, all or those of a name (relative ones start from the zone) and type. */
  records(name?: string, type?: string): ZoneRecord[] {
    const zone = this.access.current();
    const wanted = name === undefined ? undefined : nameFromText(name, zone.origin);
    if (wanted !== undefined && 'problem' in wanted)
      throw new Error(`'${name}' is no domain name: ${sayProblem(wanted.problem)}`);
    const owner = wanted === undefined ? undefined : zone.names.find(wanted.name);
    const number = type === undefined ? undefined : typeOf(type);
    const found: ZoneRecord[] = [];
    for (let record = 0; record < zone.count; record++) {
      if (owner !== undefined && zone.owners[record] !== owner) continue;
      if (number !== undefined && zone.types[record] !== number) continue;
      found.push(recordAt(zone, record));
    }
    return found;
  }

  /** Changes the zone: all of the changes or, when one throws, none. Queries see it from their next on. */
  edit(changes: (zone: ZoneEdit) => unknown): this {
    const edit = new ZoneEdit(this.access.current(), this.access.now());
    if (changes(edit) instanceof Promise) throw new Error('edit: the changes have to be made before the function ends');
    this.access.put(edit.zone);
    return this;
  }
}

function recordAt(zone: Zone, record: number): ZoneRecord {
  const type = zone.types[record] ?? 0;
  const data = printRdata(type, zone.rdataOf(record), { native: true });
  return { name: nameToText(zone.ownerOf(record)), ttl: zone.ttls[record] ?? 0, type: typeName(type), data };
}
