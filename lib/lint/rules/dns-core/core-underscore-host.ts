import { labelsOf } from '../../../rr/name.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { faultyHosts, ODD_CHARACTER, UNDERSCORE } from './host-names.ts';

/** An underscore in a host name. */
export const rule: Rule = {
  id: 'core-underscore-host',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 1123 §2.1', 'RFC 8552 §1.1'],
  what: 'The owner of an address, or the target of NS, MX or SRV, has an underscore.',
  why: 'Underscores mark names that are no hosts; mail servers and certificate authorities refuse such host names.',
  help: 'Use a hyphen instead of the underscore.',
  bad: { zone: 'mail_1 A 192.0.2.10 ; expect\n' },
  good: { zone: 'mail-1 A 192.0.2.10\n' },
  say: ({ name }) => `${name} is used as a host name but has an underscore`,
  check(facts, report) {
    for (const { record, part, wire, faults } of faultyHosts(facts)) {
      if ((faults & UNDERSCORE) === 0) continue;
      if (faults & ODD_CHARACTER) continue;
      // Active Directory keeps addresses below _msdcs; the names are not hosts.
      if (part === 'owner' && labelsOf(wire).some((label) => label.toLowerCase() === '_msdcs')) continue;
      report.record(record, part, { args: { name: bareName(wire) } });
    }
  },
};
