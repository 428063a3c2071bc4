import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A domain names senders but cannot be answered (RFC 7505 §4.2). */
export const rule: Rule = {
  id: 'client-mx-with-null-mx',
  group: 'client-mx',
  level: 'info',
  cites: ['RFC 7505 §4.2', 'CMX-1.2.4-b'],
  what: 'A domain with the null MX names sending hosts in Client MX.',
  why: 'Mail from a domain that takes none cannot be bounced or answered, and many receivers refuse it for that.',
  help: 'Give the domain real MX records for bounces, or send from another domain.',
  bad: {
    zone: `@ MX 0 .
@ ${clientMx(10, 'out1')} ; expect
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  say: ({ domain, hosts }) =>
    `${domain} sends mail through ${hosts} by its Client MX, but its null MX refuses bounces and answers; expected an MX that takes them`,
  check(facts, report) {
    for (const { owner, mx, nullMx, clientMx: senders } of facts.mailDomains) {
      const [first, ...others] = hostsOf(senders);
      const [none] = mx;
      if (!nullMx || first === undefined || none === undefined) continue;
      report.record(first.record, 'exchange', {
        args: { domain: bare(facts.nameText(owner)), hosts: listed([first, ...others].map(({ host }) => host)) },
        related: [{ record: none.record, part: 'exchange', message: 'the null MX' }],
      });
    }
  },
};
