import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { soaOf, soaZone } from './soa.ts';

/** A refresh timer that asks too often or too rarely. */
export const rule: Rule = {
  id: 'core-soa-refresh-range',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1912 §2.2', 'RIPE-203'],
  what: 'The refresh timer of the SOA is below 20 minutes or above a day.',
  why: 'Secondaries that miss a notification ask after this time: a short one loads the primary, a long one leaves them with old data.',
  help: 'Set refresh to between 20 minutes and a day.',
  bad: soaZone('ns.example.com. hostmaster.example.com. 2026112101 60 30 1209600 3600', 'expect'),
  good: soaZone('ns.example.com. hostmaster.example.com. 2026112101 7200 3600 1209600 3600'),
  options: {
    least: {
      what: 'the shortest refresh timer that is all right, in seconds',
      default: 1200,
      least: 1,
      most: 2_419_200,
    },
    // A day, as RIPE-203 recommends; RFC 1912 says half a day.
    most: {
      what: 'the longest refresh timer that is all right, in seconds',
      default: 86_400,
      least: 1,
      most: 2_419_200,
    },
  },
  say: ({ seconds, least, most }) =>
    `refresh is ${period(Number(seconds))}; it should be between ${period(Number(least))} and ${period(Number(most))}`,
  check(facts, report, settings) {
    const soa = soaOf(facts);
    const [least, most] = [settings.number('least'), settings.number('most')];
    if (soa === undefined || (soa.refresh >= least && soa.refresh <= most)) return;
    report.record(soa.record, 'refresh', { args: { seconds: soa.refresh, least, most } });
  },
};
