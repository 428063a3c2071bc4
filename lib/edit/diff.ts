import { canonicalRdata, fieldSpans, fieldsOf } from '../rr/layout.ts';
import { compareNames } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { type CanonicalOrder, canonicalOrder } from '../zone/order.ts';
import { isRaised } from '../zone/serial.ts';
import type { Zone } from '../zone/zone.ts';
import { differingOwners, type Outside } from './diff-owners.ts';

/** What does not count as a difference. */
export interface DiffOptions {
  /** The serial of the SOA. */
  readonly ignoreSerial?: boolean;
  /** TTLs alone; where records differ too, the TTLs are still told. */
  readonly ignoreTtl?: boolean;
  /** What signers make, and the keys they make it with (see `isDnssec`). */
  readonly ignoreDnssec?: boolean;
}

/** One RRset that differs; the signatures of each type covered are an RRset of their own. */
export interface RrsetChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** Wire form of the owner, as the new zone spells it, or else the old one. */
  readonly owner: Uint8Array;
  readonly type: number;
  /** The type that signatures cover, undefined for other types. */
  readonly covered: number | undefined;
  /** TTLs of the RRset (RFC 2181 §5.2), undefined where it is missing. */
  readonly oldTtl: number | undefined;
  readonly newTtl: number | undefined;
  /** Record numbers in the old zone, in canonical order: all of the RRset, and those that the new zone has not. */
  readonly before: readonly number[];
  readonly removed: readonly number[];
  /** Record numbers in the new zone, in canonical order: all of the RRset, and those that the old zone has not. */
  readonly after: readonly number[];
  readonly added: readonly number[];
}

/** How many RRsets and records differ. */
export interface DiffCounts {
  readonly rrsets: { readonly added: number; readonly removed: number; readonly changed: number };
  readonly records: { readonly added: number; readonly removed: number };
  /** RRsets in both zones whose TTL differs and counts. */
  readonly ttls: number;
}

/** The serials of two zones that have one SOA each. */
export interface SerialChange {
  readonly old: number;
  readonly new: number;
  /** Whether secondaries see that the new one comes after the old one (RFC 1982 §3.2). */
  readonly raised: boolean;
}

/** An owner that only one of two zones has: its records stand at `order.records[from, to)`. */
export interface LoneOwner {
  readonly from: number;
  readonly to: number;
}

/** What differs between two zones, RRset by RRset in canonical order; 32 octets a difference until one is asked for. */
export interface ZoneDiff {
  readonly old: Zone;
  readonly new: Zone;
  readonly options: DiffOptions;
  /** The records of all owners that may differ. */
  readonly oldOrder: CanonicalOrder;
  readonly newOrder: CanonicalOrder;
  readonly counts: DiffCounts;
  /** The serials when they differ, ignored or not. */
  readonly serial: SerialChange | undefined;
  /** Whether nothing differs but the serial. */
  readonly onlySerial: boolean;
  /** Owners that are gone, and owners that are new, in canonical order. */
  readonly goneOwners: readonly LoneOwner[];
  readonly newOwners: readonly LoneOwner[];
  /** Records that were not compared: of another class than their zone, or with an owner outside of it. */
  readonly outside: { readonly old: Outside; readonly new: Outside };
  /** Number of RRsets that differ. */
  readonly length: number;
  /** The difference at an index. */
  at(index: number): RrsetChange;
  changes(): Generator<RrsetChange>;
}

/** Types that signers make or that hold their keys; a DS is none of them, being the word of the parent about its child. */
const DNSSEC: ReadonlySet<number> = new Set([
  TYPE.RRSIG,
  TYPE.NSEC,
  TYPE.NSEC3,
  TYPE.NSEC3PARAM,
  TYPE.DNSKEY,
  TYPE.CDS,
  TYPE.CDNSKEY,
  TYPE.ZONEMD,
  TYPE.SIG,
  TYPE.NXT,
  // What BIND keeps in a zone about signing that goes on.
  65534,
]);

/** Whether records of a type come from signing a zone: signatures, denial, keys and their announcements, ZONEMD. */
export function isDnssec(type: number): boolean {
  return DNSSEC.has(type);
}

/**
 * Compares two zones by RRset: owners and RDATA by their canonical form (RFC 4034 §6.2: letter case counts where the type says so),
 * TTLs as RRsets have them. The order of records, duplicates, comments and layout do not count. Time grows with the records,
 * and with the logarithm of those whose owners differ.
 */
export function diffZones(old: Zone, now: Zone, options: DiffOptions = {}): ZoneDiff {
  const leftOut = options.ignoreDnssec === true ? isDnssec : (): boolean => false;
  const marks = differingOwners(old, now, leftOut);
  const oldOrder = canonicalOrder(old, marks.old);
  const newOrder = canonicalOrder(now, marks.new);
  const found = new Comparison(old, now, oldOrder, newOrder, options).run();
  const serial = serialChange(old, now, oldOrder, newOrder);
  return {
    old,
    new: now,
    options,
    oldOrder,
    newOrder,
    counts: found.counts,
    serial,
    onlySerial: serial !== undefined && found.length === 1 && found.isOnlySerial(found.at(0)),
    goneOwners: found.goneOwners,
    newOwners: found.newOwners,
    outside: { old: marks.oldOutside, new: marks.newOutside },
    length: found.length,
    at: (index) => found.at(index),
    *changes() {
      for (let index = 0; index < found.length; index++) yield found.at(index);
    },
  };
}

/** Whether a record is the SOA with all its numbers, whose serial then stands 20 octets before the end (RFC 1035 §3.3.13). */
export function soaSerial(rdata: Uint8Array): number | undefined {
  if (fieldSpans(TYPE.SOA, rdata).length < fieldsOf(TYPE.SOA).length) return undefined;
  const at = rdata.length - 20;
  return new DataView(rdata.buffer, rdata.byteOffset).getUint32(at);
}

function serialChange(old: Zone, now: Zone, ...orders: [CanonicalOrder, CanonicalOrder]): SerialChange | undefined {
  const [before, after] = [onlySoa(old, orders[0]), onlySoa(now, orders[1])].map(
    (rdata) => rdata && soaSerial(rdata),
  ) as [number | undefined, number | undefined];
  if (before === undefined || after === undefined || before === after) return undefined;
  return { old: before, new: after, raised: isRaised(before, after) };
}

/** RDATA of the SOA at the apex, which stands among the first records; undefined when there is none or more than one. */
function onlySoa(zone: Zone, { records }: CanonicalOrder): Uint8Array | undefined {
  let found: Uint8Array | undefined;
  for (const record of records) {
    if (zone.owners[record] !== zone.apex) break;
    if (zone.types[record] !== TYPE.SOA) continue;
    if (found !== undefined) return undefined;
    found = zone.rdataOf(record);
  }
  return found;
}

/** A run of records: positions in the records of an order. */
interface Run {
  from: number;
  to: number;
}

/** Numbers kept of each difference: where its records begin and end in both orders. */
const BOUNDS = 4;

class Comparison {
  readonly goneOwners: LoneOwner[] = [];
  readonly newOwners: LoneOwner[] = [];
  readonly counts = { rrsets: { added: 0, removed: 0, changed: 0 }, records: { added: 0, removed: 0 }, ttls: 0 };
  private readonly old: Zone;
  private readonly now: Zone;
  private readonly oldOrder: CanonicalOrder;
  private readonly newOrder: CanonicalOrder;
  private readonly options: DiffOptions;
  private readonly bounds: number[] = [];

  constructor(old: Zone, now: Zone, oldOrder: CanonicalOrder, newOrder: CanonicalOrder, options: DiffOptions) {
    this.old = old;
    this.now = now;
    this.oldOrder = oldOrder;
    this.newOrder = newOrder;
    this.options = options;
  }

  get length(): number {
    return this.bounds.length / BOUNDS;
  }

  run(): this {
    const { old, now } = this;
    const [before, after] = [this.oldOrder.records, this.newOrder.records];
    for (let i = 0, j = 0; i < before.length || j < after.length; ) {
      const [left, right] = [endOfOwner(old, before, i), endOfOwner(now, after, j)];
      const order =
        i === left ? 1 : j === right ? -1 : compareNames(old.ownerOf(before[i] ?? 0), now.ownerOf(after[j] ?? 0));
      if (order < 0) this.goneOwners.push({ from: i, to: left });
      if (order > 0) this.newOwners.push({ from: j, to: right });
      const gone = { from: i, to: order > 0 ? i : left };
      const come = { from: j, to: order < 0 ? j : right };
      this.compareOwner(gone, come);
      i = gone.to;
      j = come.to;
    }
    return this;
  }

  at(index: number): RrsetChange {
    const { old, now, bounds } = this;
    const [from = 0, to = 0, start = 0, end = 0] = bounds.slice(index * BOUNDS, (index + 1) * BOUNDS);
    const before = [...this.oldOrder.records.subarray(from, to)];
    const after = [...this.newOrder.records.subarray(start, end)];
    const [zone, record] = after.length > 0 ? [now, after[0] ?? 0] : [old, before[0] ?? 0];
    return {
      kind: before.length === 0 ? 'added' : after.length === 0 ? 'removed' : 'changed',
      owner: zone.ownerOf(record),
      type: zone.types[record] ?? 0,
      covered: coveredBy(zone, record),
      oldTtl: before.length === 0 ? undefined : this.oldOrder.ttls[from],
      newTtl: after.length === 0 ? undefined : this.newOrder.ttls[start],
      before,
      after,
      ...this.apart(before, after),
    };
  }

  /** Whether two SOA differ in their serials and in nothing else. */
  isOnlySerial({ type, before, after, oldTtl, newTtl }: RrsetChange): boolean {
    const [left, right] = [before[0], after[0]];
    if (type !== TYPE.SOA || before.length !== 1 || after.length !== 1 || oldTtl !== newTtl) return false;
    const masked = [content(this.old, left ?? 0, true), content(this.now, right ?? 0, true)] as const;
    return Buffer.compare(...masked) === 0;
  }

  private compareOwner(gone: Readonly<Run>, come: Readonly<Run>): void {
    const { old, now } = this;
    const [before, after] = [this.oldOrder.records, this.newOrder.records];
    for (let i = gone.from, j = come.from; i < gone.to || j < come.to; ) {
      const left = i < gone.to ? setKey(old, before[i] ?? 0) : Number.POSITIVE_INFINITY;
      const right = j < come.to ? setKey(now, after[j] ?? 0) : Number.POSITIVE_INFINITY;
      const key = Math.min(left, right);
      const set = { from: i, to: i };
      const other = { from: j, to: j };
      while (set.to < gone.to && setKey(old, before[set.to] ?? 0) === key) set.to++;
      while (other.to < come.to && setKey(now, after[other.to] ?? 0) === key) other.to++;
      if (this.options.ignoreDnssec !== true || !isDnssec(Math.floor(key / TYPES))) this.compareSet(set, other);
      i = set.to;
      j = other.to;
    }
  }

  private compareSet(gone: Readonly<Run>, come: Readonly<Run>): void {
    const before = [...this.oldOrder.records.subarray(gone.from, gone.to)];
    const after = [...this.newOrder.records.subarray(come.from, come.to)];
    const { removed, added } = this.apart(before, after);
    const both = before.length > 0 && after.length > 0;
    const retimed =
      both && this.options.ignoreTtl !== true && this.oldOrder.ttls[gone.from] !== this.newOrder.ttls[come.from];
    if (removed.length === 0 && added.length === 0 && !retimed) return;
    const { rrsets, records } = this.counts;
    if (both) rrsets.changed++;
    else if (before.length > 0) rrsets.removed++;
    else rrsets.added++;
    records.removed += removed.length;
    records.added += added.length;
    if (retimed) this.counts.ttls++;
    this.bounds.push(gone.from, gone.to, come.from, come.to);
  }

  /** Of two runs in canonical order the records that only one has. */
  private apart(before: readonly number[], after: readonly number[]): Pick<RrsetChange, 'removed' | 'added'> {
    const removed: number[] = [];
    const added: number[] = [];
    // Sets of several SOA stand in the order of their serials too, and are compared with them.
    const masked = this.options.ignoreSerial === true && before.length === 1 && after.length === 1;
    for (let i = 0, j = 0; i < before.length || j < after.length; ) {
      const [left, right] = [before[i], after[j]];
      const order =
        left === undefined
          ? 1
          : right === undefined
            ? -1
            : Buffer.compare(content(this.old, left, masked), content(this.now, right, masked));
      if (order <= 0) i++;
      if (order >= 0) j++;
      if (order < 0) removed.push(left as number);
      if (order > 0) added.push(right as number);
    }
    return { removed, added };
  }
}

/** Type numbers there are. */
const TYPES = 65_536;

/** Numbers in the order in which the RRsets of an owner stand. */
function setKey(zone: Zone, record: number): number {
  return (zone.types[record] ?? 0) * TYPES + (coveredBy(zone, record) ?? 0);
}

/** The type that a signature covers, which its RDATA begins with (RFC 4034 §3.1). */
function coveredBy(zone: Zone, record: number): number | undefined {
  const type = zone.types[record];
  if (type !== TYPE.RRSIG && type !== TYPE.SIG) return undefined;
  const [high = 0, low = 0] = zone.rdataOf(record);
  return high * 256 + low;
}

function endOfOwner({ owners }: Zone, records: Uint32Array, from: number): number {
  let to = from;
  while (to < records.length && owners[records[to] as number] === owners[records[from] as number]) to++;
  return to;
}

/** Canonical RDATA of a record; that of a SOA without its serial if wanted. */
function content(zone: Zone, record: number, withoutSerial: boolean): Uint8Array {
  const type = zone.types[record] as number;
  const rdata = canonicalRdata(type, zone.rdataOf(record));
  if (!withoutSerial || type !== TYPE.SOA || soaSerial(rdata) === undefined) return rdata;
  const masked = rdata.slice();
  masked.fill(0, rdata.length - 20, rdata.length - 16);
  return masked;
}
