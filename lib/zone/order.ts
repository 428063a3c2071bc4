import { canonicalRdata } from '../rr/layout.ts';
import { TYPE } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import { type ByteStrings, compareStrings, sortByBytes } from './byte-sort.ts';
import { OwnerKeys } from './owner-keys.ts';
import type { Zone } from './zone.ts';

/** The records of a zone in DNSSEC order. */
export interface CanonicalOrder {
  /**
   * Record numbers: owners in canonical order (RFC 4034 §6.1), types by number, RDATA in canonical order (§6.3),
   * of equal records the first only.
   */
  readonly records: Uint32Array;
  /**
   * The TTL of each of them: RRsets have one (RFC 2181 §5.2). Where the file says several, it is the first one
   * in the last unbroken run of records of that owner, as BIND loads it. The signatures of one type are an RRset of their own.
   */
  readonly ttls: Uint32Array;
  /** Records that are not part of the zone: those of another class, and owners outside its name; in file order. */
  readonly outside: readonly number[];
}

/**
 * Sorts the records of a zone as RFC 4034 §6 and RFC 8976 §3.3.1 order them; with `only`, a flag for each name id, those of
 * these owners alone, the others being looked at nowhere.
 */
export function canonicalOrder(zone: Zone, only?: Uint8Array): CanonicalOrder {
  const { names, owners, classes, zoneClass, count } = zone;
  const groups = new Uint32Array(names.count);
  const keys = new OwnerKeys(zone);
  const outside: number[] = [];
  for (let record = 0; record < count; record++) {
    const owner = owners[record] as number;
    if (only !== undefined && only[owner] !== 1) continue;
    if (classes[record] === zoneClass && keys.add(owner)) groups[owner] = (groups[owner] as number) + 1;
    else outside.push(record);
  }
  const sorted = keys.sorted();
  let next = 0;
  for (const owner of sorted) {
    const size = groups[owner] as number;
    groups[owner] = next;
    next += size;
  }
  const records = new Uint32Array(next);
  for (let record = 0; record < count; record++) {
    const owner = owners[record] as number;
    if (classes[record] !== zoneClass || !keys.has(owner)) continue;
    const to = groups[owner] as number;
    records[to] = record;
    groups[owner] = to + 1;
  }
  return { ...new RdataOrder(zone, records).sorted(), outside };
}

/** Puts records that stand by owner into the order of types and RDATA and leaves duplicates out. */
class RdataOrder implements ByteStrings {
  starts: Uint32Array = new Uint32Array(64);
  lengths: Uint16Array = new Uint16Array(64);
  private readonly zone: Zone;
  private readonly records: Uint32Array;
  private readonly ttls: Uint32Array;
  private readonly sink = new ByteSink(4096);
  private ids = new Uint32Array(64);
  private set = new Uint32Array(64);
  private runs: Uint32Array | undefined;
  private kept = 0;

  constructor(zone: Zone, records: Uint32Array) {
    this.zone = zone;
    this.records = records;
    this.ttls = new Uint32Array(records.length);
  }

  get bytes(): Uint8Array {
    return this.sink.bytes;
  }

  sorted(): { records: Uint32Array; ttls: Uint32Array } {
    const { records, ttls } = this;
    const { owners } = this.zone;
    for (let from = 0, to = 0; from < records.length; from = to) {
      const owner = owners[records[from] as number];
      while (to < records.length && owners[records[to] as number] === owner) to++;
      if (to - from === 1) this.keepOne(from);
      else this.sortOwner(from, to);
    }
    return { records: records.subarray(0, this.kept), ttls: ttls.subarray(0, this.kept) };
  }

  private keepOne(from: number): void {
    const record = this.records[from] as number;
    this.keep(record, this.zone.ttls[record] as number);
  }

  private keep(record: number, ttl: number): void {
    this.records[this.kept] = record;
    this.ttls[this.kept++] = ttl;
  }

  private sortOwner(from: number, to: number): void {
    const { records } = this;
    const { types } = this.zone;
    sortByType(records, from, to, types);
    for (let start = from, end = from; start < to; start = end) {
      const type = types[records[start] as number];
      while (end < to && types[records[end] as number] === type) end++;
      if (end - start === 1) this.keepOne(start);
      else this.sortSet(start, end);
    }
  }

  private sortSet(from: number, to: number): void {
    const { sink, records, zone } = this;
    const size = to - from;
    if (size > this.ids.length) this.grow(size);
    const { ids, set } = this;
    sink.length = 0;
    for (let i = 0; i < size; i++) {
      const record = records[from + i] as number;
      ids[i] = i;
      set[i] = record;
      this.starts[i] = sink.length;
      this.addRdata(record);
      this.lengths[i] = sink.length - (this.starts[i] as number);
    }
    const signatures = isSignature(zone.types[set[0] as number] as number);
    let ttl = this.ttlOf(set.subarray(0, size));
    sortByBytes(ids, 0, size, this);
    let end = signatures ? 0 : size;
    for (let i = 0; i < size; ) {
      if (i === end) {
        end = this.endOfCovered(i, size);
        ttl = this.ttlOf(
          ids
            .slice(i, end)
            .sort()
            .map((id) => set[id] as number),
        );
      }
      let first = ids[i] as number;
      for (const id = first; ++i < size && compareStrings(this, id, ids[i] as number) === 0; ) {
        first = Math.min(first, ids[i] as number);
      }
      this.keep(set[first] as number, ttl);
    }
  }

  /** Appends the canonical RDATA of a record; without capitals it is the RDATA itself. */
  private addRdata(record: number): void {
    const { zone, sink } = this;
    const { rdata } = zone;
    const start = zone.rdataStarts[record] as number;
    const length = zone.rdataLengths[record] as number;
    const base = sink.length;
    sink.reserve(length);
    const { bytes } = sink;
    for (let at = 0; at < length; at++) {
      const octet = rdata[start + at] as number;
      if (octet >= 0x41 && octet <= 0x5a) {
        sink.put(canonicalRdata(zone.types[record] as number, zone.rdataOf(record)));
        return;
      }
      bytes[base + at] = octet;
    }
    sink.length = base + length;
  }

  /** Where the signatures of the same type as the one at `from` end, in canonical order. */
  private endOfCovered(from: number, size: number): number {
    const { ids, starts, bytes } = this;
    const covered = (i: number): number => {
      const at = starts[ids[i] as number] as number;
      return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    };
    let end = from + 1;
    while (end < size && covered(end) === covered(from)) end++;
    return end;
  }

  /** The TTL of an RRset whose records stand in file order. */
  private ttlOf(set: Uint32Array): number {
    const { ttls } = this.zone;
    const ttl = ttls[set[0] as number] as number;
    if (set.every((record) => ttls[record] === ttl)) return ttl;
    this.runs ??= ownerRuns(this.zone);
    const last = this.runs[set[set.length - 1] as number];
    let first = 0;
    while (this.runs[set[first] as number] !== last) first++;
    return ttls[set[first] as number] as number;
  }

  private grow(size: number): void {
    const capacity = size * 2;
    this.starts = new Uint32Array(capacity);
    this.lengths = new Uint16Array(capacity);
    this.ids = new Uint32Array(capacity);
    this.set = new Uint32Array(capacity);
  }
}

/** Whether the records of a type go with the RRsets they sign, TTL included (RFC 4034 §3). */
function isSignature(type: number): boolean {
  return type === TYPE.RRSIG || type === TYPE.SIG;
}

/** Sorts records that stand in file order by type number, keeping the file order within a type. */
function sortByType(records: Uint32Array, from: number, to: number, types: Uint16Array): void {
  if (to - from > 32) {
    const keys = Float64Array.from(
      records.subarray(from, to),
      (record) => (types[record] as number) * 2 ** 32 + record,
    );
    keys.sort();
    for (let i = 0; i < keys.length; i++) records[from + i] = keys[i] as number;
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const record = records[i] as number;
    const type = types[record] as number;
    let at = i;
    for (; at > from && (types[records[at - 1] as number] as number) > type; at--)
      records[at] = records[at - 1] as number;
    records[at] = record;
  }
}

/** For each record the number of times the owner changed before it. */
function ownerRuns({ owners, count }: Zone): Uint32Array {
  const runs = new Uint32Array(count);
  for (let record = 1; record < count; record++) {
    runs[record] = (runs[record - 1] as number) + (owners[record] === owners[record - 1] ? 0 : 1);
  }
  return runs;
}
