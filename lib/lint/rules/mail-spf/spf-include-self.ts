import type { Rule } from '../../rule.ts';
import { spfLoops } from './loops.ts';
import { domainOf, removing, shownTerm } from './shared.ts';

/** A record includes itself (RFC 7208 §4.6.4). */
export const rule: Rule = {
  id: 'spf-include-self',
  group: 'mail-spf',
  level: 'error',
  cites: ['RFC 7208 §4.6.4', 'RFC 7208 §5.2', 'RFC 7208 §6.1'],
  what: 'An SPF record includes or redirects to its own name.',
  why: 'Checkers go round until they have used up their ten look-ups and answer with a permanent error.',
  help: 'Remove the term, or name the record that was meant.',
  fix: 'unsafe',
  bad: { zone: '@ TXT "v=spf1 mx include:example.net -all" ; expect\n' },
  good: { zone: '@ TXT "v=spf1 mx include:_spf.example.org -all"\n' },
  say: ({ domain, term }) => `"${term}" leads the SPF record of ${domain} back to itself; expected another name`,
  check(facts, report) {
    for (const [step, ...more] of spfLoops(facts)) {
      if (step === undefined || more.length > 0) continue;
      const { found, term } = step;
      report.text(found.record, term.start, term.end, {
        args: { domain: domainOf(found), term: shownTerm(found, term) },
        fixes: removing(found, term, false),
      });
    }
  },
};
