import { HAS_DESCENDANTS, OWNS_RECORDS } from '../../../zone/tree.ts';
import { findBelow } from '../../common-below.ts';
import type { Facts } from '../../facts.ts';

/**
 * Finds the wildcard that would answer for a name if nothing existed below it (RFC 4592 §2.2.2, §3.3.1), -1 when there is none:
 * the name is an empty non-terminal, and so is every name between it and the wildcard's parent, for its sake alone.
 */
export function wildcardFinder(facts: Facts): (owner: number) => number {
  const { tree, zone } = facts;
  let children: Int32Array | undefined;
  return (owner) => {
    let name = owner;
    while (name !== zone.apex && ((tree.flags[name] ?? 0) & OWNS_RECORDS) === 0) {
      const parent = tree.parent[name] ?? -1;
      if (parent < 0) return -1;
      const wildcard = findBelow(facts, parent, '*');
      if (wildcard >= 0 && (tree.flags[wildcard] ?? 0) & OWNS_RECORDS) return wildcard;
      if (parent === zone.apex || (tree.flags[parent] ?? 0) & OWNS_RECORDS) return -1;
      // A parent that exists for another reason as well is the closest encloser anyway, and has no wildcard.
      children ??= countChildren(facts);
      if ((children[parent] ?? 0) > 1) return -1;
      name = parent;
    }
    return -1;
  };
}

/** How many children that exist each name has. */
function countChildren({ tree }: Facts): Int32Array {
  const counts = new Int32Array(tree.flags.length);
  for (let id = 0; id < tree.flags.length; id++) {
    const parent = tree.parent[id] ?? -1;
    if (parent >= 0 && (tree.flags[id] ?? 0) & (OWNS_RECORDS | HAS_DESCENDANTS))
      counts[parent] = (counts[parent] ?? 0) + 1;
  }
  return counts;
}
