import type { PolicyFault, PolicyProblem } from '../../../mail/mta-sts-policy.ts';
import type { Args, Severity } from '../../../text/diagnostic.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { shownPiece } from './field-sentences.ts';
import { givenPolicies, placeIn } from './policies.ts';

/** A policy file is not as senders read it (RFC 8461 §3.2). */
export const rule: Rule = {
  id: 'mtasts-policy-syntax',
  group: 'mta-sts',
  level: 'error',
  cites: ['RFC 8461 §3.2', 'RFC 8461 §3.3'],
  what: 'An MTA-STS policy file lacks a key, or a value is not as the grammar has it.',
  why: 'Senders throw the whole policy away and deliver without the protection you set up.',
  help: 'Write the four keys version, mode, mx and max_age, one a line.',
  fix: 'unsafe',
  bad: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    policies: [
      { domain: 'example.net', text: 'version: STSv1\nmode: enforced\nmx: mx1.example.net\nmax_age: 604800\n' },
    ],
  },
  good: {
    zone: '@ MX 10 mx1\nmx1 A 192.0.2.10\n',
    policies: [{ domain: 'example.net', text: 'version: STSv1\nmode: enforce\nmx: *.example.net\nmax_age: 604800\n' }],
  },
  say: (args) => `MTA-STS policy of ${args.domain}: ${SENTENCES[args.fault as PolicyFault](args)}`,
  needs: 'policies',
  check(facts, report) {
    for (const { given, policy } of givenPolicies(facts)) {
      const { bytes } = given.file;
      for (const problem of policy.problems) {
        const { fault, start, end, instead = '', key } = problem;
        const found = shownPiece(Buffer.from(bytes.subarray(start, end)).toString('latin1').trimEnd());
        report.place(placeIn(given, problem), {
          args: { domain: given.domain, fault, found, key, instead: shownPiece(instead) },
          severity: severityOf(problem),
          fixes: fixOf(problem),
        });
      }
    }
  },
};

const SENTENCES: Readonly<Record<PolicyFault, (args: Args) => string>> = {
  'no-colon': ({ found, instead }) =>
    `"${found}" has no colon; expected ${instead === '' ? 'key: value' : `"${instead}"`}`,
  'empty-line': () => 'there is an empty line, which the grammar does not have; expected one key a line',
  'byte-order-mark': () => 'it begins with a byte order mark, which makes the first key another one; expected none',
  'bad-key': ({ found, instead }) =>
    `"${found}" is no key that counts; expected ${instead === '' ? 'version, mode, mx or max_age' : `"${instead}"`}`,
  'missing-key': ({ key }) => `${key} is missing; expected version, mode, mx and max_age`,
  'repeated-key': ({ found }) => `"${found}" repeats a key and is ignored; expected it once`,
  'bad-version': ({ found }) => `version is "${found}"; expected STSv1`,
  'bad-mode': ({ found }) => `mode is "${found}"; expected enforce, testing or none`,
  'bad-max-age': ({ found }) => `max_age is "${found}"; expected seconds as a number of at most 10 digits`,
  'bad-mx': ({ found }) => `mx is "${found}"; expected a host such as mx1.example.net, or *.example.net`,
  'no-mx': () => 'no mx is listed, so that senders refuse every host; expected a line for each MX host',
  'too-large': () => 'the file is larger than 64 kilobytes, which senders need not take; expected a short one',
};

/** What senders skip is only against the RFC; everything else voids the policy. */
function severityOf({ fault, instead }: PolicyProblem): Severity {
  if (fault === 'repeated-key' || fault === 'empty-line' || fault === 'too-large') return 'warning';
  return fault === 'bad-key' && instead === undefined ? 'warning' : 'error';
}

function fixOf({ fault, start, end, instead }: PolicyProblem): readonly ProposedFix[] {
  if (instead === undefined) return [];
  const title = instead === '' ? (fault === 'byte-order-mark' ? 'remove it' : 'remove the line') : `write "${instead}"`;
  return [{ title, safe: false, edits: [{ start, end, text: instead }] }];
}
