import { TYPE } from '../../../rr/types.ts';
import type { Rule } from '../../rule.ts';
import { bare } from '../../shared-words.ts';
import { firstDifferent } from './duplicates.ts';

/** More than one CNAME at a name. */
export const rule: Rule = {
  id: 'core-cname-multiple',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1034 §3.6.2', 'RFC 2181 §10.1'],
  what: 'A name owns two or more CNAMEs with different targets.',
  why: 'A name has one canonical name. BIND, NSD and Knot DNS refuse the zone; servers that do not would answer with either.',
  help: 'Keep one CNAME; to spread load give the target several addresses.',
  bad: { zone: 'a A 192.0.2.10\nb A 192.0.2.11\nwww CNAME a\nwww CNAME b ; expect\n' },
  good: { zone: 'a A 192.0.2.10\na A 192.0.2.11\nwww CNAME a\n' },
  load: true,
  say: ({ name, target, first }) => `${name} has a second CNAME to ${target}; it is an alias of ${first} already`,
  check(facts, report) {
    for (const { owner, records } of facts.rrsets(TYPE.CNAME)) {
      if (records.length < 2 || owner === facts.zone.apex) continue;
      const [first] = records;
      const second = firstDifferent(facts, records);
      if (first === undefined || second === undefined) continue;
      const args = {
        name: bare(facts.nameText(owner)),
        target: bare(facts.rdataText(second)),
        first: bare(facts.rdataText(first)),
      };
      const related = [{ record: first, part: 'rdata', message: 'the first CNAME of the name' }];
      report.record(second, 'rdata', { args, related });
    }
  },
};
