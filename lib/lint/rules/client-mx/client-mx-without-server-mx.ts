import { TYPE } from '../../../rr/types.ts';
import { clientMx } from '../../common-examples.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A domain opted in by Client MX but publishes no MX (draft-chuang §1.2.1). */
export const rule: Rule = {
  id: 'client-mx-without-server-mx',
  group: 'client-mx',
  level: 'warning',
  cites: ['CMX-1.2.1-f', 'CMX-1.2.1-d'],
  what: 'A mail domain publishes Client MX but neither MX nor the null MX.',
  why: 'Client MX has the servers of the domain validated too, and without MX there is no list of names their certificates may carry.',
  help: 'Add MX records, or the null MX "0 ." when the domain takes no mail.',
  bad: {
    zone: `@ ${clientMx(10, 'out1')} ; expect
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ domain }) =>
    `${domain} publishes Client MX, so its servers are validated, but no MX to say which names they may have; expected MX records or the null MX`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.MX)) return;
    for (const { owner, mx, clientMx: senders, srv, hasSpf } of facts.mailDomains) {
      const [first] = senders;
      // With SRV records the missing MX is smtp-tls-srv-target-not-in-mx; elsewhere than at a mail domain, client-mx-not-at-mail-domain.
      if (first === undefined || mx.length > 0 || srv.length > 0) continue;
      if (owner !== facts.zone.apex && !hasSpf) continue;
      report.record(first.record, 'owner', { args: { domain: bare(facts.nameText(owner)) } });
    }
  },
};
