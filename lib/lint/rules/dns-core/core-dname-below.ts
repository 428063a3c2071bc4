import { TYPE } from '../../../rr/types.ts';
import { BELOW_DNAME, OWNS_DNAME, OWNS_RECORDS } from '../../../zone/tree.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** Data below the owner of a DNAME. */
export const rule: Rule = {
  id: 'core-dname-below',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 6672 §2.4'],
  what: 'A name below the owner of a DNAME owns records.',
  why: 'The DNAME sends every name below it elsewhere, so these records are never given out. NSD and Knot DNS refuse the zone.',
  help: 'Move the records below the target of the DNAME, or replace the DNAME by CNAMEs.',
  bad: { zone: 'old DNAME new.example.com.\nwww.old A 192.0.2.10 ; expect\n' },
  good: { zone: 'old DNAME new.example.com.\nold A 192.0.2.10\n' },
  load: true,
  say: ({ name, dname, target }) => `${name} owns records below ${dname}, whose DNAME sends it to ${target}`,
  check(facts, report) {
    const { flags, first } = facts.tree;
    for (let name = 0; name < flags.length; name++) {
      const flag = flags[name] as number;
      if ((flag & BELOW_DNAME) === 0 || (flag & OWNS_RECORDS) === 0) continue;
      const record = first[name] ?? -1;
      const dname = dnameAbove(facts, name);
      if (record < 0 || dname < 0) continue;
      const args = {
        name: bare(facts.nameText(name)),
        dname: bare(facts.ownerText(dname)),
        target: bare(facts.rdataText(dname)),
      };
      report.record(record, 'owner', {
        args,
        related: [{ record: dname, part: 'type', message: 'the DNAME above it' }],
      });
    }
  },
};

/** The nearest DNAME record above a name. */
function dnameAbove(facts: Facts, name: number): number {
  const { flags, parent } = facts.tree;
  for (let above = parent[name] ?? -1; above >= 0; above = parent[above] ?? -1) {
    if ((flags[above] ?? 0) & OWNS_DNAME) return facts.tree.firstOf(above, TYPE.DNAME);
  }
  return -1;
}
