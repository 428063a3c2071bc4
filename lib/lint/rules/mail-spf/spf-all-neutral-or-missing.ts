import { evaluatedTerms } from '../../../mail/spf-answers.ts';
import { TYPE } from '../../../rr/types.ts';
import { hasAddress } from '../../common-hosts.ts';
import { spfAnswers, spfTexts, type ZoneSpf } from '../../common-spf.ts';
import type { Rule } from '../../rule.ts';
import { joinFaults } from './joins.ts';
import { domainOf, writing } from './shared.ts';

/** A record says nothing about the hosts it does not list (RFC 7208 §4.7, §8.2). */
export const rule: Rule = {
  id: 'spf-all-neutral-or-missing',
  group: 'mail-spf',
  level: 'warning',
  cites: ['RFC 7208 §4.7', 'RFC 7208 §5.1', 'RFC 7208 §8.2'],
  what: 'The SPF record of a mail domain ends with "?all", or with neither "all" nor "redirect".',
  why: 'Then every host that is not listed counts as neutral, which receivers must treat as if there were no SPF.',
  help: 'End the record with "-all" or "~all".',
  fix: 'unsafe',
  bad: {
    zone: `@ MX 10 mx1
@ TXT "v=spf1 mx" ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ TXT "v=spf1 mx ~all"
_spf TXT "v=spf1 ip4:192.0.2.0/24"
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, kind }) =>
    kind === 'neutral'
      ? `"?all" makes every other host neutral in the SPF record of ${domain}; expected "~all" or "-all"`
      : `the SPF record of ${domain} has neither "all" nor "redirect", so every other host is neutral; expected "~all" or "-all" at its end`,
  check(facts, report) {
    const answers = spfAnswers(facts);
    for (const found of spfTexts(facts).records) {
      const { spf, record } = found;
      const last = evaluatedTerms(spf).at(-1);
      if (last?.kind === 'modifier' || !spf.valid) continue;
      const isAll = last?.kind === 'directive' && last.mechanism === 'all';
      if ((isAll && last.qualifier !== '?') || !isMailDomain(found) || joinFaults(facts, record).length > 0) continue;
      if (answers.record(found.name) === 'several') continue;
      const end = spf.text.trimEnd().length;
      const range = isAll ? last : { start: end, end };
      const fix = { title: 'let other hosts fail softly: "~all"', safe: false };
      // A point has no length to show, so the last term stands for it.
      const shown = isAll ? last : { start: spf.terms.at(-1)?.start ?? 0, end };
      report.text(record, shown.start, shown.end, {
        args: { domain: domainOf(found), kind: isAll ? 'neutral' : 'missing' },
        ...(isAll ? { severity: 'info' } : {}),
        fixes: writing(found, range, isAll ? '~all' : ' ~all', fix),
      });
    }
  },
};

/** Other names with SPF may only be there to be included, where the end of the record does not count. */
function isMailDomain({ facts, owner }: ZoneSpf): boolean {
  if (facts.hasType(owner, TYPE.MX) || facts.hasType(owner, TYPE.CLIENTMX)) return true;
  return owner === facts.zone.apex && hasAddress(facts, owner);
}
