import type { BimiFault, BimiProblem } from '../../../mail/bimi.ts';
import { textFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { bimiRecords } from './records.ts';

const SAYS: Readonly<Record<BimiFault, string>> = {
  version: 'is not the version; expected v=BIMI1 as the first tag',
  'no-tag': 'is no tag; expected tag=value between semicolons',
  duplicate: 'is a tag that stands twice; expected it once',
  'location-missing': 'has no tag l; expected l=https://… with the indicator, or "l=; a=" to decline',
  location: 'is no https: URL; expected one of an SVG file in l',
  'location-format': 'does not end in .svg or .svgz; expected the URL of an SVG file in l',
  evidence: 'is no https: URL; expected one of a mark certificate in a',
};

/** A BIMI record breaks its grammar (draft-brand-indicators-for-message-identification §4.2). */
export const rule: Rule = {
  id: 'bimi-syntax',
  group: 'bimi',
  level: 'error',
  cites: ['draft-brand-indicators-for-message-identification §4.2'],
  what: 'A BIMI record has no right version, a broken tag, or a location that is no https: URL.',
  why: 'Receivers discard the record and show no indicator.',
  help: 'Write "v=BIMI1; l=https://…/logo.svg; a=https://…/certificate.pem".',
  fix: 'safe',
  bad: { zone: 'default._bimi TXT "v=bimi1; l=https://www.example.net/logo.svg" ; expect\n' },
  good: {
    zone: 'default._bimi TXT "v=BIMI1; l=https://www.example.net/logo.svg; a=https://www.example.net/mark.pem"\n',
  },
  say: ({ owner, fault, found }) =>
    `BIMI record of ${owner}${found === '' ? '' : `: "${found}"`} ${SAYS[fault as BimiFault] ?? 'is malformed'}`,
  check(facts, report) {
    for (const { record, bimi, text } of bimiRecords(facts)) {
      for (const problem of bimi.problems) {
        const args = { owner: bare(facts.ownerText(record)), fault: problem.fault, found: problem.found };
        const details = {
          args,
          fixes: fixesOf(facts, record, problem),
          ...(problem.fault === 'location-format' && { severity: 'warning' as const }),
        };
        if (problem.end - problem.start === text.length) report.record(record, 'rdata', details);
        else report.text(record, problem.start, problem.end, details);
      }
    }
  },
};

function fixesOf(facts: Facts, record: number, { fault, start, end, found }: BimiProblem): readonly ProposedFix[] {
  const range = { from: start, to: end };
  if (fault === 'version' && /^v[ \t]*=[ \t]*bimi[ \t]*1?$/i.test(found)) {
    return textFix(facts, record, range, 'v=BIMI1', { title: 'write v=BIMI1', safe: true });
  }
  if ((fault === 'location' || fault === 'evidence') && /^http:\/\/[^\s,]+$/i.test(found)) {
    const url = `https${found.slice(4)}`;
    return textFix(facts, record, range, url, { title: `write ${url}`, safe: false });
  }
  return [];
}
