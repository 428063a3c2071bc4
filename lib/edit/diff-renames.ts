import { canonicalRdata, fieldSpans, fieldsOf } from '../rr/layout.ts';
import { nameKey } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import type { CanonicalOrder } from '../zone/order.ts';
import type { Zone } from '../zone/zone.ts';
import { isDnssec, type LoneOwner, type RrsetChange, soaSerial, type ZoneDiff } from './diff.ts';

/** A host that goes on under another name. */
export interface Rename {
  /** Wire form of both names. */
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  /** Where the records of both stand in the orders of the comparison. */
  readonly gone: LoneOwner;
  readonly come: LoneOwner;
  /** Names below it that went with it (`_25._tcp` of the one became `_25._tcp` of the other), their records alike. */
  readonly below: readonly { readonly from: Uint8Array; readonly to: Uint8Array }[];
  /** Indices of the RRsets in which records name the new host where they named the old one. */
  readonly followed: readonly number[];
}

/** New names of hosts by the keys of their old ones. */
export type RenameMap = ReadonlyMap<string, Uint8Array>;

/** Hosts that are gone, or have come, beyond which nobody looks for renamed ones. */
const MOST_HOSTS = 20_000;

/**
 * The hosts that were renamed: the old name is gone, the new one has the same addresses, and at least one record elsewhere names the
 * new one where it named the old one. A way to look at the differences, which say all of it themselves; where two names could be
 * meant, none is.
 */
export function findRenames(diff: ZoneDiff): readonly Rename[] {
  const gone = hostsOf(diff.old, diff.oldOrder, diff.goneOwners);
  const come = hostsOf(diff.new, diff.newOrder, diff.newOwners);
  if (gone.size === 0 || come.size === 0 || gone.size > MOST_HOSTS || come.size > MOST_HOSTS) return [];
  const votes = new Votes();
  for (const change of diff.changes()) if (change.kind === 'changed') collectVotes(diff, change, gone, come, votes);
  const renames: { from: Host; to: Host }[] = [];
  for (const [from, to] of votes.mutual()) {
    const [host, other] = [gone.get(from), come.get(to)];
    if (host !== undefined && other !== undefined) renames.push({ from: host, to: other });
  }
  if (renames.length === 0) return [];
  const map: RenameMap = new Map(renames.map(({ from, to }) => [nameKey(from.name), to.name]));
  const followed = followers(diff, map);
  const below = descendants(diff, map);
  return renames.map(({ from, to }) => ({
    from: from.name,
    to: to.name,
    gone: from.owner,
    come: to.owner,
    below: below.get(nameKey(from.name)) ?? [],
    followed: followed.get(nameKey(from.name)) ?? [],
  }));
}

/** The map of renames, for renamedRdata. */
export function renameMap(renames: readonly Rename[]): RenameMap {
  return new Map(renames.map(({ from, to }) => [nameKey(from), to]));
}

/** RDATA with the names of renamed hosts replaced; undefined when it has none. */
export function renamedRdata(type: number, rdata: Uint8Array, renames: RenameMap): Uint8Array | undefined {
  const fields = fieldsOf(type);
  const out = new ByteSink(rdata.length + 64);
  let replaced = false;
  let at = 0;
  for (const [index, { start, end }] of fieldSpans(type, rdata).entries()) {
    const octets = rdata.subarray(start, end);
    const other = fields[index]?.kind === 'name' ? renames.get(nameKey(octets)) : undefined;
    replaced ||= other !== undefined;
    out.put(other ?? octets);
    at = end;
  }
  out.put(rdata.subarray(at));
  return replaced ? out.slice() : undefined;
}

interface Host {
  readonly name: Uint8Array;
  readonly owner: LoneOwner;
  readonly addresses: string;
}

/** The owners with addresses, by key. */
function hostsOf(zone: Zone, order: CanonicalOrder, owners: readonly LoneOwner[]): Map<string, Host> {
  const hosts = new Map<string, Host>();
  for (const owner of owners) {
    let addresses = '';
    for (const record of order.records.subarray(owner.from, owner.to)) {
      const type = zone.types[record];
      if (type === TYPE.A || type === TYPE.AAAA) addresses += `${latin1(zone.rdataOf(record))} `;
    }
    if (addresses === '') continue;
    const name = zone.ownerOf(order.records[owner.from] as number);
    hosts.set(nameKey(name), { name, owner, addresses });
    if (hosts.size > MOST_HOSTS) break;
  }
  return hosts;
}

/** For each host that is gone how often another took its place, and the other way round. */
class Votes {
  private readonly counts = new Map<string, Map<string, number>>();

  add(from: string, to: string): void {
    const counts = this.counts.get(from) ?? new Map<string, number>();
    this.counts.set(from, counts);
    counts.set(to, (counts.get(to) ?? 0) + 1);
  }

  /** Pairs of which each is the one clear choice of the other. */
  *mutual(): Generator<readonly [string, string]> {
    const back = new Map<string, Map<string, number>>();
    for (const [from, counts] of this.counts) {
      for (const [to, count] of counts) {
        const others = back.get(to) ?? new Map<string, number>();
        back.set(to, others.set(from, count));
      }
    }
    for (const [from, counts] of this.counts) {
      const to = clearChoice(counts);
      if (to !== undefined && clearChoice(back.get(to) ?? new Map()) === from) yield [from, to];
    }
  }
}

function clearChoice(counts: ReadonlyMap<string, number>): string | undefined {
  const most = Math.max(...counts.values());
  const best = [...counts].filter(([, count]) => count === most);
  return best.length === 1 ? best[0]?.[0] : undefined;
}

/** Names of one place in one RRset that are tried against each other at most. */
const MOST_NAMES = 16;

function collectVotes(
  { old, new: now }: ZoneDiff,
  { type, removed, added }: RrsetChange,
  gone: ReadonlyMap<string, Host>,
  come: ReadonlyMap<string, Host>,
  votes: Votes,
): void {
  if (!fieldsOf(type).some(({ kind }) => kind === 'name') || removed.length === 0 || added.length === 0) return;
  const places = new Map<string, string[]>();
  for (const record of removed) {
    for (const { rest, name } of namesIn(type, old.rdataOf(record))) {
      if (gone.has(name)) places.set(rest, [...(places.get(rest) ?? []).slice(0, MOST_NAMES), name]);
    }
  }
  for (const record of places.size === 0 ? [] : added) {
    for (const { rest, name } of namesIn(type, now.rdataOf(record))) {
      const addresses = come.get(name)?.addresses;
      for (const from of places.get(rest) ?? []) if (gone.get(from)?.addresses === addresses) votes.add(from, name);
    }
  }
}

/** The names in RDATA, each with all the rest of it; the serial of a SOA is no part of that. */
function* namesIn(type: number, rdata: Uint8Array): Generator<{ readonly rest: string; readonly name: string }> {
  const canonical = canonicalRdata(type, rdata).slice();
  if (type === TYPE.SOA && soaSerial(canonical) !== undefined) {
    canonical.fill(0, canonical.length - 20, canonical.length - 16);
  }
  const fields = fieldsOf(type);
  for (const [index, { start, end }] of fieldSpans(type, canonical).entries()) {
    if (fields[index]?.kind !== 'name') continue;
    const rest = `${index} ${latin1(canonical.subarray(0, start))} ${latin1(canonical.subarray(end))}`;
    yield { rest, name: nameKey(canonical.subarray(start, end)) };
  }
}

/** By the key of each renamed host the RRsets in which a record was replaced by the same one with its new name. */
function followers(diff: ZoneDiff, map: RenameMap): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (let index = 0; index < diff.length; index++) {
    const { type, kind, removed, added } = diff.at(index);
    if (kind !== 'changed' || removed.length === 0 || added.length === 0) continue;
    const now = new Set(added.map((record) => restKey(type, diff.new.rdataOf(record))));
    for (const record of removed) {
      const rdata = diff.old.rdataOf(record);
      const wanted = renamedRdata(type, rdata, map);
      if (wanted === undefined || !now.has(restKey(type, wanted))) continue;
      for (const { name } of namesIn(type, rdata)) {
        if (!map.has(name)) continue;
        const indices = found.get(name) ?? [];
        if (indices.at(-1) !== index) indices.push(index);
        found.set(name, indices);
      }
    }
  }
  return found;
}

/** Canonical RDATA as a key; the serial of a SOA is no part of it. */
function restKey(type: number, rdata: Uint8Array): string {
  const canonical = canonicalRdata(type, rdata).slice();
  if (type === TYPE.SOA && soaSerial(canonical) !== undefined) {
    canonical.fill(0, canonical.length - 20, canonical.length - 16);
  }
  return latin1(canonical);
}

type Below = { readonly from: Uint8Array; readonly to: Uint8Array };

/** By the key of each renamed host the names below it that went with it. */
function descendants(diff: ZoneDiff, map: RenameMap): Map<string, Below[]> {
  const { old, new: now, oldOrder, newOrder } = diff;
  const come = new Map<string, LoneOwner>();
  for (const owner of diff.newOwners) come.set(nameKey(now.ownerOf(newOrder.records[owner.from] as number)), owner);
  const found = new Map<string, Below[]>();
  for (const owner of diff.goneOwners) {
    const from = old.ownerOf(oldOrder.records[owner.from] as number);
    for (let at = 1 + (from[0] ?? 0); at < from.length - 1; at += 1 + (from[at] ?? 0)) {
      const host = map.get(nameKey(from.subarray(at)));
      if (host === undefined) continue;
      const to = Buffer.concat([from.subarray(0, at), host]);
      const other = come.get(nameKey(to));
      if (other !== undefined && signature(old, oldOrder, owner) === signature(now, newOrder, other)) {
        const key = nameKey(from.subarray(at));
        found.set(key, [...(found.get(key) ?? []), { from, to }]);
      }
      break;
    }
  }
  return found;
}

/** What an owner says, TTLs and what signers make aside. */
function signature(zone: Zone, { records }: CanonicalOrder, { from, to }: LoneOwner): string {
  const parts: string[] = [];
  for (const record of records.subarray(from, to)) {
    const type = zone.types[record] as number;
    if (!isDnssec(type)) parts.push(`${type} ${latin1(canonicalRdata(type, zone.rdataOf(record)))}`);
  }
  return parts.join('\n');
}

function latin1(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1');
}
