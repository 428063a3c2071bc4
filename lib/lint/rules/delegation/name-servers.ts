import { isWithin } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import {
  BELOW_CUT,
  BELOW_DNAME,
  HAS_DESCENDANTS,
  IS_CUT,
  OWNS_CNAME,
  OWNS_DNAME,
  OWNS_RECORDS,
} from '../../../zone/tree.ts';
import { brokenAt } from '../../common-broken.ts';
import { oncePerZone } from '../../common-memo.ts';
import type { Facts } from '../../facts.ts';
import { endsWith } from '../dns-core/repeats.ts';

/** What keeps servers from taking an NS record whose target lies in the zone. */
export type ServerFault = 'no-address' | 'alias' | 'below-dname' | 'no-glue';

/** An NS record with its fault. */
export interface FaultyServer {
  readonly record: number;
  readonly fault: ServerFault;
}

/**
 * Every NS record at the apex or at a delegation whose target is a name of the zone without address.
 * A target below another delegation is that zone's affair, unless the name is written here; a wildcard gives addresses.
 */
export const faultyServers: (facts: Facts) => readonly FaultyServer[] = oncePerZone((facts) => {
  const found: FaultyServer[] = [];
  if (facts.mayBeBroken(TYPE.A) || facts.mayBeBroken(TYPE.AAAA)) return found;
  const { zone, tree } = facts;
  const mayBeAt = brokenAt(facts);
  for (const record of facts.records(TYPE.NS)) {
    const owner = zone.owners[record] as number;
    const start = zone.rdataStarts[record] as number;
    const end = start + (zone.rdataLengths[record] as number);
    if ((tree.flags[owner] as number) & BELOW_CUT || !endsWith(zone.rdata, start, end, zone.origin)) continue;
    const fault = faultOf(facts, owner, start, end);
    if (fault !== undefined && !mayBeAt(facts.rdata(record))) found.push({ record, fault });
  }
  return found;
});

function faultOf(facts: Facts, owner: number, start: number, end: number): ServerFault | undefined {
  const { zone, tree } = facts;
  const id = zone.names.find(zone.rdata, start, end);
  const flags = id < 0 ? 0 : (tree.flags[id] as number);
  if (flags & (OWNS_RECORDS | HAS_DESCENDANTS)) {
    if (tree.hasType(id, TYPE.A) || tree.hasType(id, TYPE.AAAA)) return undefined;
    if (flags & OWNS_CNAME) return 'alias';
    return faultBelow(facts, owner, id, flags);
  }
  const target = zone.rdata.subarray(start, end);
  return isWithin(target, zone.origin) ? faultOfAbsent(facts, owner, target) : undefined;
}

/** The fault of a target that does not exist: judged at the longest ancestor that does. */
function faultOfAbsent(facts: Facts, owner: number, target: Uint8Array): ServerFault | undefined {
  const { tree, zone } = facts;
  let at = (target[0] ?? 0) + 1;
  let encloser = zone.names.find(target, at, target.length);
  while (encloser !== zone.apex && (encloser < 0 || !tree.exists(encloser))) {
    at += (target[at] ?? 0) + 1;
    encloser = zone.names.find(target, at, target.length);
  }
  const flags = tree.flags[encloser] as number;
  if (encloser !== owner && flags & (IS_CUT | BELOW_CUT)) return undefined;
  const wildcard = zone.names.findWildcard(target, at);
  if (wildcard >= 0 && (tree.hasType(wildcard, TYPE.A) || tree.hasType(wildcard, TYPE.AAAA))) return undefined;
  return faultBelow(facts, owner, encloser, flags | (flags & OWNS_DNAME ? BELOW_DNAME : 0));
}

function faultBelow(facts: Facts, owner: number, name: number, flags: number): ServerFault {
  if (flags & BELOW_DNAME) return 'below-dname';
  for (let at = name; at >= 0 && owner !== facts.zone.apex; at = facts.tree.parent[at] ?? -1) {
    if (at === owner) return 'no-glue';
  }
  return 'no-address';
}
