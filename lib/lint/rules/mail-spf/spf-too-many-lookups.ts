import { MOST_LOOKUPS } from '../../../mail/spf-answers.ts';
import { MOST_STEPS, type SpfTermCost } from '../../../mail/spf-lookups.ts';
import type { ZoneSpf } from '../../common-spf.ts';
import { counted } from '../../common-words.ts';
import type { RelatedAt, Rule } from '../../rule.ts';
import { innermost } from './costs.ts';
import { domainOf, placeOf, shownTerm } from './shared.ts';

const MOST_RELATED = 12;

/** A check needs more DNS look-ups than allowed (RFC 7208 §4.6.4). */
export const rule: Rule = {
  id: 'spf-too-many-lookups',
  group: 'mail-spf',
  level: 'error',
  cites: ['RFC 7208 §4.6.4'],
  what: 'An SPF record, with all it includes in the zones given, needs more than ten DNS look-ups.',
  why: 'Checkers stop at the eleventh with a permanent error: hosts listed behind that place are not allowed.',
  help: 'Replace some of a, mx, ptr, exists and include by the networks they stand for.',
  bad: {
    zone: `@ TXT "v=spf1 a mx a:a.example.com a:b.example.com a:c.example.com include:_spf.example.net -all" ; expect
_spf TXT "v=spf1 a:d.example.org a:e.example.org a:f.example.org include:a.example.org include:b.example.org ~all"
`,
  },
  good: {
    zone: `@ TXT "v=spf1 a mx a:a.example.com a:b.example.com a:c.example.com include:_spf.example.net -all"
_spf TXT "v=spf1 ip4:192.0.2.0/24 ip4:198.51.100.0/24 include:a.example.org ~all"
`,
  },
  say: ({ domain, lookups, limit, unfollowed }) => {
    const most = Number(lookups) >= MOST_STEPS ? `at least ${MOST_STEPS}` : lookups;
    const unknown =
      unfollowed === 0
        ? ''
        : ` (${counted(Number(unfollowed), 'include')} to zones not given could not be followed and ${unfollowed === 1 ? 'counts' : 'count'} as one each)`;
    return `SPF of ${domain} needs ${most} DNS look-ups${unknown}; expected at most ${limit}`;
  },
  check(facts, report) {
    for (const { found, cost } of innermost(facts, ({ lookups }) => lookups > MOST_LOOKUPS)) {
      let used = 0;
      const exceeding = cost.terms.find(({ lookups }) => {
        used += lookups;
        return used > MOST_LOOKUPS;
      });
      if (exceeding === undefined) continue;
      const { start, end } = exceeding.term;
      report.text(found.record, start, end, {
        args: {
          domain: domainOf(found),
          lookups: cost.lookups,
          limit: MOST_LOOKUPS,
          unfollowed: cost.unfollowed,
        },
        related: cost.terms.slice(0, MOST_RELATED).flatMap((one) => relatedOf(found, one, one === exceeding)),
      });
    }
  },
};

/** The term itself, unless the finding stands there, and the record it leads to. */
function relatedOf(
  found: ZoneSpf,
  { term, lookups, reached }: SpfTermCost<ZoneSpf>,
  isPlace: boolean,
): readonly RelatedAt[] {
  const message = `"${shownTerm(found, term)}": ${counted(lookups, 'look-up')}`;
  const own = isPlace ? [] : [{ place: placeOf(found, term), message }];
  const [next] = reached;
  if (next === undefined) return own;
  const whole = { start: 0, end: next.spf.text.length };
  return [...own, { place: placeOf(next, whole), message: `${counted(lookups - 1, 'look-up')} from here on` }];
}
