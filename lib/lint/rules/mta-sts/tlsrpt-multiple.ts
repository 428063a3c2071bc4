import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { repeatedTexts } from './text-faults.ts';

/** A domain has more than one TLSRPT record (RFC 8460 §3). */
export const rule: Rule = {
  id: 'tlsrpt-multiple',
  group: 'mta-sts',
  level: 'error',
  cites: ['RFC 8460 §3'],
  what: 'There is more than one TLSRPT record at _smtp._tls.',
  why: 'Senders that find several treat the domain as if it had none: you get no reports.',
  help: 'Keep one of the records.',
  bad: {
    zone: `_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.net"
_smtp._tls TXT "v=TLSRPTv1; rua=https://reports.example.org/v1" ; expect
mta-sts A 192.0.2.10
`,
  },
  good: {
    zone: `_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.net"
_smtp._tls TXT "of another purpose"
mta-sts A 192.0.2.10
`,
  },
  say: ({ domain, count }) => `${domain} has ${count} TLSRPT records, so none of them counts; expected one`,
  check(facts, report) {
    for (const { texts, first, others } of repeatedTexts(facts, 'report')) {
      report.record(others[0] ?? first, 'rdata', {
        args: { domain: bare(facts.nameText(texts.domain)), count: others.length + 1 },
        related: [{ record: first, part: 'rdata', message: 'the first one' }],
      });
    }
  },
};
