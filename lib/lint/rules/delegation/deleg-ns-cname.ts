import { TYPE } from '../../../rr/types.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { faultyServers } from './name-servers.ts';

/** An alias as name server. */
export const rule: Rule = {
  id: 'deleg-ns-cname',
  group: 'delegation',
  level: 'error',
  cites: ['RFC 2181 §10.3', 'RFC 1912 §2.4'],
  what: 'An NS record names an alias.',
  why: 'Resolvers look for addresses at that very name and find none. Knot DNS refuses the zone, BIND too when it is one of the zone itself.',
  help: 'Name the host that the alias stands for.',
  bad: { zone: 'sub NS dns ; expect\ndns CNAME host\nhost A 192.0.2.9\n' },
  good: { zone: 'sub NS host\nhost A 192.0.2.9\n' },
  load: true,
  say: ({ name, server }) => `${server}, a name server of ${name}, is an alias; an NS record must name the host itself`,
  check(facts, report) {
    for (const { record, fault } of faultyServers(facts)) {
      if (fault !== 'alias') continue;
      const alias = facts.tree.firstOf(facts.find(facts.rdata(record)), TYPE.CNAME);
      const args = { name: bare(facts.ownerText(record)), server: bareName(facts.rdata(record)) };
      const related = alias < 0 ? [] : [{ record: alias, part: 'entry', message: 'the alias' }];
      report.record(record, 'rdata', { args, related });
    }
  },
};
