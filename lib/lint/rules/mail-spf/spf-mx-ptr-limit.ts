import { evaluatedTerms, MOST_MX_HOSTS, targetOf } from '../../../mail/spf-answers.ts';
import { spfAnswers, spfTexts } from '../../common-spf.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { domainOf, shownTerm } from './shared.ts';

/** An `mx` stands for more hosts than allowed (RFC 7208 §4.6.4). */
export const rule: Rule = {
  id: 'spf-mx-ptr-limit',
  group: 'mail-spf',
  level: 'error',
  cites: ['RFC 7208 §4.6.4', 'RFC 7208 §5.4'],
  what: 'The mechanism mx of an SPF record names a domain with more than ten MX hosts.',
  why: 'Checkers answer with a permanent error instead of looking up more than ten hosts.',
  help: 'List the networks of the hosts with ip4 and ip6.',
  bad: {
    zone: `@ TXT "v=spf1 mx -all" ; expect
${Array.from({ length: 11 }, (_, index) => `@ MX 10 mx${index + 1}.example.org.`).join('\n')}
`,
  },
  good: {
    zone: `@ TXT "v=spf1 ip4:192.0.2.0/24 -all"
${Array.from({ length: 11 }, (_, index) => `@ MX 10 mx${index + 1}.example.org.`).join('\n')}
`,
  },
  say: ({ domain, term, target, count, limit }) =>
    `"${term}" of the SPF record of ${domain} stands for the ${count} MX hosts of ${target}; expected at most ${limit}`,
  check(facts, report) {
    const answers = spfAnswers(facts);
    for (const found of spfTexts(facts).records) {
      for (const term of evaluatedTerms(found.spf)) {
        if (term.kind !== 'directive' || term.mechanism !== 'mx') continue;
        const target = targetOf(term, found.name);
        const hosts = target && answers.exchanges(target);
        if (hosts === undefined || hosts.length <= MOST_MX_HOSTS) continue;
        report.text(found.record, term.start, term.end, {
          args: {
            domain: domainOf(found),
            term: shownTerm(found, term),
            target: bareName(target ?? found.name),
            count: hosts.length,
            limit: MOST_MX_HOSTS,
          },
        });
      }
    }
  },
};
