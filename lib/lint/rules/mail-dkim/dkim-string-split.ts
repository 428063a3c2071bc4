import { textFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { RSA_2048 } from './example-keys.ts';
import { dkimKeys } from './records.ts';

/** A key with blanks in its base64 text (RFC 6376 §2.10 allows them, not all readers do). */
export const rule: Rule = {
  id: 'dkim-string-split',
  group: 'mail-dkim',
  level: 'info',
  cites: ['RFC 6376 §2.10', 'RFC 6376 §3.6.2.2'],
  what: 'The key of a DKIM key record has blanks within.',
  why: 'The strings of a TXT record are joined without blanks; those that stand in them belong to the key, and some verifiers do not skip them.',
  help: 'Remove the blanks at the borders of the strings.',
  byDefault: false,
  bad: {
    zone: `s1._domainkey TXT "v=DKIM1; p=${RSA_2048.slice(0, 200)}" " ${RSA_2048.slice(200)}" ; expect\n`,
  },
  good: { zone: `s1._domainkey TXT "v=DKIM1; p=${RSA_2048.slice(0, 200)}" "${RSA_2048.slice(200)}"\n` },
  fix: 'safe',
  say: ({ name, count }) => `DKIM key of ${name} has ${count} blanks within its base64 text; expected none`,
  check(facts, report) {
    for (const { record, owner, dkim } of dkimKeys(facts)) {
      const { key } = dkim;
      if (key === undefined) continue;
      const runs = [...key.value.matchAll(/\s+/g)].map(({ index, 0: blanks }) => ({
        from: key.valueStart + index,
        to: key.valueStart + index + blanks.length,
      }));
      const [first] = runs;
      if (first === undefined) continue;
      const count = runs.reduce((sum, { from, to }) => sum + to - from, 0);
      report.text(record, first.from, first.to, {
        args: { name: bare(facts.nameText(owner)), count },
        fixes: withoutBlanks(facts, record, runs),
      });
    }
  },
};

function withoutBlanks(
  facts: Facts,
  record: number,
  runs: readonly { from: number; to: number }[],
): readonly ProposedFix[] {
  const fix = { title: 'remove the blanks', safe: true };
  const fixes = runs.map((run) => textFix(facts, record, run, '', fix));
  const edits = fixes.flatMap(([each]) => each?.edits ?? []);
  return edits.length === runs.length ? [{ ...fix, edits }] : [];
}
