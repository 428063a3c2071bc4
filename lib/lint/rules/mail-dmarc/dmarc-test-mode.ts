import { dmarcTag, policyIn } from '../../../mail/dmarc.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { tagRemoval } from './edits.ts';
import { policyTexts } from './records.ts';

/** The policy is declared a test (RFC 9989 §4.7). */
export const rule: Rule = {
  id: 'dmarc-test-mode',
  group: 'mail-dmarc',
  level: 'info',
  cites: ['RFC 9989 §4.7'],
  what: 'A DMARC policy of quarantine or reject is in test mode.',
  why: 'Receivers apply the next milder policy as long as t=y stands there.',
  help: 'Remove t=y when the test is over.',
  byDefault: false,
  bad: { zone: '_dmarc TXT "v=DMARC1; p=reject; t=y" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=reject"\n' },
  fix: 'unsafe',
  options: { rfc7489: { what: 'judge by RFC 7489, which has no such tag', default: false } },
  say: ({ domain, policy, milder }) =>
    `DMARC policy of ${domain} says ${policy}, but t=y makes it ${milder}; expected no t=y after the test`,
  check(facts, report, settings) {
    if (settings.flag('rfc7489')) return;
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      const tag = dmarcTag(dmarc, 't');
      const policy = policyIn(dmarc, 'p');
      if (tag?.value.toLowerCase() !== 'y' || policy === undefined || policy === 'none') continue;
      report.text(record, tag.nameStart, tag.valueEnd, {
        args: { domain: bareName(domain), policy, milder: policy === 'reject' ? 'quarantine' : 'none' },
        fixes: tagRemoval(facts, record, tag, { title: 'remove t=y', safe: false }),
      });
    }
  },
};
