import { DMARC_POLICIES, dmarcTag, policyIn } from '../../../mail/dmarc.ts';
import { textFix } from '../../common-fixes.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { policyTexts } from './records.ts';

/** The policy for sub-domains is weaker than that of the domain (RFC 9989 §4.7). */
export const rule: Rule = {
  id: 'dmarc-sp-weaker',
  group: 'mail-dmarc',
  level: 'info',
  cites: ['RFC 9989 §4.7'],
  what: 'The DMARC policy for sub-domains, or for names that do not exist, is weaker than that of the domain.',
  why: 'Whoever forges mail makes up a sub-domain and gets the weaker policy.',
  help: 'Write the policy of p, or remove the tag.',
  byDefault: false,
  bad: { zone: '_dmarc TXT "v=DMARC1; p=reject; sp=none" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=quarantine; sp=reject"\n' },
  fix: 'unsafe',
  options: { rfc7489: { what: 'judge by RFC 7489, which has no np', default: false } },
  say: ({ domain, tag, found, policy }) =>
    `DMARC record of ${domain} has ${tag}=${found} beside p=${policy}; expected ${tag} to be no weaker`,
  check(facts, report, settings) {
    const names = settings.flag('rfc7489') ? (['sp'] as const) : (['sp', 'np'] as const);
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      const policy = policyIn(dmarc, 'p');
      if (policy === undefined) continue;
      for (const name of names) {
        const tag = dmarcTag(dmarc, name);
        const found = policyIn(dmarc, name);
        if (tag === undefined || found === undefined) continue;
        if (DMARC_POLICIES.indexOf(found) >= DMARC_POLICIES.indexOf(policy)) continue;
        const range = { from: tag.valueStart, to: tag.valueEnd };
        report.text(record, tag.nameStart, tag.valueEnd, {
          args: { domain: bareName(domain), tag: name, found, policy },
          fixes: textFix(facts, record, range, policy, { title: `write ${name}=${policy}`, safe: false }),
        });
      }
    }
  },
};
