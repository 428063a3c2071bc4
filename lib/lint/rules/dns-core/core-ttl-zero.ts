import type { Rule } from '../../rule.ts';
import { reportTtls } from './ttls.ts';

/** A TTL of zero. */
export const rule: Rule = {
  id: 'core-ttl-zero',
  group: 'dns-core',
  level: 'info',
  cites: ['RFC 1035 §3.2.1'],
  what: 'Records have a TTL of 0.',
  why: 'No resolver keeps them, so every use asks the name servers again; some resolvers handle 0 badly.',
  help: 'Set a TTL of some minutes, unless the record changes with every query.',
  bad: { zone: 'www 0 A 192.0.2.10 ; expect\n' },
  good: { zone: 'www 300 A 192.0.2.10\n' },
  say: ({ name }) => `the TTL of ${name} is 0, so resolvers ask for it every time`,
  check(facts, report) {
    reportTtls(facts, report, { least: 0, most: 0 });
  },
};
