import { TYPE } from '../../../rr/types.ts';
import type { Rule } from '../../rule.ts';

/** More than one SOA. */
export const rule: Rule = {
  id: 'core-soa-multiple',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 1035 §5.2', 'RFC 2181 §6.1'],
  what: 'The zone has more than one SOA record at its name.',
  why: 'A zone has one start of authority. NSD refuses the zone even when both say the same, BIND when they differ.',
  help: 'Keep the SOA with the higher serial and remove the others.',
  bad: {
    whole: true,
    zone: '$TTL 3600\n@ SOA ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600\n@ SOA ns.example.com. hostmaster.example.com. 2026112102 7200 3600 1209600 3600 ; expect\n@ NS ns.example.com.\n@ NS ns.example.org.\n',
  },
  good: {
    whole: true,
    zone: '$TTL 3600\n@ SOA ns.example.com. hostmaster.example.com. 2026112102 7200 3600 1209600 3600\n@ NS ns.example.com.\n@ NS ns.example.org.\n',
  },
  load: true,
  say: ({ count }) => `this is SOA record number 2 of ${count}; a zone has one`,
  check(facts, report) {
    const records = facts.rrset(facts.zone.apex, TYPE.SOA);
    const [first, second] = records;
    if (first === undefined || second === undefined) return;
    const related = [{ record: first, part: 'entry', message: 'the first SOA record' }];
    report.record(second, 'type', { args: { count: records.length }, related });
  },
};
