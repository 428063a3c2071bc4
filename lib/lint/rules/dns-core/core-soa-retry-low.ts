import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { soaOf, soaZone } from './soa.ts';

/** A very short retry timer. */
export const rule: Rule = {
  id: 'core-soa-retry-low',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1912 §2.2'],
  what: 'The retry timer of the SOA is below three minutes.',
  why: 'A primary that is down or overloaded is asked again and again.',
  help: 'Set retry to some minutes or more.',
  bad: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 60 1209600 3600', 'expect'),
  good: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600'),
  options: {
    least: { what: 'the shortest retry timer that is all right, in seconds', default: 180, least: 1, most: 1_209_600 },
  },
  say: ({ seconds, least }) => `retry is ${period(Number(seconds))}; it should be ${period(Number(least))} or more`,
  check(facts, report, settings) {
    const soa = soaOf(facts);
    const least = settings.number('least');
    if (soa === undefined || soa.retry >= least) return;
    report.record(soa.record, 'retry', { args: { seconds: soa.retry, least } });
  },
};
