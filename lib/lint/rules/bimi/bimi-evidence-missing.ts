import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { bimiSets } from './records.ts';

/** A BIMI record names an indicator and no evidence for it. */
export const rule: Rule = {
  id: 'bimi-evidence-missing',
  group: 'bimi',
  level: 'info',
  cites: ['draft-brand-indicators-for-message-identification §4.2'],
  what: 'A BIMI record has no mark certificate (tag a).',
  why: 'Several large receivers show an indicator only with a mark certificate that vouches for it.',
  help: 'Add a= with the https: URL of the certificate, once you have one.',
  // The tag is optional, and the certificate costs money.
  byDefault: false,
  bad: { zone: 'default._bimi TXT "v=BIMI1; l=https://www.example.net/logo.svg" ; expect\n' },
  good: {
    zone: 'default._bimi TXT "v=BIMI1; l=https://www.example.net/logo.svg; a=https://www.example.net/mark.pem"\n',
  },
  say: ({ owner }) => `BIMI record of ${owner} has no mark certificate; expected a=https://…`,
  check(facts, report) {
    for (const [first] of bimiSets(facts)) {
      if (first === undefined || first.bimi.declines || (first.bimi.evidence?.value ?? '') !== '') continue;
      if (first.bimi.problems.length > 0) continue;
      report.record(first.record, 'rdata', { args: { owner: bare(facts.ownerText(first.record)) } });
    }
  },
};
