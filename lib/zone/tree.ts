import { lowerOctet } from '../rr/escapes.ts';
import { TYPE } from '../rr/types.ts';
import { HashedName } from './hashed-name.ts';
import { GAP, Room } from './room.ts';
import type { Zone } from './zone.ts';

/** What a name is in the zone; several may hold. */
export const OWNS_RECORDS = 1;
/** An ancestor of an owner: the name exists though it may own nothing (RFC 4592 §2.2.2). */
export const HAS_DESCENDANTS = 2;
export const OWNS_CNAME = 4;
export const OWNS_DNAME = 8;
/** Owns NS and is not the apex: a delegation (zone cut). */
export const IS_CUT = 16;
/** Below a delegation: not authoritative, at most glue. */
export const BELOW_CUT = 32;
export const BELOW_DNAME = 64;
export const OUT_OF_ZONE = 128;

/** No parent: the apex, or a name outside the zone. */
const NONE = -1;
/** Parent of a name not looked at yet, while parents are added. */
const UNKNOWN = -2;

/** Names with more records than this are indexed by type when first asked for. */
const MANY = 32;
const ALL_TYPES = -1;

/** The records of a zone by name: chains of records, parents of names, and what each name is. Built in one pass. */
export class ZoneTree {
  readonly zone: Zone;
  /** First record of a name id, -1 when it owns none. */
  readonly first: Int32Array;
  /** Next record of the same owner in file order, -1 at the last. */
  readonly next: Int32Array;
  /** Name id of the parent, -1 for the apex and for names outside the zone. */
  readonly parent: Int32Array;
  readonly flags: Uint8Array;
  /** The name that is being looked up. */
  readonly sought: HashedName = new HashedName();
  private readonly indexes = new Map<number, ReadonlyMap<number, readonly number[]>>();

  constructor(zone: Zone) {
    this.zone = zone;
    this.parent = addParents(zone);
    const names = zone.names.count;
    const room = new Room(names * 5 + zone.count * 4 + 3 * GAP);
    this.first = room.int32(names).fill(-1);
    this.next = room.int32(zone.count);
    this.flags = room.uint8(names);
    this.chain();
    this.mark();
  }

  /** Records of a name in file order, those of another class than the zone's left out. */
  recordsAt(name: number): readonly number[] {
    const records: number[] = [];
    const { classes, zoneClass } = this.zone;
    let seen = 0;
    for (let record = this.first[name] ?? -1; record >= 0; record = this.next[record] ?? -1) {
      if (++seen > MANY) return this.index(name).get(ALL_TYPES) ?? [];
      if (classes[record] === zoneClass) records.push(record);
    }
    return records;
  }

  /** Records of one name and type in file order. */
  rrset(name: number, type: number): readonly number[] {
    const records: number[] = [];
    const { types, classes, zoneClass } = this.zone;
    let seen = 0;
    for (let record = this.first[name] ?? -1; record >= 0; record = this.next[record] ?? -1) {
      if (++seen > MANY) return this.index(name).get(type) ?? [];
      if (types[record] === type && classes[record] === zoneClass) records.push(record);
    }
    return records;
  }

  /** First record of one name and type, -1 when there is none. */
  firstOf(name: number, type: number): number {
    const { types, classes, zoneClass } = this.zone;
    let seen = 0;
    for (let record = this.first[name] ?? -1; record >= 0; record = this.next[record] ?? -1) {
      if (++seen > MANY) return this.index(name).get(type)?.[0] ?? -1;
      if (types[record] === type && classes[record] === zoneClass) return record;
    }
    return -1;
  }

  hasType(name: number, type: number): boolean {
    return this.firstOf(name, type) >= 0;
  }

  /** Whether the name exists in the sense of RFC 4592 §2.2: it or a name below it owns records. */
  exists(name: number): boolean {
    return ((this.flags[name] ?? 0) & (OWNS_RECORDS | HAS_DESCENDANTS)) !== 0;
  }

  /** Records of a name with many by type, made once, so that no zone makes looking at a name slow. */
  private index(name: number): ReadonlyMap<number, readonly number[]> {
    const known = this.indexes.get(name);
    if (known !== undefined) return known;
    const { types, classes, zoneClass } = this.zone;
    const all: number[] = [];
    const index = new Map<number, number[]>([[ALL_TYPES, all]]);
    for (let record = this.first[name] ?? -1; record >= 0; record = this.next[record] ?? -1) {
      if (classes[record] !== zoneClass) continue;
      const type = types[record] as number;
      const records = index.get(type);
      if (records === undefined) index.set(type, [record]);
      else records.push(record);
      all.push(record);
    }
    this.indexes.set(name, index);
    return index;
  }

  private chain(): void {
    const { owners, count } = this.zone;
    for (let record = count - 1; record >= 0; record--) {
      const owner = owners[record] as number;
      this.next[record] = this.first[owner] as number;
      this.first[owner] = record;
    }
  }

  private mark(): void {
    const { owners, types, classes, zoneClass, count, apex } = this.zone;
    const { flags, parent } = this;
    for (let record = 0; record < count; record++) {
      const owner = owners[record] as number;
      if (owner !== apex && parent[owner] === -1) {
        flags[owner] = OUT_OF_ZONE;
        continue;
      }
      if (classes[record] !== zoneClass) continue;
      let flag = OWNS_RECORDS;
      const type = types[record];
      if (type === TYPE.CNAME) flag |= OWNS_CNAME;
      else if (type === TYPE.DNAME) flag |= OWNS_DNAME;
      else if (type === TYPE.NS && owner !== apex) flag |= IS_CUT;
      if ((flags[owner] as number) === 0) this.markAncestors(owner);
      flags[owner] = (flags[owner] as number) | flag;
    }
    this.markBelow();
  }

  private markAncestors(owner: number): void {
    const { flags, parent } = this;
    for (let name = parent[owner] as number; name >= 0; name = parent[name] as number) {
      if ((flags[name] as number) & HAS_DESCENDANTS) return;
      flags[name] = (flags[name] as number) | HAS_DESCENDANTS;
    }
  }

  /** Passes delegations and DNAMEs down to the names below them, each name looked at a bounded number of times. */
  private markBelow(): void {
    const { flags, parent } = this;
    const settled = new Uint8Array(flags.length);
    const trail: number[] = [];
    for (let id = 0; id < flags.length; id++) {
      let name = id;
      while (name >= 0 && settled[name] === 0) {
        trail.push(name);
        name = parent[name] as number;
      }
      for (let top = trail.pop(); top !== undefined; top = trail.pop()) {
        const above = parent[top] as number;
        if (above >= 0) flags[top] = (flags[top] as number) | passedDown(flags[above] as number);
        settled[top] = 1;
      }
    }
  }
}

function passedDown(above: number): number {
  let flag = above & (BELOW_CUT | BELOW_DNAME);
  if (above & IS_CUT) flag |= BELOW_CUT;
  if (above & OWNS_DNAME) flag |= BELOW_DNAME;
  return flag;
}

/** Interns every ancestor (up to the apex) of every name in the zone and gives each name its parent. */
function addParents({ names, apex, origin }: Zone): Int32Array {
  let parent: Int32Array = new Int32Array(names.count + (names.count >> 1) + 16).fill(UNKNOWN);
  parent[apex] = NONE;
  let near = apex;
  for (let first = 0; first < names.count; first++) {
    // Up from each name until one is met whose parent is known.
    for (let id = first; parent[id] === UNKNOWN; ) {
      const { arena, offsets } = names;
      const start = offsets[id] as number;
      const end = offsets[id + 1] as number;
      const from = start + (arena[start] as number) + 1;
      let above = apex;
      if (end - from !== origin.length) {
        // Names stand beside their siblings and children: mostly the parent is an ancestor of the name before, or that name.
        above = near;
        while (above !== apex && names.length(above) > end - from) above = parent[above] as number;
      }
      if (!names.is(above, arena, from, end)) {
        // What stands above a name of the zone is in the zone too.
        if (id === first && !isBelow(arena, start, end, origin)) {
          parent[id] = NONE;
          break;
        }
        above = names.intern(arena, from, end);
        if (names.count > parent.length) parent = grown(parent, names.count);
      }
      parent[id] = above;
      id = above;
    }
    if (parent[first] !== NONE) near = first;
  }
  return parent;
}

function grown(parent: Int32Array, count: number): Int32Array {
  const larger = new Int32Array(Math.ceil(count * 1.5)).fill(UNKNOWN);
  larger.set(parent);
  return larger;
}

/** Whether the name at `start` ends with the labels of `origin` and has at least one before them. */
function isBelow(arena: Uint8Array, start: number, end: number, origin: Uint8Array): boolean {
  const cut = end - origin.length;
  let at = start;
  while (at < cut) at += (arena[at] as number) + 1;
  if (at !== cut || cut === start) return false;
  for (let index = 0; index < origin.length; index++) {
    const octet = arena[cut + index] as number;
    const wanted = origin[index] as number;
    if (octet !== wanted && lowerOctet(octet) !== lowerOctet(wanted)) return false;
  }
  return true;
}
