import { addRecords, type Change, type NewRecord, raiseSerial, removeRecords, setTtl } from '../../edit/change.ts';
import { canonicalRdata } from '../../rr/layout.ts';
import { nameFromText, nameToText } from '../../rr/name.ts';
import { sayProblem } from '../../rr/say.ts';
import { MAX_TTL } from '../../rr/ttl.ts';
import { typeToText } from '../../rr/types.ts';
import type { SerialStyle } from '../../zone/serial.ts';
import type { Zone } from '../../zone/zone.ts';
import { typeNumber } from './names.ts';
import { buildAny, recordsOfText } from './record-data.ts';
import { ControlError, objectOf } from './replies.ts';

/** Changes that one request may make. */
const MOST_CHANGES = 10_000;

const OPERATIONS = ['add', 'remove', 'replace', 'ttl', 'raise-serial'] as const;

/** Members that a change may have, by its operation. */
const MEMBERS: Readonly<Record<(typeof OPERATIONS)[number], readonly string[]>> = {
  add: ['op', 'name', 'type', 'ttl', 'data', 'records'],
  remove: ['op', 'name', 'type', 'data', 'records'],
  replace: ['op', 'name', 'type', 'ttl', 'data', 'records'],
  ttl: ['op', 'name', 'type', 'ttl'],
  'raise-serial': ['op', 'style'],
};

type Given = Readonly<Record<string, unknown>>;

/** The changes of a zone that a JSON value describes: a list of operations. Throws ControlError. */
export function changesOf(value: unknown, zone: Zone, now: number): Change[] {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  if (list.length > MOST_CHANGES)
    throw new ControlError(422, 'invalid', `a request makes at most ${MOST_CHANGES} changes`);
  return list.flatMap((each, index) => {
    try {
      return changesOfOne(each, zone, now);
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      throw new ControlError(error.status, error.code, `change ${index + 1}: ${error.message}`, { change: index });
    }
  });
}

function changesOfOne(value: unknown, zone: Zone, now: number): Change[] {
  const { op } = objectOf(value, 'a change');
  const operation = OPERATIONS.find((each) => each === op);
  if (operation === undefined) throw invalid(`op is one of ${OPERATIONS.join(', ')}, not ${JSON.stringify(op)}`);
  const given = objectOf(value, `the operation ${operation}`, MEMBERS[operation]);
  switch (operation) {
    case 'add':
      return [addRecords(recordsOf(given, zone))];
    case 'remove':
      return [
        removeRecords(
          given['data'] === undefined && given['records'] === undefined ? named(given, zone) : equal(given, zone),
        ),
      ];
    case 'replace':
      return replacing(given, zone);
    case 'ttl':
      return [setTtl(named(given, zone), ttlOf(given) ?? missing('ttl'))];
    case 'raise-serial':
      return [raiseSerial(now, styleOf(given))];
  }
}

/** Each RRset of the records takes the place of the one of its owner and type. */
function replacing(given: Given, zone: Zone): Change[] {
  const sets = new Map<string, NewRecord[]>();
  for (const record of recordsOf(given, zone)) {
    const key = `${record.type} ${nameToText(record.owner).toLowerCase()}`;
    sets.set(key, [...(sets.get(key) ?? []), record]);
  }
  return [...sets.values()].flatMap((records): Change[] => {
    const [{ owner, type, ttl } = missing('data')] = records;
    const rdatas = records.map(({ rdata }) => rdata);
    return [{ kind: 'replace-rrset', owner, type, rdatas, ...(ttl !== undefined && { ttl }) }];
  });
}

/** Records given as zone text, or as an owner and a type with their data. */
function recordsOf(given: Given, zone: Zone): NewRecord[] {
  const { records, data } = given;
  if (records !== undefined) {
    if (given['name'] !== undefined || data !== undefined)
      throw invalid('give either "records" as zone text, or "name", "type" and "data"');
    if (typeof records !== 'string') throw invalid('"records" is zone text, one record a line');
    return recordsOfText(records, zone.origin);
  }
  const owner = ownerOf(given, zone);
  const type = typeOf(given) ?? missing('type');
  const ttl = ttlOf(given);
  const all: readonly unknown[] = Array.isArray(data) ? data : [data ?? missing('data')];
  if (all.length === 0) throw invalid('"data" is empty: use the operation remove');
  return all.map((each) => ({
    owner,
    type,
    rdata: buildAny(type, each, zone.origin),
    ...(ttl !== undefined && { ttl }),
  }));
}

/** Numbers of the records that an owner has, of a type or of all. */
function named(given: Given, zone: Zone): number[] {
  const owner = ownerOf(given, zone);
  const type = typeOf(given);
  const id = zone.names.find(owner);
  const found: number[] = [];
  for (let record = 0; record < zone.count; record++) {
    if (zone.owners[record] === id && (type === undefined || zone.types[record] === type)) found.push(record);
  }
  if (id >= 0 && found.length > 0) return found;
  throw none(type, owner);
}

/** Numbers of the records with the owner, type and data given. */
function equal(given: Given, zone: Zone): number[] {
  return recordsOf(given, zone).flatMap(({ owner, type, rdata }) => {
    const wanted = Buffer.from(canonicalRdata(type, rdata));
    const id = zone.names.find(owner);
    const found: number[] = [];
    for (let record = 0; record < zone.count; record++) {
      const isIt = zone.owners[record] === id && zone.types[record] === type;
      if (isIt && wanted.equals(canonicalRdata(type, zone.rdataOf(record)))) found.push(record);
    }
    if (id < 0 || found.length === 0) throw none(type, owner, ' with this data');
    return found;
  });
}

function none(type: number | undefined, owner: Uint8Array, more = ''): ControlError {
  const what = type === undefined ? 'record' : `${typeToText(type)} record`;
  return new ControlError(409, 'no-such-record', `there is no ${what} at ${nameToText(owner)}${more}`);
}

/** The owner: absolute with a final dot, otherwise from the name of the zone on; `@` is the zone itself. */
function ownerOf({ name }: Given, zone: Zone): Uint8Array {
  if (typeof name !== 'string' || name === '')
    throw invalid('"name" is the owner, such as "www" or "www.example.net."');
  const read = nameFromText(name, zone.origin);
  if ('name' in read) return read.name;
  throw invalid(`"name" is no domain name: ${sayProblem(read.problem)}`);
}

function typeOf({ type }: Given): number | undefined {
  if (type === undefined) return undefined;
  if (typeof type !== 'string') throw invalid('"type" is a word such as "MX"');
  return typeNumber(type);
}

function ttlOf({ ttl }: Given): number | undefined {
  if (ttl === undefined) return undefined;
  if (typeof ttl === 'number' && Number.isInteger(ttl) && ttl >= 0 && ttl <= MAX_TTL) return ttl;
  throw invalid(`"ttl" is a whole number of seconds from 0 to ${MAX_TTL}`);
}

const STYLES: readonly SerialStyle[] = ['date', 'unix', 'counter'];

function styleOf({ style }: Given): SerialStyle | undefined {
  const known = STYLES.find((each) => each === style);
  if (known === undefined && style !== undefined) throw invalid(`"style" is one of ${STYLES.join(', ')}`);
  return known;
}

function missing(member: string): never {
  throw invalid(`"${member}" is missing`);
}

function invalid(sentence: string): ControlError {
  return new ControlError(422, 'invalid', sentence);
}
