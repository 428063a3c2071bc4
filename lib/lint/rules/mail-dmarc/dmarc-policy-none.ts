import { dmarcTag, policyIn } from '../../../mail/dmarc.ts';
import { textFix } from '../../common-fixes.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { policyTexts } from './records.ts';

/** The policy asks receivers to do nothing (RFC 9989 §4.7). */
export const rule: Rule = {
  id: 'dmarc-policy-none',
  group: 'mail-dmarc',
  level: 'info',
  cites: ['RFC 9989 §4.7', 'RFC 9989 §5.1'],
  what: 'A DMARC policy is none.',
  why: 'Forged mail is delivered as if there were no policy; none is meant for the time in which reports are looked at.',
  help: 'Write p=quarantine or p=reject when the reports show that all legitimate mail passes.',
  byDefault: false,
  bad: { zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.net" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@example.net"\n' },
  fix: 'unsafe',
  say: ({ domain }) => `DMARC policy of ${domain} is none; expected quarantine or reject once its reports are clean`,
  check(facts, report) {
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      const tag = dmarcTag(dmarc, 'p');
      if (tag === undefined || policyIn(dmarc, 'p') !== 'none') continue;
      const range = { from: tag.valueStart, to: tag.valueEnd };
      report.text(record, range.from, range.to, {
        args: { domain: bareName(domain) },
        fixes: textFix(facts, record, range, 'quarantine', { title: 'write p=quarantine', safe: false }),
      });
    }
  },
};
