import { matchesPattern } from '../../../mail/mta-sts-policy.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { givenPolicies, placeIn } from './policies.ts';

/** The policy does not allow a host that SRV puts before the MX hosts (draft-nurpmeso §2). */
export const rule: Rule = {
  id: 'mtasts-srv-target-uncovered',
  group: 'mta-sts',
  level: 'warning',
  cites: ['SRV-2-i', 'RFC 8461 §4.1'],
  what: 'A target of _smtp-tls._tcp matches no mx line of the MTA-STS policy.',
  why: 'Senders that know both go to that host first and then may not deliver to it.',
  help: 'Add the host to the policy, and then change the id of the record at _mta-sts.',
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 tls1 ; expect
mx1 A 192.0.2.10
tls1 A 192.0.2.30
`,
    policies: [
      { domain: 'example.net', text: 'version: STSv1\nmode: enforce\nmx: mx1.example.net\nmax_age: 604800\n' },
    ],
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
    policies: [
      { domain: 'example.net', text: 'version: STSv1\nmode: enforce\nmx: mx1.example.net\nmax_age: 604800\n' },
    ],
  },
  say: ({ domain, host, patterns }) =>
    `SRV of ${domain} sends mail to ${host}, but the MTA-STS policy allows ${patterns}; expected a line "mx: ${host}"`,
  needs: 'policies',
  check(facts, report) {
    for (const { given, policy, domain } of givenPolicies(facts)) {
      const { mode, mx: patterns } = policy;
      const [first] = patterns;
      if (domain === undefined || first === undefined || mode === undefined || mode === 'none') continue;
      for (const { host, record } of hostsOf(domain.srv)) {
        if (patterns.some(({ pattern }) => matchesPattern(pattern, host))) continue;
        report.record(record, 'target', {
          args: {
            domain: bare(facts.nameText(domain.owner)),
            host,
            patterns: listed(patterns.map(({ pattern }) => pattern)),
          },
          related: [{ place: placeIn(given, first.at.valueSpan), message: 'the hosts that the policy allows' }],
        });
      }
    }
  },
};
