import { TYPE } from '../../../rr/types.ts';
import { BELOW_CUT } from '../../../zone/tree.ts';
import { answering, standing } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

const TROUBLES: Readonly<Record<string, string>> = {
  alias: 'is an alias there',
  'below-dname': 'lies below a DNAME there',
  'no-address': 'has no address there',
  'no-name': 'does not exist there',
};

/** A name server that another zone given ought to know, and does not. */
export const rule: Rule = {
  id: 'deleg-ns-elsewhere',
  group: 'delegation',
  level: 'error',
  cites: ['RFC 1034 §4.2.1', 'RFC 2181 §10.3'],
  what: 'An NS record names a host of another zone that is given too, and there it has no address or is an alias.',
  why: 'Nobody can reach that name server.',
  help: 'Add the address to the other zone, or correct the name of the server.',
  bad: { zone: '@ NS ns7.example.com. ; expect\n', others: [{ origin: 'example.com', zone: '' }] },
  good: { zone: '@ NS ns7.example.com.\n', others: [{ origin: 'example.com', zone: 'ns7 A 192.0.2.7\n' }] },
  say: ({ name, server, zone, trouble }) =>
    `${server}, a name server of ${name}, belongs to the zone ${zone} and ${trouble}`,
  needs: [TYPE.NS],
  check(facts, report) {
    for (const record of facts.records(TYPE.NS)) {
      const owner = facts.zone.owners[record] as number;
      if ((facts.tree.flags[owner] as number) & BELOW_CUT) continue;
      const server = facts.rdata(record);
      const home = answering(facts, server);
      const trouble = home && TROUBLES[standing(home, server)];
      if (home === undefined || trouble === undefined) continue;
      const zone = bare(home.nameText(home.zone.apex));
      const args = { name: bare(facts.nameText(owner)), server: bareName(server), zone, trouble };
      report.record(record, 'rdata', { args });
    }
  },
};
