import { lowerOctet } from '../rr/escapes.ts';
import { nameLength } from '../rr/name.ts';
import { TYPE, TYPES } from '../rr/types.ts';
import type { ByteSink } from '../text/sink.ts';
import { NameWriter } from '../wire/compression.ts';
import { HEADER_LENGTH, putU16 } from '../wire/header.ts';
import { rdataLayout, type Step, stepEnd } from '../wire/rdata-layout.ts';
import type { Zone } from '../zone/zone.ts';
import type { ServedZone } from './served-zone.ts';

/** What stands for an RRset that only the careful way can write. */
export const NOT_PLAIN = -2;

/** Records of one RRset that are compared with each other, and records of a name that are looked at. */
const MOST_RECORDS = 24;
const MOST_SEEN = 64;

/** Octets of a message in which every place can be pointed to; names are shorter in it than they are. */
export const MOST_OCTETS = 0x3f00;

/** The name that an RRset is written under, and an id of its own: -1 when no other RRset can be the same. */
export interface Owner {
  readonly key: number;
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** Octets of the kinds that stand before the names of hosts. */
const BEFORE: Readonly<Record<string, number>> = { u16: 2, type: 2, scheme: 1 };

const TARGETS: ReadonlyMap<number, number> = new Map(
  TYPES.flatMap(({ number, fields, additional }) => {
    if (additional === undefined) return [];
    const before = fields.slice(
      0,
      fields.findIndex(({ name }) => name === additional),
    );
    const lengths = before.map(({ kind }) => BEFORE[kind] ?? Number.NaN);
    const offset = lengths.reduce((sum, length) => sum + length, 0);
    return [[number, Number.isNaN(offset) ? NOT_PLAIN : offset] as const];
  }),
);

const META: ReadonlySet<number> = new Set(TYPES.flatMap((row) => (row.meta ? [row.number] : [])));

/** Whether a type stands for something else than records of a zone. */
export function isMeta(type: number): boolean {
  return META.has(type);
}

/** Where in the RDATA of a type the name of a host stands whose addresses are wanted; -1 when there is none. */
export function targetOffset(type: number): number {
  return TARGETS.get(type) ?? -1;
}

/** The RRsets of an answer while they are written, each once. */
export class PlainSets {
  /** Records of the answer, of the authority and of the additional section. */
  readonly counts: [number, number, number] = [0, 0, 0];
  private readonly out: ByteSink;
  private readonly names: NameWriter;
  /** Whether the writer of names knows the question. */
  private hasNames = false;
  /** Octets that hold the name of the question, and no other. */
  private query: Uint8Array | undefined;
  private readonly found = new Int32Array(MOST_RECORDS);
  /** Keys of owners and types of the RRsets that are there, side by side, and how many numbers those are. */
  private readonly there: number[] = [];
  private used = 0;
  /** Where the owner of the RRset at hand stands in the message, 0 when it cannot be pointed to. */
  private owner = 0;

  constructor(out: ByteSink) {
    this.out = out;
    this.names = new NameWriter(out);
  }

  /** Begins an answer: room for the header, and the question of the query, whose name ends at `end`. */
  begin(query: Uint8Array, end: number): void {
    const { out, counts } = this;
    out.length = 0;
    out.copy(query, 0, end + 4);
    this.query = query;
    this.hasNames = false;
    this.used = 0;
    counts[0] = 0;
    counts[1] = 0;
    counts[2] = 0;
  }

  /** Writes an RRset unless it is there; the number of its records, NOT_PLAIN when it has to be written another way. */
  add(section: 0 | 1 | 2, { tree }: ServedZone, id: number, type: number, owner: Owner, ttl = -1): number {
    const { zone } = tree;
    const count = this.find(zone, tree.first[id] as number, tree.next, type);
    if (count <= 0) return count;
    if (owner.key >= 0) {
      const { there, used } = this;
      for (let at = 0; at < used; at += 2) {
        // An alias that comes again leads in a circle.
        if (there[at] === owner.key && there[at + 1] === type) return type === TYPE.CNAME ? NOT_PLAIN : 0;
      }
      there[used] = owner.key;
      there[used + 1] = type;
      this.used = used + 2;
    }
    const { found } = this;
    const layout = rdataLayout(type);
    // RFC 2181 §5.2: the records of a set have one TTL.
    const seconds = ttl < 0 ? (zone.ttls[found[0] as number] as number) : ttl;
    for (let index = 0; index < count; index++) {
      this.putHead(owner, index, type, zone.zoneClass, seconds);
      if (!this.putRdata(zone, found[index] as number, layout)) return NOT_PLAIN;
    }
    this.counts[section] += count;
    return count;
  }

  /** Finds the records of a type; NOT_PLAIN when they are many or two may be one (RFC 2181 §5). */
  private find(zone: Zone, first: number, next: Int32Array, type: number): number {
    const { types, classes, zoneClass } = zone;
    const { found } = this;
    let count = 0;
    let seen = 0;
    for (let record = first; record >= 0; record = next[record] as number) {
      if (++seen > MOST_SEEN) return NOT_PLAIN;
      if (types[record] !== type || classes[record] !== zoneClass) continue;
      if (count === MOST_RECORDS) return NOT_PLAIN;
      for (let other = 0; other < count; other++) {
        if (mayBeSame(zone, found[other] as number, record)) return NOT_PLAIN;
      }
      found[count++] = record;
    }
    return count;
  }

  /** Appends a name and tells where it ended in its octets. */
  private putName(bytes: Uint8Array, at: number): number {
    const { names } = this;
    if (!this.hasNames) {
      // Most answers have no name but that of the question, and need not know of its parts.
      this.hasNames = true;
      names.clear();
      names.note(HEADER_LENGTH);
    }
    return names.write(bytes, at);
  }

  private putHead({ bytes, at }: Owner, index: number, type: number, rrClass: number, ttl: number): void {
    const { out, names } = this;
    if (bytes === this.query && bytes[at] !== 0) out.u16(0xc000 | HEADER_LENGTH);
    else if (index > 0 && this.owner > 0) out.u16(0xc000 | this.owner);
    else {
      this.putName(bytes, at);
      this.owner = names.last;
    }
    out.u16(type);
    out.u16(rrClass);
    out.u32(ttl);
  }

  private putRdata(zone: Zone, record: number, layout: readonly Step[] | undefined): boolean {
    const { out } = this;
    const { rdata } = zone;
    const start = zone.rdataStarts[record] as number;
    const length = zone.rdataLengths[record] as number;
    const end = start + length;
    const lengthAt = out.length;
    if (lengthAt + length > MOST_OCTETS) return false;
    out.u16(length);
    if (layout === undefined) {
      out.copy(rdata, start, end);
      return true;
    }
    let at = start;
    for (const step of layout) {
      const from = at;
      if (step.kind === 'name') {
        const octets = nameLength(rdata, at);
        at = octets < 0 ? -1 : at + octets;
      } else at = stepEnd(step, rdata, at, end);
      if (at < 0 || at > end) return false;
      if (step.kind === 'name' && step.compress) this.putName(rdata, from);
      else out.copy(rdata, from, at);
    }
    putU16(out.bytes, lengthAt, out.length - lengthAt - 2);
    return at === end;
  }
}

/** Whether the RDATA of two records has the same octets, upper and lower case letters counted as one. */
function mayBeSame({ rdata, rdataStarts, rdataLengths }: Zone, one: number, other: number): boolean {
  const length = rdataLengths[one] as number;
  if (rdataLengths[other] !== length) return false;
  const [left, right] = [rdataStarts[one] as number, rdataStarts[other] as number];
  for (let at = 0; at < length; at++) {
    if (lowerOctet(rdata[left + at] as number) !== lowerOctet(rdata[right + at] as number)) return false;
  }
  return true;
}
