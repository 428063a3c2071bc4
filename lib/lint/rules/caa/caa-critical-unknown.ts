import { CAA_TAGS } from '../../../mail/caa.ts';
import { TYPE } from '../../../rr/types.ts';
import { numberFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { properties } from './shared.ts';

const CRITICAL = 128;

/** A property that no CA understands is marked critical (RFC 8659 §4.1). */
export const rule: Rule = {
  id: 'caa-critical-unknown',
  group: 'caa',
  level: 'error',
  cites: ['RFC 8659 §4.1', 'RFC 8659 §3'],
  what: 'A CAA record with an unregistered tag has the critical flag.',
  why: 'Every CA must refuse to issue certificates for the name and for all names below it.',
  help: 'Correct the tag, or write the flags 0.',
  fix: 'unsafe',
  bad: { zone: '@ CAA 128 tbs "unknown" ; expect\n' },
  good: { zone: '@ CAA 128 issue "ca.example.org"\n' },
  say: ({ owner, tag, flags }) =>
    `CAA record of ${owner} has the flags ${flags} (critical) with the unregistered tag ${tag}, so no CA may issue; expected a registered tag, or the flags 0`,
  needs: [TYPE.CAA],
  check(facts, report) {
    for (const { record, tag, flags } of properties(facts)) {
      const kind = CAA_TAGS.get(tag);
      if ((flags & CRITICAL) === 0 || (kind !== undefined && kind !== 'reserved')) continue;
      report.record(record, 'tag', {
        args: { owner: bare(facts.ownerText(record)), tag, flags },
        related: [{ record, part: 'flags', message: 'the critical flag' }],
        fixes: numberFix(facts, record, 'flags', flags, flags - CRITICAL).map((fix) => ({ ...fix, safe: false })),
      });
    }
  },
};
