import { dmarcTag } from '../../../mail/dmarc.ts';
import type { Tag } from '../../../mail/tag-list.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { type PolicyAnswer, policyOf } from '../mail-dmarc/policy.ts';
import { bimiSets } from './records.ts';

/** The DMARC policy of a domain with BIMI does not ask receivers to act (draft-brand-indicators… §7.1). */
export const rule: Rule = {
  id: 'bimi-dmarc-not-enforced',
  group: 'bimi',
  level: 'warning',
  cites: ['draft-brand-indicators-for-message-identification §7.1', 'RFC 9989 §4.7'],
  what: 'A domain has a BIMI record, and its DMARC policy is none, in test mode, or for a part of the mail only.',
  why: 'Receivers show the indicator only for domains whose DMARC policy is quarantine or reject for all mail.',
  help: 'Write p=quarantine or p=reject in the DMARC record, once all mail passes.',
  bad: {
    zone: `default._bimi TXT "v=BIMI1; l=https://www.example.net/logo.svg" ; expect
_dmarc TXT "v=DMARC1; p=none"
`,
  },
  good: {
    zone: `default._bimi TXT "v=BIMI1; l=https://www.example.net/logo.svg"
_dmarc TXT "v=DMARC1; p=reject"
`,
  },
  say: ({ domain, dmarc, found }) =>
    `${domain} has a BIMI record, but the DMARC record at ${dmarc} has ${found}; expected p=quarantine or p=reject for all mail`,
  check(facts, report) {
    const told = new Set<number>();
    for (const [first] of bimiSets(facts)) {
      if (first === undefined || first.bimi.declines) continue;
      const domain = facts.tree.parent[facts.tree.parent[first.owner] ?? -1] ?? -1;
      if (domain < 0 || told.has(domain)) continue;
      const policy = policyOf(facts, facts.zone.names.wire(domain));
      const weak = policy.kind === 'policy' ? weakness(policy) : undefined;
      if (policy.kind !== 'policy' || weak === undefined) continue;
      told.add(domain);
      report.record(first.record, 'rdata', {
        args: {
          domain: bare(facts.nameText(domain)),
          dmarc: bare(policy.facts.ownerText(policy.found.record)),
          found: weak,
        },
        related: [{ place: policy.facts.place(policy.found.record, 'rdata'), message: 'the DMARC record' }],
      });
    }
  },
};

type Policy = Extract<PolicyAnswer, { readonly kind: 'policy' }>;

/** What keeps a policy from being enforced, as its record writes it; undefined when nothing does. */
function weakness({ found, own }: Policy): string | undefined {
  const tag = (name: string): Tag | undefined => dmarcTag(found.dmarc, name);
  const policy = (own ? undefined : tag('sp')) ?? tag('p');
  if (policy === undefined) return 'no p, which means none';
  if (policy.value.toLowerCase() === 'none') return `${policy.name}=none`;
  if (tag('t')?.value.toLowerCase() === 'y') return 't=y';
  const percent = tag('pct')?.value;
  return percent !== undefined && /^\d+$/.test(percent) && Number(percent) < 100 ? `pct=${percent}` : undefined;
}
