import { TYPE } from '../../../rr/types.ts';
import { clientMx } from '../../common-examples.ts';
import { standingAnywhere } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Client MX names a host of this zone without an address (draft-chuang §1.3). */
export const rule: Rule = {
  id: 'client-mx-target-no-address',
  group: 'client-mx',
  level: 'info',
  cites: ['CMX-1.3-g', 'CMX-1.3-h'],
  what: 'A Client MX record names a host of this zone that has neither A nor AAAA.',
  why: 'Matching certificates needs no address, but the ACME challenge client-mx-http-01 connects to the host; and often the name is a slip.',
  help: 'Add an address record for the host, or correct the name.',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'ghost')} ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ domain, host, exists }) =>
    `Client MX of ${domain} names ${host}, which ${exists === 1 ? 'has no address' : 'does not exist in its zone'}; an ACME CA could not connect to it for client-mx-http-01`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.A) || facts.mayBeBroken(TYPE.AAAA)) return;
    const reported = new Set<string>();
    for (const { owner, clientMx: members } of facts.mailDomains) {
      for (const member of members) {
        const found = standingAnywhere(facts, member);
        if (found !== 'no-address' && found !== 'no-name') continue;
        const { record, host } = member;
        if (reported.has(host)) continue;
        reported.add(host);
        report.record(record, 'exchange', {
          args: { domain: bare(facts.nameText(owner)), host, exists: found === 'no-address' ? 1 : 0 },
        });
      }
    }
  },
};
