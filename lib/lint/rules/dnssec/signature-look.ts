import { isSigned } from '../../../dnssec/authority.ts';
import { SIGNER_AT, type Signature, secondsUntil, signedLabels } from '../../../dnssec/signatures.ts';
import { equalNames, nameLength } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { OUT_OF_ZONE } from '../../../zone/tree.ts';
import type { Facts } from '../../facts.ts';
import { OwnerLook } from './owner-look.ts';
import { isEntryPoint, type Signing, signingOf } from './signing.ts';

/** How many signatures share something of their times, and the one that has most of it. */
export class Extreme {
  count = 0;
  /** Record number, -1 when there is none. */
  record = -1;
  seconds = 0;

  add(record: number, seconds: number): void {
    this.count++;
    if (this.record >= 0 && seconds <= this.seconds) return;
    this.record = record;
    this.seconds = seconds;
  }
}

const NO_TYPES: Int32Array = new Int32Array(0);

/** What the signatures of a signed zone are and what is wrong with them; numbers are those of RRSIG records unless said otherwise. */
export class SignatureLook {
  /** First record of RRsets that should be signed and are not. */
  readonly missing: number[] = [];
  /** Signed RRsets that some algorithm of the zone's keys does not sign. */
  readonly unevenly: { readonly record: number; readonly algorithms: readonly number[] }[] = [];
  /** RRsets (their first signature) with no signature by a key of the zone, or of keys by one that the parent can point at. */
  readonly unknownKey: number[] = [];
  readonly absent: number[] = [];
  readonly hidden: number[] = [];
  readonly labels: number[] = [];
  readonly signer: number[] = [];
  readonly originalTtl: number[] = [];
  /** Signatures that count for the RRset they are over. */
  counted = 0;
  readonly expired: Extreme = new Extreme();
  readonly future: Extreme = new Extreme();
  /** Of those that are valid now the one that ends first (seconds are negative), and the one made for longest. */
  readonly ending: Extreme = new Extreme();
  readonly longest: Extreme = new Extreme();

  readonly #facts: Facts;
  readonly #signing: Signing;
  readonly #owner: OwnerLook;
  /** For each type the owner (plus one) at which it was found signed, signed by a key of the zone, and by which algorithms. */
  #signed = NO_TYPES;
  #known = NO_TYPES;
  #algorithms = NO_TYPES;
  #firstSignature = NO_TYPES;
  /** The RRset whose TTLs are known, and these. */
  #ttlsOf = -1;
  #ttls: ReadonlySet<number> = new Set();

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#signing = signingOf(facts);
    this.#owner = new OwnerLook(facts);
    // Most zones are not signed, and have no use for tables of all types.
    if (!this.#signing.signed) return;
    this.#signed = new Int32Array(65536);
    this.#known = new Int32Array(65536);
    this.#algorithms = new Int32Array(65536);
    this.#firstSignature = new Int32Array(65536);
    const { flags } = facts.tree;
    for (let owner = 0; owner < flags.length; owner++) {
      if ((flags[owner] as number) & OUT_OF_ZONE || (facts.tree.first[owner] as number) < 0) continue;
      this.#lookAt(owner, flags[owner] as number);
    }
  }

  #lookAt(owner: number, flags: number): void {
    const at = this.#owner.at(owner);
    for (const record of at.signatures) {
      const signature = at.signature(record);
      const type = signature.typeCovered;
      if (!at.has(type) || type === TYPE.RRSIG) this.absent.push(record);
      else if (!isSigned(flags, type)) this.hidden.push(record);
      else this.#weigh(record, signature, at.first(type));
    }
    for (const type of at.types) if (isSigned(flags, type)) this.#judge(type, owner);
  }

  /** Looks at a signature over an RRset of the zone. */
  #weigh(record: number, signature: Signature, first: number): void {
    const { zone } = this.#facts;
    const { owner } = this.#owner;
    const type = signature.typeCovered;
    if (this.#signed[type] !== owner + 1) {
      this.#signed[type] = owner + 1;
      this.#algorithms[type] = 0;
      this.#firstSignature[type] = record;
    }
    if (signature.labels !== signedLabels(zone.names.wire(owner))) this.labels.push(record);
    if (!this.#isByZone(record)) this.signer.push(record);
    const key = this.#signing.keyOf(signature.keyTag, signature.algorithm);
    if (key === undefined) return;
    const inKeys = owner === zone.apex && (type === TYPE.DNSKEY || type === TYPE.CDNSKEY || type === TYPE.CDS);
    if (!(inKeys && type === TYPE.DNSKEY) || isEntryPoint(key)) this.#known[type] = owner + 1;
    const left = secondsUntil(signature.expiration, this.#facts.now);
    const wait = secondsUntil(signature.inception, this.#facts.now);
    if (left >= 0 && wait <= 0) {
      const bit = this.#signing.algorithms.indexOf(signature.algorithm);
      if (bit >= 0) this.#algorithms[type] = (this.#algorithms[type] as number) | (1 << bit);
    }
    const { splitRoles } = this.#signing;
    if (splitRoles && isEntryPoint(key) !== inKeys) return;
    this.#time(record, left, wait, signature);
    if (signature.originalTtl !== zone.ttls[first] && !this.#hasTtl(type, first, signature.originalTtl)) {
      this.originalTtl.push(record);
    }
  }

  #time(record: number, left: number, wait: number, signature: Signature): void {
    this.counted++;
    if (left < 0) this.expired.add(record, -left);
    else if (wait > 0) this.future.add(record, wait);
    else {
      this.ending.add(record, -left);
      this.longest.add(record, (signature.expiration - signature.inception) | 0);
    }
  }

  /** Looks at an RRset of the zone once its signatures are known. */
  #judge(type: number, owner: number): void {
    const record = this.#owner.first(type);
    const { algorithms } = this.#signing;
    if (this.#signed[type] !== owner + 1) this.missing.push(record);
    else if (this.#known[type] !== owner + 1) this.unknownKey.push(this.#firstSignature[type] as number);
    else if (algorithms.length > 1) {
      const by = this.#algorithms[type] as number;
      const without = algorithms.filter((_, bit) => (by & (1 << bit)) === 0);
      if (without.length > 0 && without.length < algorithms.length) this.unevenly.push({ record, algorithms: without });
    }
  }

  /** Whether some record of an RRset that begins with `first` has a TTL: files may give one RRset several. */
  #hasTtl(type: number, first: number, ttl: number): boolean {
    const { ttls } = this.#facts.zone;
    if (this.#ttlsOf !== first) {
      this.#ttlsOf = first;
      this.#ttls = new Set(this.#facts.rrset(this.#owner.owner, type).map((record) => ttls[record] as number));
    }
    return this.#ttls.has(ttl);
  }

  #isByZone(record: number): boolean {
    const { rdata, rdataStarts, origin } = this.#facts.zone;
    const at = (rdataStarts[record] as number) + SIGNER_AT;
    const length = nameLength(rdata, at);
    return length === origin.length && equalNames(rdata.subarray(at, at + length), origin);
  }
}

/** The signatures of a zone, looked at once for all rules. */
export function signaturesOf(facts: Facts): SignatureLook {
  return facts.once(look);
}

function look(facts: Facts): SignatureLook {
  return new SignatureLook(facts);
}
