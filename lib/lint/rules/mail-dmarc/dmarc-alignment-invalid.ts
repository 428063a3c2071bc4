import { dmarcTag } from '../../../mail/dmarc.ts';
import { textFix } from '../../common-fixes.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { policyTexts } from './records.ts';
import { shownText } from './tag-problems.ts';

/** An alignment mode that is neither relaxed nor strict (RFC 9989 §4.7). */
export const rule: Rule = {
  id: 'dmarc-alignment-invalid',
  group: 'mail-dmarc',
  level: 'error',
  cites: ['RFC 9989 §4.7'],
  what: 'The tag adkim or aspf of a DMARC record is neither r nor s.',
  why: 'Receivers take relaxed alignment instead, or leave the whole record out.',
  help: 'Write r for relaxed or s for strict.',
  bad: { zone: '_dmarc TXT "v=DMARC1; p=reject; adkim=strict" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=reject; adkim=s; aspf=R"\n' },
  fix: 'unsafe',
  say: ({ domain, tag, found }) => `DMARC record of ${domain} has ${tag}=${found}; expected r (relaxed) or s (strict)`,
  check(facts, report) {
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      for (const name of ['adkim', 'aspf']) {
        const tag = dmarcTag(dmarc, name);
        if (tag === undefined || /^[rs]$/i.test(tag.value)) continue;
        const { value, valueStart: from, valueEnd: to } = tag;
        const meant = /^\W*([rs])(?:elaxed|trict)?\W*$/i.exec(value)?.[1]?.toLowerCase();
        const fix = { title: `write ${name}=${meant}`, safe: false };
        report.text(record, value === '' ? tag.nameStart : from, to, {
          args: { domain: bareName(domain), tag: name, found: shownText(value) },
          fixes: meant === undefined ? [] : textFix(facts, record, { from, to }, meant, fix),
        });
      }
    }
  },
};
