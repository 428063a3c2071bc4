import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { reportTtls } from './ttls.ts';

/** A very long TTL. */
export const rule: Rule = {
  id: 'core-ttl-long',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1912 §2.2', 'RFC 8767 §4'],
  what: 'Records have a TTL above a week.',
  why: 'A mistake in them stays in caches for that long, and many resolvers cut it down anyway.',
  help: 'Set a TTL of a week or less.',
  bad: { zone: 'www 2592000 A 192.0.2.10 ; expect\n' },
  good: { zone: 'www 86400 A 192.0.2.10\n' },
  byDefault: false,
  options: {
    most: { what: 'the longest TTL that is all right, in seconds', default: 604_800, least: 60, most: 2_147_483_647 },
  },
  say: ({ name, seconds, most }) =>
    `the TTL of ${name} is ${period(Number(seconds))}; ${period(Number(most))} is the most that is useful`,
  check(facts, report, settings) {
    const most = settings.number('most');
    reportTtls(facts, report, { least: most + 1, most: 0xffff_ffff }, { most });
  },
};
