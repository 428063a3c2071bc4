import { isWithin } from '../../../rr/name.ts';
import type { Facts, MailDomain, MailTarget } from '../../facts.ts';
import type { Report, Rule } from '../../rule.ts';
import { isCovered, type RoleNames, roleNames } from '../../shared-certificates.ts';
import { hostsOf } from '../../shared-hosts.ts';
import { fileNames, strayClients, strayServers } from '../../shared-strays.ts';
import { bare } from '../../shared-words.ts';

/** A mail host of the zone is in none of the given certificates. */
export const rule: Rule = {
  id: 'cert-missing-for-host',
  group: 'certificates',
  level: 'warning',
  cites: ['CMX-1.2.1-i', 'CMX-1.2.2-a'],
  what: 'Certificates were given for some mail hosts of the zone, but not for this one.',
  why: 'The host serves a certificate of another name or none, and peers that check it turn away.',
  help: 'Give the certificate of the host as well, or issue one with its name.',
  bad: {
    zone: `@ MX 10 mx1
@ MX 20 mx2 ; expect
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
    certificates: [{ file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] }],
  },
  good: {
    zone: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.10
mx2 A 198.51.100.10
`,
    certificates: [
      { file: 'mx1.pem', roles: ['server'], dnsNames: ['mx1.example.net'] },
      { file: 'mx2.pem', roles: ['server'], dnsNames: ['mx2.example.net'] },
    ],
  },
  say: ({ list, domain, host, role }) =>
    `${list} of ${domain} names ${host}, but none of the given ${role} certificates does; expected one with that name`,
  check(facts, report) {
    if (facts.certificates.length === 0) return;
    const servers = roleNames(facts, 'server');
    const clients = roleNames(facts, 'client');
    reportMissing(facts, report, servers, 'server', ({ mx, srv, clientMx }) => {
      const hosts = hostsOf(mx);
      // Where a whole domain that opted in has none, client-mx-server-cert-not-ready says so; SRV targets have a rule of their own.
      const ready = [...hosts, ...hostsOf(srv)].some(({ host }) => servers.exact.has(host) || isCovered(servers, host));
      if (clientMx.length > 0 && !ready) return [];
      return hosts.filter(({ host }) => !srv.some((service) => service.host === host));
    });
    reportMissing(facts, report, clients, 'client', ({ clientMx }) => hostsOf(clientMx));
  },
};

function reportMissing(
  facts: Facts,
  report: Report,
  names: RoleNames,
  role: 'server' | 'client',
  hosts: (domain: MailDomain) => readonly MailTarget[],
): void {
  const some =
    names.given > 0 || facts.mailDomains.some((domain) => hosts(domain).some(({ host }) => names.exact.has(host)));
  if (!some) return;
  const strays = role === 'server' ? strayServers(facts) : strayClients(facts);
  const spoken = new Set(strays.map(({ target }) => target.host));
  for (const domain of facts.mailDomains) {
    for (const { record, host, wire } of hosts(domain)) {
      if (names.exact.has(host) || isCovered(names, host) || spoken.has(host)) continue;
      // The certificates of a third party are elsewhere; a file called after the host is cert-server-not-own-host's.
      if (!isWithin(wire, facts.zone.origin)) continue;
      if (facts.certificates.some(({ file }) => role === 'server' && fileNames(file, host))) continue;
      spoken.add(host);
      report.record(record, 'exchange', {
        args: { list: role === 'server' ? 'MX' : 'Client MX', domain: bare(facts.nameText(domain.owner)), host, role },
      });
    }
  }
}
