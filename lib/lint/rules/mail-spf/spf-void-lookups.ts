import { MOST_VOID_LOOKUPS } from '../../../mail/spf-answers.ts';
import { listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { innermost } from './costs.ts';
import { domainOf, placeOf, shownTerm } from './shared.ts';

/** More look-ups than allowed find nothing (RFC 7208 §4.6.4). */
export const rule: Rule = {
  id: 'spf-void-lookups',
  group: 'mail-spf',
  level: 'warning',
  cites: ['RFC 7208 §4.6.4'],
  what: 'More than two DNS look-ups of an SPF record find nothing in the zones given.',
  why: 'Checkers stop at the third empty answer with a permanent error.',
  help: 'Remove the terms whose names are gone.',
  bad: {
    zone: `@ TXT "v=spf1 a:old1.example.net a:old2.example.net mx:old3.example.net ip4:192.0.2.10 -all" ; expect
`,
  },
  good: {
    zone: `@ TXT "v=spf1 a:out1.example.net mx:old3.example.net ip4:192.0.2.10 -all"
out1 A 192.0.2.20
`,
  },
  say: ({ domain, count, terms, limit }) =>
    `${count} look-ups of the SPF record of ${domain} find nothing (${terms}); expected at most ${limit}`,
  check(facts, report) {
    for (const { found, cost } of innermost(facts, ({ voids }) => voids.length > MOST_VOID_LOOKUPS)) {
      const third = cost.voids[MOST_VOID_LOOKUPS];
      if (third === undefined) continue;
      const own = cost.terms.find(({ voids }) => voids.includes(third))?.term ?? third.term;
      report.text(found.record, own.start, own.end, {
        args: {
          domain: domainOf(found),
          count: cost.voids.length,
          terms: listed(cost.voids.map((step) => shownTerm(step.found, step.term))),
          limit: MOST_VOID_LOOKUPS,
        },
        related: cost.voids
          .filter((step) => step.term !== own)
          .slice(0, 8)
          .map((step) => ({
            place: placeOf(step.found, step.term),
            message: `"${shownTerm(step.found, step.term)}" finds nothing`,
          })),
      });
    }
  },
};
