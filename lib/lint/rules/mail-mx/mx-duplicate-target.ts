import { repeatedHosts } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** One exchange is listed with two preferences. */
export const rule: Rule = {
  id: 'mx-duplicate-target',
  group: 'mail-mx',
  level: 'warning',
  cites: ['RFC 5321 §5.1'],
  what: 'The same host is named twice with different preferences.',
  why: 'The second record adds no redundancy: a sender that could not reach the host only tries it again.',
  help: 'Remove one of the two records, or name another host in it.',
  bad: {
    zone: `@ MX 10 mx1
@ MX 20 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
  },
  say: ({ domain, host, preference, first }) =>
    `MX of ${domain} names ${host} with preference ${preference} and already with ${first}; expected each host once`,
  check(facts, report) {
    for (const { owner, mx } of facts.mailDomains) {
      for (const [first, again] of repeatedHosts(mx)) {
        if (first.preference === again.preference) continue;
        report.record(again.record, 'exchange', {
          args: {
            domain: bare(facts.nameText(owner)),
            host: again.host,
            preference: again.preference,
            first: first.preference,
          },
          related: [{ record: first.record, part: 'exchange', message: 'first named here' }],
        });
      }
    }
  },
};
