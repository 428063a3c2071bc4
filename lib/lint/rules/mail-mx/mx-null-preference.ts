import { numberFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A null MX has another preference than 0 (RFC 7505 §3). */
export const rule: Rule = {
  id: 'mx-null-preference',
  group: 'mail-mx',
  level: 'warning',
  cites: ['RFC 7505 §3'],
  what: 'A null MX has a preference other than 0.',
  why: 'The standard writes the null MX as "0 ."; software that compares the whole record does not recognise this one and looks for a host called ".".',
  help: 'Write the preference 0.',
  fix: 'safe',
  bad: { zone: '@ MX 10 . ; expect\n' },
  good: { zone: '@ MX 0 .\n' },
  say: ({ domain, preference }) => `null MX of ${domain} has preference ${preference}; expected 0`,
  check(facts, report) {
    for (const { owner, mx } of facts.mailDomains) {
      for (const { record, preference, isNull } of mx) {
        if (preference === 0 || !isNull) continue;
        report.record(record, 'preference', {
          args: { domain: bare(facts.nameText(owner)), preference },
          fixes: numberFix(facts, record, 'preference', preference, 0),
        });
      }
    }
  },
};
