import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { reportTtls } from './ttls.ts';

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
  options: {
    least: { what: 'the shortest TTL that is all right, in seconds', default: 60, least: 1, most: 86_400 },
  },
  say: ({ name, seconds, least }) =>
    `the TTL of ${name} is ${period(Number(seconds))}; ${period(Number(least))} or more is usual`,
  check(facts, report, settings) {
    const least = settings.number('least');
    reportTtls(facts, report, { least: 1, most: least - 1 }, { least });
  },
};
