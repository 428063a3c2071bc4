import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

const SOA = '$TTL 3600\n@ SOA ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600';

/** No NS at the zone name. */
export const rule: Rule = {
  id: 'core-apex-ns-missing',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1034 §4.2.1', 'RFC 1035 §5.2'],
  what: 'The zone has no NS record at its name.',
  why: 'The zone does not say who serves it; BIND and Knot DNS refuse it.',
  help: 'Add the NS records that the parent zone has for this one.',
  bad: { whole: true, zone: `${SOA} ; expect\nwww A 192.0.2.10\n` },
  good: { whole: true, zone: `${SOA}\n@ NS ns.example.com.\n@ NS ns.example.org.\nwww A 192.0.2.10\n` },
  load: true,
  say: ({ zone }) => `the zone ${zone} has no NS record at its name`,
  check(facts, report) {
    if (facts.hasType(facts.zone.apex, TYPE.NS) || facts.mayBeBroken(TYPE.NS)) return;
    report.zone({ args: { zone: bare(facts.nameText(facts.zone.apex)) } });
  },
};
