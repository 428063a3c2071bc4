import { LONGEST_MAX_AGE } from '../../../mail/mta-sts-policy.ts';
import { period } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { givenPolicies, placeIn } from './policies.ts';

/** Senders keep the policy for too short a time, or longer than they may (RFC 8461 §3.2). */
export const rule: Rule = {
  id: 'mtasts-max-age',
  group: 'mta-sts',
  level: 'warning',
  cites: ['RFC 8461 §3.2', 'RFC 8461 §10.2'],
  what: 'max_age of an enforced MTA-STS policy is under a day, or that of any policy over a year.',
  why: 'An attacker who can forge DNS for as long as the policy is kept is not stopped by it; values over a year are not valid.',
  help: 'Write some weeks, in seconds.',
  fix: 'unsafe',
  options: {
    least: { what: 'seconds that max_age should be at least', default: 86_400, least: 0, most: LONGEST_MAX_AGE },
  },
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    policies: [{ domain: 'example.net', text: 'version: STSv1\nmode: enforce\nmx: *.example.net\nmax_age: 60\n' }],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    policies: [{ domain: 'example.net', text: 'version: STSv1\nmode: enforce\nmx: *.example.net\nmax_age: 604800\n' }],
  },
  say: ({ domain, seconds, limit, kind }) =>
    kind === 'short'
      ? `max_age in the MTA-STS policy of ${domain} is ${seconds} (${period(Number(seconds))}); expected at least ${limit} (${period(Number(limit))})`
      : `max_age in the MTA-STS policy of ${domain} is ${seconds}; the RFC allows at most ${limit} (about a year)`,
  check(facts, report, settings) {
    const least = settings.number('least');
    for (const { given, policy } of givenPolicies(facts)) {
      const { maxAge, maxAgeLine, mode } = policy;
      if (maxAge === undefined || maxAgeLine === undefined) continue;
      const isLong = maxAge > LONGEST_MAX_AGE;
      // Short times are right while a policy is tried out or taken back.
      if (!isLong && (maxAge >= least || mode !== 'enforce')) continue;
      const value = isLong ? LONGEST_MAX_AGE : Math.max(least, USUAL);
      report.place(placeIn(given, maxAgeLine.valueSpan), {
        args: {
          domain: given.domain,
          seconds: maxAge,
          limit: isLong ? LONGEST_MAX_AGE : least,
          kind: isLong ? 'long' : 'short',
        },
        ...(isLong ? { severity: 'error' } : {}),
        fixes: [{ title: `write ${value}`, safe: false, edits: [{ ...maxAgeLine.valueSpan, text: String(value) }] }],
      });
    }
  },
};

/** One week. */
const USUAL = 604_800;
