import { TYPE } from '../../../rr/types.ts';
import type { Args } from '../../../text/diagnostic.ts';
import { OUT_OF_ZONE } from '../../../zone/tree.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Report } from '../../rule.ts';

/** Types that nobody but the servers of the zone and its parent asks for; signers write them with a TTL of 0. */
const WITHOUT_TTL: ReadonlySet<number> = new Set([TYPE.NSEC3PARAM, TYPE.CDS, TYPE.CDNSKEY]);

/** Reports each RRset with a TTL between two bounds once, at its first such record; `args` go with every finding. */
export function reportTtls(
  facts: Facts,
  report: Report,
  { least, most }: { readonly least: number; readonly most: number },
  args: Args = {},
): void {
  const { zone, tree } = facts;
  const seen = new Set<number>();
  for (let record = 0; record < zone.count; record++) {
    const ttl = zone.ttls[record] as number;
    if (ttl < least || ttl > most || zone.classes[record] !== zone.zoneClass) continue;
    const owner = zone.owners[record] as number;
    const type = zone.types[record] as number;
    const set = owner * 65_536 + type;
    if (
      type === TYPE.RRSIG ||
      (ttl === 0 && WITHOUT_TTL.has(type)) ||
      seen.has(set) ||
      (tree.flags[owner] ?? 0) & OUT_OF_ZONE
    )
      continue;
    seen.add(set);
    report.record(record, 'ttl', { args: { ...args, name: bare(facts.nameText(owner)), seconds: ttl } });
  }
}
