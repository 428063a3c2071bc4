import { TYPE, typeToText } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** A DNAME beside a CNAME, or beside a delegation. */
export const rule: Rule = {
  id: 'core-dname-with-cname-or-ns',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 6672 §2.3', 'RFC 6672 §2.4'],
  what: 'A DNAME stands beside a CNAME, or beside NS records below the top of the zone.',
  why: 'A CNAME excludes everything else, and a delegation hands over the names that the DNAME means to redirect. Knot DNS refuses both, BIND and NSD the first.',
  help: 'Keep the DNAME alone and add address records to its owner if it is a host.',
  bad: { zone: 'old DNAME new.example.com. ; expect\nold NS ns.example.com.\n' },
  good: { zone: 'old DNAME new.example.com.\nold A 192.0.2.10\n' },
  load: true,
  say: ({ name, type }) => `${name} owns a DNAME and also ${type}; a DNAME cannot stand beside it`,
  needs: [TYPE.DNAME],
  check(facts, report) {
    for (const { owner, records } of facts.rrsets(TYPE.DNAME)) {
      const [record] = records;
      const other = conflicting(facts, owner);
      if (record === undefined || other < 0) continue;
      const args = { name: bare(facts.nameText(owner)), type: typeToText(facts.zone.types[other] ?? 0) };
      report.record(record, 'type', { args, related: [{ record: other, part: 'type', message: 'beside this' }] });
    }
  },
};

function conflicting(facts: Facts, owner: number): number {
  const alias = facts.tree.firstOf(owner, TYPE.CNAME);
  return alias >= 0 || owner === facts.zone.apex ? alias : facts.tree.firstOf(owner, TYPE.NS);
}
