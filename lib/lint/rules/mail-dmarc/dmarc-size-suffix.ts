import { textFix } from '../../common-fixes.ts';
import { bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { policyTexts } from './records.ts';
import { shownText } from './tag-problems.ts';

/** A size behind a report address (RFC 7489 §6.2), which RFC 9989 has receivers ignore. */
export const rule: Rule = {
  id: 'dmarc-size-suffix',
  group: 'mail-dmarc',
  level: 'info',
  cites: ['RFC 9989 §4.7', 'RFC 7489 §6.2'],
  what: 'A report address of a DMARC record has a size limit behind it.',
  why: 'Receivers that follow RFC 9989 ignore the limit, and some readers take it for a part of the address.',
  help: 'Remove the size.',
  byDefault: false,
  bad: { zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.net!10m" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.net"\n' },
  fix: 'safe',
  options: { rfc7489: { what: 'judge by RFC 7489, which has the size', default: false } },
  say: ({ domain, uri, size }) =>
    `DMARC record of ${domain} limits the reports to ${uri} by "${size}", which RFC 9989 took out; expected no limit`,
  check(facts, report, settings) {
    if (settings.flag('rfc7489')) return;
    for (const { record, domain, dmarc } of policyTexts(facts)) {
      for (const { text, size, fault } of [...dmarc.rua, ...dmarc.ruf]) {
        if (size === undefined || fault !== undefined) continue;
        report.text(record, size.from, size.to, {
          args: { domain: bareName(domain), uri: shownText(text), size: size.text },
          fixes: textFix(facts, record, size, '', { title: `remove ${size.text}`, safe: true }),
        });
      }
    }
  },
};
