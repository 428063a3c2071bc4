import { domainToUnicode } from 'node:url';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { aLabelsOf } from './a-labels.ts';

/** Scripts a label is looked at for; the rest counts as one more. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Latin', /\p{Script=Latin}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Hebrew', /\p{Script=Hebrew}/u],
  ['Arabic', /\p{Script=Arabic}/u],
  ['Han', /\p{Script=Han}/u],
  ['Hiragana', /\p{Script=Hiragana}/u],
  ['Katakana', /\p{Script=Katakana}/u],
  ['Bopomofo', /\p{Script=Bopomofo}/u],
  ['Hangul', /\p{Script=Hangul}/u],
];
const KNOWN =
  /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Hangul}\p{Script=Common}\p{Script=Inherited}]/gu;

/** Scripts that are written together (UTS 39, highly restrictive). */
const TOGETHER: readonly (readonly string[])[] = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

/** A label that mixes scripts whose letters look alike. */
export const rule: Rule = {
  id: 'core-idn-ulabel-hint',
  group: 'dns-core',
  level: 'info',
  cites: ['UTS 39 §5.2', 'RFC 5890 §4.4'],
  what: 'An internationalised label mixes scripts that are not written together.',
  why: 'Letters of different scripts look the same; browsers show such names in their encoded form, and people take them for fraud.',
  help: 'Check that the label is what was meant; use letters of one script.',
  bad: { zone: 'xn--pple-43d A 192.0.2.10 ; expect\n' },
  good: { zone: 'xn--mller-kva A 192.0.2.10\n' },
  say: ({ label, shown, scripts }) => `the label ${label} reads "${shown}" and mixes ${scripts} letters`,
  check(facts, report) {
    for (const { record, label } of aLabelsOf(facts)) {
      const shown = domainToUnicode(label);
      const scripts = scriptsOf(shown);
      if (scripts.length < 2 || TOGETHER.some((set) => scripts.every((script) => set.includes(script)))) continue;
      const args = { label, shown, scripts: scripts.join(' and '), name: bare(facts.ownerText(record)) };
      report.record(record, 'owner', { args });
    }
  },
};

function scriptsOf(label: string): readonly string[] {
  const scripts = SCRIPTS.filter(([, pattern]) => pattern.test(label)).map(([name]) => name);
  return label.replace(KNOWN, '') === '' ? scripts : [...scripts, 'other'];
}
