import { TYPE, typeToText } from '../../../rr/types.ts';
import { OUT_OF_ZONE, OWNS_CNAME } from '../../../zone/tree.ts';
import { bare, listed } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** Types that may or must stand beside a CNAME, and those that another rule speaks of. */
const ASIDE: ReadonlySet<number> = new Set([TYPE.CNAME, TYPE.RRSIG, TYPE.NSEC, TYPE.SIG, TYPE.DNAME]);

/** A CNAME beside other data. */
export const rule: Rule = {
  id: 'core-cname-and-other-data',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1034 §3.6.2', 'RFC 2181 §10.1', 'RFC 4035 §2.5'],
  what: 'A name owns a CNAME and other records.',
  why: 'An alias stands for the other name in everything, so a resolver that has seen the CNAME never asks for the records beside it. BIND, NSD and Knot DNS refuse the zone.',
  help: 'Remove either the CNAME or the other records of the name.',
  bad: { zone: 'www A 192.0.2.10\nshop CNAME www ; expect\nshop TXT "open"\n' },
  good: { zone: 'www A 192.0.2.10\nshop CNAME www\n' },
  load: true,
  say: ({ name, types }) => `${name} owns a CNAME and also ${types}; a name with a CNAME owns nothing else`,
  check(facts, report) {
    const { flags } = facts.tree;
    for (let name = 0; name < flags.length; name++) {
      const flag = flags[name] as number;
      if ((flag & OWNS_CNAME) === 0 || flag & OUT_OF_ZONE || name === facts.zone.apex) continue;
      const others = othersAt(facts, name);
      const record = facts.tree.firstOf(name, TYPE.CNAME);
      if (others.length === 0) continue;
      const types = [...new Set(others.map((other) => typeToText(facts.zone.types[other] ?? 0)))];
      report.record(record, 'type', {
        args: { name: bare(facts.nameText(name)), types: listed(types) },
        related: others
          .slice(0, 5)
          .map((other) => ({ record: other, part: 'type', message: 'other data of the name' })),
      });
    }
  },
};

function othersAt(facts: Facts, name: number): number[] {
  return facts.recordsAt(name).filter((record) => !ASIDE.has(facts.zone.types[record] ?? 0));
}
