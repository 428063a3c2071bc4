import { TYPE } from '../../../rr/types.ts';
import { numberFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { properties } from './shared.ts';

const CRITICAL = 128;

/** CAA flags other than the critical one are set (RFC 8659 §4.1). */
export const rule: Rule = {
  id: 'caa-flags-reserved',
  group: 'caa',
  level: 'warning',
  cites: ['RFC 8659 §4.1'],
  what: 'The flags of a CAA record are neither 0 nor 128.',
  why: 'The other bits mean nothing yet; who wrote 1 for "critical" has not got it, because critical is 128.',
  help: 'Write 0, or 128 for critical.',
  fix: 'safe',
  bad: { zone: '@ CAA 1 issue "ca.example.org" ; expect\n' },
  good: { zone: '@ CAA 0 issue "ca.example.org"\n' },
  say: ({ owner, flags, expected }) =>
    `CAA record of ${owner} has the flags ${flags}, with bits that are reserved; expected ${expected}`,
  needs: [TYPE.CAA],
  check(facts, report) {
    for (const { record, flags } of properties(facts)) {
      const expected = flags & CRITICAL;
      if (flags === expected) continue;
      report.record(record, 'flags', {
        args: { owner: bare(facts.ownerText(record)), flags, expected },
        fixes: numberFix(facts, record, 'flags', flags, expected),
      });
    }
  },
};
