import { TYPE } from '../../../rr/types.ts';
import { OUT_OF_ZONE } from '../../../zone/tree.ts';
import type { Facts } from '../../facts.ts';

/** What BIND 9.18 loads of one RRset: RDATA, two octets for each record and some twenty for the set. */
export const MAX_SET = 65_512;

/** Octets of a message around the question, and of a record beside its RDATA when its owner is compressed. */
const HEADER = 12;
const QUESTION = 4;
const RECORD = 12;

/** An RRset with its records and sizes. */
export interface BigSet {
  readonly owner: number;
  readonly records: readonly number[];
  /** Octets of an answer with it alone. */
  readonly octets: number;
  /** Octets that MAX_SET bounds. */
  readonly stored: number;
}

/** Calls back for every RRset whose answer has more octets than `limit`; signatures are no answer of their own. */
export function eachBigSet(facts: Facts, limit: number, found: (set: BigSet) => void): void {
  const { first, next, flags } = facts.tree;
  const { rdataLengths } = facts.zone;
  for (let name = 0; name < first.length; name++) {
    let octets = 0;
    for (let record = first[name] as number; record >= 0; record = next[record] as number) {
      octets += (rdataLengths[record] as number) + RECORD;
    }
    if (octets + 280 > limit && ((flags[name] as number) & OUT_OF_ZONE) === 0) setsAt(facts, name, limit, found);
  }
}

function setsAt(facts: Facts, owner: number, limit: number, found: (set: BigSet) => void): void {
  const { zone } = facts;
  const sets = new Map<number, number[]>();
  for (const record of facts.recordsAt(owner)) {
    const type = zone.types[record] as number;
    if (type === TYPE.RRSIG) continue;
    const set = sets.get(type);
    if (set === undefined) sets.set(type, [record]);
    else set.push(record);
  }
  for (const records of sets.values()) {
    const rdata = records.reduce((sum, record) => sum + (zone.rdataLengths[record] as number), 0);
    const octets = HEADER + zone.names.length(owner) + QUESTION + records.length * RECORD + rdata;
    const stored = rdata + 2 * records.length;
    if (octets > limit) found({ owner, records, octets, stored });
  }
}
