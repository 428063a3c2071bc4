import { TYPE } from '../rr/types.ts';
import type { Facts } from './facts.ts';

/** Whether a CNAME of the zone leads to the name, as to records that several names share; made for few names that are odd otherwise. */
export function isAliasTarget(facts: Facts, name: number): boolean {
  return facts.once(aliasTargets).has(name);
}

function aliasTargets(facts: Facts): ReadonlySet<number> {
  const { names, rdata, rdataStarts, rdataLengths } = facts.zone;
  const targets = new Set<number>();
  for (const record of facts.records(TYPE.CNAME)) {
    const start = rdataStarts[record] ?? 0;
    const name = names.find(rdata, start, start + (rdataLengths[record] ?? 0));
    if (name >= 0) targets.add(name);
  }
  return targets;
}
