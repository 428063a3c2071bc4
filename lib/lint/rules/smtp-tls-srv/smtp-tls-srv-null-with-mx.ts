import { hostsOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** The null SRV record forbids mail that the MX records ask for (RFC 2782, draft-nurpmeso §2). */
export const rule: Rule = {
  id: 'smtp-tls-srv-null-with-mx',
  group: 'smtp-tls-srv',
  level: 'error',
  cites: ['SRV-2-k', 'RFC 2782'],
  what: 'A domain has an _smtp-tls SRV record with the target "." beside usable MX records.',
  why: 'Senders that find any SRV record never use MX; the target "." gives them no host, so they return the mail.',
  help: 'Remove the SRV record, or name the hosts in it.',
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 0 . ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, hosts }) =>
    `SRV of ${domain} has the target ".", so senders that know the record return its mail although MX names ${hosts}; expected SRV records for these hosts, or none`,
  check(facts, report) {
    for (const { owner, mx, srv } of facts.mailDomains) {
      const [first] = srv;
      const hosts = hostsOf(mx);
      if (first === undefined || hostsOf(srv).length > 0 || hosts.length === 0) continue;
      report.record(first.record, 'target', {
        args: { domain: bare(facts.nameText(owner)), hosts: listed(hosts.map(({ host }) => host)) },
        related: hosts.slice(0, 3).map(({ record }) => ({ record, part: 'exchange', message: 'never used' })),
      });
    }
  },
};
