import { TYPE } from '../../../rr/types.ts';
import { findBelow, findBelowName } from '../../common-below.ts';
import { hostsOf, isWildcard } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Facts, MailDomain } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** A domain that asks for TLS does not ask for reports (RFC 8460 §1). */
export const rule: Rule = {
  id: 'tlsrpt-missing',
  group: 'mta-sts',
  level: 'warning',
  cites: ['RFC 8460 §3', 'RFC 8461 §1'],
  what: 'A mail domain with DANE, MTA-STS, Client MX or _smtp-tls has no record at _smtp._tls.',
  why: 'When TLS to it fails, mail stays away in silence; with the record senders report it within a day.',
  help: 'Add TXT "v=TLSRPTv1; rua=mailto:…" at _smtp._tls.',
  // Reports are offered, not demanded.
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1 ; expect
mx1 A 192.0.2.10
_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
`,
  },
  good: {
    zone: `@ MX 10 mx1
mx1 A 192.0.2.10
_25._tcp.mx1 TLSA 3 1 1 ff93c54faa36413b7c0da6e414be6163f42b7f0d75c62eb89fe7672d17597bb9
_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.net"
`,
  },
  say: ({ domain, reason }) =>
    `${domain} has ${reason} but asks for no reports about failures; expected TXT "v=TLSRPTv1; rua=mailto:..." at _smtp._tls.${domain}`,
  check(facts, report) {
    if ([TYPE.TXT, TYPE.CNAME, TYPE.NS].some((type) => facts.mayBeBroken(type))) return;
    for (const domain of facts.mailDomains) {
      const { owner, mx } = domain;
      const [first] = hostsOf(mx);
      if (first === undefined || isWildcard(facts, owner)) continue;
      const reason = reasonOf(facts, domain);
      if (reason === undefined || isDelegatedOrThere(facts, owner)) continue;
      report.record(first.record, 'owner', { args: { domain: bare(facts.nameText(owner)), reason } });
    }
  },
};

function isDelegatedOrThere(facts: Facts, owner: number): boolean {
  return [findBelow(facts, owner, '_tls'), findBelow(facts, owner, '_smtp', '_tls')].some((name) =>
    [TYPE.TXT, TYPE.CNAME, TYPE.NS, TYPE.DNAME].some((type) => facts.hasType(name, type)),
  );
}

function reasonOf(facts: Facts, { owner, mx, clientMx, srv }: MailDomain): string | undefined {
  if (hostsOf(clientMx).length > 0) return 'Client MX';
  if (hostsOf(srv).length > 0) return 'SRV records for SMTP over TLS';
  const policy = findBelow(facts, owner, '_mta-sts');
  if (facts.hasType(policy, TYPE.TXT) || facts.hasType(policy, TYPE.CNAME)) return 'MTA-STS';
  if (facts.records(TYPE.TLSA).length === 0) return undefined;
  const hasDane = hostsOf(mx).some(({ wire }) => facts.hasType(findBelowName(facts, wire, '_25', '_tcp'), TYPE.TLSA));
  return hasDane ? 'DANE' : undefined;
}
