import { equalNames } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import type { Outcome } from '../zone/lookup.ts';
import { BELOW_CUT, BELOW_DNAME, IS_CUT, OUT_OF_ZONE, OWNS_CNAME } from '../zone/tree.ts';
import type { Facts, MailTarget } from './facts.ts';

/** Lists up to this length are compared name by name. */
const FEW = 8;

/** Types whose records tell whether a host can be reached. */
const HOST_TYPES: readonly number[] = [TYPE.A, TYPE.AAAA, TYPE.CNAME];

const HIDDEN = BELOW_CUT | BELOW_DNAME | OUT_OF_ZONE;

/** What the zone knows of a host that a record names; `elsewhere` when the host is not this zone's to answer for. */
export type Standing = 'address' | 'alias' | 'below-dname' | 'no-address' | 'no-name' | 'elsewhere';

/** Whether data at a name is never given out as this zone's answer: below a delegation or a DNAME (RFC 2181 §6, RFC 6672 §2.4). */
export function isHidden(facts: Facts, name: number): boolean {
  return ((facts.tree.flags[name] ?? 0) & HIDDEN) !== 0;
}

/** Whether a name id is a wildcard (RFC 4592 §2.1.1). */
export function isWildcard(facts: Facts, name: number): boolean {
  const { arena, offsets } = facts.zone.names;
  const start = offsets[name] ?? 0;
  return arena[start] === 1 && arena[start + 1] === 0x2a;
}

/** Whether a target is the root, which stands for "none" (RFC 7505 §3, RFC 2782). */
export function isNull(wire: Uint8Array): boolean {
  return wire.length === 1;
}

/** Looks a host up for addresses; aliases are not followed. `id` is its name id, for those who know it. */
export function standing(facts: Facts, wire: Uint8Array, id: number = facts.find(wire)): Standing {
  if (ownsAddress(facts, id)) return 'address';
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

/** Whether a name plainly stands in the zone with addresses: the usual case, without the cost of a whole look-up. */
export function ownsAddress(facts: Facts, id: number): boolean {
  return id >= 0 && ((facts.tree.flags[id] ?? 0) & (HIDDEN | IS_CUT)) === 0 && hasAddress(facts, id);
}

/** As `standing`, for a target of this zone. */
export function standingOf(facts: Facts, target: MailTarget): Standing {
  return ownsAddress(facts, target.id) ? 'address' : standing(facts, target.wire, target.id);
}

/** Another zone given that has a host this one cannot answer for, unless part of it could not be read. */
export function answering(facts: Facts, wire: Uint8Array): Facts | undefined {
  const home = facts.zoneFor(wire);
  const unread = home !== undefined && HOST_TYPES.some((type) => home.mayBeBroken(type));
  return home === facts || unread ? undefined : home;
}

/** As `standing`, with the answer of another zone given for a host that is not this zone's. */
export function standingAnywhere(facts: Facts, target: MailTarget): Standing {
  const here = standingOf(facts, target);
  const home = here === 'elsewhere' ? answering(facts, target.wire) : undefined;
  return home === undefined ? here : standing(home, target.wire);
}

/** Whether a host may be an alias or stand below one: what `standing` has to find out, left to it unless the zone plainly says no. */
export function mayBeAlias(facts: Facts, id: number): boolean {
  return id < 0 || ((facts.tree.flags[id] ?? 0) & (OWNS_CNAME | BELOW_DNAME)) !== 0;
}

/** What makes a host an alias, in this zone or in another one given: a CNAME, or a DNAME above it. */
export interface AliasedHost {
  /** The zone that has the record. */
  readonly home: Facts;
  readonly outcome: Extract<Outcome, { readonly kind: 'alias' | 'rewrite' }>;
}

/** The alias at a host, undefined when it is none or no zone given can tell. */
export function aliasAt(facts: Facts, target: MailTarget): AliasedHost | undefined {
  if (!mayBeAlias(facts, target.id)) return undefined;
  const { wire } = target;
  const here = facts.lookup(wire, TYPE.A);
  const away = here.kind === 'outside' || here.kind === 'referral';
  const home = away ? answering(facts, wire) : facts;
  const outcome = home === facts ? here : home?.lookup(wire, TYPE.A);
  return home !== undefined && (outcome?.kind === 'alias' || outcome?.kind === 'rewrite')
    ? { home, outcome }
    : undefined;
}

/** Whether a name owns A or AAAA records. */
export function hasAddress(facts: Facts, name: number): boolean {
  return facts.hasType(name, TYPE.A) || facts.hasType(name, TYPE.AAAA);
}

/** The address records of a host, those a wildcard gives it included. */
export function addressesOf(facts: Facts, wire: Uint8Array, id: number = facts.find(wire)): readonly number[] {
  if (id >= 0) return facts.recordsAt(id).filter((record) => isAddress(facts.zone.types[record] ?? 0));
  return [TYPE.A, TYPE.AAAA].flatMap((type) => {
    const outcome = facts.lookup(wire, type);
    return outcome.kind === 'answer' ? outcome.records : [];
  });
}

/** Whether two targets of one zone are the same host, letter case aside. */
export function sameHost(one: MailTarget, other: MailTarget): boolean {
  return one.id >= 0 || other.id >= 0 ? one.id === other.id : equalNames(one.wire, other.wire);
}

/** A test whether a target's host is among others; texts of hosts are made for long lists only. */
export function hostAmong(targets: readonly MailTarget[]): (target: MailTarget) => boolean {
  if (targets.length <= FEW) return (target) => targets.some((other) => sameHost(target, other));
  const hosts = new Set(targets.map(({ host }) => host));
  return ({ host }) => hosts.has(host);
}

/** Pairs of targets that name the same host: the first and one after it. */
export function* repeatedHosts(targets: readonly MailTarget[]): Generator<readonly [MailTarget, MailTarget]> {
  const distinct = (target: MailTarget, at: number): boolean =>
    !targets.some((other, before) => before < at && sameHost(target, other));
  if (targets.length < 2 || (targets.length <= FEW && targets.every(distinct))) return;
  const first = new Map<string, MailTarget>();
  for (const target of targets) {
    const before = first.get(target.host);
    if (before === undefined) first.set(target.host, target);
    else yield [before, target];
  }
}

/** Targets other than the null one. */
export function hostsOf(targets: readonly MailTarget[]): readonly MailTarget[] {
  return targets.some(({ isNull }) => isNull) ? targets.filter(({ isNull }) => !isNull) : targets;
}

function isAddress(type: number): boolean {
  return type === TYPE.A || type === TYPE.AAAA;
}
