import { dmarcTag } from '../../../mail/dmarc.ts';
import { textFix } from '../../common-fixes.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { cutAtSemicolon } from './edits.ts';
import { policyTexts } from './records.ts';

/** A DMARC record does not say its policy (RFC 9989 §4.7, RFC 7489 §6.3). */
export const rule: Rule = {
  id: 'dmarc-p-missing',
  group: 'mail-dmarc',
  level: 'warning',
  cites: ['RFC 9989 §4.7', 'RFC 7489 §6.3'],
  what: 'A DMARC policy record has no tag p.',
  why: 'Receivers read it as p=none when it has a report address, and not at all when it has none; RFC 7489 requires the tag.',
  help: 'Add p=none, p=quarantine or p=reject behind v=DMARC1.',
  bad: { zone: '_dmarc TXT "v=DMARC1; rua=mailto:dmarc@example.net" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.net"\n' },
  fix: 'unsafe',
  options: { rfc7489: { what: 'judge by RFC 7489, where the tag is required: an error', default: false } },
  say: ({ domain, reports }) =>
    reports === 'yes'
      ? `DMARC record of ${domain} has no tag p and counts as p=none; expected the policy behind v=DMARC1`
      : `DMARC record of ${domain} has neither a tag p nor a report address, so that receivers leave it out; expected the policy behind v=DMARC1`,
  check(facts, report, settings) {
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      const [version] = dmarc.tags;
      if (!dmarc.counts || version === undefined) continue;
      if (dmarcTag(dmarc, 'p') !== undefined || dmarcTag(dmarc, 'P') !== undefined) continue;
      if (dmarc.tags.length < 2 && cutAtSemicolon(facts, record) !== undefined) continue;
      const range = { from: version.start, to: version.end };
      const fix = { title: 'add p=none', safe: false };
      report.text(record, version.start, version.valueEnd, {
        args: { domain: bareName(domain), reports: dmarc.rua.some(({ fault }) => fault === undefined) ? 'yes' : 'no' },
        severity: settings.flag('rfc7489') ? 'error' : 'warning',
        fixes: textFix(facts, record, range, 'v=DMARC1; p=none;', fix),
      });
    }
  },
};
