import { clientMx } from '../../common-examples.ts';
import { repeatedHosts } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Client MX lists one host with two preferences. */
export const rule: Rule = {
  id: 'client-mx-duplicate-target',
  group: 'client-mx',
  level: 'warning',
  cites: ['CMX-1.2.1-b', 'CMX-1.3-g'],
  what: 'The same host is named twice in Client MX with different preferences.',
  why: 'The second record allows nothing more; often another host was meant, and its certificate will not match.',
  help: 'Remove one of the two records, or name another host in it.',
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
@ ${clientMx(20, 'out1')} ; expect
mx1 A 192.0.2.10
out1 A 192.0.2.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
@ ${clientMx(20, 'out2')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
out2 A 198.51.100.20
`,
  },
  say: ({ domain, host, preference, first }) =>
    `Client MX of ${domain} names ${host} with preference ${preference} and already with ${first}; expected each host once`,
  check(facts, report) {
    for (const { owner, clientMx: members } of facts.mailDomains) {
      for (const [first, again] of repeatedHosts(members)) {
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
