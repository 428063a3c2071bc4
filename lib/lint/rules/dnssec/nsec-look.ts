import { isOwn } from '../../../dnssec/authority.ts';
import { compareNames, nameLength } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { OwnerKeys } from '../../../zone/owner-keys.ts';
import { OWNS_RECORDS } from '../../../zone/tree.ts';
import type { Facts } from '../../facts.ts';
import { BitmapCheck, type BitmapFault } from './bitmap-fault.ts';
import { OwnerLook } from './owner-look.ts';

/** A break in the chain of NSEC records (RFC 4035 §2.3). */
export type NsecFault =
  /** No name has an NSEC; the record is the SOA. */
  | { readonly kind: 'none'; readonly record: number }
  /** A name without NSEC: its first record. */
  | { readonly kind: 'missing'; readonly record: number }
  /** A second NSEC at a name. */
  | { readonly kind: 'several'; readonly record: number }
  /** An NSEC at a name that is not the zone's own: glue, or hidden by a DNAME. */
  | { readonly kind: 'hidden'; readonly record: number }
  /** An NSEC that does not name the next name, whose id is `expected`. */
  | { readonly kind: 'next'; readonly record: number; readonly expected: number };

/** The chain and the bitmaps of a zone that denies names by NSEC. */
export class NsecLook {
  readonly chain: NsecFault[] = [];
  readonly bitmaps: readonly BitmapFault[];
  /** NSEC records of names that own nothing else but signatures; the chain goes through them. */
  readonly extra: number[] = [];

  readonly #facts: Facts;
  /** The NSEC record of each name, -1 for names in the chain without one, -2 for all others. */
  readonly #nsec: Int32Array;
  #members = 0;

  constructor(facts: Facts) {
    this.#facts = facts;
    this.#nsec = new Int32Array(facts.tree.flags.length).fill(-2);
    if (facts.records(TYPE.NSEC).length === 0) {
      const record = facts.rrset(facts.zone.apex, TYPE.SOA)[0];
      if (record !== undefined) this.chain.push({ kind: 'none', record });
      this.bitmaps = [];
      return;
    }
    this.bitmaps = this.#lookAtNames();
    if (this.chain.length > 0 || !this.#closes()) this.#findBreaks();
  }

  #lookAtNames(): readonly BitmapFault[] {
    const { zone, tree } = this.#facts;
    const { rdata, rdataStarts, rdataLengths } = zone;
    const look = new OwnerLook(this.#facts);
    const check = new BitmapCheck();
    for (let owner = 0; owner < tree.flags.length; owner++) {
      const flags = tree.flags[owner] as number;
      if ((flags & OWNS_RECORDS) === 0) continue;
      const at = look.at(owner);
      const has = at.has(TYPE.NSEC);
      if (!isOwn(flags)) {
        if (has) this.chain.push({ kind: 'hidden', record: at.first(TYPE.NSEC) });
        continue;
      }
      if (at.isHashed) continue;
      this.#members++;
      this.#nsec[owner] = has ? at.first(TYPE.NSEC) : -1;
      if (!has) {
        this.chain.push({ kind: 'missing', record: at.first(at.types[0] as number) });
        continue;
      }
      const record = at.first(TYPE.NSEC);
      const second = this.#facts.rrset(owner, TYPE.NSEC)[1];
      if (second !== undefined) this.chain.push({ kind: 'several', record: second });
      if (at.types.every((type) => type === TYPE.NSEC || type === TYPE.RRSIG)) this.extra.push(record);
      const start = rdataStarts[record] as number;
      const types = start + Math.max(0, nameLength(rdata, start));
      check.check(at, flags, record, rdata, types, start + (rdataLengths[record] as number));
    }
    return check.faults;
  }

  /** Whether the chain goes through all names in order and back to the zone's name; the usual case, and quickly seen. */
  #closes(): boolean {
    const { zone } = this.#facts;
    let owner = zone.apex;
    for (let seen = 1; seen <= this.#members; seen++) {
      const next = this.#nextOf(this.#nsec[owner] as number);
      if (next === zone.apex) return seen === this.#members;
      if (next < 0 || (this.#nsec[next] as number) < 0) return false;
      if (compareNames(zone.names.wire(owner), zone.names.wire(next)) >= 0) return false;
      owner = next;
    }
    return false;
  }

  /** Name id that an NSEC record points at, -1 when the zone does not know the name. */
  #nextOf(record: number): number {
    const { names, rdata, rdataStarts } = this.#facts.zone;
    if (record < 0) return -1;
    const start = rdataStarts[record] as number;
    const length = nameLength(rdata, start);
    return length < 0 ? -1 : names.find(rdata, start, start + length);
  }

  /** Compares each next name with the one that follows in the order of names. */
  #findBreaks(): void {
    const keys = new OwnerKeys(this.#facts.zone);
    for (let owner = 0; owner < this.#nsec.length; owner++) if ((this.#nsec[owner] as number) > -2) keys.add(owner);
    const order = keys.sorted();
    let linked = order.find((owner) => (this.#nsec[owner] as number) >= 0) ?? -1;
    let following = order[0] as number;
    for (let place = order.length - 1; place >= 0; place--) {
      const owner = order[place] as number;
      const record = this.#nsec[owner] as number;
      const next = this.#nextOf(record);
      // Names without NSEC are reported for that, so the chain may pass over them.
      if (record >= 0 && next !== following && next !== linked) {
        this.chain.push({ kind: 'next', record, expected: following });
      }
      following = owner;
      if (record >= 0) linked = owner;
    }
  }
}

/** The NSEC records of a zone, looked at once for all rules. */
export function nsecOf(facts: Facts): NsecLook {
  return facts.once(look);
}

function look(facts: Facts): NsecLook {
  return new NsecLook(facts);
}
