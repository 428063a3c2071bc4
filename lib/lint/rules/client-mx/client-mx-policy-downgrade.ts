import { TYPE } from '../../../rr/types.ts';
import { findBelow } from '../../common-below.ts';
import { findName } from '../../common-certificates.ts';
import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Facts, MailDomain } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** Nothing beside Client MX tells senders that TLS must be there (RFC 8461, RFC 7672). */
export const rule: Rule = {
  id: 'client-mx-policy-downgrade',
  group: 'client-mx',
  level: 'info',
  cites: ['CMX-1-d', 'RFC 8461 §3.1', 'RFC 7672 §2.2'],
  what: 'A domain with Client MX has neither MTA-STS nor TLSA records for its MX hosts.',
  why: 'An attacker who removes STARTTLS from the conversation prevents the certificate check instead of failing it, and the draft does not say that senders must notice.',
  help: 'Publish MTA-STS or, in a signed zone, TLSA records; TLS reports (RFC 8460) show what is tried.',
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
_mta-sts TXT "v=STSv1; id=20261121"
mta-sts A 192.0.2.80
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ domain }) =>
    `${domain} publishes Client MX, but nothing tells senders to insist on TLS; expected MTA-STS at _mta-sts.${domain} or TLSA records for its MX hosts`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.TXT) || facts.mayBeBroken(TYPE.TLSA)) return;
    for (const domain of facts.mailDomains) {
      const [first] = domain.clientMx;
      if (first === undefined || hostsOf(domain.mx).length === 0 || insistsOnTls(facts, domain)) continue;
      report.record(first.record, 'owner', { args: { domain: bare(facts.nameText(domain.owner)) } });
    }
  },
};

function insistsOnTls(facts: Facts, { owner, mx, srv }: MailDomain): boolean {
  const policy = findBelow(facts, owner, '_mta-sts');
  if (facts.hasType(policy, TYPE.TXT) || facts.hasType(policy, TYPE.CNAME)) return true;
  // An SRV record announces TLS by itself.
  if (hostsOf(srv).length > 0) return true;
  return hostsOf(mx).some(({ host }) => facts.hasType(findName(facts, `_25._tcp.${host}`), TYPE.TLSA));
}
