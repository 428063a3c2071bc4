import type { Rule } from '../../rule.ts';
import { spfLoops } from './loops.ts';
import { domainOf, placeOf, shownTerm } from './shared.ts';

/** Records include each other in a circle (RFC 7208 §4.6.4). */
export const rule: Rule = {
  id: 'spf-include-loop',
  group: 'mail-spf',
  level: 'error',
  cites: ['RFC 7208 §4.6.4', 'RFC 7208 §5.2', 'RFC 7208 §6.1'],
  what: 'SPF records lead to each other in a circle, by include or redirect, in the zones given.',
  why: 'Checkers go round until they have used up their ten look-ups and answer with a permanent error.',
  help: 'Take one of the terms out of the circle.',
  bad: {
    zone: `@ TXT "v=spf1 include:_a.example.net -all"
_a TXT "v=spf1 include:_b.example.net ~all" ; expect
_b TXT "v=spf1 include:_a.example.net ~all"
`,
  },
  good: {
    zone: `@ TXT "v=spf1 include:_a.example.net include:_b.example.net -all"
_a TXT "v=spf1 include:_b.example.net ~all"
_b TXT "v=spf1 ip4:192.0.2.0/24 ~all"
`,
  },
  say: ({ domain, term, way }) =>
    `"${term}" of ${domain} is part of a circle (${way}); expected records that end somewhere`,
  check(facts, report) {
    for (const loop of spfLoops(facts)) {
      const [first, ...others] = loop;
      if (first === undefined || others.length === 0) continue;
      const names = loop.map(({ found }) => domainOf(found));
      report.text(first.found.record, first.term.start, first.term.end, {
        args: {
          domain: names[0] ?? '',
          term: shownTerm(first.found, first.term),
          way: wayOf([...names, names[0] ?? '']),
        },
        related: others.slice(0, 10).map(({ found, term }) => ({
          place: placeOf(found, term),
          message: `"${shownTerm(found, term)}" leads on`,
        })),
      });
    }
  },
};

function wayOf(names: readonly string[]): string {
  if (names.length <= 6) return names.join(' > ');
  return [...names.slice(0, 4), '...', ...names.slice(-1)].join(' > ');
}
