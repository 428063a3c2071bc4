import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { faultyHosts, ODD_CHARACTER } from './host-names.ts';

/** Characters that no host name has. */
export const rule: Rule = {
  id: 'core-hostname-invalid',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 952', 'RFC 1123 §2.1'],
  what: 'The owner of an address, or the target of NS, MX or SRV, has characters other than letters, digits and hyphens.',
  why: 'Resolver libraries, mail servers and certificates refuse such host names.',
  help: 'Use letters, digits and hyphens only.',
  bad: { zone: 'web\\032server A 192.0.2.10 ; expect\n' },
  good: { zone: 'web-server A 192.0.2.10\n' },
  say: ({ name }) => `${name} is no host name: it has characters other than letters, digits and hyphens`,
  check(facts, report) {
    for (const { record, part, wire, faults } of faultyHosts(facts)) {
      if ((faults & ODD_CHARACTER) === 0) continue;
      report.record(record, part, { args: { name: bareName(wire) } });
    }
  },
};
