import { domainToUnicode } from 'node:url';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { aLabelsOf } from './a-labels.ts';

/** A label that claims to be internationalised but cannot be decoded. */
export const rule: Rule = {
  id: 'core-idn-invalid',
  group: 'dns-core',
  level: 'error',
  cites: ['RFC 5891 §4.2', 'RFC 5890 §2.3.2.1', 'UTS 46'],
  what: 'A label begins with xn-- but is no valid internationalised label.',
  why: 'Browsers and mail software refuse the name before they ask for it.',
  help: 'Convert the intended name again, or rename the label.',
  bad: { zone: 'xn--a A 192.0.2.10 ; expect\n' },
  good: { zone: 'xn--mller-kva A 192.0.2.10\n' },
  say: ({ label, name }) => `the label ${label} of ${name} is not a valid internationalised label`,
  check(facts, report) {
    for (const { record, label } of aLabelsOf(facts)) {
      if (isDecoded(domainToUnicode(label))) continue;
      report.record(record, 'owner', { args: { label, name: bare(facts.ownerText(record)) } });
    }
  },
};

/** Of a label that cannot be decoded Node 20 makes nothing, and Node 24 the label in small letters. */
function isDecoded(shown: string): boolean {
  return shown !== '' && !shown.startsWith('xn--');
}
