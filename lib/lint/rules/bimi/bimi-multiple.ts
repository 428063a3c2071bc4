import { bare, counted } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { bimiSets } from './records.ts';

/** A selector has more than one BIMI record (draft-brand-indicators-for-message-identification §7.2). */
export const rule: Rule = {
  id: 'bimi-multiple',
  group: 'bimi',
  level: 'error',
  cites: ['draft-brand-indicators-for-message-identification §7.2'],
  what: 'A selector has two or more BIMI records.',
  why: 'Receivers stop when they find more than one, and show no indicator.',
  help: 'Keep one record for each selector.',
  bad: {
    zone: `default._bimi TXT "v=BIMI1; l=https://www.example.net/a.svg"
default._bimi TXT "v=BIMI1; l=https://www.example.net/b.svg" ; expect
`,
  },
  good: {
    zone: `default._bimi TXT "v=BIMI1; l=https://www.example.net/a.svg"
second._bimi TXT "v=BIMI1; l=https://www.example.net/b.svg"
`,
  },
  say: ({ owner, count }) => `${owner} has ${count}; expected one`,
  check(facts, report) {
    for (const [first, second, ...others] of bimiSets(facts)) {
      if (first === undefined || second === undefined) continue;
      report.record(second.record, 'rdata', {
        args: { owner: bare(facts.ownerText(first.record)), count: counted(others.length + 2, 'BIMI record') },
        related: [first, ...others]
          .slice(0, 5)
          .map(({ record }) => ({ record, part: 'rdata', message: 'another one' })),
      });
    }
  },
};
