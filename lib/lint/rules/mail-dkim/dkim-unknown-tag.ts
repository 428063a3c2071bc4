import { DKIM_TAGS, OBSOLETE_DKIM_TAG } from '../../../mail/dkim.ts';
import { textFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { shownText } from '../mail-dmarc/tag-problems.ts';
import { ED25519 } from './example-keys.ts';
import { dkimKeys } from './records.ts';

/** A tag that key records do not have (RFC 6376 §3.6.1). */
export const rule: Rule = {
  id: 'dkim-unknown-tag',
  group: 'mail-dkim',
  level: 'info',
  cites: ['RFC 6376 §3.6.1', 'RFC 6376 §3.2'],
  what: 'A DKIM key record has a tag that DKIM does not have.',
  why: 'Verifiers ignore the tag, and what it was meant to say is not said.',
  help: 'Write the tag as RFC 6376 does, in lower case, or remove it.',
  bad: { zone: `s1._domainkey TXT "v=DKIM1; K=ed25519; p=${ED25519}" ; expect\n` },
  good: { zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; n=made%20in%20May; p=${ED25519}"\n` },
  fix: 'unsafe',
  say: ({ name, tag, guess }) =>
    `DKIM key record of ${name} has the unknown tag ${tag}, which verifiers ignore; expected ${
      guess === '' ? 'none such' : `perhaps ${guess}`
    }`,
  check(facts, report) {
    for (const { record, owner, dkim } of dkimKeys(facts)) {
      for (const { name, nameStart: from, nameEnd: to } of dkim.tags) {
        if (DKIM_TAGS.includes(name) || name === OBSOLETE_DKIM_TAG) continue;
        const lower = name.toLowerCase();
        const meant = DKIM_TAGS.includes(lower) && !dkim.tags.some((tag) => tag.name === lower);
        const fix = { title: `write ${lower}`, safe: false };
        report.text(record, from, to, {
          args: { name: bare(facts.nameText(owner)), tag: shownText(name), guess: meant ? lower : '' },
          fixes: meant ? textFix(facts, record, { from, to }, lower, fix) : [],
        });
      }
    }
  },
};
