import { TYPE } from '../../../rr/types.ts';
import { BELOW_CUT, BELOW_DNAME, IS_CUT, OWNS_CNAME, OWNS_DNAME } from '../../../zone/tree.ts';
import { oncePerZone } from '../../common-memo.ts';
import type { Facts } from '../../facts.ts';

/** No CNAME of the zone answers for the target. */
const NO_ALIAS = -1;
/** The target lies in the zone and does not exist. */
export const NO_NAME = -2;

/** The CNAMEs of a zone as a graph: which alias the target of each alias is. */
export interface Aliases {
  /** Name ids that own a CNAME the zone answers with. */
  readonly owners: readonly number[];
  /** The CNAME record of such a name id. */
  readonly record: Int32Array;
  /** By name id: the name id whose CNAME answers for the target, a wildcard included, NO_ALIAS or NO_NAME. */
  readonly next: Int32Array;
}

/** The CNAMEs that the zone answers with, each with the alias it leads to. */
export const aliasesOf: (facts: Facts) => Aliases = oncePerZone((facts) => {
  const { flags } = facts.tree;
  const owners: number[] = [];
  const record = new Int32Array(flags.length).fill(-1);
  const next = new Int32Array(flags.length).fill(NO_ALIAS);
  for (const each of facts.records(TYPE.CNAME)) {
    const owner = facts.zone.owners[each] as number;
    if ((flags[owner] as number) & (BELOW_CUT | BELOW_DNAME | IS_CUT) || (record[owner] as number) >= 0) continue;
    owners.push(owner);
    record[owner] = each;
  }
  for (const owner of owners) next[owner] = aliasAt(facts, record[owner] as number);
  return { owners, record, next };
});

function aliasAt(facts: Facts, record: number): number {
  const { zone, tree } = facts;
  const start = zone.rdataStarts[record] as number;
  const id = zone.names.find(zone.rdata, start, start + (zone.rdataLengths[record] as number));
  if (id >= 0 && tree.exists(id) && ((tree.flags[id] as number) & (OWNS_CNAME | OWNS_DNAME)) === 0) return NO_ALIAS;
  const outcome = facts.lookup(zone.rdataOf(record), TYPE.A);
  if (outcome.kind === 'alias') return outcome.name;
  return outcome.kind === 'nxdomain' ? NO_NAME : NO_ALIAS;
}
