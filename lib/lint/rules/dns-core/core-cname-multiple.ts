import { TYPE } from '../../../rr/types.ts';
import { OWNS_CNAME } from '../../../zone/tree.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
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
    const { flags, first: firsts, next } = facts.tree;
    for (let owner = 0; owner < flags.length; owner++) {
      if (((flags[owner] as number) & OWNS_CNAME) === 0 || (next[firsts[owner] as number] as number) < 0) continue;
      const records = owner === facts.zone.apex ? [] : facts.rrset(owner, TYPE.CNAME);
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
