import { isWithin } from '../../../rr/name.ts';
import { roleNames } from '../../common-certificates.ts';
import { hostsOf, standing } from '../../common-hosts.ts';
import { strayServers, unreadyDomains } from '../../common-strays.ts';
import { bare } from '../../common-words.ts';
import type { Rule } from '../../rule.ts';

/** No server certificate given names an SRV target (RFC 6186 §5, RFC 9525 §6). */
export const rule: Rule = {
  id: 'smtp-tls-srv-cert-lacks-target',
  group: 'smtp-tls-srv',
  level: 'error',
  cites: ['SRV-4-h3', 'SRV-5-a', 'RFC 9525 §6.1'],
  what: 'None of the given server certificates names the target of an _smtp-tls SRV record, nor the domain it is for.',
  why: 'A sender that follows the record must use TLS and check the certificate; without the name it cannot deliver.',
  help: 'Give the host a certificate with its own name.',
  bad: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
_smtp-tls._tcp SRV 0 0 842 mx1
_smtp-tls._tcp SRV 1 0 842 mx2 ; expect
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  good: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
_smtp-tls._tcp SRV 0 0 842 mx1
_smtp-tls._tcp SRV 1 0 842 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
    certificates: [{ file: 'mx.pem', roles: ['server'], dnsNames: ['mx1.example.net', 'mx2.example.net'] }],
  },
  say: ({ domain, host }) =>
    `SRV of ${domain} names ${host}, but none of the given server certificates has that name or ${domain}; senders that follow SRV check it`,
  check(facts, report) {
    const names = roleNames(facts, 'server');
    if (names.count === 0) return;
    const strays = strayServers(facts);
    const blamed = new Set(strays.map(({ target }) => target.host));
    // A domain that has no certificate at all is client-mx-server-cert-not-ready when it opted in.
    const unready = new Set(unreadyDomains(facts, strays).map(({ owner }) => owner));
    const reported = new Set<string>();
    for (const { owner, srv } of facts.mailDomains) {
      const targets = hostsOf(srv);
      if (targets.length === 0 || unready.has(owner)) continue;
      if (names.namesService(facts.zone.names.wire(owner), facts.drafts.label)) continue;
      for (const target of targets) {
        // The certificates of a third party are elsewhere, and so are those of a port that none was given for.
        if (names.covers(target) || !names.hasPort(target) || !isWithin(target.wire, facts.zone.origin)) continue;
        const { record, host } = target;
        if (blamed.has(host) || reported.has(host) || standing(facts, target.wire) === 'no-name') continue;
        reported.add(host);
        report.record(record, 'target', { args: { domain: bare(facts.nameText(owner)), host } });
      }
    }
  },
};
