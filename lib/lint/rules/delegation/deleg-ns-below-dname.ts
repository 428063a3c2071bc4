import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { faultyServers } from './name-servers.ts';

/** A name server below a DNAME. */
export const rule: Rule = {
  id: 'deleg-ns-below-dname',
  group: 'delegation',
  level: 'error',
  cites: ['RFC 6672 §2.4', 'RFC 2181 §10.3'],
  what: 'An NS record names a host below the owner of a DNAME.',
  why: 'The DNAME makes that name an alias, and a name server must not be one. Knot DNS refuses the zone, BIND too when it is one of the zone itself.',
  help: 'Name the host that the DNAME leads to.',
  bad: { zone: 'old DNAME new.example.com.\nsub NS ns.old ; expect\n' },
  good: { zone: 'old DNAME new.example.com.\nsub NS ns.new.example.com.\n' },
  load: true,
  say: ({ name, server }) => `${server}, a name server of ${name}, lies below a DNAME and has no address`,
  check(facts, report) {
    for (const { record, fault } of faultyServers(facts)) {
      if (fault !== 'below-dname') continue;
      const args = { name: bare(facts.ownerText(record)), server: bareName(facts.rdata(record)) };
      report.record(record, 'rdata', { args });
    }
  },
};
