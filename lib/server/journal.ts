import { nameKey } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import type { ResourceRecord } from '../wire/message.ts';
import { isRaised } from '../zone/serial.ts';
import type { ZoneTree } from '../zone/tree.ts';
import type { ServedZone } from './served-zone.ts';
import { isInside, ownersOf, recordKey, recordsOf, soaOf } from './zone-records.ts';

/** What lies between two versions of a zone (RFC 1995 §4); the SOA records stand apart. */
export interface ZoneDifference {
  readonly from: number;
  readonly to: number;
  readonly oldSoa: ResourceRecord;
  readonly newSoa: ResourceRecord;
  readonly removed: readonly ResourceRecord[];
  readonly added: readonly ResourceRecord[];
}

/** What a journal holds at most. */
export interface JournalLimits {
  /** Differences of one zone. */
  readonly differences: number;
  /** Records in the differences of all zones. */
  readonly records: number;
}

/** The limits of a journal of which nothing else is said. */
const JOURNAL_LIMITS: JournalLimits = { differences: 100, records: 200_000 };

/** The last differences of zones, by which secondaries follow them; the oldest are forgotten first. */
export class Journal {
  private readonly limits: JournalLimits;
  /** By the zone's name; each difference starts where the one before it ends. */
  private readonly zones = new Map<string, ZoneDifference[]>();
  private held = 0;

  constructor(limits: Partial<JournalLimits> = {}) {
    this.limits = { ...JOURNAL_LIMITS, ...limits };
  }

  /** Records in all differences. */
  get records(): number {
    return this.held;
  }

  /** Notes that a zone took the place of another version of it. Takes time by the records of both. */
  note(old: ServedZone, now: ServedZone): void {
    if (this.limits.differences === 0) return;
    const found = difference(old.tree, now.tree);
    // The same content again, as when files are read anew.
    if (found !== undefined && found.from === found.to && weight(found) === 2) return;
    const key = nameKey(now.origin);
    const known = this.zones.get(key) ?? [];
    if (found === undefined || !isRaised(found.from, found.to)) {
      // No difference leads over a serial that did not go on.
      this.forget(key, known.length);
      return;
    }
    if (known.at(-1)?.to !== found.from) this.forget(key, known.length);
    const list = this.zones.get(key) ?? [];
    list.push(found);
    // The zone changed last is the last to lose what it has.
    this.zones.delete(key);
    this.zones.set(key, list);
    this.held += weight(found);
    if (list.length > this.limits.differences) this.forget(key, list.length - this.limits.differences);
    while (this.held > this.limits.records) this.forget([...this.zones.keys()][0] ?? key, 1);
  }

  /** The differences that lead from a serial to the last one known, in their order; undefined when they do not. */
  since(origin: Uint8Array, serial: number, to: number): readonly ZoneDifference[] | undefined {
    const known = this.zones.get(nameKey(origin));
    const start = known?.findIndex(({ from }) => from === serial) ?? -1;
    if (known === undefined || start < 0 || known.at(-1)?.to !== to) return undefined;
    return known.slice(start);
  }

  /** Drops the oldest differences of a zone. */
  private forget(key: string, count: number): void {
    const list = this.zones.get(key);
    for (const gone of list?.splice(0, count) ?? []) this.held -= weight(gone);
    if (list?.length === 0) this.zones.delete(key);
  }
}

/** Records that a difference takes to tell, both SOA records counted. */
export function weight({ removed, added }: ZoneDifference): number {
  return removed.length + added.length + 2;
}

/** What makes one version of a zone of another, record by record; undefined when one has no SOA. */
export function difference(old: ZoneTree, now: ZoneTree): ZoneDifference | undefined {
  const [oldSoa, newSoa] = [soaOf(old), soaOf(now)];
  if (oldSoa === undefined || newSoa === undefined) return undefined;
  const removed: ResourceRecord[] = [];
  const added: ResourceRecord[] = [];
  for (const owner of ownersOf(now)) {
    const before = ownerIn(old, now.zone.names.wire(owner));
    if (before >= 0 && sameRecords(old, before, now, owner)) continue;
    compare(before < 0 ? [] : [...recordsOf(before, old)], [...recordsOf(owner, now)], removed, added);
  }
  for (const owner of ownersOf(old)) {
    if (ownerIn(now, old.zone.names.wire(owner)) < 0)
      for (const gone of recordsOf(owner, old)) removed.push(copy(gone));
  }
  const [from, to] = [serialIn(oldSoa), serialIn(newSoa)];
  return { from, to, oldSoa: copy(oldSoa), newSoa: copy(newSoa), removed, added };
}

/** The id of a name when it owns records in the zone, -1 when not. */
function ownerIn(tree: ZoneTree, name: Uint8Array): number {
  const id = tree.zone.names.find(name);
  return id >= 0 && (tree.first[id] ?? -1) >= 0 && isInside(tree, id) ? id : -1;
}

/** Whether two names have the same records in the same order, SOA records aside. */
function sameRecords(old: ZoneTree, before: number, now: ZoneTree, owner: number): boolean {
  let left = old.first[before] ?? -1;
  let right = now.first[owner] ?? -1;
  for (; left >= 0 && right >= 0; left = old.next[left] ?? -1, right = now.next[right] ?? -1) {
    const type = old.zone.types[left];
    if (type !== now.zone.types[right] || old.zone.classes[left] !== now.zone.classes[right]) return false;
    if (type === TYPE.SOA) continue;
    if (old.zone.ttls[left] !== now.zone.ttls[right]) return false;
    if (!sameOctets(old.zone.rdataOf(left), now.zone.rdataOf(right))) return false;
  }
  return left === right;
}

function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** Adds what only the old records have to those removed, and the other way round; a record with another TTL is both. */
function compare(
  old: readonly ResourceRecord[],
  now: readonly ResourceRecord[],
  removed: ResourceRecord[],
  added: ResourceRecord[],
): void {
  const keyOf = ({ type, ttl, rdata }: ResourceRecord): string => `${ttl} ${recordKey(type, rdata)}`;
  const before = new Set(old.map(keyOf));
  const after = new Set(now.map(keyOf));
  for (const record of old) if (!after.has(keyOf(record))) removed.push(copy(record));
  for (const record of now) if (!before.has(keyOf(record))) added.push(copy(record));
}

/** A record that keeps nothing of its zone alive. */
function copy(record: ResourceRecord): ResourceRecord {
  return { ...record, name: record.name.slice(), rdata: record.rdata.slice() };
}

function serialIn({ rdata }: ResourceRecord): number {
  return rdata.length < 20 ? 0 : new DataView(rdata.buffer, rdata.byteOffset).getUint32(rdata.length - 20);
}
