import { canonicalRdata } from '../../../rr/codec.ts';
import { OUT_OF_ZONE } from '../../../zone/tree.ts';
import type { Zone } from '../../../zone/zone.ts';
import { oncePerZone } from '../../common-memo.ts';
import type { Facts } from '../../facts.ts';

/** Names with more records than this are compared by hash. */
const FEW = 12;

/** A record that says the same as an earlier one of its RRset; `exact` when even letter case is the same. */
export interface Duplicate {
  readonly record: number;
  readonly earlier: number;
  readonly exact: boolean;
}

/** Every record that repeats an earlier one of its RRset (RFC 2181 §5). */
export const duplicatesOf: (facts: Facts) => readonly Duplicate[] = oncePerZone((facts) => {
  const { zone, tree } = facts;
  const found: Duplicate[] = [];
  const { first, next, flags } = tree;
  for (let name = 0; name < first.length; name++) {
    const start = first[name] as number;
    if (start < 0 || (next[start] as number) < 0 || (flags[name] as number) & OUT_OF_ZONE) continue;
    let count = 0;
    for (let record = start; record >= 0 && count <= FEW; record = next[record] as number) count++;
    if (count <= FEW) fewDuplicates(zone, next, start, found);
    else manyDuplicates(zone, tree.recordsAt(name), found);
  }
  return found;
});

/** Compares every record of a chain with those before it. */
function fewDuplicates(zone: Zone, next: Int32Array, start: number, found: Duplicate[]): void {
  const { classes, zoneClass } = zone;
  for (let record = next[start] as number; record >= 0; record = next[record] as number) {
    if (classes[record] !== zoneClass) continue;
    for (let before = start; before !== record; before = next[before] as number) {
      if (classes[before] === zoneClass && report(zone, before, record, found)) break;
    }
  }
}

function manyDuplicates(zone: Zone, chain: readonly number[], found: Duplicate[]): void {
  const byHash = new Map<number, number[]>();
  for (const record of chain) {
    const hash = hashOf(zone, record);
    const same = byHash.get(hash);
    if (same === undefined) byHash.set(hash, [record]);
    else if (!same.some((earlier) => report(zone, earlier, record, found))) same.push(record);
  }
}

function report(zone: Zone, earlier: number, record: number, found: Duplicate[]): boolean {
  if (!resembles(zone, earlier, record)) return false;
  const a = zone.rdataOf(earlier);
  const b = zone.rdataOf(record);
  const exact = a.every((octet, at) => octet === b[at]);
  if (!exact && !sameData(zone, earlier, record)) return false;
  found.push({ record, earlier, exact });
  return true;
}

/** Whether type and RDATA are the same when letter case is left out of account. */
function resembles(zone: Zone, a: number, b: number): boolean {
  if (zone.types[a] !== zone.types[b] || zone.rdataLengths[a] !== zone.rdataLengths[b]) return false;
  const { rdata } = zone;
  const length = zone.rdataLengths[a] as number;
  const startA = zone.rdataStarts[a] as number;
  const startB = zone.rdataStarts[b] as number;
  for (let at = 0; at < length; at++) {
    if (((rdata[startA + at] as number) | 0x20) !== ((rdata[startB + at] as number) | 0x20)) return false;
  }
  return true;
}

/** Whether two records of one type say the same, with the names in them compared without case (RFC 4034 §6.2). */
function sameData(zone: Zone, a: number, b: number): boolean {
  const type = zone.types[a] as number;
  const left = canonicalRdata(type, zone.rdataOf(a));
  const right = canonicalRdata(type, zone.rdataOf(b));
  return left.length === right.length && left.every((octet, at) => octet === right[at]);
}

function hashOf(zone: Zone, record: number): number {
  const start = zone.rdataStarts[record] as number;
  const end = start + (zone.rdataLengths[record] as number);
  let hash = zone.types[record] as number;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ ((zone.rdata[at] as number) | 0x20), 0x01000193);
  return hash;
}

/** The first record of an RRset that says something else than its first one, undefined when all say the same. */
export function firstDifferent(facts: Facts, records: readonly number[]): number | undefined {
  const { zone } = facts;
  const [first] = records;
  if (first === undefined) return undefined;
  return records.find((record) => !(resembles(zone, first, record) && sameData(zone, first, record)));
}
