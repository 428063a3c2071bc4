import { TYPE } from '../rr/types.ts';
import { BELOW_CUT, BELOW_DNAME, IS_CUT, OUT_OF_ZONE } from '../zone/tree.ts';
import type { Facts, MailTarget } from './facts.ts';

const HIDDEN = BELOW_CUT | BELOW_DNAME | OUT_OF_ZONE;

/** What the zone knows of a host that a record names; `elsewhere` when the host is not this zone's to answer for. */
export type Standing = 'address' | 'alias' | 'below-dname' | 'no-address' | 'no-name' | 'elsewhere';

/** Whether data at a name is never given out as this zone's answer: below a delegation or a DNAME (RFC 2181 §6, RFC 6672 §2.4). */
export function isHidden(facts: Facts, name: number): boolean {
  return ((facts.tree.flags[name] ?? 0) & HIDDEN) !== 0;
}

/** Whether a name id is a wildcard (RFC 4592 §2.1.1). */
export function isWildcard(facts: Facts, name: number): boolean {
  const wire = facts.zone.names.wire(name);
  return wire[0] === 1 && wire[1] === 0x2a;
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
  const id = facts.find(wire);
  if (id >= 0) return facts.recordsAt(id).filter((record) => isAddress(facts.zone.types[record] ?? 0));
  return [TYPE.A, TYPE.AAAA].flatMap((type) => {
    const outcome = facts.lookup(wire, type);
    return outcome.kind === 'answer' ? outcome.records : [];
  });
}

/** Pairs of targets that name the same host: the first and one after it. */
export function* repeatedHosts(targets: readonly MailTarget[]): Generator<readonly [MailTarget, MailTarget]> {
  const [one, other] = targets;
  if (one === undefined || other === undefined || (targets.length === 2 && one.host !== other.host)) return;
  const first = new Map<string, MailTarget>();
  for (const target of targets) {
    const before = first.get(target.host);
    if (before === undefined) first.set(target.host, target);
    else yield [before, target];
  }
}

/** Targets other than the null one. */
export function hostsOf(targets: readonly MailTarget[]): readonly MailTarget[] {
  return targets.some(({ host }) => host === '.') ? targets.filter(({ host }) => host !== '.') : targets;
}

function isAddress(type: number): boolean {
  return type === TYPE.A || type === TYPE.AAAA;
}
