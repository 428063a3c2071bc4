import { dmarcTag } from '../../../mail/dmarc.ts';
import { textFix } from '../../common-fixes.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { policyTexts } from './records.ts';

/** Nobody gets the reports about a domain's mail (RFC 9990 §2). */
export const rule: Rule = {
  id: 'dmarc-rua-missing',
  group: 'mail-dmarc',
  level: 'info',
  cites: ['RFC 9989 §5.1', 'RFC 9990 §2'],
  what: 'A DMARC policy has no address for aggregate reports.',
  why: 'Without reports nobody sees that own mail fails, or that somebody else writes in the name of the domain.',
  help: 'Add rua=mailto: with an address that is read.',
  // A domain without mail does well without reports, and sub-domains may leave them to the domain above.
  byDefault: false,
  bad: { zone: '_dmarc TXT "v=DMARC1; p=reject" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.net"\n' },
  fix: 'unsafe',
  say: ({ domain }) => `DMARC policy of ${domain} asks for no reports; expected a tag rua`,
  check(facts, report) {
    for (const { record, domain, text, dmarc } of policyTexts(facts)) {
      const [version] = dmarc.tags;
      const last = dmarc.tags.at(-1);
      if (!dmarc.counts || version === undefined || last === undefined || dmarcTag(dmarc, 'p') === undefined) continue;
      if (['rua', 'RUA'].some((name) => dmarcTag(dmarc, name) !== undefined)) continue;
      const added = `; rua=mailto:postmaster@${bareName(domain)}`;
      const range = { from: last.valueEnd, to: text.length };
      report.text(record, version.start, version.valueEnd, {
        args: { domain: bareName(domain) },
        fixes: textFix(facts, record, range, added, { title: 'send reports to the postmaster', safe: false }),
      });
    }
  },
};
