import { printRdata, rdataFromText } from '../../rr/codec.ts';
import { nameFromText, nameToText } from '../../rr/name.ts';
import { sayProblem } from '../../rr/say.ts';
import { MAX_TTL, readPeriod } from '../../rr/ttl.ts';
import { CLASSES, typeFromText, typeToText } from '../../rr/types.ts';
import { COMMENT_TOKEN, Entry, scanEntry } from '../../text/entry.ts';
import { isObject, type JsonObject, type JsonProblem, shownJson, stateOf } from '../from-json.ts';
import { addRecord, type ReadState } from '../state.ts';
import { Zone } from '../zone.ts';
import type { TakeLoss } from './loss.ts';

/** A zone as the JSON of the npm package dns-zonefile: a list of records for each type it knows, and one SOA. */
export type DnsZonefile = Record<string, unknown>;

/** The members of the RDATA by list, in the order of the text; the last one takes all words that are left. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  soa: ['mname', 'rname', 'serial', 'refresh', 'retry', 'expire', 'minimum'],
  ns: ['host'],
  a: ['ip'],
  aaaa: ['ip'],
  cname: ['alias'],
  mx: ['preference', 'host'],
  ptr: ['host'],
  txt: ['txt'],
  srv: ['priority', 'weight', 'port', 'target'],
  spf: ['data'],
  caa: ['flags', 'tag', 'value'],
  ds: ['key_tag', 'algorithm', 'digest_type', 'digest'],
};

/** Numbers in the JSON; the others, those of DS too, are strings. */
const NUMBERS = new Set([
  'serial',
  'refresh',
  'retry',
  'expire',
  'minimum',
  'preference',
  'priority',
  'weight',
  'port',
  'flags',
]);

/** Members that say something again, so that reading passes them over. */
const REPEATED = new Set(['fullname']);

/** Whether the members of a JSON object are those of dns-zonefile, of which no other JSON of a zone has one. */
export function isDnsZonefileMember(name: string): boolean {
  return name === '$origin' || name === '$ttl' || Object.hasOwn(LISTS, name);
}

/**
 * The zone as the JSON of dns-zonefile, and the records in it, in the order of its lists. Names are absolute except
 * owners, and texts are written so that the package, which takes some characters for its own, writes them unchanged.
 */
export function zoneToDnsZonefile(zone: Zone, lose: TakeLoss): { readonly json: DnsZonefile; readonly held: number[] } {
  const json: DnsZonefile = {};
  let ttl: { $ttl?: number } = {};
  const held = new Map<string, number[]>(Object.keys(LISTS).map((list) => [list, []]));
  for (let record = 0; record < zone.count; record++) {
    const list = typeToText(zone.types[record] as number).toLowerCase();
    const entry = entryOf(zone, record, list, lose);
    if (entry === undefined) continue;
    if (list === 'soa' && json.soa !== undefined) {
      lose(record, 'dns-zonefile has room for one SOA');
      continue;
    }
    held.get(list)?.push(record);
    // Without a TTL in the record, for which it takes the TTL 0, the package relies on $TTL.
    if (entry.ttl === 0) ttl = { $ttl: 0 };
    if (list === 'soa') json.soa = entry;
    else if (Array.isArray(json[list])) json[list].push(entry);
    else json[list] = [entry];
  }
  return { json: { $origin: nameToText(zone.origin), ...ttl, ...json }, held: [...held.values()].flat() };
}

function entryOf(zone: Zone, record: number, list: string, lose: TakeLoss): JsonObject | undefined {
  const members = Object.hasOwn(LISTS, list) ? LISTS[list] : undefined;
  const type = zone.types[record] as number;
  const text = printRdata(type, zone.rdataOf(record));
  if (members === undefined) lose(record, `dns-zonefile does not know the type ${typeToText(type)}`);
  else if (zone.classes[record] !== CLASSES.IN) lose(record, 'dns-zonefile knows the class IN only');
  else if (text.startsWith('\\#')) lose(record, 'dns-zonefile has no generic RDATA');
  else {
    const owner = zone.ownerOf(record);
    const entry: Record<string, string | number> = { name: steady(nameToText(owner, zone.origin)) };
    if (list === 'ptr') entry.fullname = steady(nameToText(owner));
    const words = text.split(' ');
    for (const [index, member] of members.entries()) {
      const word = index < members.length - 1 ? (words[index] ?? '') : words.slice(index).join(' ');
      entry[member] = NUMBERS.has(member) ? Number(word) : steady(word);
    }
    return { ...entry, ttl: zone.ttls[record] as number };
  }
  return undefined;
}

/**
 * Text in which everything is escaped that the package takes for its own: `\"` and `\;`, apostrophes outside quotes,
 * `{…}` like the gaps in its template, and `$` with a sign behind it, which JavaScript replaces.
 */
function steady(text: string): string {
  let quoted = false;
  return text.replace(/\\\d{3}|\\.|\{(?=\$?[a-z]+\})|\$(?=[$&`'<])|["']/gs, (found) => {
    if (found === '"') quoted = !quoted;
    if (found === '"' || (found === "'" && quoted) || /^\\[\d\\.]/.test(found)) return found;
    return `\\${`${found.charCodeAt(found.length - 1)}`.padStart(3, '0')}`;
  });
}

/**
 * The zone that the JSON of dns-zonefile describes, without the records that are wrong; undefined when it is none.
 * Names are relative to `$origin`, else to `origin`, else to an absolute name of the SOA; text is read as in a zone file.
 */
export function zoneFromDnsZonefile(
  value: unknown,
  origin?: Uint8Array,
): { readonly zone: Zone | undefined; readonly problems: readonly JsonProblem[] } {
  if (!isObject(value)) return { zone: undefined, problems: [{ path: '', message: 'expected an object' }] };
  const reader = new DnsZonefileReader(value);
  return { zone: reader.zone(origin), problems: reader.problems };
}

class DnsZonefileReader {
  readonly problems: JsonProblem[] = [];
  private readonly value: JsonObject;
  private ttl = -1;

  constructor(value: JsonObject) {
    this.value = value;
  }

  zone(given: Uint8Array | undefined): Zone | undefined {
    const origin = this.origin(given);
    if (origin === undefined) return undefined;
    const state = stateOf(new Zone(origin));
    this.ttl = this.defaultTtl();
    for (const name of Object.keys(this.value)) {
      if (!isDnsZonefileMember(name)) this.report(`/${name}`, 'dns-zonefile has no such member');
    }
    for (const list of Object.keys(LISTS)) this.list(state, list);
    return state.zone;
  }

  private report(path: string, message: string): undefined {
    this.problems.push({ path, message });
  }

  private origin(given: Uint8Array | undefined): Uint8Array | undefined {
    const { $origin, soa } = this.value;
    const owner = isObject(soa) ? soa.name : undefined;
    const written = $origin ?? (given === undefined ? owner : undefined);
    if (typeof written !== 'string' && given !== undefined) return given;
    if (typeof written !== 'string') {
      return this.report('/$origin', `expected the name of the zone, found ${shownJson(written)}: give --origin NAME`);
    }
    return this.name(written, '/$origin', $origin === undefined ? undefined : Uint8Array.of(0));
  }

  private name(text: string, path: string, origin?: Uint8Array): Uint8Array | undefined {
    const read = text === '@' && origin !== undefined ? { name: origin } : nameFromText(text, origin);
    return 'name' in read ? read.name : this.report(path, sayProblem(read.problem));
  }

  /** Seconds of a TTL as a number or as a zone file has it, -1 when there is none. */
  private ttlOf(value: unknown, path: string): number {
    if (value === undefined || value === null || value === '') return -1;
    const octets = new TextEncoder().encode(String(value));
    const ttl = typeof value === 'number' || typeof value === 'string' ? readPeriod(octets, 0, octets.length) : -1;
    if (ttl >= 0 && ttl <= MAX_TTL) return ttl;
    this.report(path, `expected seconds from 0 to ${MAX_TTL}, found ${shownJson(value)}`);
    return -2;
  }

  /** What records without a TTL have: `$ttl`, else the TTL of the SOA or its minimum. */
  private defaultTtl(): number {
    const { $ttl, soa } = this.value;
    const ttl = this.ttlOf($ttl, '/$ttl');
    if (ttl !== -1 || !isObject(soa)) return ttl;
    const own = this.ttlOf(soa.ttl, '/soa/ttl');
    return own === -1 ? this.ttlOf(soa.minimum, '/soa/minimum') : own;
  }

  private list(state: ReadState, list: string): void {
    const entries = this.value[list];
    if (entries === undefined || entries === null) return;
    if (list === 'soa') this.record(state, list, entries, '/soa');
    else if (!Array.isArray(entries)) this.report(`/${list}`, `expected an array, found ${shownJson(entries)}`);
    else for (const [index, entry] of entries.entries()) this.record(state, list, entry, `/${list}/${index}`);
  }

  private record(state: ReadState, list: string, entry: unknown, path: string): void {
    if (!isObject(entry)) {
      this.report(path, `expected an object, found ${shownJson(entry)}`);
      return;
    }
    const { zone } = state;
    const members = LISTS[list] ?? [];
    const before = this.problems.length;
    for (const name of Object.keys(entry)) {
      const known = name === 'name' || name === 'ttl' || REPEATED.has(name) || members.includes(name);
      if (!known) this.report(`${path}/${name}`, `dns-zonefile has no such member in ${list}`);
    }
    const name = entry.name ?? '@';
    if (typeof name !== 'string') this.report(`${path}/name`, `expected a name, found ${shownJson(name)}`);
    const owner =
      typeof name === 'string' ? this.name(name === '' ? '@' : name, `${path}/name`, zone.origin) : undefined;
    const own = this.ttlOf(entry.ttl, `${path}/ttl`);
    const ttl = own === -1 ? this.ttl : own;
    if (ttl === -1) this.report(path, 'has no TTL, and there is no $ttl');
    const type = typeFromText(list) ?? 0;
    const rdata = this.rdata(entry, type, members, path, zone.origin);
    if (owner === undefined || rdata === undefined || ttl < 0 || this.problems.length > before) return;
    if (zone.rdata.length - zone.rdataUsed < rdata.length) zone.growRdata(rdata.length);
    zone.rdata.set(rdata, zone.rdataUsed);
    addRecord(state, zone.names.intern(owner), type, CLASSES.IN, ttl, zone.rdataUsed, rdata.length, 0);
  }

  private rdata(
    entry: JsonObject,
    type: number,
    members: readonly string[],
    path: string,
    origin: Uint8Array,
  ): Uint8Array | undefined {
    const words: string[] = [];
    for (const member of members) {
      const value = entry[member];
      if (typeof value !== 'string' && typeof value !== 'number') {
        return this.report(`${path}/${member}`, `expected text or a number, found ${shownJson(value)}`);
      }
      words.push(String(value));
    }
    const text = words.join(' ');
    if (hasMore(text)) return this.report(path, 'has a line end or a comment: put its text into quotes');
    const read = rdataFromText(type, text, origin);
    return 'rdata' in read ? read.rdata : this.report(path, sayProblem(read.problem));
  }
}

/** Whether a zone file with such a text would not end where the text ends: it has line ends or comments. */
function hasMore(text: string): boolean {
  const bytes = new TextEncoder().encode(text);
  const entry = new Entry();
  scanEntry(bytes, 0, entry);
  if (entry.end < bytes.length || bytes.includes(0x0a)) return true;
  for (let token = 0; token < entry.tokenCount; token++) if (entry.kinds[token] === COMMENT_TOKEN) return true;
  return false;
}
