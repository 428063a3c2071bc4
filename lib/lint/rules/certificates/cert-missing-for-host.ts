import { isWithin } from '../../../rr/name.ts';
import { type RoleNames, roleNames } from '../../common-certificates.ts';
import { hostAmong, hostsOf, standing } from '../../common-hosts.ts';
import { unsentDomains } from '../../common-senders.ts';
import { fileStems, isCalledAfter, strayClients, strayServers, unreadyDomains } from '../../common-strays.ts';
import { bare } from '../../common-words.ts';
import type { Facts, MailDomain, MailTarget } from '../../facts.ts';
import type { Report, Rule } from '../../rule.ts';

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
  needs: 'certificates',
  check(facts, report) {
    const servers = roleNames(facts, 'server');
    const clients = roleNames(facts, 'client');
    // Where a whole domain that opted in has none, rules about Client MX say so; SRV targets have a rule of their own.
    const unready = new Set(unreadyDomains(facts).map(({ owner }) => owner));
    reportMissing(facts, report, servers, 'server', ({ owner, mx, srv }) => {
      if (unready.has(owner)) return [];
      const inSrv = hostAmong(srv);
      return hostsOf(mx).filter((target) => !inSrv(target));
    });
    const unsent = new Set(unsentDomains(facts).map(({ owner }) => owner));
    reportMissing(facts, report, clients, 'client', ({ owner, clientMx }) =>
      unsent.has(owner) ? [] : hostsOf(clientMx),
    );
  },
};

function reportMissing(
  facts: Facts,
  report: Report,
  names: RoleNames,
  role: 'server' | 'client',
  hosts: (domain: MailDomain) => readonly MailTarget[],
): void {
  if (names.given === 0 && !facts.mailDomains.some((domain) => hosts(domain).some(names.names))) return;
  const strays = role === 'server' ? strayServers(facts) : strayClients(facts);
  const files = new Set(role === 'server' ? facts.certificates.flatMap(({ file }) => fileStems(file)) : []);
  const bound = facts.certificates.flatMap(({ roles, binding }) => (roles.includes(role) ? (binding.hosts ?? []) : []));
  const spoken = new Set([...bound, ...strays.map(({ target }) => target.host)]);
  for (const domain of facts.mailDomains) {
    for (const target of hosts(domain)) {
      // The certificates of a third party are elsewhere; one bound to the host or called after it is cert-server-not-own-host's.
      if (names.covers(target) || !names.hasPort(target) || !isWithin(target.wire, facts.zone.origin)) continue;
      const { record, host } = target;
      if (spoken.has(host) || isCalledAfter(files, host)) continue;
      // A name that does not exist is a slip, and not the certificate's.
      if (standing(facts, target.wire) === 'no-name') continue;
      spoken.add(host);
      report.record(record, 'exchange', {
        args: { list: role === 'server' ? 'MX' : 'Client MX', domain: bare(facts.nameText(domain.owner)), host, role },
      });
    }
  }
}
