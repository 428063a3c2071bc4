import {
  type KeyFault,
  keyFault,
  keyTag,
  type PublicKey,
  REVOKE,
  readKey,
  SECURE_ENTRY_POINT,
} from '../../../dnssec/keys.ts';
import { Signature } from '../../../dnssec/signatures.ts';
import { TYPE } from '../../../rr/types.ts';
import type { Facts } from '../../facts.ts';

/** A DNSKEY at the zone's name. */
export interface ZoneKey {
  readonly record: number;
  readonly key: PublicKey;
  readonly tag: number;
  /** Why no validator can use it. */
  readonly fault: KeyFault | undefined;
}

/** What signs the zone. */
export interface Signing {
  /** A signature over the SOA: the zone was signed, and its file is what servers answer from. */
  readonly signed: boolean;
  readonly keys: readonly ZoneKey[];
  /** Algorithms of the keys that sign the zone, each of which signs every RRset (RFC 4035 §2.2). */
  readonly algorithms: readonly number[];
  /** Whether some key signs records alone, so that those with the SEP flag sign keys alone. */
  readonly splitRoles: boolean;
  /** The key that a signature names; undefined when the zone has none like that. */
  keyOf(tag: number, algorithm: number): ZoneKey | undefined;
}

/** What signs the zone; looked up once. */
export function signingOf(facts: Facts): Signing {
  return facts.once(look);
}

/** Whether the zone is signed and all of its entries could be read, so that what is not there is missing. */
export function isWholeAndSigned(facts: Facts): boolean {
  return facts.zone.broken.length === 0 && signingOf(facts).signed;
}

/** Whether a key has the SEP flag, by which keys that sign keys are told from others. */
export function isEntryPoint({ key }: ZoneKey): boolean {
  return (key.flags & SECURE_ENTRY_POINT) !== 0;
}

function look(facts: Facts): Signing {
  const { zone } = facts;
  const keys = facts.rrset(zone.apex, TYPE.DNSKEY).flatMap((record): ZoneKey[] => {
    const rdata = facts.rdata(record);
    const key = readKey(rdata);
    return key === undefined ? [] : [{ record, key, tag: keyTag(rdata), fault: keyFault(key) }];
  });
  const byName = new Map(keys.map((one) => [nameOf(one.tag, one.key.algorithm), one]));
  const signing = keys.filter(({ key, fault }) => fault === undefined && (key.flags & REVOKE) === 0);
  const signature = new Signature();
  const signed = facts
    .rrset(zone.apex, TYPE.RRSIG)
    .some((record) => signature.at(zone.rdata, zone.rdataStarts[record] ?? 0).typeCovered === TYPE.SOA);
  return {
    signed,
    keys,
    algorithms: [...new Set(signing.map(({ key }) => key.algorithm))].sort((a, b) => a - b).slice(0, MOST_ALGORITHMS),
    splitRoles: signing.some((one) => !isEntryPoint(one)),
    keyOf: (tag, algorithm) => byName.get(nameOf(tag, algorithm)),
  };
}

/** Algorithms that are told apart, one bit each. */
const MOST_ALGORITHMS = 31;

function nameOf(tag: number, algorithm: number): number {
  return tag * 256 + algorithm;
}
