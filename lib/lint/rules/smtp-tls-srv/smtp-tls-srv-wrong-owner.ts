import { TYPE } from '../../../rr/types.ts';
import { hasAddress } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { wildcardFinder } from './shadow.ts';

/** The record stands at a name that takes no mail (draft-nurpmeso §2). */
export const rule: Rule = {
  id: 'smtp-tls-srv-wrong-owner',
  group: 'smtp-tls-srv',
  level: 'warning',
  cites: ['SRV-2-a', 'SRV-2-i'],
  what: 'An _smtp-tls._tcp SRV record stands below a name that is no mail domain: it has neither MX nor an address.',
  why: 'Senders ask for the record at the domain behind the @ only; if that is another name, they never see this one.',
  help: 'Put _smtp-tls._tcp before the mail domain itself.',
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp.www SRV 0 0 842 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ owner, domain }) =>
    `${owner} is for mail to ${domain}, which has neither MX nor an address; expected the record at a mail domain`,
  check(facts, report) {
    if ([TYPE.MX, TYPE.A, TYPE.AAAA].some((type) => facts.mayBeBroken(type))) return;
    const shadowedWildcard = wildcardFinder(facts);
    for (const { owner, mx, srv, clientMx, hasSpf } of facts.mailDomains) {
      const [first] = srv;
      if (first === undefined || owner === facts.zone.apex || mx.length > 0 || clientMx.length > 0 || hasSpf) continue;
      if (hasAddress(facts, owner) || facts.hasType(owner, TYPE.CNAME)) continue;
      // Then the wildcard makes it a mail domain, or did until now.
      if (shadowedWildcard(owner) >= 0) continue;
      report.record(first.record, 'owner', {
        args: { owner: bare(facts.ownerText(first.record)), domain: bare(facts.nameText(owner)) },
      });
    }
  },
};
