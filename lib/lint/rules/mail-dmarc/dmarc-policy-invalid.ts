import { DMARC_POLICIES, dmarcTag, POLICY_TAGS, policyIn } from '../../../mail/dmarc.ts';
import { nearest } from '../../../text/nearest.ts';
import { textFix } from '../../common-fixes.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { policyTexts } from './records.ts';
import { shownText } from './tag-problems.ts';

/** A policy tag says something that is no policy (RFC 9989 §4.7). */
export const rule: Rule = {
  id: 'dmarc-policy-invalid',
  group: 'mail-dmarc',
  level: 'error',
  cites: ['RFC 9989 §4.7', 'RFC 7489 §6.6.3'],
  what: 'The tag p, sp or np of a DMARC record is not none, quarantine or reject.',
  why: 'Receivers then act as if the record said p=none, or leave it out when it asks for no reports either.',
  help: 'Write none, quarantine or reject.',
  bad: { zone: '_dmarc TXT "v=DMARC1; p=rejct" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=reject; sp=Quarantine"\n' },
  fix: 'unsafe',
  say: ({ domain, tag, found }) => `DMARC policy of ${domain} has ${tag}=${found}; expected none, quarantine or reject`,
  check(facts, report) {
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      for (const name of POLICY_TAGS) {
        const tag = dmarcTag(dmarc, name);
        if (tag === undefined || policyIn(dmarc, name) !== undefined) continue;
        const { value, valueStart: from, valueEnd: to } = tag;
        const guess = nearest(value, DMARC_POLICIES);
        const fix = { title: `write ${name}=${guess}`, safe: false };
        report.text(record, value === '' ? tag.nameStart : from, to, {
          args: { domain: bareName(domain), tag: name, found: shownText(value) },
          fixes: guess === undefined ? [] : textFix(facts, record, { from, to }, guess, fix),
        });
      }
    }
  },
};
