import { parseTlsReport, type TlsReportFault } from '../../../mail/tls-report.ts';
import type { Args } from '../../../text/diagnostic.ts';
import type { Rule } from '../../rule.ts';
import { FIELD_SENTENCES } from './field-sentences.ts';
import { reportFaults } from './text-faults.ts';

/** The TLSRPT record is not as the grammar has it (RFC 8460 §3). */
export const rule: Rule = {
  id: 'tlsrpt-syntax',
  group: 'mta-sts',
  level: 'error',
  cites: ['RFC 8460 §3'],
  what: 'The TXT record at _smtp._tls is not "v=TLSRPTv1;" and rua with mailto: or https: addresses.',
  why: 'Senders ignore the record or cannot deliver: you get no reports about failed TLS.',
  help: 'Write v=TLSRPTv1; rua=mailto:… or https://….',
  fix: 'unsafe',
  bad: { zone: '_smtp._tls TXT "v=TLSRPTv1; rua=tls@example.net" ; expect\n' },
  good: { zone: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.net,https://reports.example.org/v1"\n' },
  say: (args) => `TLSRPT record of ${args.domain}: ${SENTENCES[args.fault as TlsReportFault](args)}`,
  check: (facts, report) => reportFaults(facts, report, 'report', 'TLSRPTv1', parseTlsReport),
};

const SENTENCES: Readonly<Record<TlsReportFault, (args: Args) => string>> = {
  ...FIELD_SENTENCES,
  'rua-missing': ({ found, instead }) =>
    instead === ''
      ? 'it has no rua; expected rua=mailto:… or rua=https://…'
      : `"${found}" is not the name of a field that counts; expected "${instead}"`,
  'rua-repeated': ({ found }) => `"${found}" is a second rua; expected one, with commas between addresses`,
  'empty-uri': ({ found }) =>
    `"${found}" has nothing beside a comma or the equals sign; expected a mailto: or https: address`,
  'bad-scheme': ({ found, instead }) =>
    `"${found}" is neither mailto: nor https:; expected ${instead === '' ? 'one of the two' : `"${instead}"`}`,
  'bad-address': ({ found }) => `"${found}" has no mail address; expected mailto:name@domain`,
  'bad-url': ({ found }) => `"${found}" has no host; expected https://host/path`,
  'bad-uri-character': ({ found }) =>
    `"${found}" has a character that must be written as % and two hexadecimal digits; expected it so`,
};
