import type { Rule } from '../../rule.ts';
import { hostTerm, refusedHosts } from './hosts.ts';
import { adding, domainOf } from './shared.ts';

/** SPF refuses the domain's own MX hosts. */
export const rule: Rule = {
  id: 'spf-ip-not-covering-mx',
  group: 'mail-spf',
  level: 'info',
  cites: ['RFC 7208 §5.4', 'RFC 7208 §10.1.1'],
  what: 'The SPF record of a domain refuses an address of one of its MX hosts.',
  why: 'Where the hosts that take mail also send it, bounces and answers of that host fail SPF.',
  help: 'Add "mx", or the host, if it sends mail.',
  // Whether an MX host sends mail is not in the zone.
  byDefault: false,
  fix: 'unsafe',
  bad: {
    zone: `@ MX 10 mx1
@ TXT "v=spf1 ip4:198.51.100.0/24 -all" ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ TXT "v=spf1 mx -all"
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, host, address, verdict }) =>
    `the SPF record of ${domain} says ${verdict} to ${address}, an address of its MX host ${host}; expected pass if that host sends mail`,
  check(facts, report) {
    for (const { found, target, address, verdict } of refusedHosts(facts, ({ mx }) => mx)) {
      const term = hostTerm(target);
      report.record(found.record, 'rdata', {
        args: { domain: domainOf(found), host: target.host, address, verdict },
        related: [{ record: target.record, part: 'exchange', message: 'the MX host' }],
        fixes: term === undefined ? [] : adding(found, term),
      });
    }
  },
};
