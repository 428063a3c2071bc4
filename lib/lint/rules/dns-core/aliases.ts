import { TYPE } from '../../../rr/types.ts';
import { BELOW_CUT, BELOW_DNAME, IS_CUT, OWNS_CNAME, OWNS_DNAME } from '../../../zone/tree.ts';
import type { Facts } from '../../facts.ts';

/** No CNAME of the zone answers for the target. */
export const NO_ALIAS = -1;

/** The CNAMEs of a zone as a graph: which alias the target of each alias is. */
export interface Aliases {
  /** Name ids that own a CNAME the zone answers with. */
  readonly owners: readonly number[];
  /** The CNAME record of a name id. */
  readonly record: ReadonlyMap<number, number>;
  /** The name id whose CNAME answers for the target, a wildcard included, or NO_ALIAS. */
  next(owner: number): number;
}

/** Gathers the CNAMEs that the zone answers with, each with the alias it leads to. */
export function aliasesOf(facts: Facts): Aliases {
  const { flags } = facts.tree;
  const record = new Map<number, number>();
  for (const each of facts.records(TYPE.CNAME)) {
    const owner = facts.zone.owners[each] as number;
    if (((flags[owner] as number) & (BELOW_CUT | BELOW_DNAME | IS_CUT)) === 0 && !record.has(owner))
      record.set(owner, each);
  }
  const next = new Map<number, number>();
  for (const [owner, each] of record) next.set(owner, aliasAt(facts, facts.rdata(each)));
  return { owners: [...record.keys()], record, next: (owner) => next.get(owner) ?? NO_ALIAS };
}

function aliasAt(facts: Facts, target: Uint8Array): number {
  const id = facts.find(target);
  if (id >= 0 && ((facts.tree.flags[id] as number) & (OWNS_CNAME | OWNS_DNAME)) === 0) return NO_ALIAS;
  const outcome = facts.lookup(target, TYPE.A);
  return outcome.kind === 'alias' ? outcome.name : NO_ALIAS;
}
