import { dmarcTag } from '../../../mail/dmarc.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { tagToSecond } from './edits.ts';
import { policyTexts } from './records.ts';

/** The policy does not follow the version, where RFC 7489 §6.4 wants it. */
export const rule: Rule = {
  id: 'dmarc-p-not-second',
  group: 'mail-dmarc',
  level: 'info',
  cites: ['RFC 7489 §6.3', 'RFC 9989 §4.7'],
  what: 'In a DMARC record the tag p does not come right after the version.',
  why: 'RFC 9989 allows any order behind the version; readers written for RFC 7489 may leave the record out.',
  help: 'Write p second.',
  byDefault: false,
  bad: { zone: '_dmarc TXT "v=DMARC1; rua=mailto:dmarc@example.net; p=none" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.net"\n' },
  fix: 'safe',
  options: { rfc7489: { what: 'judge by RFC 7489, where the order is required: a warning', default: false } },
  say: ({ domain, before }) =>
    `DMARC record of ${domain} has the tag p behind ${before}; expected it right after v=DMARC1, where old readers look for it`,
  check(facts, report, settings) {
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      const [version, second] = dmarc.tags;
      const policy = dmarcTag(dmarc, 'p');
      if (!dmarc.counts || version === undefined || policy === undefined || policy === second) continue;
      report.text(record, policy.nameStart, policy.valueEnd, {
        args: { domain: bareName(domain), before: second?.name ?? '' },
        severity: settings.flag('rfc7489') ? 'warning' : 'info',
        fixes: tagToSecond(facts, record, version, policy, { title: 'write p second', safe: true }),
      });
    }
  },
};
