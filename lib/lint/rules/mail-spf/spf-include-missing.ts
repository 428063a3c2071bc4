import { evaluatedTerms, isReference, targetOf } from '../../../mail/spf-answers.ts';
import { spfAnswers, spfTexts } from '../../common-spf.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { domainOf, shownTerm } from './shared.ts';

/** A record leads to a name without SPF (RFC 7208 §5.2, §6.1). */
export const rule: Rule = {
  id: 'spf-include-missing',
  group: 'mail-spf',
  level: 'error',
  cites: ['RFC 7208 §5.2', 'RFC 7208 §6.1'],
  what: 'An SPF record includes or redirects to a name that has no SPF record in the zones given.',
  why: 'A checker that comes to the term answers with a permanent error, so no host listed behind it is allowed.',
  help: 'Add the record, or remove the term.',
  bad: { zone: '@ TXT "v=spf1 mx include:_spf.example.net -all" ; expect\n' },
  good: {
    zone: `@ TXT "v=spf1 mx include:_spf.example.net -all"
_spf TXT "v=spf1 ip4:192.0.2.0/24 ~all"
`,
  },
  say: ({ domain, term, target }) =>
    `"${term}" of the SPF record of ${domain} leads to ${target}, which has no SPF record; expected one there`,
  check(facts, report) {
    const answers = spfAnswers(facts);
    for (const found of spfTexts(facts).records) {
      for (const term of evaluatedTerms(found.spf)) {
        const target = isReference(term) ? targetOf(term, found.name) : undefined;
        if (target === undefined || answers.record(target) !== 'none') continue;
        report.text(found.record, term.start, term.end, {
          args: { domain: domainOf(found), term: shownTerm(found, term), target: bareName(target) },
        });
      }
    }
  },
};
