import { TYPE } from '../../../rr/types.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare, period } from '../../common-words.ts';
import { serviceName } from '../../drafts.ts';
import type { Rule } from '../../rule.ts';

/** That a domain has no SRV record is forgotten within seconds (RFC 2308 §5, draft-nurpmeso §2). */
export const rule: Rule = {
  id: 'smtp-tls-srv-negative-ttl',
  group: 'smtp-tls-srv',
  level: 'info',
  cites: ['SRV-2-n', 'SRV-2-o', 'RFC 2308 §5'],
  what: 'Negative answers of a zone with mail domains may be cached for less than a minute.',
  why: 'Senders that know the SRV record ask for it before each message to a domain that has none.',
  help: 'Raise the minimum field of the SOA record, to an hour for example.',
  // dns-core has a rule for the range of the field in any zone.
  byDefault: false,
  bad: {
    whole: true,
    zone: `$ORIGIN example.net.
$TTL 3600
@ SOA ns1 hostmaster 2026112001 7200 3600 1209600 5 ; expect
@ NS ns1
@ NS ns2.example.org.
@ MX 10 mx1
ns1 A 192.0.2.1
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, service, ttl, least }) =>
    `that ${domain} has no record at ${service} is cached for ${ttl} only; expected at least ${least} in the minimum field`,
  check(facts, report) {
    const { apex, ttls } = facts.zone;
    const soa = facts.tree.firstOf(apex, TYPE.SOA);
    const minimum = soa < 0 ? undefined : facts.numberField(soa, 'minimum');
    if (minimum === undefined) return;
    const ttl = Math.min(minimum, ttls[soa] ?? minimum);
    const domain = facts.mailDomains.find(({ mx, srv }) => hostsOf(mx).length > 0 && srv.length === 0);
    const least = facts.drafts.negativeCacheLeast;
    if (ttl >= least || domain === undefined) return;
    const name = bare(facts.nameText(domain.owner));
    const service = serviceName(facts.drafts, name);
    report.record(soa, 'minimum', { args: { domain: name, service, ttl: period(ttl), least: period(least) } });
  },
};
