import { TYPE } from '../../../rr/types.ts';
import { hostAmong, hostsOf } from '../../common-hosts.ts';
import { bare, listed } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** An MX host is not reachable for senders that know the SRV record (draft-nurpmeso §2). */
export const rule: Rule = {
  id: 'smtp-tls-srv-mx-not-in-srv',
  group: 'smtp-tls-srv',
  level: 'warning',
  cites: ['SRV-2-k', 'SRV-2-i'],
  what: 'An MX record names a host that no _smtp-tls SRV record of the domain names.',
  why: 'Senders that find SRV records never use MX, so this host gets no mail from them and is no backup for them.',
  help: 'Add an SRV record for the host, with a higher priority number if it is a backup.',
  bad: {
    zone: `@ MX 10 mx1
@ MX 20 mx2 ; expect
_smtp-tls._tcp SRV 0 0 842 mx1
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
  },
  good: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
_smtp-tls._tcp SRV 0 0 842 mx1
_smtp-tls._tcp SRV 1 0 842 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
  },
  say: ({ domain, hosts, srv }) =>
    `MX of ${domain} names ${hosts}, but its SRV records (${srv}) do not, and senders that find those never use MX; expected an SRV record for each MX host`,
  check(facts, report) {
    if (facts.mayBeBroken(TYPE.SRV)) return;
    for (const { owner, mx, srv } of facts.mailDomains) {
      if (mx.length === 0) continue;
      const services = hostsOf(srv);
      if (services.length === 0) continue;
      const inSrv = hostAmong(services);
      const left = hostsOf(mx).filter((target) => !inSrv(target));
      const [first, ...others] = left;
      // Two lists without a common host are smtp-tls-srv-target-not-in-mx.
      if (first === undefined || left.length === hostsOf(mx).length) continue;
      report.record(first.record, 'exchange', {
        args: {
          domain: bare(facts.nameText(owner)),
          hosts: listed([first, ...others].map(({ host }) => host)),
          srv: listed([...new Set(services.map(({ host }) => host))]),
        },
        related: [
          ...others.slice(0, 2).map(({ record }) => ({ record, part: 'exchange', message: 'nor this one' })),
          ...services.slice(0, 1).map(({ record }) => ({ record, part: 'target', message: 'SRV names this host' })),
        ],
      });
    }
  },
};
