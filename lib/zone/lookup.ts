import { MAX_LABEL, MAX_NAME } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
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

/** Looks a wire name and type up in a zone. Type ANY answers with every record of the name. Pure; never follows the alias it returns. */
export function lookup(tree: ZoneTree, name: Uint8Array, type: number): Outcome {
  const { origin, names } = tree.zone;
  const depth = labelsBefore(name, origin);
  if (depth < 0) return { kind: 'outside' };
  const exact = existing(tree, name, 0);
  const encloser = exact >= 0 ? exact : closestEncloser(tree, name, depth);
  const top = visibleFrom(tree, encloser);
  const flags = tree.flags[top] ?? 0;
  // RFC 4035 §3.1.4.1: the DS RRset of a delegation belongs to the parent side.
  if (flags & IS_CUT && !(exact === top && type === TYPE.DS)) return referral(tree, top);
  if (flags & OWNS_DNAME && exact !== top) return rewrite(tree, top, name);
  if (exact >= 0) return atName(tree, exact, type, false);
  const wildcard = names.findWildcard(name, name.length - names.length(encloser));
  if (wildcard < 0 || !tree.exists(wildcard)) return { kind: 'nxdomain', closestEncloser: encloser };
  return atName(tree, wildcard, type, true);
}

/** Number of labels before the origin; -1 for a name that is malformed or not in the zone. */
function labelsBefore(name: Uint8Array, origin: Uint8Array): number {
  const stop = name.length - origin.length;
  if (stop < 0 || name.length > MAX_NAME) return -1;
  let labels = 0;
  let at = 0;
  while (at < stop) {
    const size = name[at] as number;
    if (size === 0 || size > MAX_LABEL) return -1;
    at += size + 1;
    labels++;
  }
  if (at !== stop) return -1;
  for (let i = 0; i < origin.length; i++) {
    const left = name[stop + i] as number;
    if (left !== origin[i] && !sameLetter(left, origin[i] as number)) return -1;
  }
  return labels;
}

function sameLetter(left: number, right: number): boolean {
  const letter = left | 0x20;
  return letter === (right | 0x20) && letter >= 0x61 && letter <= 0x7a;
}

/** Id of the name that starts at `start`, -1 when it does not exist; the apex always does. */
function existing(tree: ZoneTree, name: Uint8Array, start: number): number {
  const id = tree.zone.names.find(name, start);
  return id >= 0 && (id === tree.zone.apex || tree.exists(id)) ? id : -1;
}

/** The longest existing ancestor of a name that does not exist (RFC 4592 §3.3.1), by halving: every ancestor of an existing name exists. */
function closestEncloser(tree: ZoneTree, name: Uint8Array, depth: number): number {
  let found = tree.zone.apex;
  let low = 0;
  let high = depth - 1;
  for (let labels = high; low < high; labels = (low + high + 1) >> 1) {
    const id = existing(tree, name, offsetOf(name, depth - labels));
    if (id < 0) high = labels - 1;
    else {
      found = id;
      low = labels;
    }
  }
  return found;
}

function offsetOf(name: Uint8Array, label: number): number {
  let at = 0;
  for (let left = label; left > 0; left--) at += (name[at] as number) + 1;
  return at;
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
function answersBesideAlias(type: number): boolean {
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
