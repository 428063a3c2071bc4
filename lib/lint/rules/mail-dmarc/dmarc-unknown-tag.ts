import { DMARC_TAGS, NEW_DMARC_TAGS, REMOVED_DMARC_TAGS } from '../../../mail/dmarc.ts';
import { nearest } from '../../../text/nearest.ts';
import { textFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { dmarcTexts } from './records.ts';
import { shownText } from './tag-problems.ts';

/** A tag that DMARC does not have (RFC 9989 §4.7). */
export const rule: Rule = {
  id: 'dmarc-unknown-tag',
  group: 'mail-dmarc',
  level: 'warning',
  cites: ['RFC 9989 §4.7', 'RFC 7489 §6.3'],
  what: 'A DMARC record has a tag that DMARC does not have.',
  why: 'Receivers ignore the tag, and what it was meant to say is not said.',
  help: 'Correct the name of the tag, in lower case, or remove it.',
  bad: { zone: '_dmarc TXT "v=DMARC1; p=none; ruaa=mailto:dmarc@example.net" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=none; np=reject; rua=mailto:dmarc@example.net"\n' },
  fix: 'unsafe',
  options: { rfc7489: { what: 'judge by RFC 7489, which has no np, psd and t', default: false } },
  say: ({ name, tag, guess }) =>
    `DMARC record of ${name} has the unknown tag ${tag}, which receivers ignore; expected ${
      guess === '' ? 'none such' : `perhaps ${guess}`
    }`,
  check(facts, report, settings) {
    const old = settings.flag('rfc7489');
    for (const { record, owner, dmarc } of dmarcTexts(facts)) {
      const present = new Set(dmarc.tags.map(({ name }) => name));
      for (const { name, nameStart: from, nameEnd: to } of dmarc.tags) {
        const known = DMARC_TAGS.includes(name) && !(old && NEW_DMARC_TAGS.has(name));
        // An upper-case V is a fault of the version.
        if (known || REMOVED_DMARC_TAGS.has(name) || name === 'V') continue;
        const candidates = DMARC_TAGS.filter((tag) => !present.has(tag) && !(old && NEW_DMARC_TAGS.has(tag)));
        const guess = nearest(name, candidates) ?? '';
        const fix = { title: `write ${guess}`, safe: false };
        report.text(record, from, to, {
          args: { name: bare(facts.nameText(owner)), tag: shownText(name), guess },
          fixes: guess === '' ? [] : textFix(facts, record, { from, to }, guess, fix),
        });
      }
    }
  },
};
