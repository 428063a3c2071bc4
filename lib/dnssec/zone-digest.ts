import { createHash } from 'node:crypto';
import { canonicalRdata } from '../rr/layout.ts';
import { lowerName } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import { type CanonicalOrder, canonicalOrder } from '../zone/order.ts';
import type { Zone } from '../zone/zone.ts';

/** The one scheme of zone digests: the whole zone in one digest (RFC 8976 §2.2.2). */
export const SIMPLE = 1;

const HASHES: ReadonlyMap<number, string> = new Map([
  [1, 'sha384'],
  [2, 'sha512'],
]);

/** Whether zone digests of a hash algorithm are known here (RFC 8976 §2.2.3). */
export function knowsZoneHash(hashAlgorithm: number): boolean {
  return HASHES.has(hashAlgorithm);
}

/** The fields of ZONEMD RDATA. */
export interface ZoneDigest {
  readonly serial: number;
  readonly scheme: number;
  readonly hashAlgorithm: number;
  readonly digest: Uint8Array;
}

const DIGEST_AT = 6;

/** Reads ZONEMD RDATA (RFC 8976 §2.2); undefined when it is too short to have its fields. */
export function readZoneDigest(rdata: Uint8Array): ZoneDigest | undefined {
  if (rdata.length < DIGEST_AT) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, scheme = 0, hashAlgorithm = 0] = rdata;
  const serial = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  return { serial, scheme, hashAlgorithm, digest: rdata.subarray(DIGEST_AT) };
}

/** The digest of a zone by the scheme SIMPLE (RFC 8976 §3.3); undefined for a hash algorithm that is not known here. */
export function zoneDigest(
  zone: Zone,
  hashAlgorithm: number,
  order: CanonicalOrder = canonicalOrder(zone),
): Uint8Array | undefined {
  const name = HASHES.get(hashAlgorithm);
  if (name === undefined) return undefined;
  const hash = createHash(name);
  const out = new ByteSink(CHUNK + 2 ** 17);
  const { owners, types, zoneClass } = zone;
  let owner = -1;
  let ownerWire = new Uint8Array(0);
  for (let index = 0; index < order.records.length; index++) {
    const record = order.records[index] as number;
    if (isLeftOut(zone, record)) continue;
    if (owners[record] !== owner) {
      owner = owners[record] as number;
      ownerWire = Uint8Array.from(lowerName(zone.names.wire(owner)));
    }
    const type = types[record] as number;
    const rdata = canonicalRdata(type, zone.rdataOf(record));
    out.put(ownerWire);
    out.u16(type);
    out.u16(zoneClass);
    out.u32(order.ttls[index] as number);
    out.u16(rdata.length);
    out.put(rdata);
    if (out.length < CHUNK) continue;
    hash.update(out.bytes.subarray(0, out.length));
    out.length = 0;
  }
  return hash.update(out.bytes.subarray(0, out.length)).digest();
}

/** Octets that are hashed at once. */
const CHUNK = 2 ** 16;

/** Whether a record has no part in the digest: ZONEMD of the zone's name and the signatures over it (RFC 8976 §3.3.1.1). */
function isLeftOut(zone: Zone, record: number): boolean {
  if (zone.owners[record] !== zone.apex) return false;
  const type = zone.types[record];
  if (type === TYPE.ZONEMD) return true;
  if (type !== TYPE.RRSIG) return false;
  const at = zone.rdataStarts[record] as number;
  return (((zone.rdata[at] ?? 0) << 8) | (zone.rdata[at + 1] ?? 0)) === TYPE.ZONEMD;
}
