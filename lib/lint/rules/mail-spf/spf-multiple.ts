import { removal } from '../../common-edits.ts';
import { spfTexts, type ZoneSpf } from '../../common-spf.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { adding, domainOf } from './shared.ts';

/** A name has more than one SPF record (RFC 7208 §4.5). */
export const rule: Rule = {
  id: 'spf-multiple',
  group: 'mail-spf',
  level: 'error',
  cites: ['RFC 7208 §3.2', 'RFC 7208 §4.5'],
  what: 'A name has more than one SPF record.',
  why: 'Checkers answer with a permanent error as soon as they find two, so none of the hosts listed counts as allowed.',
  help: 'Put the terms of all of them into one record.',
  fix: 'unsafe',
  bad: {
    zone: `@ TXT "v=spf1 mx -all"
@ TXT "v=spf1 ip4:192.0.2.10 -all" ; expect
`,
  },
  good: {
    zone: `@ TXT "v=spf1 mx ip4:192.0.2.10 -all"
@ TXT "verification=abc"
`,
  },
  say: ({ domain, count }) =>
    `${domain} has ${count} SPF records, which is a permanent error for every checker; expected one`,
  check(facts, report) {
    for (const [first, ...others] of byOwner(spfTexts(facts).records)) {
      const [second] = others;
      if (first === undefined || second === undefined) continue;
      report.record(second.record, 'rdata', {
        args: { domain: domainOf(first), count: others.length + 1 },
        related: [first, ...others.slice(1)].slice(0, 5).map(({ record }) => ({
          record,
          part: 'rdata',
          message: record === first.record ? 'the first SPF record' : 'one more SPF record',
        })),
        fixes: others.length === 1 ? merged(first, second) : [],
      });
    }
  },
};

/** The SPF records of each name, the same RDATA counted once; names with one record are left out. */
function byOwner(records: readonly ZoneSpf[]): Iterable<readonly ZoneSpf[]> {
  const owners = new Map<number, ZoneSpf[]>();
  for (const found of records) {
    const same = owners.get(found.owner);
    if (same === undefined) owners.set(found.owner, [found]);
    else if (!same.some((other) => isSame(other, found))) same.push(found);
  }
  return [...owners.values()].filter((same) => same.length > 1);
}

function isSame(one: ZoneSpf, other: ZoneSpf): boolean {
  const { facts } = one;
  return one.spf.text === other.spf.text && facts.rdataText(one.record) === facts.rdataText(other.record);
}

/** The terms of the second record that the first has not, put into the first. */
function merged(first: ZoneSpf, second: ZoneSpf): readonly ProposedFix[] {
  const { facts } = first;
  const removed = facts.fileOf(first.record) === facts.fileOf(second.record) && removal(facts, second.record);
  if (!removed) return [];
  const has = new Set(words(first));
  const missing = words(second).filter((word) => !has.has(word) && !/^[+\-~?]?all$/i.test(word));
  const [added] = missing.length === 0 ? [{ edits: [] }] : adding(first, missing.join(' '));
  if (added === undefined) return [];
  return [{ title: 'merge the two records', safe: false, edits: [...added.edits, removed] }];
}

function words({ spf }: ZoneSpf): string[] {
  return spf.terms.map(({ start, end }) => spf.text.slice(start, end).toLowerCase());
}
