import { expandDomain } from '../../../mail/spf-names.ts';
import { TYPE } from '../../../rr/types.ts';
import { givenRecords, spfTexts } from '../../common-spf.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { domainOf, shownTerm } from './shared.ts';

/** The explanation a record points to is not there (RFC 7208 §6.2). */
export const rule: Rule = {
  id: 'spf-exp-missing-txt',
  group: 'mail-spf',
  level: 'info',
  cites: ['RFC 7208 §6.2'],
  what: 'The modifier exp of an SPF record names something without exactly one TXT record in the zones given.',
  why: 'Checkers then leave the explanation out: the sender of a refused mail does not learn why.',
  help: 'Add the TXT record, or remove the modifier.',
  bad: { zone: '@ TXT "v=spf1 mx -all exp=why.example.net" ; expect\n' },
  good: {
    zone: `@ TXT "v=spf1 mx -all exp=why.example.net"
why TXT "%{i} may not send mail of %{d}"
`,
  },
  say: ({ domain, term, target, count }) =>
    `"${term}" of the SPF record of ${domain} names ${target}, which has ${count === 0 ? 'no TXT record' : `${count} TXT records`}; expected one`,
  check(facts, report) {
    for (const found of spfTexts(facts).records) {
      for (const term of found.spf.terms) {
        if (term.kind !== 'modifier' || term.modifier !== 'exp') continue;
        const target = expandDomain(term.value, found.name);
        const given = target && givenRecords(facts, target, TYPE.TXT);
        if (target === undefined || given === undefined || given.records.length === 1) continue;
        report.text(found.record, term.start, term.end, {
          args: {
            domain: domainOf(found),
            term: shownTerm(found, term),
            target: bareName(target),
            count: given.records.length,
          },
        });
      }
    }
  },
};
