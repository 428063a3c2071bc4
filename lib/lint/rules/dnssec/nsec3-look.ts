import { isOwn } from '../../../dnssec/authority.ts';
import { HashChain } from '../../../dnssec/hash-chain.ts';
import {
  HASH_OCTETS,
  type HashParameters,
  hashOfOwner,
  NameHasher,
  nextHashAt,
  OPT_OUT,
  readParameters,
  SHA1,
  sameHashes,
} from '../../../dnssec/nsec3.ts';
import { TYPE } from '../../../rr/types.ts';
import { IS_CUT, OWNS_RECORDS } from '../../../zone/tree.ts';
import type { Facts } from '../../facts.ts';
import { BitmapCheck, type BitmapFault } from './bitmap-fault.ts';
import { OwnerLook } from './owner-look.ts';

/** A break in the chain of NSEC3 records (RFC 5155 §7.1). */
export type Nsec3Fault =
  /** A name without NSEC3; the record is one of it or, when it owns none, of a name below it. */
  | { readonly kind: 'missing'; readonly owner: number; readonly record: number }
  /** An unsigned delegation without NSEC3 that lies behind an NSEC3 without opt-out. */
  | { readonly kind: 'no-opt-out'; readonly owner: number; readonly record: number }
  /** An NSEC3 whose owner is not a hash put before the zone's name. */
  | { readonly kind: 'owner'; readonly record: number }
  | { readonly kind: 'several'; readonly record: number }
  /** An NSEC3 that does not name the next hash, which is that of the record `expected`. */
  | { readonly kind: 'next'; readonly record: number; readonly expected: number };

/** The parameters by which a zone denies names, with the NSEC3PARAM record that has them. */
export interface Parameters extends HashParameters {
  readonly record: number;
}

/** NSEC3PARAM records at the zone's name. */
export function parametersOf(facts: Facts): readonly Parameters[] {
  return facts.rrset(facts.zone.apex, TYPE.NSEC3PARAM).flatMap((record): Parameters[] => {
    const parameters = readParameters(facts.rdata(record));
    return parameters === undefined ? [] : [{ record, ...parameters }];
  });
}

/** Hashes that one look may take: some seconds of work. */
export const MOST_HASHES = 4_000_000;

const REQUIRED = 2;
const OPTIONAL = 1;

/** The chain and the bitmaps of a zone that denies names by the NSEC3 records of one set of parameters. */
export class Nsec3Look {
  readonly chain: Nsec3Fault[] = [];
  readonly bitmaps: readonly BitmapFault[];
  /** NSEC3 records whose hash is that of no name. */
  readonly extra: number[] = [];
  /** The NSEC3PARAM record. */
  readonly record: number;
  /** NSEC3 records with these parameters. */
  readonly members: number;
  /** Hashes that looking takes; with more than MOST_HASHES nothing is looked at but the owners and the order. */
  readonly hashes: number;

  readonly #facts: Facts;
  readonly #parameters: Parameters;
  readonly #circle: HashChain;
  readonly #used: Uint8Array;
  /** For each name whether it needs an NSEC3, and a record that makes it exist. */
  readonly #need: Uint8Array;
  readonly #because: Int32Array;
  readonly #missing: Uint8Array[] = [];

  constructor(facts: Facts, parameters: Parameters) {
    this.#facts = facts;
    this.#parameters = parameters;
    this.record = parameters.record;
    const { length } = facts.tree.flags;
    this.#need = new Uint8Array(length);
    this.#because = new Int32Array(length);
    this.#circle = new HashChain(facts.records(TYPE.NSEC3).length);
    this.#addMembers();
    this.members = this.#circle.size;
    this.#used = new Uint8Array(this.members);
    this.hashes = this.#countNeeds() * (parameters.iterations + 1);
    this.bitmaps = this.hashes > MOST_HASHES || this.members === 0 ? [] : this.#lookAtNames();
    this.#checkCircle();
  }

  #addMembers(): void {
    const { zone, tree } = this.#facts;
    for (const record of this.#facts.records(TYPE.NSEC3)) {
      const parameters = readParameters(zone.rdataOf(record));
      if (parameters === undefined || !sameHashes(parameters, this.#parameters)) continue;
      const owner = zone.owners[record] as number;
      const hash = tree.parent[owner] === zone.apex ? hashOfOwner(zone.names.wire(owner)) : undefined;
      if (hash?.length === HASH_OCTETS) this.#circle.add(hash, record);
      else this.chain.push({ kind: 'owner', record });
    }
    this.#circle.sort();
  }

  /** Marks the names that need an NSEC3, those between them and the zone's name included; how many there are. */
  #countNeeds(): number {
    const { tree, zone } = this.#facts;
    const look = new OwnerLook(this.#facts);
    let count = 0;
    for (let owner = 0; owner < tree.flags.length; owner++) {
      const flags = tree.flags[owner] as number;
      if ((flags & OWNS_RECORDS) === 0 || !isOwn(flags)) continue;
      const at = look.at(owner);
      if (at.isHashed) continue;
      const need = isSecure(at, flags) ? REQUIRED : OPTIONAL;
      for (let name = owner; name >= 0; name = tree.parent[name] as number) {
        const before = this.#need[name] as number;
        if (before === 0) count++;
        if (before >= need) break;
        this.#need[name] = need;
        this.#because[name] = at.first(at.types[0] as number);
        if (name === zone.apex) break;
      }
      this.#because[owner] = at.first(at.types[0] as number);
    }
    return count;
  }

  #lookAtNames(): readonly BitmapFault[] {
    const { zone, tree } = this.#facts;
    const { names, rdata, rdataStarts, rdataLengths } = zone;
    const hasher = new NameHasher(this.#parameters);
    const look = new OwnerLook(this.#facts);
    const check = new BitmapCheck();
    for (let owner = 0; owner < this.#need.length; owner++) {
      if (this.#need[owner] === 0) continue;
      const hash = hasher.hash(names.arena, names.offsets[owner] as number, names.offsets[owner + 1] as number);
      const place = this.#circle.placeOf(hash);
      if (!this.#circle.is(place, hash)) {
        this.#missed(owner, place, hash);
        continue;
      }
      this.#used[place] = 1;
      const record = this.#circle.value(place);
      const start = rdataStarts[record] as number;
      const at = nextHashAt(zone.rdataOf(record));
      const types = start + at + (rdata[start + at - 1] as number);
      const end = start + (rdataLengths[record] as number);
      if (at > 0) check.check(look.at(owner), tree.flags[owner] as number, record, rdata, types, end);
    }
    return check.faults;
  }

  /** A name that no NSEC3 is about; `place` is the NSEC3 that covers it. */
  #missed(owner: number, place: number, hash: Uint8Array): void {
    const record = this.#because[owner] as number;
    if (this.#need[owner] === REQUIRED) {
      this.chain.push({ kind: 'missing', owner, record });
      this.#missing.push(hash);
      return;
    }
    const covering = readParameters(this.#facts.rdata(this.#circle.value(place)));
    if (covering && covering.flags & OPT_OUT) return;
    this.chain.push({ kind: 'no-opt-out', owner, record });
    this.#missing.push(hash);
  }

  #checkCircle(): void {
    const missing = new Set(this.#missing.map((hash) => Buffer.from(hash).toString('latin1')));
    const known = this.bitmapsKnown;
    for (let place = 0; place < this.members; place++) {
      const record = this.#circle.value(place);
      const after = this.#circle.after(place);
      if (after > place && this.#circle.same(place, after)) {
        this.chain.push({ kind: 'several', record: this.#circle.value(after) });
        continue;
      }
      if (known && this.#used[place] === 0) this.extra.push(record);
      const rdata = this.#facts.rdata(record);
      const at = nextHashAt(rdata);
      const next = at < 0 ? undefined : rdata.subarray(at, at + (rdata[at - 1] ?? 0));
      if (next !== undefined && (this.#circle.is(after, next) || missing.has(Buffer.from(next).toString('latin1'))))
        continue;
      this.chain.push({ kind: 'next', record, expected: this.#circle.value(after) });
    }
  }

  /** Whether the names were hashed. */
  get bitmapsKnown(): boolean {
    return this.hashes <= MOST_HASHES;
  }
}

/** Whether a name needs an NSEC3 in a zone with opt-out too: it is no unsigned delegation (RFC 5155 §6). */
function isSecure(at: OwnerLook, flags: number): boolean {
  if (flags & IS_CUT) return at.has(TYPE.DS);
  return at.types.some((type) => type !== TYPE.RRSIG && type !== TYPE.NSEC);
}

/** The looks at the NSEC3 records of a zone: one for each set of parameters that an NSEC3PARAM of known hash announces. */
export function nsec3Of(facts: Facts): readonly Nsec3Look[] {
  return facts.once(look);
}

function look(facts: Facts): readonly Nsec3Look[] {
  const all = parametersOf(facts).filter(({ algorithm }) => algorithm === SHA1);
  const ready = all.filter(({ flags }) => flags === 0);
  // Servers take the others for chains in the making (RFC 5155 §4.1.2); a zone has rarely more than one that is ready.
  return (ready.length > 0 ? ready : all).slice(0, MOST_CHAINS).map((parameters) => new Nsec3Look(facts, parameters));
}

const MOST_CHAINS = 2;

/** How a signed zone denies names. */
export type Denial = 'nsec' | 'nsec3' | 'neither';

/** Whether NSEC or NSEC3 records deny the names of a zone: NSEC3 when its NSEC3PARAM says so (RFC 5155 §4). */
export function denialOf(facts: Facts): Denial {
  const parameters = parametersOf(facts);
  if (parameters.length > 0) return parameters.some(({ algorithm }) => algorithm === SHA1) ? 'nsec3' : 'neither';
  const hashed = facts.records(TYPE.NSEC3).length > 0 && !facts.hasType(facts.zone.apex, TYPE.NSEC);
  return hashed ? 'neither' : 'nsec';
}
