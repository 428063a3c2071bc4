import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { strays } from './strays.ts';

/** A TLSRPT record stands where nobody looks (RFC 8460 §3). */
export const rule: Rule = {
  id: 'tlsrpt-wrong-location',
  group: 'mta-sts',
  level: 'warning',
  cites: ['RFC 8460 §3'],
  what: 'A TLSRPT record stands at the domain itself or at a name like _tls instead of _smtp._tls.',
  why: 'Senders look at _smtp._tls only, so you get no reports.',
  help: 'Move the record to _smtp._tls.',
  fix: 'safe',
  bad: { zone: '_tls TXT "v=TLSRPTv1; rua=mailto:tls@example.net" ; expect\n' },
  good: { zone: '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.net"\n' },
  say: ({ owner, domain }) =>
    `a TLSRPT record stands at ${owner}, where no sender looks; expected it at _smtp._tls.${domain}`,
  check(facts, report) {
    for (const { record, domain, fixes } of strays(facts, 'report')) {
      const args = { owner: bare(facts.ownerText(record)), domain: bare(facts.nameText(domain)) };
      report.record(record, 'owner', { args, fixes });
    }
  },
};
