import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { type Soa, soaOf, soaZone } from './soa.ts';

/** An expire timer that lets secondaries give up too early or keep old data too long. */
export const rule: Rule = {
  id: 'core-soa-expire-range',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1912 §2.2', 'RIPE-203'],
  what: 'The expire timer of the SOA is below a week, above six weeks, or not above refresh and retry together.',
  why: 'Secondaries stop serving the zone when they could not reach the primary for this long: too short and a broken weekend takes the zone down.',
  help: 'Set expire to two to four weeks.',
  bad: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 3600 3600 3600', 'expect'),
  good: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600'),
  options: {
    least: {
      what: 'the shortest expire timer that is all right, in seconds',
      default: 604_800,
      least: 1,
      most: 31_536_000,
    },
    // The 1000 hours of RIPE-203; RFC 1912 says two to four weeks.
    most: {
      what: 'the longest expire timer that is all right, in seconds',
      default: 3_600_000,
      least: 1,
      most: 315_360_000,
    },
  },
  say: ({ seconds, expected }) => `expire is ${period(Number(seconds))}; it should be ${expected}`,
  check(facts, report, settings) {
    const soa = soaOf(facts);
    const expected = soa && wanted(soa, settings.number('least'), settings.number('most'));
    if (soa === undefined || expected === undefined) return;
    report.record(soa.record, 'expire', { args: { seconds: soa.expire, expected } });
  },
};

function wanted({ refresh, retry, expire }: Soa, least: number, most: number): string | undefined {
  if (expire < least) return `${period(least)} or more`;
  if (expire <= refresh + retry) return `more than refresh and retry together (${period(refresh + retry)})`;
  return expire > most ? `${period(most)} or less` : undefined;
}
