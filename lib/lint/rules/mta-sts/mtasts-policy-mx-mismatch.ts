import { matchesPattern } from '../../../mail/mta-sts-policy.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { givenPolicies, placeIn } from './policies.ts';

/** The policy does not allow an MX host (RFC 8461 §4.1). */
export const rule: Rule = {
  id: 'mtasts-policy-mx-mismatch',
  group: 'mta-sts',
  level: 'error',
  cites: ['RFC 8461 §4.1'],
  what: 'An MX host matches no mx line of the MTA-STS policy.',
  why: 'Senders that know the policy do not deliver to that host; when no host matches, they deliver nothing.',
  help: 'Add the host to the policy, and then change the id of the record at _mta-sts.',
  bad: {
    zone: `@ MX 10 mx1
@ MX 20 mail.example.org. ; expect
mx1 A 192.0.2.10
`,
    policies: [{ domain: 'example.net', text: 'version: STSv1\nmode: enforce\nmx: *.example.net\nmax_age: 604800\n' }],
  },
  good: {
    zone: `@ MX 10 mx1
@ MX 20 mail.example.org.
mx1 A 192.0.2.10
`,
    policies: [
      {
        domain: 'example.net',
        text: 'version: STSv1\nmode: enforce\nmx: *.example.net\nmx: mail.example.org\nmax_age: 604800\n',
      },
    ],
  },
  say: ({ domain, host, patterns, mode }) =>
    `the MTA-STS policy of ${domain} (${mode}) allows ${patterns}, not its MX host ${host}; expected a line "mx: ${host}"`,
  needs: 'policies',
  check(facts, report) {
    for (const { given, policy, domain } of givenPolicies(facts)) {
      const { mode, mx: patterns } = policy;
      const [first] = patterns;
      if (domain === undefined || first === undefined || mode === undefined || mode === 'none') continue;
      for (const { host, record } of hostsOf(domain.mx)) {
        if (patterns.some(({ pattern }) => matchesPattern(pattern, host))) continue;
        report.record(record, 'exchange', {
          args: {
            domain: bare(facts.nameText(domain.owner)),
            host,
            patterns: listed(patterns.map(({ pattern }) => pattern)),
            mode,
          },
          // While testing, senders report the host and deliver.
          ...(mode === 'testing' ? { severity: 'warning' } : {}),
          related: [{ place: placeIn(given, first.at.valueSpan), message: 'the hosts that the policy allows' }],
        });
      }
    }
  },
};
