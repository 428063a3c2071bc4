import { spfTexts } from '../../common-spf.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { joinFaults } from './joins.ts';
import { shownText } from './shared.ts';

const LONGEST_STRING = 255;

/** Strings that readers join without a blank (RFC 7208 §3.3). */
export const rule: Rule = {
  id: 'spf-string-join',
  group: 'mail-spf',
  level: 'error',
  cites: ['RFC 7208 §3.3'],
  what: 'The blank between two terms is missing where a string ends and the next one begins.',
  why: 'Readers join the strings as they are: the two terms become one word, which is an error or the name of a host that does not exist.',
  help: 'End the first string with a blank.',
  fix: 'safe',
  bad: { zone: '@ TXT "v=spf1 ip4:192.0.2.10" "-all" ; expect\n' },
  good: { zone: '@ TXT "v=spf1 ip4:192.0.2.10" " -all"\n' },
  say: ({ domain, left, right, whole }) =>
    `"${left}" and "${right}" of ${domain} stand in two strings, which are read as "${whole}"; expected a blank between them`,
  check(facts, report) {
    const { records, near } = spfTexts(facts);
    for (const record of [...records.map((found) => found.record), ...near]) {
      for (const { border, left, right, start, end } of joinFaults(facts, record)) {
        report.text(record, start, end, {
          args: {
            domain: bare(facts.ownerText(record)),
            left: shownText(left),
            right: shownText(right),
            whole: shownText(facts.text(record).slice(start, end)),
          },
          fixes: blankBefore(facts, record, border),
        });
      }
    }
  },
};

/** A blank put before the octet behind the border, in the second string. */
function blankBefore(facts: Facts, record: number, border: number): readonly ProposedFix[] {
  const { start } = facts.textSpan(record, border, border + 1);
  const rdata = facts.rdata(record);
  let at = 0;
  for (let octets = 0; octets < border; at += 1 + (rdata[at] ?? 0)) octets += rdata[at] ?? 0;
  const quoted = facts.fileOf(record).bytes[start - 1] === 0x22;
  if (!quoted || (rdata[at] ?? 0) >= LONGEST_STRING) return [];
  return [{ title: 'put a blank between the strings', safe: true, edits: [{ start, end: start, text: ' ' }] }];
}
