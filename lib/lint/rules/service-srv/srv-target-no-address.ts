import { looksLikeAddress } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { ownsAddress, standing } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { repeatOf } from '../dns-core/repeats.ts';
import { srvSet, srvSets } from './records.ts';

/** SRV names a host of this zone that owns no address (RFC 2782). */
export const rule: Rule = {
  id: 'srv-target-no-address',
  group: 'service-srv',
  level: 'error',
  cites: ['RFC 2782'],
  what: 'An SRV record names a host of this zone that has neither A nor AAAA.',
  why: 'Clients cannot connect to the host.',
  help: 'Add an A or AAAA record for the host, or name one that has an address.',
  bad: {
    zone: `_imaps._tcp SRV 0 0 993 imap ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 imap
imap A 192.0.2.40
`,
  },
  say: ({ owner, host, exists }) =>
    exists === 1
      ? `SRV of ${owner} names ${host}, which has no address; expected an A or AAAA record at it`
      : `SRV of ${owner} names ${host}, which does not exist in this zone; expected a host with an A or AAAA record`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.A) || facts.mayBeBroken(TYPE.AAAA)) return;
    const missing = new Map<string, { owner: number; exists: number; records: number[] }>();
    for (const set of srvSets(facts)) {
      for (const target of srvSet(facts, set)) {
        if (target.isNull || ownsAddress(facts, target.id)) continue;
        const { record, wire, id } = target;
        const found = standing(facts, wire, id);
        if ((found !== 'no-address' && found !== 'no-name') || isToldElsewhere(facts, record, wire)) continue;
        const host = bareName(wire);
        const same = missing.get(host.toLowerCase());
        if (same !== undefined) same.records.push(record);
        else
          missing.set(host.toLowerCase(), {
            owner: set.owner,
            exists: found === 'no-address' ? 1 : 0,
            records: [record],
          });
      }
    }
    for (const [host, { owner, exists, records }] of missing) {
      const [first = 0, ...others] = records;
      report.record(first, 'target', {
        args: { owner: bare(facts.nameText(owner)), host, exists },
        related: others.slice(0, 5).map((record) => ({ record, part: 'target', message: `${host} again` })),
      });
    }
  },
};

/** An address in place of a host, or a name without its final dot, which core rules tell; and hosts the server makes. */
function isToldElsewhere(facts: Facts, record: number, target: Uint8Array): boolean {
  const id = facts.find(target);
  return (
    looksLikeAddress(facts.source(record, 'target')) ||
    repeatOf(target, 0, target.length, facts.zone.origin) >= 0 ||
    facts.hasType(id, TYPE.ALIAS) ||
    facts.hasType(id, TYPE.LUA)
  );
}
