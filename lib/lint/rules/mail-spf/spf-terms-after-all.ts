import type { SpfDirective, SpfTerm } from '../../../mail/spf.ts';
import { redirectOf } from '../../../mail/spf-answers.ts';
import { spfTexts, type ZoneSpf } from '../../common-spf.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { domainOf, placeOf, removing, shownText, writing } from './shared.ts';

/** Terms that no checker comes to (RFC 7208 §5.1, §6.1). */
export const rule: Rule = {
  id: 'spf-terms-after-all',
  group: 'mail-spf',
  level: 'warning',
  cites: ['RFC 7208 §5.1', 'RFC 7208 §6.1'],
  what: 'Mechanisms stand after "all", or a record has both "all" and "redirect".',
  why: 'Checkers stop at "all", so those hosts are refused although they are listed, and a redirect beside "all" is ignored.',
  help: 'Put "all" last, and leave "redirect" out where there is an "all".',
  fix: 'safe',
  bad: { zone: '@ TXT "v=spf1 mx -all include:_spf.example.org" ; expect\n' },
  good: { zone: '@ TXT "v=spf1 mx include:_spf.example.org -all"\n' },
  say: ({ domain, terms, all, kind }) =>
    kind === 'redirect'
      ? `"${terms}" has no effect beside "${all}" in the SPF record of ${domain}; expected one of the two`
      : `"${terms}" stands after "${all}" in the SPF record of ${domain} and has no effect; expected "${all}" at the end`,
  check(facts, report) {
    for (const found of spfTexts(facts).records) {
      const { terms, text } = found.spf;
      const all = terms.find((term) => term.kind === 'directive' && term.mechanism === 'all');
      if (all?.kind !== 'directive') continue;
      const after = terms.slice(terms.indexOf(all) + 1).filter((term) => term.kind === 'directive');
      const [first] = after;
      const last = after.at(-1);
      if (first !== undefined && last !== undefined) {
        report.text(found.record, first.start, last.end, {
          args: {
            domain: domainOf(found),
            terms: shownText(text.slice(first.start, last.end)),
            all: text.slice(all.start, all.end),
            kind: 'after',
          },
          related: [{ place: placeOf(found, all), message: 'checkers stop here' }],
          fixes: moved(found, all, after),
        });
      }
      const redirect = redirectOf(terms);
      if (redirect === undefined) continue;
      report.text(found.record, redirect.start, redirect.end, {
        args: {
          domain: domainOf(found),
          terms: shownText(text.slice(redirect.start, redirect.end)),
          all: text.slice(all.start, all.end),
          kind: 'redirect',
        },
        fixes: removing(found, redirect, true),
      });
    }
  },
};

/** `all` put behind the mechanisms after it, which plainly were meant to count; a second `all` goes. */
function moved(found: ZoneSpf, all: SpfDirective, after: readonly SpfTerm[]): readonly ProposedFix[] {
  const { text } = found.spf;
  const end = after.at(-1)?.end ?? all.end;
  const others = text.slice(all.end, end).split(' ');
  const kept = others.filter((word) => word !== '' && !/^[+\-~?]?all$/i.test(word));
  const written = text.slice(all.start, all.end);
  const title = kept.length === 0 ? `keep "${written}" alone` : `put "${written}" last`;
  return writing(found, { start: all.start, end }, [...kept, written].join(' '), { title, safe: true });
}
