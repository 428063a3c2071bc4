import { canonicalOrder } from '../zone/order.ts';
import { addRecord, type ReadState } from '../zone/state.ts';
import { Zone } from '../zone/zone.ts';
import type { RrsetChange, ZoneDiff } from './diff.ts';

/**
 * The old zone of a comparison changed as the differences say: RRset by RRset the records that were removed taken away, those
 * added put in, the TTL set. Unless something was ignored it says what the new zone says; records stand in canonical order.
 */
export function applyDiff(diff: ZoneDiff): Zone {
  const { old } = diff;
  const { records, ttls } = canonicalOrder(old);
  const zone = new Zone(old.origin, records.length + 16, old.rdataUsed + 1024);
  zone.zoneClass = old.zoneClass;
  const into = stateOf(zone);
  const changes = new Map<number, RrsetChange>();
  for (const change of diff.changes()) {
    if (change.before.length === 0) addAll(into, diff.new, change.added, change.newTtl ?? 0);
    for (const record of change.before) changes.set(record, change);
  }
  const done = new Set<RrsetChange>();
  for (const [index, record] of records.entries()) {
    const change = changes.get(record);
    if (change === undefined) {
      add(into, old, record, ttls[index] as number);
      continue;
    }
    if (done.has(change)) continue;
    done.add(change);
    const ttl = diff.options.ignoreTtl === true ? change.oldTtl : change.newTtl;
    const removed = new Set(change.removed);
    addAll(
      into,
      old,
      change.before.filter((each) => !removed.has(each)),
      ttl ?? 0,
    );
    addAll(into, diff.new, change.added, ttl ?? 0);
  }
  return zone;
}

function addAll(into: ReadState, from: Zone, records: readonly number[], ttl: number): void {
  for (const record of records) add(into, from, record, ttl);
}

function add(into: ReadState, from: Zone, record: number, ttl: number): void {
  const { zone } = into;
  const rdata = from.rdataOf(record);
  if (zone.rdata.length - zone.rdataUsed < rdata.length) zone.growRdata(rdata.length);
  zone.rdata.set(rdata, zone.rdataUsed);
  const owner = zone.names.intern(from.ownerOf(record));
  addRecord(into, owner, from.types[record] as number, zone.zoneClass, ttl, zone.rdataUsed, rdata.length, 0);
}

function stateOf(zone: Zone): ReadState {
  const { origin } = zone;
  return { zone, file: 0, origin, defaultTtl: -1, lastTtl: -1, lastOwner: -1, expandedFrom: -1, expandedTo: -1 };
}
