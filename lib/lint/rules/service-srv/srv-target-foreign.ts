import { isWithin } from '../../../rr/name.ts';
import { bare, bareName } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';
import { knownServices } from './records.ts';

const MAIL: ReadonlySet<string> = new Set(['imap', 'imaps', 'pop3', 'pop3s', 'submission', 'submissions']);

/** The host of a mail service lies outside the domain (RFC 6186 §6). */
export const rule: Rule = {
  id: 'srv-target-foreign',
  group: 'service-srv',
  level: 'info',
  cites: ['RFC 6186 §6', 'RFC 6125 §6.4'],
  what: 'The SRV record of a mail service names a host outside the zone, and the zone is not signed.',
  why: 'A forged answer could name any host, so careful mail programs ask their user before they connect.',
  help: 'Sign the zone, or give the host a name in the domain.',
  // Hosted mail is like this.
  byDefault: false,
  bad: { zone: '_imaps._tcp SRV 0 0 993 imap.example.org. ; expect\n' },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 imap
imap A 192.0.2.40
`,
  },
  say: ({ domain, service, host }) =>
    `SRV of ${domain} announces ${service} at ${host}, outside the zone; expected a host of the domain, or a signed zone`,
  check(facts, report) {
    if (facts.signed) return;
    for (const { service, domain, hosts } of knownServices(facts)) {
      const foreign = hosts.find(({ wire }) => !isWithin(wire, facts.zone.origin));
      if (foreign === undefined || !MAIL.has(service)) continue;
      report.record(foreign.record, 'target', {
        args: { domain: bare(facts.nameText(domain)), service, host: bareName(foreign.wire) },
      });
    }
  },
};
