import { TYPE } from '../rr/types.ts';
import { u32At } from '../wire/header.ts';
import type { ResourceRecord } from '../wire/message.ts';
import type { ZoneTree } from '../zone/tree.ts';

/** Octets of SERIAL to MINIMUM at the end of an SOA's RDATA (RFC 1035 §3.3.13). */
const SOA_NUMBERS = 20;

/** A zone as a server needs it: its tree and what most answers take from its apex. */
export class ServedZone {
  readonly tree: ZoneTree;
  readonly origin: Uint8Array;
  readonly class: number;
  /** Record number of the SOA, -1 when the zone has none. */
  readonly soa: number;
  /** Whether the apex holds keys: then the zone counts as signed. */
  readonly signed: boolean;

  constructor(tree: ZoneTree) {
    this.tree = tree;
    this.origin = tree.zone.origin;
    this.class = tree.zone.zoneClass;
    this.soa = tree.firstOf(tree.zone.apex, TYPE.SOA);
    this.signed = tree.hasType(tree.zone.apex, TYPE.DNSKEY);
  }

  get serial(): number {
    return this.soaNumber(0);
  }

  get expire(): number {
    return this.soaNumber(3);
  }

  /** Seconds a negative answer may be kept: TTL or MINIMUM of the SOA, whichever is less (RFC 2308 §5). */
  get negativeTtl(): number {
    return Math.min(this.tree.zone.ttls[this.soa] ?? 0, this.soaNumber(4));
  }

  /** A record of the zone under its own owner's name or another one. */
  record(record: number, owner?: Uint8Array): ResourceRecord {
    const { zone } = this.tree;
    return {
      name: owner ?? zone.ownerOf(record),
      type: zone.types[record] ?? 0,
      class: zone.classes[record] ?? 0,
      ttl: zone.ttls[record] ?? 0,
      rdata: zone.rdataOf(record),
    };
  }

  private soaNumber(index: number): number {
    if (this.soa < 0) return 0;
    const rdata = this.tree.zone.rdataOf(this.soa);
    return rdata.length < SOA_NUMBERS ? 0 : u32At(rdata, rdata.length - SOA_NUMBERS + 4 * index);
  }
}
