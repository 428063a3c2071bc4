import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { policyOf } from '../mail-dmarc/policy.ts';

/** The mtls verdict of a domain feeds no DMARC policy (draft-chuang §1.2.4). */
export const rule: Rule = {
  id: 'client-mx-dmarc-missing',
  group: 'client-mx',
  level: 'info',
  cites: ['CMX-1.2.4-c', 'RFC 9989'],
  what: 'A domain with Client MX has no DMARC record, nor has a domain above it.',
  why: 'A receiver turns the verdict into a decision about the From address by DMARC; without a policy forged mail is still accepted.',
  help: 'Add a TXT record at _dmarc.',
  // What a domain without DMARC should do is dmarc-missing.
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')} ; expect
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
_dmarc TXT "v=DMARC1; p=reject"
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ domain }) =>
    `${domain} publishes Client MX but no DMARC policy that could use the verdict; expected a TXT record at _dmarc.${domain}`,
  check(facts, report) {
    for (const { owner, clientMx: senders } of facts.mailDomains) {
      const [first] = hostsOf(senders);
      if (first === undefined || policyOf(facts, facts.zone.names.wire(owner)).kind !== 'none') continue;
      report.record(first.record, 'owner', { args: { domain: bare(facts.nameText(owner)) } });
    }
  },
};
