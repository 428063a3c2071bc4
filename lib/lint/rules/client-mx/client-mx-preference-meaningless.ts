import { clientMx } from '../../common-examples.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Client MX records have different preferences, which order nothing but the tries of an ACME CA. */
export const rule: Rule = {
  id: 'client-mx-preference-meaningless',
  group: 'client-mx',
  level: 'info',
  cites: ['CMX-1-c', 'CMX-1.3-g'],
  what: 'The Client MX records of a domain have different preferences.',
  why: 'Any of the hosts may send at any time: the preference only orders the hosts an ACME CA tries.',
  help: 'Give all Client MX records of the domain the same preference.',
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')} ; expect
@ ${clientMx(20, 'out2')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
out2 A 198.51.100.20
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ ${clientMx(10, 'out1')}
@ ${clientMx(10, 'out2')}
mx1 A 192.0.2.10
out1 A 192.0.2.20
out2 A 198.51.100.20
`,
  },
  say: ({ domain, preferences }) =>
    `Client MX of ${domain} has the preferences ${preferences}, which do not order its senders; only an ACME CA tries the hosts in that order`,
  check(facts, report) {
    for (const { owner, clientMx: members } of facts.mailDomains) {
      const [first] = members;
      if (first === undefined || members.every(({ preference }) => preference === first.preference)) continue;
      const preferences = [...new Set(members.map(({ preference }) => preference))].sort((a, b) => a - b);
      report.record(first.record, 'preference', {
        args: { domain: bare(facts.nameText(owner)), preferences: listed(preferences.map(String)) },
      });
    }
  },
};
