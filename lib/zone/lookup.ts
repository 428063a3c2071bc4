import type { ZoneTree } from './tree.ts';

/** Where a wildcard stood in for the name asked (RFC 4592): the name id of the source of synthesis. */
interface Synthesis {
  readonly wildcard?: number;
}

/** What the zone says to a question (RFC 1034 §4.3.2 with RFC 4592 and 6672); record numbers index the zone's columns. */
export type Outcome =
  /** The RRset asked for. */
  | ({ readonly kind: 'answer'; readonly name: number; readonly records: readonly number[] } & Synthesis)
  /** A CNAME at the name (another type was asked): go on with `target`. */
  | ({ readonly kind: 'alias'; readonly name: number; readonly record: number; readonly target: Uint8Array } & Synthesis)
  /** A DNAME above the name: `target` is the name rewritten, undefined when it would exceed 255 octets (YXDOMAIN). */
  | { readonly kind: 'rewrite'; readonly name: number; readonly record: number; readonly target: Uint8Array | undefined }
  /** The name is at or below a delegation: its NS records (and DS if any); not authoritative. */
  | { readonly kind: 'referral'; readonly cut: number; readonly records: readonly number[]; readonly ds: readonly number[] }
  /** The name exists, the type does not; `emptyNonTerminal` when only names below it own records. */
  | ({ readonly kind: 'nodata'; readonly name: number; readonly emptyNonTerminal: boolean } & Synthesis)
  | { readonly kind: 'nxdomain'; readonly closestEncloser: number }
  /** The name is not in this zone. */
  | { readonly kind: 'outside' };

/** Looks a wire name and type up in a zone. Type ANY answers with every record of the name. Pure; never follows the alias it returns. */
export declare function lookup(tree: ZoneTree, name: Uint8Array, type: number): Outcome;
