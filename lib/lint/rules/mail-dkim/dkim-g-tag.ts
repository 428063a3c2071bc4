import { dkimTag, OBSOLETE_DKIM_TAG } from '../../../mail/dkim.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { tagRemoval } from '../mail-dmarc/edits.ts';
import { shownText } from '../mail-dmarc/tag-problems.ts';
import { ED25519 } from './example-keys.ts';
import { dkimKeys } from './records.ts';

/** The tag `g` of RFC 4871, which RFC 6376 took out. */
export const rule: Rule = {
  id: 'dkim-g-tag',
  group: 'mail-dkim',
  level: 'info',
  cites: ['RFC 6376 §C', 'RFC 4871 §3.6.1'],
  what: 'A DKIM key record has the obsolete tag g.',
  why: 'Verifiers ignore the tag; the limit to one address that it was meant to set does not hold.',
  help: 'Remove the tag.',
  byDefault: false,
  bad: { zone: `s1._domainkey TXT "v=DKIM1; g=*; k=ed25519; p=${ED25519}" ; expect\n` },
  good: { zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519}"\n` },
  fix: 'safe',
  say: ({ name, found }) => `DKIM key record of ${name} has the obsolete tag g=${found}; expected none`,
  check(facts, report) {
    for (const { record, owner, dkim } of dkimKeys(facts)) {
      const tag = dkimTag(dkim, OBSOLETE_DKIM_TAG);
      if (tag === undefined) continue;
      report.text(record, tag.nameStart, tag.valueEnd, {
        args: { name: bare(facts.nameText(owner)), found: shownText(tag.value) },
        fixes: tagRemoval(facts, record, tag, { title: 'remove the tag g', safe: tag.value === '*' }),
      });
    }
  },
};
