import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { soaOf, soaZone } from './soa.ts';

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
  options: {
    least: { what: 'the shortest time that is all right, in seconds', default: 300, least: 0, most: 604_800 },
    most: { what: 'the longest time that is all right, in seconds', default: 86_400, least: 1, most: 604_800 },
  },
  say: ({ seconds, least, most }) =>
    `"no such name" may be remembered for ${period(Number(seconds))}; it should be between ${period(Number(least))} and ${period(Number(most))}`,
  check(facts, report, settings) {
    const soa = soaOf(facts);
    const [least, most] = [settings.number('least'), settings.number('most')];
    if (soa === undefined || (soa.minimum >= least && soa.minimum <= most)) return;
    report.record(soa.record, 'minimum', { args: { seconds: soa.minimum, least, most } });
  },
};
