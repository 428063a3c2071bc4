import { hostsOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** The SRV records take mail that the null MX refuses (RFC 7505 §3, draft-nurpmeso §2). */
export const rule: Rule = {
  id: 'smtp-tls-srv-with-null-mx',
  group: 'smtp-tls-srv',
  level: 'error',
  cites: ['SRV-2-i', 'RFC 7505 §3'],
  what: 'A domain has _smtp-tls SRV records beside the null MX.',
  why: 'Senders that know the SRV record deliver, all others return the mail at once: whether mail arrives depends on who sends it.',
  help: 'Remove one of the two.',
  bad: {
    zone: `@ MX 0 .
_smtp-tls._tcp SRV 0 0 842 mx1 ; expect
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
    `SRV of ${domain} sends mail to ${hosts}, but its null MX says that it takes none; expected one or the other`,
  check(facts, report) {
    for (const { owner, mx, nullMx, srv } of facts.mailDomains) {
      const [first, ...others] = hostsOf(srv);
      if (!nullMx || first === undefined) continue;
      report.record(first.record, 'target', {
        args: { domain: bare(facts.nameText(owner)), hosts: listed([first, ...others].map(({ host }) => host)) },
        related: mx.map(({ record }) => ({ record, part: 'exchange', message: 'the null MX' })),
      });
    }
  },
};
