import type { Rule } from '../../rule.ts';
import { givenPolicies, placeIn } from './policies.ts';

/** The policy does not protect (RFC 8461 §5). */
export const rule: Rule = {
  id: 'mtasts-mode-testing',
  group: 'mta-sts',
  level: 'info',
  cites: ['RFC 8461 §5'],
  what: 'The MTA-STS policy is in mode testing.',
  why: 'Senders report hosts that fail the policy and deliver nevertheless, so nobody is protected yet.',
  help: 'Write mode: enforce when the reports show no failures.',
  // A step that every policy goes through.
  byDefault: false,
  fix: 'unsafe',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    policies: [
      { domain: 'example.net', text: 'version: STSv1\nmode: testing\nmx: mx1.example.net\nmax_age: 604800\n' },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    policies: [
      { domain: 'example.net', text: 'version: STSv1\nmode: enforce\nmx: mx1.example.net\nmax_age: 604800\n' },
    ],
  },
  say: ({ domain }) => `the MTA-STS policy of ${domain} is in mode testing; expected enforce`,
  needs: 'policies',
  check(facts, report) {
    for (const { given, policy } of givenPolicies(facts)) {
      const { mode, modeLine, mx } = policy;
      if (mode !== 'testing' || modeLine === undefined) continue;
      const edits = [{ ...modeLine.valueSpan, text: 'enforce' }];
      report.place(placeIn(given, modeLine.valueSpan), {
        args: { domain: given.domain },
        fixes: mx.length === 0 ? [] : [{ title: 'write "enforce"', safe: false, edits }],
      });
    }
  },
};
