import type { DmarcUri, DmarcUriFault } from '../../../mail/dmarc-uri.ts';
import { textFix } from '../../common-fixes.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { ProposedFix, Rule } from '../../rule.ts';
import { dmarcTexts } from './records.ts';
import { shownText } from './tag-problems.ts';

/** An address for reports that reports cannot be sent to (RFC 9989 §4.7, RFC 9990 §3). */
export const rule: Rule = {
  id: 'dmarc-rua-invalid',
  group: 'mail-dmarc',
  level: 'error',
  cites: ['RFC 9989 §4.7', 'RFC 9990 §3', 'RFC 6068 §2'],
  what: 'The tag rua or ruf of a DMARC record has something that is no mailto: address.',
  why: 'Receivers leave the address out, and the reports nobody gets are the only sign of it.',
  help: 'Write mailto: before each address and a comma between two.',
  bad: { zone: '_dmarc TXT "v=DMARC1; p=none; rua=dmarc@example.net" ; expect\n' },
  good: { zone: '_dmarc TXT "v=DMARC1; p=none; rua=mailto:dmarc@example.net, mailto:a%21b@example.net"\n' },
  fix: 'safe',
  say: ({ name, tag, found, fault }) =>
    `DMARC record of ${name} has "${found}" in ${tag}${sentence(fault as DmarcUriFault)}`,
  check(facts, report) {
    for (const { record, owner, dmarc } of dmarcTexts(facts)) {
      for (const tag of ['rua', 'ruf'] as const) {
        for (const uri of dmarc[tag]) {
          const { fault, from, to, text, size } = uri;
          if (fault === undefined) continue;
          const range = fault === 'bad-size' && size !== undefined ? size : { from, to };
          report.text(record, range.from, range.to, {
            args: { name: bare(facts.nameText(owner)), tag, found: shownText(text + (size?.text ?? '')), fault },
            severity: fault === 'other-scheme' || fault === 'empty' ? 'warning' : 'error',
            fixes: fixesOf(facts, record, uri),
          });
        }
      }
    }
  },
};

function sentence(fault: DmarcUriFault): string {
  switch (fault) {
    case 'empty':
      return '; expected an address between any two commas';
    case 'no-scheme':
      return '; expected mailto: before the address';
    case 'other-scheme':
      return ', but reports are sent by mail alone; expected a mailto: address';
    case 'slashes':
      return '; expected the address right after mailto:';
    case 'no-address':
      return ', which is no whole address; expected mailto:local@domain';
    case 'bad-domain':
      return ', whose domain is no full host name; expected mailto:local@domain';
    case 'bad-size':
      return ', where no size stands behind the "!"; expected a "!" in an address to be written %21';
    case 'bad-octet':
      return ' with a character that a URI has only as % and two hexadecimal digits; expected it written so';
  }
}

function fixesOf(facts: Facts, record: number, { fault, from, to, text }: DmarcUri): readonly ProposedFix[] {
  const written = (text: string, title: string): readonly ProposedFix[] =>
    textFix(facts, record, { from, to }, text, { title, safe: true });
  if (fault === 'slashes') return written(text.replace('//', ''), 'remove the slashes');
  const isAddress = /^[\w.+-]+@(?:[\w-]+\.)+[a-z][\w-]*$/i.test(text);
  return fault === 'no-scheme' && isAddress ? written(`mailto:${text}`, 'put mailto: before it') : [];
}
