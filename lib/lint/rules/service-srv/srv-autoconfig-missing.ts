import { TYPE } from '../../../rr/types.ts';
import { findBelow } from '../../common-below.ts';
import { bare } from '../../common-words.ts';
import type { Facts } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { offers, servicesByDomain } from './records.ts';

/** Mail services are announced by SRV, and Thunderbird's way to find them is missing. */
export const rule: Rule = {
  id: 'srv-autoconfig-missing',
  group: 'service-srv',
  level: 'info',
  cites: ['RFC 6186 §1'],
  what: 'A domain announces mail services by SRV and has no host autoconfig.',
  why: 'Thunderbird and others look for https://autoconfig.<domain>/ and not for SRV, so their users type the settings in.',
  help: 'Add autoconfig below the domain with the settings file, or leave it to the provider database.',
  // Other ways to find the settings exist.
  byDefault: false,
  bad: {
    zone: `_imaps._tcp SRV 0 0 993 imap ; expect
imap A 192.0.2.40
`,
  },
  good: {
    zone: `_imaps._tcp SRV 0 0 993 imap
imap A 192.0.2.40
autoconfig CNAME imap
`,
  },
  say: ({ domain }) =>
    `${domain} announces mail services by SRV, but autoconfig.${domain} does not exist; expected that host`,
  check(facts, report) {
    if ([TYPE.A, TYPE.AAAA, TYPE.CNAME].some((type) => facts.mayBeBroken(type))) return;
    for (const [domain, services] of servicesByDomain(facts)) {
      const announced = ['imaps', 'imap', 'pop3s', 'pop3'].find((service) => offers(services, service));
      if (announced === undefined || findBelow(facts, domain, 'autoconfig') >= 0 || hasWildcard(facts, domain))
        continue;
      report.record(services.get(announced)?.records[0] ?? 0, 'owner', {
        args: { domain: bare(facts.nameText(domain)) },
      });
    }
  },
};

function hasWildcard(facts: Facts, domain: number): boolean {
  return facts.wildcards.length > 0 && findBelow(facts, domain, '*') >= 0;
}
