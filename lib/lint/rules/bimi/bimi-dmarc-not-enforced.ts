import { findTag, parseTagList, type Tag, type TagList } from '../../../mail/tag-list.ts';
import { TYPE } from '../../../rr/types.ts';
import { findBelow } from '../../common-below.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
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
      const policy = domain < 0 || told.has(domain) ? undefined : policyOf(facts, domain);
      const weak = policy && weakness(policy);
      if (policy === undefined || weak === undefined) continue;
      told.add(domain);
      report.record(first.record, 'rdata', {
        args: {
          domain: bare(facts.nameText(domain)),
          dmarc: bare(facts.ownerText(policy.record)),
          found: weak,
        },
        related: [{ record: policy.record, part: 'rdata', message: 'the DMARC record' }],
      });
    }
  },
};

interface Policy {
  readonly record: number;
  readonly list: TagList;
  /** Whether it is the record of the domain itself, not of one above. */
  readonly own: boolean;
}

/** The DMARC record of the domain or the nearest above it in the zone (RFC 9989 §4.10); undefined without one, or with two. */
function policyOf(facts: Facts, domain: number): Policy | undefined {
  for (let at = domain; at >= 0; at = facts.tree.parent[at] ?? -1) {
    const texts = facts.rrset(findBelow(facts, at, '_dmarc'), TYPE.TXT).filter((record) => isDmarc(facts.text(record)));
    const [record] = texts;
    if (record !== undefined && texts.length === 1) {
      return { record, list: parseTagList(facts.text(record)), own: at === domain };
    }
    if (texts.length > 1) return undefined;
  }
  return undefined;
}

function isDmarc(text: string): boolean {
  return /^v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/.test(text);
}

/** What keeps a policy from being enforced, as its record writes it; undefined when nothing does. */
function weakness({ list, own }: Policy): string | undefined {
  const tag = (name: string): Tag | undefined => findTag(list, name);
  const policy = (own ? undefined : tag('sp')) ?? tag('p');
  if (policy === undefined) return 'no p, which means none';
  if (policy.value.toLowerCase() === 'none') return `${policy.name}=none`;
  if (tag('t')?.value.toLowerCase() === 'y') return 't=y';
  const percent = tag('pct')?.value;
  return percent !== undefined && /^\d+$/.test(percent) && Number(percent) < 100 ? `pct=${percent}` : undefined;
}
