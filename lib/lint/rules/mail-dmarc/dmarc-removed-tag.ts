import { REMOVED_DMARC_TAGS } from '../../../mail/dmarc.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { tagRemoval } from './edits.ts';
import { isPartial } from './partial.ts';
import { policyTexts } from './records.ts';
import { shownText } from './tag-problems.ts';

/** A tag of RFC 7489 that RFC 9989 does not have any more. */
export const rule: Rule = {
  id: 'dmarc-removed-tag',
  group: 'mail-dmarc',
  level: 'info',
  cites: ['RFC 9989 §4.7', 'RFC 7489 §6.3'],
  what: 'A DMARC record has the tag pct, rf or ri, which RFC 9989 took out.',
  why: 'Receivers ignore the tag, so that it says something that does not hold.',
  help: 'Remove the tag.',
  // pct=100 stands in very many records, and does no harm.
  byDefault: false,
  bad: { zone: '_dmarc TXT "v=DMARC1; p=reject; pct=100" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=reject"\n' },
  fix: 'safe',
  options: { rfc7489: { what: 'judge by RFC 7489, which has these tags', default: false } },
  say: ({ domain, tag }) => `DMARC record of ${domain} has ${tag}, which RFC 9989 took out; expected it gone`,
  check(facts, report, settings) {
    if (settings.flag('rfc7489')) return;
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      for (const tag of dmarc.tags) {
        const byDefault = REMOVED_DMARC_TAGS.get(tag.name);
        if (byDefault === undefined || isPartial(tag)) continue;
        const safe = tag.value.toLowerCase() === byDefault;
        report.text(record, tag.nameStart, tag.valueEnd, {
          args: { domain: bareName(domain), tag: `${tag.name}=${shownText(tag.value)}` },
          fixes: tagRemoval(facts, record, tag, { title: `remove ${tag.name}`, safe }),
        });
      }
    }
  },
};
