import { TYPE } from '../../../rr/types.ts';
import { BELOW_CUT, IS_CUT, OUT_OF_ZONE } from '../../../zone/tree.ts';
import { oncePerZone } from '../../common-memo.ts';
import { serviceName } from '../../drafts.ts';
import type { Facts } from '../../facts.ts';

/** A name whose data a delegation hides. */
export interface OccludedName {
  /** Name id of the delegation. */
  readonly cut: number;
  /** Records of the name that servers never give out, in file order. */
  readonly records: readonly number[];
}

/** What belongs to the parent's side of a delegation, or to signing (RFC 4035 §2.3, §2.5, RFC 9859 aside). */
const AT_CUT: ReadonlySet<number> = new Set([TYPE.NS, TYPE.DS, TYPE.NSEC, TYPE.RRSIG, TYPE.DELEG, TYPE.A, TYPE.AAAA]);
const BELOW: ReadonlySet<number> = new Set([TYPE.A, TYPE.AAAA, TYPE.RRSIG, TYPE.NSEC, TYPE.NS]);

/** The names at and below delegations with records that are neither glue nor the delegation itself. */
export const occludedNames: (facts: Facts) => readonly OccludedName[] = oncePerZone((facts) => {
  const { zone, tree } = facts;
  const found: OccludedName[] = [];
  for (let name = 0; name < tree.flags.length; name++) {
    const flags = tree.flags[name] as number;
    if ((flags & (IS_CUT | BELOW_CUT)) === 0 || flags & OUT_OF_ZONE || (tree.first[name] as number) < 0) continue;
    const allowed = flags & BELOW_CUT ? BELOW : AT_CUT;
    const records = tree.recordsAt(name).filter((record) => !allowed.has(zone.types[record] ?? 0));
    if (records.length > 0) found.push({ cut: cutAbove(facts, name), records });
  }
  return found;
});

/** The topmost delegation at or above a name, which is the one that hides it. */
export function cutAbove(facts: Facts, name: number): number {
  const { flags, parent } = facts.tree;
  let cut = name;
  for (let at = name; at >= 0; at = parent[at] as number) if ((flags[at] as number) & IS_CUT) cut = at;
  return cut;
}

const MAIL_TEXT = /^v=(?:spf1|DMARC1|DKIM1|STSv1|TLSRPTv1|BIMI1)\b/i;

/** Whether a record speaks about mail, so that mail goes wrong when nobody sees it. */
export function isMailRecord(facts: Facts, record: number): boolean {
  switch (facts.zone.types[record]) {
    case TYPE.MX:
    case facts.drafts.clientMxType:
    case TYPE.TLSA:
      return true;
    case TYPE.SRV: {
      const owner = facts.ownerText(record).toLowerCase();
      return owner.startsWith(serviceName(facts.drafts, '')) || /^_(?:submissions?|imaps?|pop3s?)\._tcp\./.test(owner);
    }
    case TYPE.TXT:
      return MAIL_TEXT.test(facts.text(record));
    default:
      return false;
  }
}
