import { isWithin } from '../../../rr/name.ts';
import { hostsOf } from '../../common-hosts.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** Without DNSSEC, a target in another domain is what a forged answer would look like (RFC 6186 §6). */
export const rule: Rule = {
  id: 'smtp-tls-srv-target-foreign',
  group: 'smtp-tls-srv',
  level: 'warning',
  cites: ['SRV-7-a', 'SRV-7-d'],
  what: 'An _smtp-tls SRV record of an unsigned zone names a host outside the zone.',
  why: 'A sender cannot tell such a record from a forged one and may refuse to follow it.',
  help: 'Sign the zone with DNSSEC, or name the host by a name of the domain.',
  // A zone that is signed by the server has no keys in its file.
  byDefault: false,
  bad: { zone: '@ MX 10 mx.example.org.\n_smtp-tls._tcp SRV 0 0 842 mx.example.org. ; expect\n' },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, host, zone }) =>
    `SRV of ${domain} names ${host}, which lies outside ${zone}, and the zone is not signed; expected a host of the own domain, or DNSSEC`,
  check(facts, report) {
    if (facts.signed) return;
    const { origin, apex } = facts.zone;
    for (const { owner, srv } of facts.mailDomains) {
      const foreign = hostsOf(srv).find(({ wire }) => !isWithin(wire, origin));
      if (foreign === undefined) continue;
      report.record(foreign.record, 'target', {
        args: { domain: bare(facts.nameText(owner)), host: foreign.host, zone: bare(facts.nameText(apex)) },
      });
    }
  },
};
