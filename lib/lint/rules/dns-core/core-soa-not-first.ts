import { TYPE } from '../../../rr/types.ts';
import type { Rule } from '../../rule.ts';

/** Records before the SOA. Moving it could change which owner and TTL the records around it take over: no fix. */
export const rule: Rule = {
  id: 'core-soa-not-first',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1035 §5.2'],
  what: 'The SOA is not the first record of the zone file.',
  why: 'Some checkers refuse such a file, and records before the SOA cannot take their TTL from it.',
  help: 'Move the SOA record before all others.',
  bad: {
    whole: true,
    zone: '$TTL 3600\n@ NS ns.example.com.\n@ NS ns.example.org.\n@ SOA ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600 ; expect\n',
  },
  good: {
    whole: true,
    zone: '$TTL 3600\n@ SOA ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600\n@ NS ns.example.com.\n@ NS ns.example.org.\n',
  },
  say: ({ before }) => `the SOA record comes after ${before}; it belongs before all other records`,
  check(facts, report) {
    const [record] = facts.rrset(facts.zone.apex, TYPE.SOA);
    if (record === undefined || record === 0) return;
    const args = { before: record === 1 ? '1 record' : `${record} records` };
    report.record(record, 'type', { args, related: [{ record: 0, part: 'entry', message: 'the first record' }] });
  },
};
