import { dmarcTag } from '../../../mail/dmarc.ts';
import { TYPE } from '../../../rr/types.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bareName } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { tagRemoval } from './edits.ts';
import { isPublicSuffix } from './policy.ts';
import { policyTexts } from './records.ts';

/** A domain with mail of its own says that others register domains below it (RFC 9989 §4.7). */
export const rule: Rule = {
  id: 'dmarc-psd-misuse',
  group: 'mail-dmarc',
  level: 'warning',
  cites: ['RFC 9989 §4.7', 'RFC 9989 §4.10'],
  what: 'A DMARC record says psd=y in a domain below which nobody registers domains.',
  why: 'Receivers take each sub-domain for an organisation of its own: its mail aligns with nothing but itself.',
  help: 'Remove psd=y, or write psd=n at the top of an organisation.',
  bad: {
    zone: `@ MX 10 mx1
_dmarc TXT "v=DMARC1; p=reject; psd=y" ; expect
mx1 A 192.0.2.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
_dmarc TXT "v=DMARC1; p=reject; psd=n"
mx1 A 192.0.2.10
`,
  },
  fix: 'unsafe',
  options: { rfc7489: { what: 'judge by RFC 7489, which has no such tag', default: false } },
  say: ({ domain }) =>
    `DMARC record of ${domain} says psd=y, but the domain has mail and delegates nothing; expected no psd or psd=n`,
  check(facts, report, settings) {
    if (settings.flag('rfc7489')) return;
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      const tag = dmarcTag(dmarc, 'psd');
      if (tag?.value.toLowerCase() !== 'y' || isPublicSuffix(domain) || !isOrdinary(facts, domain)) continue;
      report.text(record, tag.nameStart, tag.valueEnd, {
        args: { domain: bareName(domain) },
        fixes: tagRemoval(facts, record, tag, { title: 'remove psd=y', safe: false }),
      });
    }
  },
};

/** Whether a domain takes mail and has no delegation right below it, as a registry would have. */
function isOrdinary(facts: Facts, domain: Uint8Array): boolean {
  const owner = facts.find(domain);
  if (!facts.mailDomains.some((each) => each.owner === owner && hostsOf(each.mx).length > 0)) return false;
  return !facts.rrsets(TYPE.NS).some((set) => facts.tree.parent[set.owner] === owner);
}
