import { typeToText } from '../../../lib/rr/types.ts';
import { type ByteStrings, sortByBytes } from '../../../lib/zone/byte-sort.ts';
import { OwnerKeys } from '../../../lib/zone/owner-keys.ts';
import type { Zone } from '../../../lib/zone/zone.ts';
import { problemRows } from './problems.ts';
import { GENERATED_ROW, type RowTable } from './row-table.ts';
import type { SortBy, SortKey } from './sort-key.ts';
import type { EditorState } from './state.ts';

/** Places of rows fit below ranks in one number that can be sorted quickly. */
const PLACES = 2 ** 24;

/** Rows without the key stand behind all others, in either direction. */
const BEHIND = 2 ** 26;

/** Sorts rows, given in file order; equal ones stay in it. */
export function sortRows(state: EditorState, view: Int32Array, { key, backwards }: SortBy): Int32Array {
  const ranks = ranksOf(state, key);
  const keys = new Float64Array(view.length);
  for (let index = 0; index < view.length; index++) {
    const rank = ranks(view[index] as number);
    const ordered = rank < 0 ? BEHIND : backwards ? BEHIND - 1 - rank : rank;
    keys[index] = ordered * PLACES + index;
  }
  keys.sort();
  const sorted = new Int32Array(view.length);
  for (let index = 0; index < sorted.length; index++) sorted[index] = view[(keys[index] as number) % PLACES] as number;
  return sorted;
}

/** The rank of a row by a key, -1 when it has none. */
function ranksOf(state: EditorState, key: SortKey): (row: number) => number {
  const { zone } = state.document;
  const { rows } = state.list;
  if (key === 'problems') {
    const { ranks } = problemRows(state);
    return (row) => (ranks[row] === 0 ? -1 : 3 - (ranks[row] as number));
  }
  const ranks = recordRanks(zone, key);
  return (row) => (isRecord(rows, row) ? (ranks(rows.refs[row] as number) ?? -1) : -1);
}

function isRecord(rows: RowTable, row: number): boolean {
  return (rows.kinds[row] as number) <= GENERATED_ROW;
}

function recordRanks(zone: Zone, key: Exclude<SortKey, 'problems'>): (record: number) => number | undefined {
  switch (key) {
    case 'owner': {
      const ranks = ownerRanks(zone);
      return (record) => ranks[zone.owners[record] as number];
    }
    case 'ttl': {
      const ranks = rankedNumbers(zone.ttls.subarray(0, zone.count));
      return (record) => ranks.get(zone.ttls[record] as number);
    }
    case 'class':
      return (record) => zone.classes[record];
    case 'type': {
      const ranks = typeRanks(zone);
      return (record) => ranks.get(zone.types[record] as number);
    }
    case 'data': {
      const ranks = dataRanks(zone);
      return (record) => ranks[record];
    }
  }
}

function rankedNumbers(numbers: Uint32Array): ReadonlyMap<number, number> {
  const sorted = Uint32Array.from(new Set(numbers)).sort();
  return new Map(Array.from(sorted, (number, rank) => [number, rank]));
}

/** Ranks of types by their names. */
function typeRanks({ types, count }: Zone): ReadonlyMap<number, number> {
  const names = [...new Set(types.subarray(0, count))].map((type) => [typeToText(type), type] as const);
  names.sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(names.map(([, type], rank) => [type, rank]));
}

/** Ranks of names in canonical order (RFC 4034 §6.1); names outside the zone stand behind, in the order met. */
function ownerRanks(zone: Zone): Uint32Array {
  const { names, owners, count } = zone;
  const keys = new OwnerKeys(zone);
  const ranks = new Uint32Array(names.count);
  let outside = names.count;
  for (let record = 0; record < count; record++) {
    const owner = owners[record] as number;
    if (!keys.add(owner) && ranks[owner] === 0) ranks[owner] = outside++;
  }
  for (const [rank, owner] of keys.sorted().entries()) ranks[owner] = rank;
  return ranks;
}

/** Ranks of records by type and then by the octets of their RDATA, as addresses and preferences are in their order. */
function dataRanks(zone: Zone): Uint32Array {
  const { count, types, rdata, rdataStarts, rdataLengths } = zone;
  const byType = typeRanks(zone);
  const groups = new Map<number, number[]>();
  for (let record = 0; record < count; record++) {
    const rank = byType.get(types[record] as number) ?? 0;
    const group = groups.get(rank);
    if (group === undefined) groups.set(rank, [record]);
    else group.push(record);
  }
  const strings: ByteStrings = { bytes: rdata, starts: rdataStarts, lengths: rdataLengths };
  const ranks = new Uint32Array(count);
  let rank = 0;
  for (const [, group] of [...groups].sort(([a], [b]) => a - b)) {
    const ids = Uint32Array.from(group);
    sortByBytes(ids, 0, ids.length, strings);
    let before: Uint8Array | undefined;
    for (const record of ids) {
      const data = zone.rdataOf(record);
      // Equal data has one rank, so that its records stay in file order.
      if (before === undefined || Buffer.compare(before, data) !== 0) rank++;
      ranks[record] = rank;
      before = data;
    }
  }
  return ranks;
}
