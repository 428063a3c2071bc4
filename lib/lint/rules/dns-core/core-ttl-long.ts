import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { reportTtls } from './ttls.ts';

const MOST = 604_800;

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
  say: ({ name, seconds }) => `the TTL of ${name} is ${period(Number(seconds))}; a week is the most that is useful`,
  check(facts, report) {
    reportTtls(facts, report, MOST + 1, 0xffff_ffff);
  },
};
