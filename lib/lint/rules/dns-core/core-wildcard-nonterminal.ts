import { HAS_DESCENDANTS, OUT_OF_ZONE, OWNS_RECORDS } from '../../../zone/tree.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';

/** A `*` that is not the leftmost label. */
export const rule: Rule = {
  id: 'core-wildcard-nonterminal',
  group: 'dns-core',
  level: 'warning',
  cites: ['RFC 4592 §2.1.1', 'RFC 4592 §2.2'],
  what: 'A name has a * label that is not the leftmost one.',
  why: 'There it is an ordinary label: the name is not a pattern and answers only for itself.',
  help: 'Write the names out, or put the * in front.',
  bad: { zone: '_dmarc.*.shop TXT "v=DMARC1; p=none" ; expect\n' },
  good: { zone: '*.shop A 192.0.2.10\n' },
  say: ({ name }) => `${name} is not a wildcard: a * stands for other labels only as the leftmost one`,
  check(facts, report) {
    const { flags, first } = facts.tree;
    if (!hasInnerStar(facts)) return;
    for (let name = 0; name < flags.length; name++) {
      const flag = flags[name] as number;
      if ((flag & OWNS_RECORDS) === 0 || flag & OUT_OF_ZONE || !isBelowStar(facts, name)) continue;
      report.record(first[name] ?? 0, 'owner', { args: { name: bare(facts.nameText(name)) } });
    }
  },
};

function hasInnerStar(facts: Facts): boolean {
  const { flags } = facts.tree;
  for (let name = 0; name < flags.length; name++) {
    if ((flags[name] as number) & HAS_DESCENDANTS && isStar(facts, name)) return true;
  }
  return false;
}

function isBelowStar(facts: Facts, name: number): boolean {
  const { parent } = facts.tree;
  for (let above = parent[name] ?? -1; above >= 0; above = parent[above] ?? -1) if (isStar(facts, above)) return true;
  return false;
}

function isStar(facts: Facts, name: number): boolean {
  const { arena, offsets } = facts.zone.names;
  const start = offsets[name] as number;
  return arena[start] === 1 && arena[start + 1] === 0x2a;
}
