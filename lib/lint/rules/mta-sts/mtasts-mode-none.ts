import type { Rule } from '../../rule.ts';
import { givenPolicies, placeIn } from './policies.ts';

/** The policy does not protect (RFC 8461 §5). */
export const rule: Rule = {
  id: 'mtasts-mode-none',
  group: 'mta-sts',
  level: 'info',
  cites: ['RFC 8461 §5'],
  what: 'The MTA-STS policy is in mode none.',
  why: 'Senders treat the domain as if it had no policy; the mode is there to take a policy back.',
  help: 'Write mode: enforce, or remove the policy and the record at _mta-sts once senders have forgotten it.',
  // The proper way to take a policy back.
  byDefault: false,
  fix: 'unsafe',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    policies: [{ domain: 'example.net', text: 'version: STSv1\nmode: none\nmx: mx1.example.net\nmax_age: 604800\n' }],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    policies: [
      { domain: 'example.net', text: 'version: STSv1\nmode: enforce\nmx: mx1.example.net\nmax_age: 604800\n' },
    ],
  },
  say: ({ domain }) => `the MTA-STS policy of ${domain} is in mode none; expected enforce`,
  needs: 'policies',
  check(facts, report) {
    for (const { given, policy } of givenPolicies(facts)) {
      const { mode, modeLine, mx } = policy;
      if (mode !== 'none' || modeLine === undefined) continue;
      const edits = [{ ...modeLine.valueSpan, text: 'enforce' }];
      report.place(placeIn(given, modeLine.valueSpan), {
        args: { domain: given.domain },
        fixes: mx.length === 0 ? [] : [{ title: 'write "enforce"', safe: false, edits }],
      });
    }
  },
};
