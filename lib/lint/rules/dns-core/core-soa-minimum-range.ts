import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { soaOf, soaZone } from './soa.ts';

const LEAST = 300;
const MOST = 86_400;

/** A negative caching time that is too short or too long. */
export const rule: Rule = {
  id: 'core-soa-minimum-range',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 2308 §5'],
  what: 'The last field of the SOA, the time "no such name" is remembered, is below 5 minutes or above a day.',
  why: 'A new name stays unknown to resolvers that asked for it before for as long as this says.',
  help: 'Set the minimum field to one to three hours.',
  bad: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 604800', 'expect'),
  good: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600'),
  say: ({ seconds }) =>
    `"no such name" may be remembered for ${period(Number(seconds))}; it should be between 5 minutes and a day`,
  check(facts, report) {
    const soa = soaOf(facts);
    if (soa === undefined || (soa.minimum >= LEAST && soa.minimum <= MOST)) return;
    report.record(soa.record, 'minimum', { args: { seconds: soa.minimum } });
  },
};
