import type { SigningKey } from '../dnssec/signing-key.ts';
import { canonicalRdata } from '../rr/layout.ts';
import { nameKey } from '../rr/name.ts';
import { CLASSES, TYPE } from '../rr/types.ts';
import { u16At, u32At } from '../wire/header.ts';
import type { ResourceRecord } from '../wire/message.ts';
import { HAS_DESCENDANTS, type ZoneTree } from '../zone/tree.ts';
import { type Denial, denialOf } from './denial.ts';

/** Octets of SERIAL to MINIMUM at the end of an SOA's RDATA (RFC 1035 §3.3.13). */
const SOA_NUMBERS = 20;

const SIGNED: ReadonlySet<number> = new Set([TYPE.RRSIG, TYPE.NSEC, TYPE.NSEC3, TYPE.DNSKEY]);

/** RRsets kept ready; with more of them all are made anew. */
const MOST_SETS = 65536;

/** An RRset with the signatures that cover it. */
export interface SignedSet {
  readonly records: readonly ResourceRecord[];
  readonly signatures: readonly ResourceRecord[];
}

/** Of what, and with what, the server has signed a zone. */
interface SignedFrom {
  readonly text?: ZoneTree;
  readonly keys?: readonly SigningKey[];
}

/** A zone as a server needs it: its tree, its RRsets, and how it denies what it does not have. */
export class ServedZone {
  readonly tree: ZoneTree;
  /** The zone as its text says it, which is what is changed; another than `tree` when the server signs it itself. */
  readonly text: ZoneTree;
  /** Keys with which the server has signed it. */
  readonly keys: readonly SigningKey[];
  readonly origin: Uint8Array;
  readonly class: number;
  /** Record number of the SOA, -1 when the zone has none. */
  private readonly soa: number;
  /** Whether names stand for hashes in it (RFC 5155). */
  readonly hashed: boolean;
  private readonly sets = new Map<number, SignedSet>();
  private negativeSoa: SignedSet | undefined;
  private hasSignatures: boolean | undefined;
  private denying: Denial | undefined;

  constructor(tree: ZoneTree, { text = tree, keys = [] }: SignedFrom = {}) {
    this.tree = tree;
    this.text = text;
    this.keys = keys;
    this.origin = tree.zone.origin;
    this.class = tree.zone.zoneClass;
    this.soa = tree.firstOf(tree.zone.apex, TYPE.SOA);
    this.hashed = tree.hasType(tree.zone.apex, TYPE.NSEC3PARAM);
  }

  get serial(): number {
    return this.soaNumber(0);
  }

  get expire(): number {
    return this.soaNumber(3);
  }

  /** Whether answers can be written from its columns: it is of class IN and no name stands for a hash. */
  get isPlain(): boolean {
    return this.class === CLASSES.IN && !this.hashed;
  }

  /** Whether it has anything that is only for those who understand DNSSEC. */
  get signed(): boolean {
    this.hasSignatures ??= this.tree.zone.types.some((type) => SIGNED.has(type));
    return this.hasSignatures;
  }

  /** The proofs of a signed zone, found when first asked for. */
  get denial(): Denial {
    this.denying ??= denialOf(this.tree);
    return this.denying;
  }

  /** The RRset of a name id and type, each record once (RFC 2181 §5), under the owner's spelling in the zone. */
  set(name: number, type: number): SignedSet {
    const key = name * 65536 + type;
    const known = this.sets.get(key);
    if (known !== undefined) return known;
    if (this.sets.size >= MOST_SETS) this.sets.clear();
    const { tree } = this;
    const set: SignedSet = {
      records: this.once(tree.rrset(name, type), type),
      signatures:
        type === TYPE.RRSIG
          ? []
          : this.once(
              tree.rrset(name, TYPE.RRSIG).filter((record) => u16At(tree.zone.rdataOf(record), 0) === type),
              TYPE.RRSIG,
            ),
    };
    this.sets.set(key, set);
    return set;
  }

  /** The SOA as negative answers carry it: its TTL is how long they may be kept (RFC 2308 §3, §5). */
  get soaOfDenial(): SignedSet {
    if (this.negativeSoa !== undefined) return this.negativeSoa;
    const { records, signatures } = this.set(this.tree.zone.apex, TYPE.SOA);
    const minimum = this.soaNumber(4);
    const lowered = (record: ResourceRecord): ResourceRecord => ({ ...record, ttl: Math.min(record.ttl, minimum) });
    this.negativeSoa = { records: records.map(lowered), signatures: signatures.map(lowered) };
    return this.negativeSoa;
  }

  /** Types that a name owns, in the order of the file. */
  typesAt(name: number): number[] {
    const { types } = this.tree.zone;
    return [...new Set(this.tree.recordsAt(name).map((record) => types[record] as number))];
  }

  /** Whether a name is there for its NSEC3 record alone. */
  isHash(name: number): boolean {
    const { flags } = this.tree;
    if ((flags[name] as number) & HAS_DESCENDANTS) return false;
    const types = this.typesAt(name);
    return types.includes(TYPE.NSEC3) && types.every((type) => type === TYPE.NSEC3 || type === TYPE.RRSIG);
  }

  private once(records: readonly number[], type: number): ResourceRecord[] {
    const { zone } = this.tree;
    const seen = new Set<string>();
    const set: ResourceRecord[] = [];
    let ttl = -1;
    for (const record of records) {
      const rdata = zone.rdataOf(record);
      if (records.length > 1) {
        const key = octetKey(canonicalRdata(type, rdata));
        if (seen.has(key)) continue;
        seen.add(key);
      }
      // RFC 2181 §5.2: the records of a set have one TTL.
      if (ttl < 0) ttl = zone.ttls[record] as number;
      set.push({ name: zone.ownerOf(record), type, class: this.class, ttl, rdata });
    }
    return set;
  }

  private soaNumber(index: number): number {
    if (this.soa < 0) return 0;
    const rdata = this.tree.zone.rdataOf(this.soa);
    return rdata.length < SOA_NUMBERS ? 0 : u32At(rdata, rdata.length - SOA_NUMBERS + 4 * index);
  }
}

function octetKey(octets: Uint8Array): string {
  let key = '';
  for (const octet of octets) key += String.fromCharCode(octet);
  return key;
}

/** A key of an owner and type, letter case aside. */
export function setKey(name: Uint8Array, type: number): string {
  return `${type} ${nameKey(name)}`;
}
