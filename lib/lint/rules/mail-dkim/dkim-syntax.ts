import type { DkimProblem } from '../../../mail/dkim.ts';
import { dkimTag } from '../../../mail/dkim.ts';
import { textFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { cutAtSemicolon, versionToFront } from '../mail-dmarc/edits.ts';
import { shownText, tagFaultClause, tagFaultFixes } from '../mail-dmarc/tag-problems.ts';
import { ED25519 } from './example-keys.ts';
import { type DkimText, dkimKeys } from './records.ts';

/** Text of a DKIM key record that verifiers do not read as it was meant (RFC 6376 §3.6.1). */
export const rule: Rule = {
  id: 'dkim-syntax',
  group: 'mail-dkim',
  level: 'error',
  cites: ['RFC 6376 §3.6.1', 'RFC 6376 §3.2'],
  what: 'The text of a DKIM key record is not of the form "v=DKIM1; k=rsa; p=...".',
  why: 'Verifiers find no key, and every signature made with it fails.',
  help: 'Write v=DKIM1 first or not at all, a semicolon between any two tags, and the key behind p=.',
  bad: { zone: `s1._domainkey TXT "v=dkim1; k=ed25519; p=${ED25519}" ; expect\n` },
  good: { zone: `s1._domainkey TXT "v=DKIM1; k=ed25519; p=${ED25519}"\n` },
  fix: 'safe',
  say: ({ name, code, found }) => `DKIM key record of ${name} ${clause(String(code), String(found))}`,
  check(facts, report) {
    for (const one of dkimKeys(facts)) {
      const { record, owner, dkim } = one;
      if (dkim.problems.length === 0) continue;
      const name = bare(facts.nameText(owner));
      const [worst] = [...dkim.problems].sort((a, b) => rank(a) - rank(b));
      if (worst === undefined) continue;
      const cut = worst.code === 'key-missing' ? cutAtSemicolon(facts, record) : undefined;
      if (cut !== undefined) {
        const args = { name, code: 'cut', found: shownText(cut.comment) };
        report.record(record, 'rdata', { args, fixes: cut.fixes });
        continue;
      }
      const { code, from, to, found } = worst;
      report.text(record, from, to, {
        args: { name, code, found },
        severity: code === 'not-a-tag' ? 'warning' : 'error',
        fixes: fixesOf(facts, one, worst),
      });
    }
  },
};

/** Faults that make others only seem to be there come first. */
const ORDER: readonly DkimProblem['code'][] = ['quoted', 'false-blank', 'semicolon-missing', 'key-missing'];

function rank({ code }: DkimProblem): number {
  const at = ORDER.indexOf(code);
  if (code === 'not-a-tag') return ORDER.length + 1;
  return at < 0 ? ORDER.length : at;
}

function clause(code: string, found: string): string {
  switch (code as DkimProblem['code'] | 'cut') {
    case 'cut':
      return `ends at an unquoted semicolon, and "${found}" is a comment; expected the whole text in quotes`;
    case 'version-wrong':
      return `has the version "${shownText(found)}"; expected exactly DKIM1`;
    case 'version-not-first':
      return `has the version behind the tag ${found}; expected v=DKIM1 first`;
    case 'key-missing':
      return 'has no key; expected a tag p';
    case 'hashes-unknown':
      return `allows only the hash "${shownText(found)}", which no verifier knows; expected sha256`;
    case 'services-unknown':
      return `is limited to the service "${shownText(found)}", which is not mail; expected email or *`;
    default:
      return tagFaultClause(code as Parameters<typeof tagFaultClause>[0], found);
  }
}

function fixesOf(facts: Facts, { record, dkim }: DkimText, problem: DkimProblem): readonly ProposedFix[] {
  const { code, from, to, found } = problem;
  switch (code) {
    case 'version-wrong': {
      const fix = { title: 'write DKIM1', safe: /^dkim1$/i.test(found) };
      return textFix(facts, record, { from, to }, 'DKIM1', fix);
    }
    case 'version-not-first': {
      const version = dkimTag(dkim, 'v');
      return version === undefined ? [] : versionToFront(facts, record, version, 'v=DKIM1', true);
    }
    case 'key-missing':
    case 'hashes-unknown':
    case 'services-unknown':
      return [];
    default:
      return tagFaultFixes(facts, record, { code, from, to, found });
  }
}
