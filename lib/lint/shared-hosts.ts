import { TYPE } from '../rr/types.ts';
import { BELOW_CUT, BELOW_DNAME, IS_CUT, OUT_OF_ZONE } from '../zone/tree.ts';
import type { Facts } from './facts.ts';

const HIDDEN = BELOW_CUT | BELOW_DNAME | OUT_OF_ZONE;

/** What the zone knows of a host that a record names; `elsewhere` when the host is not this zone's to answer for. */
export type Standing = 'address' | 'alias' | 'below-dname' | 'no-address' | 'no-name' | 'elsewhere';

/** Whether data at a name is never given out as this zone's answer: below a delegation or a DNAME (RFC 2181 §6, RFC 6672 §2.4). */
export function isHidden(facts: Facts, name: number): boolean {
  return ((facts.tree.flags[name] ?? 0) & HIDDEN) !== 0;
}

/** The RRsets of a type that the zone answers with. */
export function* visibleSets(facts: Facts, type: number): Generator<{ owner: number; records: readonly number[] }> {
  for (const set of facts.rrsets(type)) if (!isHidden(facts, set.owner)) yield set;
}

/** Whether a target is the root, which stands for "none" (RFC 7505 §3, RFC 2782). */
export function isNull(wire: Uint8Array): boolean {
  return wire.length === 1;
}

/** Looks a host up for addresses; aliases are not followed. */
export function standing(facts: Facts, wire: Uint8Array): Standing {
  const id = facts.find(wire);
  // The plain case of a host with addresses, without the cost of a whole look-up.
  if (id >= 0 && ((facts.tree.flags[id] ?? 0) & (HIDDEN | IS_CUT)) === 0 && hasAddress(facts, id)) return 'address';
  const outcome = facts.lookup(wire, TYPE.A);
  switch (outcome.kind) {
    case 'answer':
      return 'address';
    case 'alias':
      return 'alias';
    case 'rewrite':
      return 'below-dname';
    case 'nodata':
      return facts.lookup(wire, TYPE.AAAA).kind === 'answer' ? 'address' : 'no-address';
    case 'nxdomain':
      return 'no-name';
    default:
      return 'elsewhere';
  }
}

/** Whether a name owns A or AAAA records. */
export function hasAddress(facts: Facts, name: number): boolean {
  return facts.hasType(name, TYPE.A) || facts.hasType(name, TYPE.AAAA);
}

/** The address records of a host, those a wildcard gives it included. */
export function addressesOf(facts: Facts, wire: Uint8Array): readonly number[] {
  return [TYPE.A, TYPE.AAAA].flatMap((type) => {
    const outcome = facts.lookup(wire, type);
    return outcome.kind === 'answer' ? outcome.records : [];
  });
}
