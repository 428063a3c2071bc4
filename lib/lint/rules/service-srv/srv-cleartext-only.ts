import { TYPE } from '../../../rr/types.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { offers, servicesByDomain } from './records.ts';

const TWINS: readonly (readonly [string, string])[] = [
  ['imap', 'imaps'],
  ['pop3', 'pop3s'],
  ['submission', 'submissions'],
];

/** Only the service without Implicit TLS is announced (RFC 8314 §5.1). */
export const rule: Rule = {
  id: 'srv-cleartext-only',
  group: 'service-srv',
  level: 'info',
  cites: ['RFC 8314 §3', 'RFC 8314 §5.1'],
  what: 'A domain announces imap, pop3 or submission and not the service with Implicit TLS.',
  why: 'Mail programs have to begin in plain text and upgrade, which an attacker on the way can prevent.',
  help: 'Announce the service with Implicit TLS as well.',
  // The servers may offer it only with STARTTLS.
  byDefault: false,
  bad: {
    zone: `_imap._tcp SRV 0 0 143 imap ; expect
imap A 192.0.2.40
`,
  },
  good: {
    zone: `_imap._tcp SRV 10 0 143 imap
_imaps._tcp SRV 0 0 993 imap
imap A 192.0.2.40
`,
  },
  say: ({ domain, plain, twin }) =>
    `${domain} announces ${plain} and not ${twin}; expected _${twin}._tcp.${domain} too`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const [domain, services] of servicesByDomain(facts)) {
      for (const [plain, twin] of TWINS) {
        if (!offers(services, plain) || offers(services, twin)) continue;
        report.record(services.get(plain)?.records[0] ?? 0, 'owner', {
          args: { domain: bare(facts.nameText(domain)), plain, twin },
        });
      }
    }
  },
};
