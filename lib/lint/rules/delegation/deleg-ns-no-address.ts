import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { faultyServers } from './name-servers.ts';

/** A name server of the zone without address. */
export const rule: Rule = {
  id: 'deleg-ns-no-address',
  group: 'delegation',
  level: 'error',
  cites: ['RFC 1034 §4.2.1', 'RFC 1912 §2.8'],
  what: 'An NS record names a host of the zone that has neither A nor AAAA.',
  why: 'Nobody can reach that name server. Knot DNS refuses the zone, BIND too when it is one of the zone itself.',
  help: 'Add an address record for the name server, or correct its name.',
  bad: { zone: '@ NS ns9 ; expect\n' },
  good: { zone: '@ NS ns9\nns9 A 192.0.2.9\n' },
  load: true,
  say: ({ name, server }) => `${server}, a name server of ${name}, has no address in the zone`,
  check(facts, report) {
    for (const { record, fault } of faultyServers(facts)) {
      if (fault !== 'no-address') continue;
      const args = { name: bare(facts.ownerText(record)), server: bareName(facts.rdata(record)) };
      report.record(record, 'rdata', { args });
    }
  },
};
