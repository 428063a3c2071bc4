import { hostsOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A null MX has company (RFC 7505 §3). */
export const rule: Rule = {
  id: 'mx-null-not-alone',
  group: 'mail-mx',
  level: 'error',
  cites: ['RFC 7505 §3'],
  what: 'A null MX (exchange ".") stands beside other MX records.',
  why: 'The null MX says that the domain takes no mail and the others say where it goes: senders differ in which they believe, and some return the mail at once.',
  help: 'Keep either the null MX alone or the other records.',
  bad: {
    zone: `@ MX 0 . ; expect
@ MX 10 mx1
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, others }) =>
    others === ''
      ? `${domain} has the null MX twice; it must be the only MX record`
      : `${domain} has a null MX beside ${others}; a null MX must be the only MX record`,
  check(facts, report) {
    for (const { owner, mx } of facts.mailDomains) {
      const first = mx.length > 1 ? mx.find(({ isNull }) => isNull) : undefined;
      if (first === undefined) continue;
      const hosts = hostsOf(mx).map(({ host }) => host);
      report.record(first.record, 'exchange', {
        args: { domain: bare(facts.nameText(owner)), others: hosts.length === 0 ? '' : listed(hosts) },
        related: mx
          .filter((other) => other !== first)
          .slice(0, 5)
          .map(({ record }) => ({ record, part: 'exchange', message: 'the other MX record' })),
      });
    }
  },
};
