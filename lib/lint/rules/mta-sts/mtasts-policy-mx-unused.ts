import { matchesPattern } from '../../../mail/mta-sts-policy.ts';
import { TYPE } from '../../../rr/types.ts';
import { hostsOf } from '../../common-hosts.ts';
import type { Rule } from '../../rule.ts';
import { givenPolicies, placeIn } from './policies.ts';

/** The policy allows hosts that the domain does not have. */
export const rule: Rule = {
  id: 'mtasts-policy-mx-unused',
  group: 'mta-sts',
  level: 'info',
  cites: ['RFC 8461 §4.1'],
  what: 'An mx line of the MTA-STS policy matches no MX host of the domain.',
  why: 'If a name is no longer yours, whoever has it may take your mail with a valid certificate after forging DNS answers.',
  help: 'Remove the line, unless the host is about to come.',
  // New hosts belong in the policy before they stand in the MX records.
  byDefault: false,
  fix: 'unsafe',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    policies: [
      {
        domain: 'example.net',
        text: 'version: STSv1\nmode: enforce\nmx: mx1.example.net\nmx: old.example.net\nmax_age: 604800\n',
      },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    policies: [
      { domain: 'example.net', text: 'version: STSv1\nmode: enforce\nmx: mx1.example.net\nmax_age: 604800\n' },
    ],
  },
  say: ({ domain, pattern }) =>
    `the MTA-STS policy of ${domain} allows ${pattern}, which matches none of its MX hosts; expected hosts in use`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.MX)) return;
    for (const { given, policy, domain } of givenPolicies(facts)) {
      const hosts = domain === undefined ? [] : [...hostsOf(domain.mx), ...hostsOf(domain.srv)];
      if (hosts.length === 0) continue;
      for (const { pattern, at } of policy.mx) {
        if (hosts.some(({ host }) => matchesPattern(pattern, host))) continue;
        report.place(placeIn(given, at.valueSpan), {
          args: { domain: given.domain, pattern },
          fixes: [{ title: 'remove the line', safe: false, edits: [{ ...at.line, text: '' }] }],
        });
      }
    }
  },
};
