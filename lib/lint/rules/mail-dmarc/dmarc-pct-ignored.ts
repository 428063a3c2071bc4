import { dmarcTag, policyIn } from '../../../mail/dmarc.ts';
import { textFix } from '../../common-fixes.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { isPartial } from './partial.ts';
import { policyTexts } from './records.ts';
import { shownText } from './tag-problems.ts';

/** A policy that is meant for a part of the mail only holds for all of it (RFC 9989 §4.7 has no `pct`). */
export const rule: Rule = {
  id: 'dmarc-pct-ignored',
  group: 'mail-dmarc',
  level: 'warning',
  cites: ['RFC 9989 §4.7', 'RFC 7489 §6.3'],
  what: 'A DMARC policy is limited to a percentage of the mail, which RFC 9989 took out.',
  why: 'Receivers that follow RFC 9989 apply the policy to all mail that fails, others to the percentage.',
  help: 'Write t=y to have the policy applied one step milder, or remove pct.',
  bad: { zone: '_dmarc TXT "v=DMARC1; p=reject; pct=25" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=reject; t=y"\n' },
  fix: 'unsafe',
  options: { rfc7489: { what: 'judge by RFC 7489, which has the tag', default: false } },
  say: ({ domain, policy, pct }) =>
    `DMARC record of ${domain} wants ${policy} for ${pct} % of the mail, but receivers that follow RFC 9989 do it for all; expected no pct`,
  check(facts, report, settings) {
    if (settings.flag('rfc7489')) return;
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      const tag = dmarcTag(dmarc, 'pct');
      const policy = policyIn(dmarc, 'p');
      if (tag === undefined || policy === undefined || policy === 'none' || !isPartial(tag)) continue;
      const range = { from: tag.nameStart, to: tag.valueEnd };
      const taken = dmarcTag(dmarc, 't') !== undefined;
      report.text(record, range.from, range.to, {
        args: { domain: bareName(domain), policy, pct: shownText(tag.value) },
        fixes: taken ? [] : textFix(facts, record, range, 't=y', { title: 'write t=y instead', safe: false }),
      });
    }
  },
};
