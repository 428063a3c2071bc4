import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { firstDifferent } from './duplicates.ts';

/** More than one DNAME at a name. */
export const rule: Rule = {
  id: 'core-dname-multiple',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 6672 §2.4'],
  what: 'A name owns two or more DNAMEs with different targets.',
  why: 'The names below could go either way. BIND, NSD and Knot DNS refuse the zone.',
  help: 'Keep one DNAME.',
  bad: { zone: 'old DNAME new.example.com.\nold DNAME new.example.org. ; expect\n' },
  good: { zone: 'old DNAME new.example.com.\n' },
  load: true,
  say: ({ name, target, first }) => `${name} has a second DNAME to ${target}; its names go to ${first} already`,
  needs: [TYPE.DNAME],
  check(facts, report) {
    for (const { owner, records } of facts.rrsets(TYPE.DNAME)) {
      const [first] = records;
      const second = firstDifferent(facts, records);
      if (first === undefined || second === undefined) continue;
      const args = {
        name: bare(facts.nameText(owner)),
        target: bare(facts.rdataText(second)),
        first: bare(facts.rdataText(first)),
      };
      const related = [{ record: first, part: 'rdata', message: 'the first DNAME of the name' }];
      report.record(second, 'rdata', { args, related });
    }
  },
};
