import { isAbsoluteUri } from '../../../mail/caa.ts';
import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { properties, reportValue, valueFix } from './shared.ts';

const MAILBOX = /^[^\s@:/;?]+@[^\s@:/;?]+\.[^\s@:/;?]+$/;

/** The place for reports is no URL that CAs use (RFC 8659 §4.4). */
export const rule: Rule = {
  id: 'caa-iodef-url',
  group: 'caa',
  level: 'warning',
  cites: ['RFC 8659 §4.4'],
  what: 'The value of an iodef property is no mailto:, http: or https: URL.',
  why: 'CAs have nowhere to send their reports of refused requests.',
  help: 'Write mailto: with a mailbox, or an https: URL.',
  fix: 'safe',
  bad: { zone: '@ CAA 0 issue "ca.example.org"\n@ CAA 0 iodef "security@example.net" ; expect\n' },
  good: { zone: '@ CAA 0 issue "ca.example.org"\n@ CAA 0 iodef "mailto:security@example.net"\n' },
  say: ({ owner, found }) =>
    `CAA iodef of ${owner} is "${found}"; expected mailto: with a mailbox, or an http: or https: URL`,
  needs: [TYPE.CAA],
  check(facts, report) {
    for (const property of properties(facts)) {
      const { record, tag, value } = property;
      if (tag !== 'iodef' || isReportUrl(value)) continue;
      const whole = { start: 0, end: value.length };
      reportValue(facts, report, property, whole, {
        args: { owner: bare(facts.ownerText(record)), found: value.replace(/[^\x20-\x7e]/g, '?') },
        fixes: MAILBOX.test(value)
          ? valueFix(facts, property, whole, `mailto:${value}`, { title: `write mailto:${value}`, safe: true })
          : [],
      });
    }
  },
};

function isReportUrl(value: string): boolean {
  if (/^mailto:/i.test(value)) return /^mailto:[^\s@]+@[^\s@]+$/i.test(value);
  return /^https?:/i.test(value) && isAbsoluteUri(value);
}
