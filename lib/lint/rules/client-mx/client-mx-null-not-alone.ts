import { clientMx } from '../../common-examples.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare, bareName, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A null Client MX has company (RFC 7505 §3 by analogy). */
export const rule: Rule = {
  id: 'client-mx-null-not-alone',
  group: 'client-mx',
  level: 'error',
  cites: ['CMX-1-d', 'RFC 7505 §3'],
  what: 'A null Client MX (exchange ".") stands beside other Client MX records.',
  why: 'It says that the domain sends no mail while the others name its senders; receivers that take it at its word fail all mail of the domain.',
  help: 'Keep either the null record alone or the other records.',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(0, '.')} ; expect
@ ${clientMx(10, 'out1')}
mx1 A 192.0.2.10
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
  say: ({ domain, others }) =>
    others === ''
      ? `${domain} has the null Client MX twice; it must be the only Client MX record`
      : `${domain} has a null Client MX beside ${others}; a null Client MX must be the only one`,
  check(facts, report) {
    for (const { owner, clientMx: members } of facts.mailDomains) {
      const first = members.find(({ isNull }) => isNull);
      if (first === undefined || members.length === 1) continue;
      const hosts = hostsOf(members).map(({ wire }) => bareName(wire));
      report.record(first.record, 'exchange', {
        args: { domain: bare(facts.nameText(owner)), others: hosts.length === 0 ? '' : listed(hosts) },
        related: members
          .filter((other) => other !== first)
          .slice(0, 5)
          .map(({ record }) => ({ record, part: 'exchange', message: 'the other Client MX record' })),
      });
    }
  },
};
