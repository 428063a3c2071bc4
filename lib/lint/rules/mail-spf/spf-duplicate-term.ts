import type { SpfDirective, SpfTerm } from '../../../mail/spf.ts';
import { evaluatedTerms } from '../../../mail/spf-answers.ts';
import { spfTexts } from '../../common-spf.ts';
import type { Rule } from '../../rule.ts';
import { domainOf, MOST_PER_RECORD, placeOf, removing, shownTerm } from './shared.ts';

/** A mechanism stands twice in a record; the second can never match (RFC 7208 §4.6.2). */
export const rule: Rule = {
  id: 'spf-duplicate-term',
  group: 'mail-spf',
  level: 'info',
  cites: ['RFC 7208 §4.6.2', 'RFC 7208 §4.6.4'],
  what: 'The same mechanism stands twice in an SPF record.',
  why: 'The second one never decides anything; if it needs a DNS look-up it uses up one of the ten.',
  help: 'Remove the second one.',
  fix: 'safe',
  bad: { zone: '@ TXT "v=spf1 a ip4:192.0.2.0/24 a -all" ; expect\n@ A 192.0.2.10\n' },
  good: { zone: '@ TXT "v=spf1 a ip4:192.0.2.0/24 -all"\n@ A 192.0.2.10\n' },
  say: ({ domain, term, first }) =>
    `"${term}" repeats "${first}" in the SPF record of ${domain}; expected each mechanism once`,
  check(facts, report) {
    for (const found of spfTexts(facts).records) {
      if (areDistinct(found.spf.terms)) continue;
      let count = 0;
      const seen = new Map<string, SpfDirective>();
      for (const term of evaluatedTerms(found.spf)) {
        if (term.kind === 'modifier' || term.broken) continue;
        const key = keyOf(term);
        const first = seen.get(key);
        if (first === undefined) {
          seen.set(key, term);
          continue;
        }
        if (++count > MOST_PER_RECORD) break;
        report.text(found.record, term.start, term.end, {
          args: { domain: domainOf(found), term: shownTerm(found, term), first: shownTerm(found, first) },
          related: [{ place: placeOf(found, first), message: 'the first one' }],
          fixes: removing(found, term, true),
        });
      }
    }
  },
};

/** Terms that are compared one by one before keys are made of them. */
const FEW = 16;

/** Whether no two of a few terms can be the same, as in most records. */
function areDistinct(terms: readonly SpfTerm[]): boolean {
  if (terms.length > FEW) return false;
  return terms.every((term, at) => {
    for (let before = 0; before < at; before++) if (maybeSame(terms[before], term)) return false;
    return true;
  });
}

function maybeSame(one: SpfTerm | undefined, other: SpfTerm): boolean {
  if (one?.kind !== 'directive' || other.kind !== 'directive' || one.mechanism !== other.mechanism) return false;
  // Only the last octets are looked at: networks of one provider begin alike.
  if (one.network !== undefined && other.network !== undefined) {
    return one.network.address.at(-1) === other.network.address.at(-1);
  }
  const [first = '', second = ''] = [one.domain?.text, other.domain?.text];
  return first.length < 2 || second.length < 2 || first[0]?.toLowerCase() === second[0]?.toLowerCase();
}

/** Equal for mechanisms that match the same hosts by their words alone. */
function keyOf({ mechanism, domain, network, prefix4, prefix6 }: SpfDirective): string {
  const name = domain?.text.toLowerCase().replace(/\.$/, '') ?? '';
  return `${mechanism} ${name} ${network?.address.join('.') ?? ''} ${network?.prefix ?? ''} ${prefix4} ${prefix6}`;
}
