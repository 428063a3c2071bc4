import { TYPE } from '../rr/types.ts';
import type { ResourceRecord } from '../wire/message.ts';
import { OUT_OF_ZONE, type ZoneTree } from '../zone/tree.ts';

/** The SOA record of a zone; of several the first. */
export function soaOf(tree: ZoneTree): ResourceRecord | undefined {
  const { zone } = tree;
  const record = tree.firstOf(zone.apex, TYPE.SOA);
  if (record < 0) return undefined;
  const [ttl, rdata] = [zone.ttls[record] ?? 0, zone.rdataOf(record)];
  return { name: zone.origin, type: TYPE.SOA, class: zone.zoneClass, ttl, rdata };
}

/** Ids of the names in a zone that own records, in the order of the files. */
export function* ownersOf(tree: ZoneTree): Generator<number> {
  const { owners, count } = tree.zone;
  for (let record = 0; record < count; record++) {
    const owner = owners[record] ?? 0;
    if (tree.first[owner] === record && isInside(tree, owner)) yield owner;
  }
}

/** Whether a name of a zone file lies in the zone. */
export function isInside(tree: ZoneTree, name: number): boolean {
  return ((tree.flags[name] ?? 0) & OUT_OF_ZONE) === 0;
}

/** The records of one name but for the SOA, each once however often the files have it. */
export function* recordsOf(owner: number, tree: ZoneTree): Generator<ResourceRecord> {
  const { zone } = tree;
  const records = tree.recordsAt(owner);
  const seen = new Set<string>();
  for (const record of records) {
    const type = zone.types[record] ?? 0;
    if (type === TYPE.SOA) continue;
    const rdata = zone.rdataOf(record);
    if (records.length > 1) {
      const key = recordKey(type, rdata);
      if (seen.has(key)) continue;
      seen.add(key);
    }
    const [name, ttl] = [zone.names.wire(owner), zone.ttls[record] ?? 0];
    yield { name, type, class: zone.zoneClass, ttl, rdata };
  }
}

/** Equal for records of one owner that are the same but for their TTLs. */
export function recordKey(type: number, rdata: Uint8Array): string {
  return `${type} ${Buffer.from(rdata.buffer, rdata.byteOffset, rdata.length).toString('latin1')}`;
}
