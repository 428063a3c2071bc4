import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** All exchanges have the same preference, so senders choose at random (RFC 5321 §5.1). */
export const rule: Rule = {
  id: 'mx-preference-all-equal-intended',
  group: 'mail-mx',
  level: 'info',
  cites: ['RFC 5321 §5.1'],
  what: 'All MX records of a domain have the same preference.',
  why: 'Senders spread the mail over the hosts at random; a host meant as a backup gets its share too.',
  help: 'Give the hosts different preferences if an order is meant.',
  byDefault: false,
  bad: {
    zone: `@ MX 10 mx1 ; expect
@ MX 10 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
  },
  say: ({ domain, count, preference }) =>
    `all ${count} MX records of ${domain} have preference ${preference}, so senders choose among them at random`,
  check(facts, report) {
    for (const { owner, mx } of facts.mailDomains) {
      const [first, ...others] = mx;
      if (first === undefined || others.length === 0) continue;
      if (!others.every(({ preference }) => preference === first.preference)) continue;
      report.record(first.record, 'preference', {
        args: { domain: bare(facts.nameText(owner)), count: mx.length, preference: first.preference },
      });
    }
  },
};
