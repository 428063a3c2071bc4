import { type DmarcProblem, dmarcTag } from '../../../mail/dmarc.ts';
import { textFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { cutAtSemicolon, versionToFront } from './edits.ts';
import { type DmarcText, dmarcTexts } from './records.ts';
import { shownText, tagFaultClause, tagFaultFixes } from './tag-problems.ts';

/** Text of a DMARC record that receivers do not read as it was meant (RFC 9989 §4.8). */
export const rule: Rule = {
  id: 'dmarc-syntax',
  group: 'mail-dmarc',
  level: 'error',
  cites: ['RFC 9989 §4.7', 'RFC 9989 §4.8'],
  what: 'The text of a DMARC record is not of the form "v=DMARC1; tag=value; ...".',
  why: 'A record that does not begin with v=DMARC1, letter by letter, is no policy at all; other faults cost the tag or the record.',
  help: 'Write v=DMARC1 first and a semicolon between any two tags.',
  bad: { zone: '_dmarc TXT "v=dmarc1; p=reject" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=reject"\n' },
  fix: 'safe',
  say: ({ name, code, found, expected }) => `DMARC record of ${name} ${clause(String(code), String(found), expected)}`,
  check(facts, report) {
    for (const one of dmarcTexts(facts)) {
      const { record, dmarc } = one;
      if (dmarc.problems.length === 0 && dmarc.tags.length > 1) continue;
      const name = bare(facts.nameText(one.owner));
      const cut = dmarc.tags.length < 2 ? cutAtSemicolon(facts, record) : undefined;
      if (cut !== undefined) {
        const args = { name, code: 'cut', found: shownText(cut.comment) };
        report.record(record, 'rdata', { args, fixes: cut.fixes });
        continue;
      }
      const [worst] = [...dmarc.problems].sort((a, b) => rank(a) - rank(b));
      if (worst === undefined) continue;
      const { code, found, expected = '', from, to } = worst;
      report.text(record, from, to, {
        args: { name, code, found, expected },
        severity: IGNORED_TAG.has(code) ? 'warning' : 'error',
        fixes: fixesOf(facts, one, worst),
      });
    }
  },
};

/** Faults that cost a tag and leave the record in force. */
const IGNORED_TAG: ReadonlySet<string> = new Set(['not-a-tag', 'value', 'blank-first', 'duplicate']);

/** Faults that make others only seem to be there come first. */
const ORDER: readonly DmarcProblem['code'][] = ['quoted', 'false-blank', 'semicolon-missing', 'version-not-first'];

function rank({ code }: DmarcProblem): number {
  const at = ORDER.indexOf(code);
  return at < 0 ? ORDER.length : at;
}

function clause(code: string, found: string, expected: unknown): string {
  switch (code as DmarcProblem['code'] | 'cut') {
    case 'cut':
      return `ends at an unquoted semicolon, and "${found}" is a comment; expected the whole text in quotes`;
    case 'version-missing':
      return 'has no version; expected v=DMARC1 as its first tag';
    case 'version-not-first':
      return `begins with the tag ${found}; expected v=DMARC1 first`;
    case 'version-wrong':
      return `has the version "${shownText(found)}"; expected exactly v=DMARC1`;
    case 'blank-first':
      return 'begins with a blank; expected v=DMARC1 first';
    case 'value':
      return `has "${shownText(found)}" as the value of a tag; expected ${expected}`;
    default:
      return tagFaultClause(code as Parameters<typeof tagFaultClause>[0], found);
  }
}

function fixesOf(facts: Facts, { record, text, dmarc }: DmarcText, problem: DmarcProblem): readonly ProposedFix[] {
  const { code, from, to, found } = problem;
  switch (code) {
    case 'version-wrong': {
      const safe = /^v\s*=\s*dmarc1$/i.test(found);
      return textFix(facts, record, { from, to }, 'v=DMARC1', { title: 'write v=DMARC1', safe });
    }
    case 'blank-first':
      return textFix(facts, record, { from, to }, '', { title: 'remove the blank', safe: true });
    case 'version-missing':
      return textFix(facts, record, { from: 0, to: text.length }, `v=DMARC1; ${text}`, {
        title: 'put v=DMARC1 in front',
        safe: false,
      });
    case 'version-not-first': {
      const version = dmarcTag(dmarc, 'v') ?? dmarcTag(dmarc, 'V');
      return version === undefined ? [] : versionToFront(facts, record, version, 'v=DMARC1', false);
    }
    case 'value':
      return [];
    default:
      return tagFaultFixes(facts, record, { code, from, to, found });
  }
}
