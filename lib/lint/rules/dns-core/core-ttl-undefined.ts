import type { Rule } from '../../rule.ts';

const SOA = '@ SOA ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600\n';

/** A record before the SOA for which no TTL is known. */
export const rule: Rule = {
  id: 'core-ttl-undefined',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 2308 §4', 'RFC 1035 §5.1'],
  what: 'A record stands before the SOA and nothing says its TTL.',
  why: 'There is no $TTL, no record before it and no SOA to take the TTL from. BIND refuses the zone.',
  help: 'Add a $TTL line before the first record.',
  bad: { whole: true, zone: `@ NS ns.example.com. ; expect\n@ NS ns.example.org.\n${SOA}` },
  good: { whole: true, zone: `$TTL 3600\n${SOA}@ NS ns.example.com.\n@ NS ns.example.org.\n` },
  load: true,
  say: () => 'nothing says the TTL of this record: it has none, there is no $TTL and no SOA before it',
  check(facts, report) {
    for (const { code, args, record } of facts.zone.problems) {
      if (code === 'ttl-missing' && args.from === 'none' && record >= 0) report.record(record, 'type');
    }
  },
};
