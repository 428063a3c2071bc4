import { clientMx } from '../../common-examples.ts';
import { genericEdits, hasSignature } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** A null Client MX has another preference than 0 (RFC 7505 §3 by analogy). */
export const rule: Rule = {
  id: 'client-mx-null-preference',
  group: 'client-mx',
  level: 'warning',
  cites: ['CMX-1-d', 'RFC 7505 §3'],
  what: 'A null Client MX has a preference other than 0.',
  why: 'The null record is written "0 ."; software that compares all of it takes this one for a host called ".".',
  help: 'Write the preference 0.',
  fix: 'safe',
  bad: { zone: `@ MX 10 mx1\n@ ${clientMx(10, '.')} ; expect\nmx1 A 192.0.2.10\n` },
  good: { zone: `@ MX 10 mx1\n@ ${clientMx(0, '.')}\nmx1 A 192.0.2.10\n` },
  say: ({ domain, preference }) => `null Client MX of ${domain} has preference ${preference}; expected 0`,
  check(facts, report) {
    for (const { owner, clientMx: members } of facts.mailDomains) {
      for (const { record, preference, isNull } of members) {
        if (preference === 0 || !isNull) continue;
        const edits = genericEdits(facts, record, new Uint8Array(3));
        const safe = !hasSignature(facts, record);
        report.record(record, 'preference', {
          args: { domain: bare(facts.nameText(owner)), preference },
          fixes: edits.length === 0 ? [] : [{ title: `write 0 instead of ${preference}`, safe, edits }],
        });
      }
    }
  },
};
