import { TYPE } from '../../../rr/types.ts';
import { BELOW_CUT, IS_CUT } from '../../../zone/tree.ts';
import { brokenAt } from '../../common-broken.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A name server in another delegated zone of this file, without address. */
export const rule: Rule = {
  id: 'deleg-glue-sibling-missing',
  group: 'delegation',
  level: 'warning',
  cites: ['RFC 9471 §2.2', 'RFC 1034 §4.2.1'],
  what: 'A delegation names a server inside another delegated zone, and its address is not in this zone.',
  why: 'Resolvers have to look the address up in the other zone first; when that one in turn depends on this one, neither can be reached.',
  help: 'Add the A or AAAA record of the server as glue, or make sure that the other zone can be reached without it.',
  bad: { zone: 's1 NS ns.s2 ; expect\ns2 NS ns1\n' },
  good: { zone: 's1 NS ns.s2\ns2 NS ns1\nns.s2 A 192.0.2.9\n' },
  byDefault: false,
  say: ({ name, server, sibling }) =>
    `${name} is delegated to ${server}, which lies in the delegated zone ${sibling} and has no address here`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.A) || facts.mayBeBroken(TYPE.AAAA)) return;
    const { zone, tree } = facts;
    const mayBeAt = brokenAt(facts);
    for (const record of facts.records(TYPE.NS)) {
      const owner = zone.owners[record] as number;
      if ((tree.flags[owner] as number) & BELOW_CUT) continue;
      const server = zone.rdataOf(record);
      const outcome = facts.lookup(server, TYPE.A);
      if (outcome.kind !== 'referral' || outcome.cut === owner || mayBeAt(server)) continue;
      const id = facts.find(server);
      if (id >= 0 && (facts.hasType(id, TYPE.A) || facts.hasType(id, TYPE.AAAA))) continue;
      // Below the delegation itself it is deleg-glue-missing.
      if (((tree.flags[owner] as number) & IS_CUT) === 0 && owner !== zone.apex) continue;
      report.record(record, 'rdata', {
        args: {
          name: bare(facts.nameText(owner)),
          server: bareName(server),
          sibling: bare(facts.nameText(outcome.cut)),
        },
      });
    }
  },
};
