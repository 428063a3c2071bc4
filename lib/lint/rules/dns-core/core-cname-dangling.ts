import { isWithin } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { brokenAt } from '../../common-broken.ts';
import { answering } from '../../common-hosts.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { aliasesOf, NO_NAME } from './aliases.ts';

/** A CNAME to a name that the zone does not have. */
export const rule: Rule = {
  id: 'core-cname-dangling',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1034 §3.6.2'],
  what: 'A CNAME names a target that does not exist in the zone, or in the other zone given that it belongs to.',
  why: 'Every query for the alias is answered with "no such name".',
  help: 'Correct the target, add it to the zone, or remove the alias.',
  bad: { zone: 'www CNAME wbe ; expect\nweb A 192.0.2.10\n' },
  good: { zone: 'www CNAME web\nweb A 192.0.2.10\n' },
  say: ({ name, target, zone }) =>
    `${name} is an alias of ${target}, which does not exist in the zone${zone === '' ? '' : ` ${zone}`}`,
  check(facts, report) {
    const mayBeAt = brokenAt(facts);
    const aliases = aliasesOf(facts);
    for (const owner of aliases.owners) {
      const record = aliases.record[owner] as number;
      const target = facts.rdata(record);
      const here = aliases.next[owner] === NO_NAME;
      if (!here && isWithin(target, facts.zone.origin)) continue;
      const home = here ? facts : answering(facts, target);
      if (home === undefined || !(here ? !mayBeAt(target) : isAbsent(home, target))) continue;
      const zone = here ? '' : bare(home.nameText(home.zone.apex));
      report.record(record, 'rdata', { args: { name: bare(facts.nameText(owner)), target: bareName(target), zone } });
    }
  },
};

function isAbsent(home: Facts, target: Uint8Array): boolean {
  return !brokenAt(home)(target) && home.lookup(target, TYPE.A).kind === 'nxdomain';
}
