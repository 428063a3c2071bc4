import type { SpfDirective } from '../../../mail/spf.ts';
import { evaluatedTerms } from '../../../mail/spf-answers.ts';
import { spfTexts } from '../../common-spf.ts';
import type { Rule } from '../../rule.ts';
import { domainOf, shownTerm, writing } from './shared.ts';

/** Everybody may send (RFC 7208 §5.1, §5.6). */
export const rule: Rule = {
  id: 'spf-all-pass',
  group: 'mail-spf',
  level: 'error',
  cites: ['RFC 7208 §5.1', 'RFC 7208 §5.6', 'RFC 7208 §8.3'],
  what: 'An SPF record lets every host on the Internet send: +all, or a network of prefix length 0.',
  why: 'Forged mail passes SPF, and by it DMARC; spammers look for such domains.',
  help: 'Write -all or ~all, and list the hosts that send.',
  fix: 'unsafe',
  bad: { zone: '@ TXT "v=spf1 mx +all" ; expect\n' },
  good: { zone: '@ TXT "v=spf1 mx -all"\n' },
  say: ({ domain, term }) =>
    `"${term}" lets every host send mail of ${domain}; expected "-all" and the hosts that really send`,
  check(facts, report) {
    for (const found of spfTexts(facts).records) {
      for (const term of evaluatedTerms(found.spf)) {
        if (term.kind !== 'directive' || term.broken || term.qualifier !== '+' || !isEverybody(term)) continue;
        const title = 'write "-all"';
        report.text(found.record, term.start, term.end, {
          args: { domain: domainOf(found), term: shownTerm(found, term) },
          fixes: term.mechanism === 'all' ? writing(found, term, '-all', { title, safe: false }) : [],
        });
        break;
      }
    }
  },
};

function isEverybody({ mechanism, network, prefix4, prefix6 }: SpfDirective): boolean {
  return mechanism === 'all' || network?.prefix === 0 || prefix4 === 0 || prefix6 === 0;
}
