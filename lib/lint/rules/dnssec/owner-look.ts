import { SIGNER_AT, Signature } from '../../../dnssec/signatures.ts';
import { TYPE } from '../../../rr/types.ts';
import type { Facts } from '../../facts.ts';

const NO_TYPES: Int32Array = new Int32Array(0);

/** The types and signatures of one name at a time; one object serves all names of a zone and allocates nothing for them. */
export class OwnerLook {
  owner = -1;
  /** Types that stand at the name, each once. */
  readonly types: number[] = [];
  /** Its RRSIG records. */
  readonly signatures: number[] = [];
  readonly #facts: Facts;
  #seen = NO_TYPES;
  #first = NO_TYPES;
  readonly #signature = new Signature();

  constructor(facts: Facts) {
    this.#facts = facts;
  }

  /** Looks at another name. */
  at(owner: number): this {
    const { zone, tree } = this.#facts;
    const { types, classes, zoneClass, rdataLengths } = zone;
    if (this.#seen === NO_TYPES) {
      this.#seen = new Int32Array(65536);
      this.#first = new Int32Array(65536);
    }
    this.owner = owner;
    this.types.length = 0;
    this.signatures.length = 0;
    for (let record = tree.first[owner] as number; record >= 0; record = tree.next[record] as number) {
      if (classes[record] !== zoneClass) continue;
      const type = types[record] as number;
      if (type === TYPE.RRSIG && (rdataLengths[record] as number) > SIGNER_AT) this.signatures.push(record);
      if (this.#seen[type] === owner + 1) continue;
      this.#seen[type] = owner + 1;
      this.#first[type] = record;
      this.types.push(type);
    }
    return this;
  }

  has(type: number): boolean {
    return this.#seen[type] === this.owner + 1;
  }

  /** First record of a type that stands at the name. */
  first(type: number): number {
    return this.#first[type] as number;
  }

  /** The fields of one of its signatures, valid until the next one is read. */
  signature(record: number): Signature {
    const { zone } = this.#facts;
    return this.#signature.at(zone.rdata, zone.rdataStarts[record] as number);
  }

  /** Whether a signature over an RRset stands at the name. */
  hasSignatureOf(type: number): boolean {
    return this.signatures.some((record) => this.signature(record).typeCovered === type);
  }

  /** Whether all the name has are NSEC3 records and the signatures over them: such names are not part of the zone's own tree (RFC 5155 §7.1). */
  get isHashed(): boolean {
    if (!this.has(TYPE.NSEC3) || this.types.length > 2) return false;
    return this.types.every((type) => type === TYPE.NSEC3 || type === TYPE.RRSIG);
  }
}
