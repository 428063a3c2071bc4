import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { implicitTwins } from './twins.ts';

/** One host is listed for STARTTLS and for Implicit TLS with the same priority (RFC 2782). */
export const rule: Rule = {
  id: 'smtp-tls-srv-25-and-842-same-target',
  group: 'smtp-tls-srv',
  level: 'info',
  cites: ['SRV-2-d', 'RFC 2782'],
  what: 'One host has an SRV record for port 25 and one for Implicit TLS with the same priority.',
  why: 'Senders choose between the two at random by weight; the record for the other port promises STARTTLS on 25 anyway.',
  help: 'Remove the record for port 25, or give it a higher priority number.',
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
_smtp-tls._tcp SRV 0 0 25 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, host, starttls, port, priority }) =>
    `SRV of ${domain} lists ${host} with ports ${starttls} and ${port}, both with priority ${priority}; expected ${port} alone, which promises STARTTLS on ${starttls} as well`,
  check(facts, report) {
    for (const { owner, srv } of facts.mailDomains) {
      for (const { starttls, implicit } of implicitTwins(srv, facts.drafts.starttlsPort)) {
        if (starttls.preference !== implicit.preference) continue;
        report.record(starttls.record, 'port', {
          args: {
            domain: bare(facts.nameText(owner)),
            host: starttls.host,
            starttls: starttls.port,
            port: implicit.port,
            priority: starttls.preference,
          },
          related: [{ record: implicit.record, part: 'port', message: 'Implicit TLS on the same host' }],
        });
      }
    }
  },
};
