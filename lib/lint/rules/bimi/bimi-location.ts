import { isAliasTarget } from '../../common-alias-targets.ts';
import { findName } from '../../common-certificates.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { ownerEdits } from '../smtp-tls-srv/owners.ts';
import { type BimiAt, bimiRecords, isBimiLabel } from './records.ts';

/** Selector that receivers use when a message names none. */
const DEFAULT = 'default';

/** A BIMI record stands where no receiver asks (draft-brand-indicators-for-message-identification §4.3). */
export const rule: Rule = {
  id: 'bimi-location',
  group: 'bimi',
  level: 'warning',
  cites: ['draft-brand-indicators-for-message-identification §4.3'],
  what: 'A BIMI record does not stand at a selector below _bimi.',
  why: 'Receivers ask for default._bimi and the domain (or another selector in its place), and never see the record.',
  help: 'Put the record at default._bimi below the domain.',
  fix: 'safe',
  bad: { zone: '_bimi TXT "v=BIMI1; l=https://www.example.net/logo.svg" ; expect\n' },
  good: { zone: 'default._bimi TXT "v=BIMI1; l=https://www.example.net/logo.svg"\n' },
  say: ({ owner, expected }) => `BIMI record at ${owner}; expected ${expected}, where receivers ask`,
  check(facts, report) {
    for (const one of bimiRecords(facts)) {
      // The target of an alias from a selector, such as one record for many domains.
      if (one.placed || isAliasTarget(facts, one.owner)) continue;
      const [replaced, by] = rewritten(one.labels);
      const expected = [...by, ...one.labels.slice(replaced)].join('.');
      report.record(one.record, 'owner', {
        args: { owner: bare(facts.ownerText(one.record)), expected },
        fixes: fixesOf(facts, one, replaced, by, expected),
      });
    }
  },
};

/** How many labels of the owner make way, and for which. */
function rewritten(labels: readonly string[]): readonly [number, readonly string[]] {
  const [first = '', second] = labels;
  if (isBimiLabel(first)) return [isBimiLabel(second) ? 2 : 1, [DEFAULT, '_bimi']];
  if (/^_?(?:bimi|default)$/i.test(first) && !/^_?bimi$/i.test(second ?? '')) return [1, [DEFAULT, '_bimi']];
  if (/^_?bimi$/i.test(second ?? '')) return [2, [first, '_bimi']];
  return [0, [DEFAULT, '_bimi']];
}

function fixesOf(
  facts: Facts,
  { record, owner }: BimiAt,
  replaced: number,
  by: readonly string[],
  expected: string,
): readonly ProposedFix[] {
  // Other records of the owner are nobody's to move.
  if (replaced === 0 || facts.recordsAt(owner).length > 1) return [];
  const edits = ownerEdits(facts, [record], replaced, by);
  if (edits.length === 0) return [];
  return [{ title: `write ${expected}`, safe: findName(facts, expected) < 0, edits }];
}
