import { spfTexts } from '../../common-spf.ts';
import type { Rule } from '../../rule.ts';
import { domainOf, MOST_PER_RECORD, removing, shownTerm } from './shared.ts';

/** A record asks for the names of the client's address (RFC 7208 §5.5). */
export const rule: Rule = {
  id: 'spf-ptr',
  group: 'mail-spf',
  level: 'warning',
  cites: ['RFC 7208 §5.5', 'RFC 7208 §7.2'],
  what: 'An SPF record uses the mechanism ptr or the macro %{p}.',
  why: 'The RFC says not to publish it: it is slow, loads the name servers of .arpa, fails when those do, and large receivers do not evaluate it.',
  help: 'List the hosts with ip4, ip6, a or mx.',
  fix: 'unsafe',
  bad: { zone: '@ TXT "v=spf1 mx ptr -all" ; expect\n' },
  good: { zone: '@ TXT "v=spf1 mx ip4:192.0.2.0/24 -all"\n' },
  say: ({ domain, term }) =>
    `"${term}" in the SPF record of ${domain} should not be used; expected ip4, ip6, a or mx in its place`,
  check(facts, report) {
    for (const found of spfTexts(facts).records) {
      let count = 0;
      for (const term of found.spf.terms) {
        const isPtr = term.kind === 'directive' && term.mechanism === 'ptr';
        const spec = term.kind === 'directive' ? term.domain : undefined;
        const macro = spec?.macros.find(({ letter }) => letter === 'p');
        if ((!isPtr && macro === undefined) || ++count > MOST_PER_RECORD) continue;
        const range = isPtr ? term : (macro ?? term);
        report.text(found.record, range.start, range.end, {
          args: { domain: domainOf(found), term: shownTerm(found, range) },
          fixes: isPtr ? removing(found, term, false) : [],
        });
      }
    }
  },
};
