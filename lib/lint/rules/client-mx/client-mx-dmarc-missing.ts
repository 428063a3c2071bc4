import { TYPE } from '../../../rr/types.ts';
import { findBelow } from '../../common-below.ts';
import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** The mtls verdict of a domain feeds no DMARC policy (draft-chuang §1.2.4). */
export const rule: Rule = {
  id: 'client-mx-dmarc-missing',
  group: 'client-mx',
  level: 'info',
  cites: ['CMX-1.2.4-c', 'RFC 9989'],
  what: 'A domain with Client MX has no DMARC record, nor has a domain above it in the zone.',
  why: 'A receiver turns the verdict into a decision about the From address by DMARC; without a policy forged mail is still accepted.',
  help: 'Add a TXT record at _dmarc.',
  // The DMARC record may stand in the zone above.
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
    if (facts.mayBeBroken(TYPE.TXT)) return;
    for (const { owner, clientMx: senders } of facts.mailDomains) {
      const [first] = hostsOf(senders);
      if (first === undefined || hasPolicy(facts, owner)) continue;
      report.record(first.record, 'owner', { args: { domain: bare(facts.nameText(owner)) } });
    }
  },
};

function hasPolicy(facts: Facts, owner: number): boolean {
  for (let name = owner; name >= 0; name = facts.tree.parent[name] ?? -1) {
    const policy = findBelow(facts, name, '_dmarc');
    if (facts.hasType(policy, TYPE.TXT) || facts.hasType(policy, TYPE.CNAME)) return true;
  }
  return false;
}
