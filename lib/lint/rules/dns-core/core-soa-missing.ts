import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** No SOA at the zone name. */
export const rule: Rule = {
  id: 'core-soa-missing',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1035 §5.2', 'RFC 1034 §4.2.1'],
  what: 'The zone has no SOA record at its name.',
  why: 'BIND, NSD and Knot DNS refuse a zone without SOA; nothing of it is served.',
  help: 'Add a SOA record with the zone name as its owner.',
  bad: { whole: true, zone: '$TTL 3600 ; expect\n@ NS ns.example.com.\n@ NS ns.example.org.\n' },
  good: {
    whole: true,
    zone: '$TTL 3600\n@ SOA ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600\n@ NS ns.example.com.\n@ NS ns.example.org.\n',
  },
  load: true,
  say: ({ zone }) => `the zone ${zone} has no SOA record`,
  check(facts, report) {
    if (facts.hasType(facts.zone.apex, TYPE.SOA) || facts.mayBeBroken(TYPE.SOA)) return;
    report.zone({ args: { zone: bare(facts.nameText(facts.zone.apex)) } });
  },
};
