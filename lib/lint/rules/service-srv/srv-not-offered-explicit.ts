import { TYPE } from '../../../rr/types.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { offers, servicesByDomain } from './records.ts';

const SERVICES = ['imap', 'imaps', 'pop3', 'pop3s', 'submission', 'submissions'];

/** A domain says which mail services it has, and not which it has not (RFC 6186 §3.4). */
export const rule: Rule = {
  id: 'srv-not-offered-explicit',
  group: 'service-srv',
  level: 'info',
  cites: ['RFC 6186 §3.4'],
  what: 'A domain announces some mail services and says nothing about the others.',
  why: 'Mail programs that find no record for a service guess hosts and try ports.',
  help: 'Add SRV records "0 0 0 ." for the services that are not offered.',
  // A suggestion: silence means the same.
  byDefault: false,
  bad: {
    zone: `_imaps._tcp SRV 0 0 993 imap ; expect
_submissions._tcp SRV 0 0 465 imap
imap A 192.0.2.40
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 imap
_submissions._tcp SRV 0 0 465 imap
_imap._tcp SRV 0 0 0 .
_pop3._tcp SRV 0 0 0 .
_pop3s._tcp SRV 0 0 0 .
_submission._tcp SRV 0 0 0 .
imap A 192.0.2.40
`,
  },
  say: ({ domain, missing }) =>
    `${domain} says nothing about ${missing}; expected SRV records "0 0 0 ." for what is not offered`,
  needs: [TYPE.SRV],
  check(facts, report) {
    for (const [domain, services] of servicesByDomain(facts)) {
      const offered = SERVICES.find((service) => offers(services, service));
      const missing = SERVICES.filter((service) => !services.has(service));
      if (offered === undefined || missing.length === 0) continue;
      report.record(services.get(offered)?.records[0] ?? 0, 'owner', {
        args: { domain: bare(facts.nameText(domain)), missing: listed(missing, 6) },
      });
    }
  },
};
