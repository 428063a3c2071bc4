import { MAX_NAME } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import type { HashedName } from './hashed-name.ts';
import {
  BELOW_CUT,
  BELOW_DNAME,
  HAS_DESCENDANTS,
  IS_CUT,
  OWNS_CNAME,
  OWNS_DNAME,
  OWNS_RECORDS,
  type ZoneTree,
} from './tree.ts';

/** Where a wildcard stood in for the name asked (RFC 4592): the name id of the source of synthesis. */
interface Synthesis {
  readonly wildcard?: number;
}

/** What the zone says to a question (RFC 1034 §4.3.2 with RFC 4592 and 6672); record numbers index the zone's columns. */
export type Outcome =
  /** The RRset asked for. */
  | ({ readonly kind: 'answer'; readonly name: number; readonly records: readonly number[] } & Synthesis)
  /** A CNAME at the name (another type was asked): go on with `target`. */
  | ({
      readonly kind: 'alias';
      readonly name: number;
      readonly record: number;
      readonly target: Uint8Array;
    } & Synthesis)
  /** A DNAME above the name: `target` is the name rewritten, undefined when it would exceed 255 octets (YXDOMAIN). */
  | {
      readonly kind: 'rewrite';
      readonly name: number;
      readonly record: number;
      readonly target: Uint8Array | undefined;
    }
  /** The name is at or below a delegation: its NS records (and DS if any); not authoritative. */
  | {
      readonly kind: 'referral';
      readonly cut: number;
      readonly records: readonly number[];
      readonly ds: readonly number[];
    }
  /** The name exists, the type does not; `emptyNonTerminal` when only names below it own records. */
  | ({ readonly kind: 'nodata'; readonly name: number; readonly emptyNonTerminal: boolean } & Synthesis)
  | { readonly kind: 'nxdomain'; readonly closestEncloser: number }
  /** The name is not in this zone. */
  | { readonly kind: 'outside' };

/** How a name stands to a zone: what `locate` gives in the lower three bits, the id of a name above them. */
export const PLACE = {
  /** Not in the zone; no id. */
  OUTSIDE: 0,
  /** It exists: its own id. */
  HERE: 1,
  /** A wildcard stands in for it: the id of that. */
  WILDCARD: 2,
  /** At or below a delegation: the id of the delegation. */
  CUT: 3,
  /** Below a DNAME: the id of its owner. */
  REWRITTEN: 4,
  /** It does not exist: the id of the closest encloser. */
  MISSING: 5,
} as const;

/**
 * Where in a zone a name stands for a question of a type (RFC 1034 §4.3.2 with RFC 4592 and 6672), as one number (see PLACE);
 * `depth` is the number of its labels before the zone's name, -1 when it is not in the zone.
 */
export function locate(
  tree: ZoneTree,
  name: HashedName,
  type: number,
  depth: number = name.labelOf(tree.zone.names, tree.zone.apex),
): number {
  const { names, apex } = tree.zone;
  if (depth < 0) return PLACE.OUTSIDE;
  const apexLabels = name.labels - depth;
  let label = 0;
  let encloser = existing(tree, name.find(names, 0, apexLabels));
  const exact = encloser;
  if (exact < 0) {
    // The longest existing ancestor (RFC 4592 §3.3.1), by halving: every ancestor of an existing name exists.
    encloser = apex;
    label = depth;
    for (let low = 1; low < label; ) {
      const middle = (low + label) >> 1;
      const id = existing(tree, name.find(names, middle, apexLabels));
      if (id < 0) low = middle + 1;
      else {
        encloser = id;
        label = middle;
      }
    }
  }
  const top = visibleFrom(tree, encloser);
  const flags = tree.flags[top] ?? 0;
  // RFC 4035 §3.1.4.1: the DS RRset of a delegation belongs to the parent side.
  if (flags & IS_CUT && !(exact === top && type === TYPE.DS)) return top * 8 + PLACE.CUT;
  if (flags & OWNS_DNAME && exact !== top) return top * 8 + PLACE.REWRITTEN;
  if (exact >= 0) return exact * 8 + PLACE.HERE;
  const wildcard = existing(tree, name.findWildcard(names, label, apexLabels));
  return wildcard < 0 ? encloser * 8 + PLACE.MISSING : wildcard * 8 + PLACE.WILDCARD;
}

/** The id of a name that exists, -1 for one that does not; the apex always does. */
function existing(tree: ZoneTree, id: number): number {
  return id >= 0 && (id === tree.zone.apex || tree.exists(id)) ? id : -1;
}

/** Looks a wire name and type up in a zone. Type ANY answers with every record of the name. Pure; never follows the alias it returns. */
export function lookup(tree: ZoneTree, name: Uint8Array, type: number): Outcome {
  const { sought } = tree;
  if (!sought.read(name, 0) || sought.end !== name.length) return { kind: 'outside' };
  const place = locate(tree, sought, type);
  const id = place >>> 3;
  switch (place & 7) {
    case PLACE.HERE:
      return atName(tree, id, type, false);
    case PLACE.WILDCARD:
      return atName(tree, id, type, true);
    case PLACE.CUT:
      return referral(tree, id);
    case PLACE.REWRITTEN:
      return rewrite(tree, id, name);
    case PLACE.MISSING:
      return { kind: 'nxdomain', closestEncloser: id };
    default:
      return { kind: 'outside' };
  }
}

/** The name itself, or the topmost delegation or DNAME that hides it. */
function visibleFrom(tree: ZoneTree, name: number): number {
  let top = name;
  while ((tree.flags[top] as number) & (BELOW_CUT | BELOW_DNAME)) top = tree.parent[top] as number;
  return top;
}

function atName(tree: ZoneTree, name: number, type: number, synthesized: boolean): Outcome {
  const source: Synthesis = synthesized ? { wildcard: name } : {};
  const flags = tree.flags[name] ?? 0;
  if (flags & OWNS_CNAME && !answersBesideAlias(type)) {
    const record = tree.firstOf(name, TYPE.CNAME);
    return { kind: 'alias', name, record, target: tree.zone.rdataOf(record), ...source };
  }
  const records = type === TYPE.ANY ? tree.recordsAt(name) : tree.rrset(name, type);
  if (records.length > 0) return { kind: 'answer', name, records, ...source };
  return {
    kind: 'nodata',
    name,
    emptyNonTerminal: (flags & (OWNS_RECORDS | HAS_DESCENDANTS)) === HAS_DESCENDANTS,
    ...source,
  };
}

/** Types that a name with a CNAME answers itself: the alias, everything, and what signs and denies it (RFC 4035 §2.5). */
export function answersBesideAlias(type: number): boolean {
  return type === TYPE.CNAME || type === TYPE.ANY || type === TYPE.RRSIG || type === TYPE.NSEC;
}

function referral(tree: ZoneTree, cut: number): Outcome {
  return { kind: 'referral', cut, records: tree.rrset(cut, TYPE.NS), ds: tree.rrset(cut, TYPE.DS) };
}

/** The labels below the DNAME's owner put before its target (RFC 6672 §2.2). */
function rewrite(tree: ZoneTree, owner: number, name: Uint8Array): Outcome {
  const { zone } = tree;
  const record = tree.firstOf(owner, TYPE.DNAME);
  const target = zone.rdataOf(record);
  const kept = name.length - zone.names.length(owner);
  if (kept + target.length > MAX_NAME) return { kind: 'rewrite', name: owner, record, target: undefined };
  const rewritten = new Uint8Array(kept + target.length);
  rewritten.set(name.subarray(0, kept));
  rewritten.set(target, kept);
  return { kind: 'rewrite', name: owner, record, target: rewritten };
}
