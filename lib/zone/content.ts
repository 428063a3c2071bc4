import { lowerOctet } from '../rr/escapes.ts';
import { canonicalRdata } from '../rr/layout.ts';
import { equalNames } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import type { Zone } from './zone.ts';

/** What signers make of the other records. */
const MADE_BY_SIGNERS: ReadonlySet<number> = new Set([TYPE.RRSIG, TYPE.NSEC, TYPE.NSEC3, TYPE.ZONEMD]);

/**
 * Whether two zones say the same: the same records with the same TTLs, whatever their order and letter case (RFC 4034 §6.2).
 * The serial and what signers make (RRSIG, NSEC, NSEC3, ZONEMD) do not count.
 */
export function sameContent(a: Zone, b: Zone): boolean {
  if (a.zoneClass !== b.zoneClass || !equalNames(a.origin, b.origin)) return false;
  if (sameColumns(a, b)) return true;
  const [ofA, ofB] = [hashes(a), hashes(b)];
  return ofA.length === ofB.length && ofA.every((hash, index) => hash === ofB[index]);
}

/** Whether the records are alike octet by octet and in the same order: the usual case of a file with other comments. */
function sameColumns(a: Zone, b: Zone): boolean {
  if (a.count !== b.count || a.rdataUsed !== b.rdataUsed || a.names.used !== b.names.used) return false;
  return (
    same(a.rdata.subarray(0, a.rdataUsed), b.rdata.subarray(0, b.rdataUsed)) &&
    same(a.names.arena.subarray(0, a.names.used), b.names.arena.subarray(0, b.names.used)) &&
    same(octets(a.owners, a.count), octets(b.owners, b.count)) &&
    same(octets(a.types, a.count), octets(b.types, b.count)) &&
    same(octets(a.classes, a.count), octets(b.classes, b.count)) &&
    same(octets(a.ttls, a.count), octets(b.ttls, b.count)) &&
    same(octets(a.rdataLengths, a.count), octets(b.rdataLengths, b.count))
  );
}

function octets(column: Int32Array | Uint16Array | Uint32Array, count: number): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, count * column.BYTES_PER_ELEMENT);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** One number for each different record, in ascending order: 53 bits, so that no two records share one but by a miracle. */
function hashes(zone: Zone): Float64Array {
  const found = new Float64Array(zone.count);
  const hash = new Hash();
  const owners = new Float64Array(zone.names.count);
  let count = 0;
  for (let record = 0; record < zone.count; record++) {
    const type = zone.types[record] as number;
    if (MADE_BY_SIGNERS.has(type)) continue;
    const owner = zone.owners[record] as number;
    if (owners[owner] === 0) owners[owner] = hash.of(zone.names.wire(owner), true, -4);
    const rdata = canonicalRdata(type, zone.rdataOf(record));
    // The serial is the first of the five numbers that end a SOA (RFC 1035 §3.3.13).
    const content = hash.of(rdata, false, type === TYPE.SOA ? rdata.length - 20 : -4);
    found[count++] = hash.mix(
      owners[owner] as number,
      content,
      zone.ttls[record] as number,
      type * 65_536 + (zone.classes[record] as number),
    );
  }
  const sorted = found.subarray(0, count).sort();
  return sorted.filter((each, index) => index === 0 || each !== sorted[index - 1]);
}

/** Two hashes side by side (FNV-1a with different primes) in one number of 53 bits. */
class Hash {
  private low = 0;
  private high = 0;

  /** Of octets, in small letters if wanted, but the four from `without` on. */
  of(octets: Uint8Array, lower: boolean, without: number): number {
    this.low = 0x811c9dc5;
    this.high = 0x01234567;
    for (let at = 0; at < octets.length; at++) {
      if (at >= without && at < without + 4) continue;
      const octet = octets[at] as number;
      this.add(lower ? lowerOctet(octet) : octet);
    }
    return this.value;
  }

  mix(...numbers: readonly number[]): number {
    this.low = 0x811c9dc5;
    this.high = 0x01234567;
    for (const number of numbers) {
      this.add(number | 0);
      this.add((number / 2 ** 32) | 0);
    }
    return this.value;
  }

  private add(number: number): void {
    this.low = Math.imul(this.low ^ number, 0x01000193);
    this.high = Math.imul(this.high ^ number ^ (this.low >>> 15), 0x85ebca6b);
  }

  private get value(): number {
    return (this.high >>> 0) * 2 ** 21 + ((this.low ^ (this.low >>> 13)) >>> 11);
  }
}
