import type { Rule } from '../../rule.ts';
import { soaOf, soaZone } from './soa.ts';

/** A serial of zero. */
export const rule: Rule = {
  id: 'core-soa-serial-zero',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1912 §2.2', 'RFC 1982 §3.1'],
  what: 'The serial of the SOA is 0.',
  why: 'Some software takes 0 for "not set", and the first date-like serial after it is a very large step.',
  help: 'Start with a serial made of the date, such as 2026112101.',
  bad: soaZone('ns.example.com. hostmaster.example.com. 0 7200 3600 1209600 3600', 'expect'),
  good: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600'),
  say: () => 'the serial is 0; begin with 1 or with a date such as 2026112101',
  check(facts, report) {
    const soa = soaOf(facts);
    if (soa?.serial === 0) report.record(soa.record, 'serial');
  },
};
