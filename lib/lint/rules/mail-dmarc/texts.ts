import { MAX_NAME } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { BELOW_CUT, BELOW_DNAME, IS_CUT, OWNS_CNAME } from '../../../zone/tree.ts';
import type { Facts } from '../../facts.ts';

/** Aliases followed before a look-up is given up. */
const MOST_ALIASES = 16;

/** What the zones given answer when they are asked for TXT; record numbers belong to `facts`. */
export type TextAnswer =
  | { readonly kind: 'texts'; readonly facts: Facts; readonly records: readonly number[] }
  /** No TXT at the end of the aliases. */
  | { readonly kind: 'none'; readonly facts: Facts; readonly name: Uint8Array; readonly exists: boolean }
  /** The answer lies in a zone that was not given, or may be in an entry that could not be read. */
  | { readonly kind: 'unknown' };

/** Asks the zones given for the TXT records of a name, over aliases from zone to zone; nothing is asked of the network. */
export function textsAt(facts: Facts, name: Uint8Array): TextAnswer {
  const own = plainTexts(facts, name);
  if (own.length > 0) return { kind: 'texts', facts, records: own };
  let at = name;
  for (let hop = 0; hop < MOST_ALIASES; hop++) {
    const zone = facts.zoneFor(at);
    const outcome = zone?.lookup(at, TYPE.TXT);
    switch (outcome?.kind) {
      case 'answer':
        return zone === undefined ? UNKNOWN : { kind: 'texts', facts: zone, records: outcome.records };
      case 'alias':
      case 'rewrite':
        if (outcome.target === undefined) return UNKNOWN;
        at = outcome.target;
        continue;
      case 'nodata':
      case 'nxdomain':
        if (zone === undefined || mayBeHidden(zone)) return UNKNOWN;
        return { kind: 'none', facts: zone, name: at, exists: outcome.kind === 'nodata' };
      default:
        return UNKNOWN;
    }
  }
  return UNKNOWN;
}

/** The TXT records that stand at a name of the zone itself: the usual case, without the cost of a whole look-up. */
function plainTexts(facts: Facts, name: Uint8Array): readonly number[] {
  const id = facts.find(name);
  if (id < 0 || (facts.tree.flags[id] ?? 0) & (BELOW_CUT | BELOW_DNAME | IS_CUT | OWNS_CNAME)) return [];
  return facts.rrset(id, TYPE.TXT);
}

const UNKNOWN: TextAnswer = { kind: 'unknown' };

/** Whether a broken entry may be the TXT, or the alias to it, that somebody misses. */
export function mayBeHidden(facts: Facts): boolean {
  return facts.once(anyBroken);
}

function anyBroken(facts: Facts): boolean {
  return facts.mayBeBroken(TYPE.TXT) || facts.mayBeBroken(TYPE.CNAME);
}

/** The name with a label of at most 63 ASCII characters put before it; undefined when it would be too long (RFC 1035 §2.3.4). */
export function labelBefore(label: string, name: Uint8Array): Uint8Array | undefined {
  const size = label.length + 1;
  if (size + name.length > MAX_NAME) return undefined;
  const wire = new Uint8Array(size + name.length);
  wire[0] = label.length;
  for (let at = 1; at < size; at++) wire[at] = label.charCodeAt(at - 1);
  wire.set(name, size);
  return wire;
}

/** The name with several labels before it, the first one first. */
export function labelsBefore(name: Uint8Array, ...labels: readonly string[]): Uint8Array | undefined {
  return labels.reduceRight<Uint8Array | undefined>(
    (made, label) => (made === undefined ? undefined : labelBefore(label, made)),
    name,
  );
}

/** Whether a label of a wire name, at its length octet, is this lower-case word in any letter case. */
export function isLabel(name: Uint8Array, at: number, word: string): boolean {
  if (name[at] !== word.length) return false;
  for (let index = 0; index < word.length; index++) {
    const octet = name[at + 1 + index] ?? 0;
    const lower = octet >= 0x41 && octet <= 0x5a ? octet + 0x20 : octet;
    if (lower !== word.charCodeAt(index)) return false;
  }
  return true;
}
