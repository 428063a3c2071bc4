import { equalNames } from '../../../rr/name.ts';
import { TYPE } from '../../../rr/types.ts';
import { hasAddress, hostAmong, hostsOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Facts, MailDomain, MailTarget } from '../../facts.ts';
import type { Rule } from '../../rule.ts';
import { wildcardFinder } from './shadow.ts';

/** Senders with and without the SRV record reach different hosts (draft-nurpmeso §2, draft-chuang §1.2.3). */
export const rule: Rule = {
  id: 'smtp-tls-srv-target-not-in-mx',
  group: 'smtp-tls-srv',
  level: 'warning',
  cites: ['SRV-2-i', 'SRV-2-k', 'CMX-1.2.3-b'],
  what: 'An _smtp-tls SRV record names a host that no MX record of the domain names.',
  why: 'Senders that know the record and those that do not reach different hosts, and certificate names are compared with MX: that of the SRV host is not among them.',
  help: 'Name the same hosts in SRV and MX.',
  bad: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 tls1 ; expect
mx1 A 192.0.2.10
tls1 A 192.0.2.30
`,
  },
  good: {
    zone: `@ MX 10 mx1
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
`,
  },
  say: ({ domain, hosts, mx }) =>
    mx === ''
      ? `SRV of ${domain} names ${hosts}, but the domain has no MX for senders that do not know the record; expected MX records for the same hosts`
      : `SRV of ${domain} names ${hosts}, which its MX does not (${mx}); expected the same hosts in both`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.MX)) return;
    const shadowedWildcard = wildcardFinder(facts);
    for (const domain of facts.mailDomains) {
      const [first, ...others] = foreignTargets(facts, domain);
      if (first === undefined || (domain.mx.length === 0 && shadowedWildcard(domain.owner) >= 0)) continue;
      report.record(first.record, 'target', {
        args: {
          domain: bare(facts.nameText(domain.owner)),
          hosts: listed([...new Set([first, ...others].map(({ host }) => host))]),
          mx: domain.mx.length === 0 ? '' : listed(domain.mx.map(({ host }) => host)),
        },
        related: domain.mx
          .slice(0, 3)
          .map(({ record }) => ({ record, part: 'exchange', message: 'MX names this host' })),
      });
    }
  },
};

/** SRV targets that senders without SRV do not reach; none when another rule has more to say about the domain. */
function foreignTargets(facts: Facts, { owner, mx, nullMx, srv }: MailDomain): readonly MailTarget[] {
  if (srv.length === 0 || nullMx) return [];
  const targets = hostsOf(srv);
  if (mx.length > 0) {
    const inMx = hostAmong(mx);
    return targets.filter((target) => !inMx(target));
  }
  // Without MX the domain itself is the host (RFC 5321 §5.1); a name without either is smtp-tls-srv-wrong-owner's.
  if (!hasAddress(facts, owner)) return owner === facts.zone.apex ? targets : [];
  const self = facts.zone.names.wire(owner);
  return targets.filter(({ wire }) => !equalNames(wire, self));
}
