import { TYPE } from '../../../rr/types.ts';
import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** A mail domain below one with Client MX has none: nothing is inherited (draft-chuang §1.2.4). */
export const rule: Rule = {
  id: 'client-mx-subdomain-uncovered',
  group: 'client-mx',
  level: 'info',
  cites: ['CMX-1.2.4-b', 'CMX-1.2.1-f'],
  what: 'A mail domain below a domain with Client MX has no Client MX of its own.',
  why: 'Client MX counts for the exact domain of the sender address only, so mail of the lower domain is not protected.',
  help: 'Add Client MX records to the lower domain too, if its mail is to be protected.',
  // The mail of a sub-domain is often another provider's business.
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
news MX 10 mx1 ; expect
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
news MX 10 mx1
news ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ domain, above }) =>
    `${domain} has MX but no Client MX; that of ${above} does not cover it, as Client MX is not inherited`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.CLIENTMX) || facts.records(TYPE.CLIENTMX).length === 0) return;
    for (const { owner, mx, clientMx: senders } of facts.mailDomains) {
      const [first] = hostsOf(mx);
      if (first === undefined || senders.length > 0) continue;
      const above = clientMxAbove(facts, owner);
      if (above < 0) continue;
      report.record(first.record, 'owner', {
        args: { domain: bare(facts.nameText(owner)), above: bare(facts.ownerText(above)) },
        related: [{ record: above, message: 'Client MX of the domain above' }],
      });
    }
  },
};

function clientMxAbove(facts: Facts, owner: number): number {
  for (let name = facts.tree.parent[owner] ?? -1; name >= 0; name = facts.tree.parent[name] ?? -1) {
    const [record] = facts.rrset(name, TYPE.CLIENTMX);
    if (record !== undefined) return record;
  }
  return -1;
}
