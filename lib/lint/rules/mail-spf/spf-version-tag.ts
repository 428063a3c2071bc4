import { isTerm } from '../../../mail/spf.ts';
import { textFix } from '../../common-fixes.ts';
import { spfTexts } from '../../common-spf.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { isUnquoted, joinFaults } from './joins.ts';
import { domainOf, shownText, writing } from './shared.ts';

const VERSION = 'v=spf1';

/** The version is not what checkers look for (RFC 7208 §4.5). */
export const rule: Rule = {
  id: 'spf-version-tag',
  group: 'mail-spf',
  level: 'error',
  cites: ['RFC 7208 §4.5', 'RFC 7208 §12'],
  what: 'A text is meant as SPF, but its version is not "v=spf1" and a blank.',
  why: 'Checkers do not see an SPF record there at all.',
  help: 'Begin the text with "v=spf1 ".',
  fix: 'safe',
  bad: { zone: '@ TXT "v=spf1;-all" ; expect\n' },
  good: { zone: '@ TXT "v=spf1 -all"\n' },
  say: ({ domain, found, kind }) =>
    kind === 'case'
      ? `SPF of ${domain} begins with "${found}"; some checkers want "v=spf1" in small letters`
      : `the text of ${domain} begins with "${found}", so no checker takes it for SPF; expected "v=spf1" and a blank`,
  check(facts, report) {
    const { records, near } = spfTexts(facts);
    for (const found of records) {
      if (found.spf.text.startsWith(VERSION)) continue;
      const range = { start: 0, end: VERSION.length };
      report.text(found.record, range.start, range.end, {
        args: { domain: domainOf(found), found: found.spf.text.slice(0, VERSION.length), kind: 'case' },
        severity: 'info',
        fixes: writing(found, range, VERSION, { title: `write ${VERSION}`, safe: true }),
      });
    }
    for (const record of near) {
      const length = meantVersion(facts.text(record));
      if (length === 0 || isUnquoted(facts, record) || joinFaults(facts, record).length > 0) continue;
      const written = facts.text(record).slice(0, length);
      report.text(record, 0, length, {
        args: { domain: bare(facts.ownerText(record)), found: shownText(written), kind: 'wrong' },
        fixes: versionFix(facts, record, length),
      });
    }
  },
};

const MEANT = /^[\s"']*(v\s*[=:]?\s*)?s(?:pf|fp)\s*(v?\d+(?:\.\d+)*)?[\s;,:.]*/i;

/** How many octets at the start of a text stand for the version; 0 when the text is not meant as SPF. */
function meantVersion(text: string): number {
  const [whole = '', tag = '', number = ''] = MEANT.exec(text.slice(0, 64)) ?? [];
  if (whole === '' || (tag === '' && number === '') || /^\s*spf2\.0\//i.test(text)) return 0;
  const rest = text.slice(whole.length);
  if (rest === '') return tag !== '' && number !== '' ? whole.length : 0;
  const [first = ''] = /^[^\s;,"']+/.exec(rest.slice(0, 512)) ?? [];
  return isTerm(first) ? whole.length : 0;
}

function versionFix(facts: Facts, record: number, length: number): ReturnType<typeof textFix> {
  const text = facts.text(record);
  const version = length === text.length ? VERSION : `${VERSION} `;
  return textFix(facts, record, { from: 0, to: length }, version, { title: `write "${version}"`, safe: true });
}
