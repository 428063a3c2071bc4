import { isWithin } from '../rr/name.ts';
import type { Zone } from '../zone/zone.ts';

/** Numbers of records that take no part in a comparison, in file order. */
export interface Outside {
  /** Of another class than the zone. */
  readonly otherClass: readonly number[];
  /** With an owner that is not within the zone. */
  readonly outOfZone: readonly number[];
}

/** For both zones the owners that may differ, as flags by name id, and what was not compared. */
export interface DifferingOwners {
  readonly old: Uint8Array;
  readonly new: Uint8Array;
  readonly oldOutside: Outside;
  readonly newOutside: Outside;
}

/**
 * Finds the owners whose records differ or stand in another order: all that a comparison has to look at closely. Of a zone that
 * changed in a few places this leaves a few owners. Types that are left out do not count.
 */
export function differingOwners(old: Zone, now: Zone, leftOut: (type: number) => boolean): DifferingOwners {
  const before = new OwnerGroups(old, leftOut);
  const after = new OwnerGroups(now, leftOut);
  const marks = { old: new Uint8Array(old.names.count), new: new Uint8Array(now.names.count) };
  const met = new Uint8Array(old.names.count);
  const { arena, offsets } = now.names;
  for (let owner = 0; owner < now.names.count; owner++) {
    if (after.size(owner) === 0) continue;
    const known = old.names.find(arena, offsets[owner] as number, offsets[owner + 1] as number);
    if (known >= 0) met[known] = 1;
    if (known >= 0 && alike(before, known, after, owner)) continue;
    marks.new[owner] = 1;
    if (known >= 0) marks.old[known] = 1;
  }
  for (let owner = 0; owner < old.names.count; owner++) {
    if (before.size(owner) > 0 && met[owner] === 0) marks.old[owner] = 1;
  }
  // The SOA is looked at for its serial, whatever else is alike.
  marks.old[old.apex] = 1;
  marks.new[now.apex] = 1;
  return { ...marks, oldOutside: before.outside, newOutside: after.outside };
}

const UNSEEN = 0;
const WITHIN = 1;

/** The records of a zone by owner, in file order. */
class OwnerGroups {
  readonly zone: Zone;
  readonly records: Uint32Array;
  readonly starts: Uint32Array;
  readonly outside: { readonly otherClass: number[]; readonly outOfZone: number[] } = { otherClass: [], outOfZone: [] };

  constructor(zone: Zone, leftOut: (type: number) => boolean) {
    const { owners, types, count, names } = zone;
    this.zone = zone;
    const starts = new Uint32Array(names.count + 1);
    const places = new Uint8Array(names.count);
    const counted = new Uint8Array(count);
    for (let record = 0; record < count; record++) {
      if (!this.takesPart(record, places) || leftOut(types[record] as number)) continue;
      counted[record] = 1;
      const owner = owners[record] as number;
      starts[owner + 1] = (starts[owner + 1] as number) + 1;
    }
    for (let owner = 0; owner < names.count; owner++) {
      starts[owner + 1] = (starts[owner + 1] as number) + (starts[owner] as number);
    }
    this.starts = starts;
    this.records = new Uint32Array(starts[names.count] as number);
    const next = starts.slice();
    for (let record = 0; record < count; record++) {
      if (counted[record] === 0) continue;
      const owner = owners[record] as number;
      const at = next[owner] as number;
      this.records[at] = record;
      next[owner] = at + 1;
    }
  }

  size(owner: number): number {
    return (this.starts[owner + 1] as number) - (this.starts[owner] as number);
  }

  private takesPart(record: number, places: Uint8Array): boolean {
    const { zone, outside } = this;
    const owner = zone.owners[record] as number;
    if (places[owner] === UNSEEN) places[owner] = isWithin(zone.names.wire(owner), zone.origin) ? WITHIN : WITHIN + 1;
    if (zone.classes[record] !== zone.zoneClass) outside.otherClass.push(record);
    else if (places[owner] !== WITHIN) outside.outOfZone.push(record);
    else return true;
    return false;
  }
}

/** Whether two owners have the same records in the same order, octet by octet; RRsets of mixed TTLs need a closer look. */
function alike(before: OwnerGroups, oldOwner: number, after: OwnerGroups, owner: number): boolean {
  const size = after.size(owner);
  if (before.size(oldOwner) !== size) return false;
  const [old, now] = [before.zone, after.zone];
  const [from, start] = [before.starts[oldOwner] as number, after.starts[owner] as number];
  const ttl = now.ttls[after.records[start] as number];
  let oneTtl = true;
  for (let index = 0; index < size; index++) {
    const left = before.records[from + index] as number;
    const right = after.records[start + index] as number;
    if (old.types[left] !== now.types[right] || old.ttls[left] !== now.ttls[right]) return false;
    if (!sameRdata(old, left, now, right)) return false;
    oneTtl &&= now.ttls[right] === ttl;
  }
  return oneTtl || oneTtlEach(now, after.records.subarray(start, start + size));
}

/** Records of one owner of which each is held against all others. */
const FEW = 32;

/** Whether all records of a type have one TTL; false also where there are too many to tell quickly. */
function oneTtlEach({ types, ttls }: Zone, records: Uint32Array): boolean {
  if (records.length > FEW) return false;
  for (let index = 1; index < records.length; index++) {
    const record = records[index] as number;
    for (let before = 0; before < index; before++) {
      const other = records[before] as number;
      if (types[other] === types[record] && ttls[other] !== ttls[record]) return false;
    }
  }
  return true;
}

function sameRdata(old: Zone, left: number, now: Zone, right: number): boolean {
  const length = now.rdataLengths[right] as number;
  if (old.rdataLengths[left] !== length) return false;
  const from = old.rdataStarts[left] as number;
  const start = now.rdataStarts[right] as number;
  for (let at = 0; at < length; at++) if (old.rdata[from + at] !== now.rdata[start + at]) return false;
  return true;
}
