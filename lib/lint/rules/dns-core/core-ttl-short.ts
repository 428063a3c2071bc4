import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { reportTtls } from './ttls.ts';

const LEAST = 60;

/** A very short TTL. */
export const rule: Rule = {
  id: 'core-ttl-short',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1912 §2.2'],
  what: 'Records have a TTL below a minute.',
  why: 'The name servers are asked again and again, and a short outage of them is felt at once.',
  help: 'Set a TTL of five minutes or more when nothing is about to change.',
  bad: { zone: 'www 5 A 192.0.2.10 ; expect\n' },
  good: { zone: 'www 300 A 192.0.2.10\n' },
  byDefault: false,
  say: ({ name, seconds }) => `the TTL of ${name} is ${period(Number(seconds))}; a minute or more is usual`,
  check(facts, report) {
    reportTtls(facts, report, 1, LEAST - 1);
  },
};
