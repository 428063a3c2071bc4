import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { faultyServers } from './name-servers.ts';

/** A delegation to a server inside the delegated zone, without glue. */
export const rule: Rule = {
  id: 'deleg-glue-missing',
  group: 'delegation',
  level: 'error',
  cites: ['RFC 1034 §4.2.1', 'RFC 9471 §2.1'],
  what: 'A delegation names a server inside the delegated zone and the addresses of it (glue) are missing.',
  why: 'To learn the address a resolver would have to ask the very server it looks for. Knot DNS refuses the zone.',
  help: 'Add the A or AAAA record of the server.',
  bad: { zone: 'sub NS ns.sub ; expect\n' },
  good: { zone: 'sub NS ns.sub\nns.sub A 192.0.2.9\n' },
  load: true,
  say: ({ name, server }) => `${name} is delegated to ${server}, whose address (glue) is missing`,
  check(facts, report) {
    for (const { record, fault } of faultyServers(facts)) {
      if (fault !== 'no-glue') continue;
      const args = { name: bare(facts.ownerText(record)), server: bareName(facts.rdata(record)) };
      report.record(record, 'rdata', { args });
    }
  },
};
