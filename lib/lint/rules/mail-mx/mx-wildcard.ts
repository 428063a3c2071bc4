import { isWildcard } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A wildcard owns MX (RFC 1912 §2.7). */
export const rule: Rule = {
  id: 'mx-wildcard',
  group: 'mail-mx',
  level: 'info',
  cites: ['RFC 1912 §2.7', 'RFC 4592 §2.2'],
  what: 'An MX record stands at a wildcard.',
  why: 'Every mistyped name takes mail, while every name that exists in the zone for any other reason does not get the MX.',
  help: 'Name the domains that take mail one by one.',
  byDefault: false,
  bad: {
    zone: `* MX 10 mx1 ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `shop MX 10 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ owner }) =>
    `${owner} gives every name that does not exist an MX, and no name that exists; expected MX records at the names that take mail`,
  check(facts, report) {
    for (const { owner, mx } of facts.mailDomains) {
      const [first] = mx;
      if (first === undefined || !isWildcard(facts, owner)) continue;
      report.record(first.record, 'owner', { args: { owner: bare(facts.nameText(owner)) } });
    }
  },
};
