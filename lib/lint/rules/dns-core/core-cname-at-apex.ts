import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A CNAME at the top of the zone. */
export const rule: Rule = {
  id: 'core-cname-at-apex',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1034 §3.6.2', 'RFC 1912 §2.4'],
  what: 'The zone has a CNAME at its own name.',
  why: 'The zone name owns the SOA and NS records, and a CNAME allows nothing beside it. BIND, NSD and Knot DNS refuse the zone.',
  help: 'Replace the CNAME by the A and AAAA records of its target.',
  bad: { zone: '@ CNAME www.example.com. ; expect\n' },
  good: { zone: '@ A 192.0.2.10\n@ AAAA 2001:db8::10\n' },
  load: true,
  say: ({ zone, target }) =>
    `the zone name ${zone} cannot be an alias of ${target}, since it owns the SOA and NS records`,
  check(facts, report) {
    const [record] = facts.rrset(facts.zone.apex, TYPE.CNAME);
    if (record === undefined) return;
    const zone = bare(facts.nameText(facts.zone.apex));
    report.record(record, 'type', { args: { zone, target: bare(facts.rdataText(record)) } });
  },
};
