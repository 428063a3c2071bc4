import type { CertificateRole } from '../certs/roles.ts';
import { isWithin } from '../rr/name.ts';
import { isBoundTo, mayMeet } from './common-bindings.ts';
import {
  type CertificateUse,
  certificateUses,
  findName,
  type HostMatch,
  hasOtherUse,
  hasRole,
  namesOf,
  roleNames,
} from './common-certificates.ts';
import { hostsOf } from './common-hosts.ts';
import type { Facts, MailDomain, MailTarget } from './facts.ts';

/** A certificate of a role whose names the zone lists nowhere, with the record it was most likely made for. */
export interface Stray extends HostMatch {
  readonly certificate: number;
}

/** Server certificates that name no MX or SRV host, nor any other TLS host the zone shows; those bound to other hosts or ports are none. */
export function strayServers(facts: Facts, uses: readonly CertificateUse[] = certificateUses(facts)): readonly Stray[] {
  const unlisted = uses.flatMap(({ mx, srv, serverWildcard, elsewhere }, index) => {
    const match = mx ?? srv ?? serverWildcard ?? elsewhere;
    const isMeant = match === undefined && hasRole(facts, index, 'server') && mayMeet(facts, index, 'server');
    return isMeant && !hasOtherUse(facts, index) ? [index] : [];
  });
  return strays(facts, 'server', unlisted, ({ mx, srv }) => {
    const hosts = hostsOf(mx);
    return hosts.length > 0 ? hosts : hostsOf(srv);
  });
}

/** Client certificates that name no Client MX host; those bound to other hosts are none. */
export function strayClients(facts: Facts, uses: readonly CertificateUse[] = certificateUses(facts)): readonly Stray[] {
  const unlisted = uses.flatMap(({ clientMx, clientWildcard, clientElsewhere }, index) => {
    const match = clientMx ?? clientWildcard ?? clientElsewhere;
    const isMeant = match === undefined && hasRole(facts, index, 'client') && mayMeet(facts, index, 'client');
    return isMeant ? [index] : [];
  });
  return strays(facts, 'client', unlisted, ({ clientMx }) => {
    const hosts = hostsOf(clientMx);
    return hosts.length > 0 ? hosts : clientMx;
  });
}

/**
 * Domains that opted in by Client MX and have none of their MX or SRV hosts in a certificate for servers.
 * Left out: hosts of a third party, whose certificates are elsewhere, and domains a certificate with other names was made for.
 */
export function unreadyDomains(facts: Facts, strayed: readonly Stray[] = strayServers(facts)): readonly MailDomain[] {
  const names = roleNames(facts, 'server');
  const blamed = new Set(strayed.map(({ domain }) => domain.owner));
  // By the letter of the draft any of its hosts will do, wherever the certificate is shown.
  for (const { elsewhere } of certificateUses(facts)) if (elsewhere !== undefined) blamed.add(elsewhere.domain.owner);
  return facts.mailDomains.filter(({ owner, mx, srv, clientMx }) => {
    const hosts = hostsOf(mx);
    if (clientMx.length === 0 || hosts.length === 0 || blamed.has(owner)) return false;
    if (!hosts.every(({ wire }) => isWithin(wire, facts.zone.origin))) return false;
    return !hosts.some(names.covers) && !hostsOf(srv).some(names.covers);
  });
}

function strays(
  facts: Facts,
  role: CertificateRole,
  unlisted: readonly number[],
  candidates: (domain: MailDomain) => readonly MailTarget[],
): readonly Stray[] {
  if (unlisted.length === 0) return [];
  const domains = facts.mailDomains.filter((domain) => candidates(domain).length > 0);
  const byOwner = new Map(domains.map((domain) => [domain.owner, domain]));
  const names = roleNames(facts, role);
  const taken = new Set<number>();
  return unlisted.flatMap((certificate) => {
    const { binding = {} } = facts.certificates[certificate] ?? {};
    const isBound = (target: MailTarget): boolean => isBoundTo(facts, binding, target, role);
    const meant = domains.find((each) => binding.domains !== undefined && candidates(each).some(isBound));
    const named = meant ?? nearestDomain(facts, certificate, byOwner);
    const near = named !== undefined && candidates(named).some(isBound) ? named : undefined;
    const domain = near ?? domains.find((each) => candidates(each).some(isBound));
    if (domain === undefined) return [];
    const targets = candidates(domain).filter(isBound);
    const free = targets.filter((target) => !taken.has(target.record) && !names.names(target));
    const stems = new Set(fileStems(facts.certificates[certificate]?.file ?? ''));
    const target = free.find(({ host }) => isCalledAfter(stems, host)) ?? free[0] ?? targets[0];
    if (target === undefined) return [];
    taken.add(target.record);
    return [{ certificate, domain, target }];
  });
}

/** The mail domain that a name of the certificate lies in, the closest one. */
function nearestDomain(
  facts: Facts,
  certificate: number,
  byOwner: ReadonlyMap<number, MailDomain>,
): MailDomain | undefined {
  for (const name of namesOf(facts, certificate)) {
    const labels = name.split('.');
    for (let skip = 0; skip < labels.length; skip++) {
      const domain = byOwner.get(findName(facts, labels.slice(skip).join('.')));
      if (domain !== undefined) return domain;
    }
  }
  return undefined;
}

/** The parts of a certificate's path that may be the name of its host, in lower case and without what programs append. */
export function fileStems(path: string): readonly string[] {
  return path
    .toLowerCase()
    .split(/[\\/]/)
    .map((part) => part.replace(/\.(?:pem|crt|cer|cert|der|chain|fullchain)$/, '').replace(/_ecc$/, ''));
}

/** Whether a file is called after a host: by its whole name, or by its first label when that has a number (`mx1.pem`). */
export function isCalledAfter(stems: ReadonlySet<string>, host: string): boolean {
  const label = host.slice(0, host.indexOf('.'));
  return stems.has(host) || (/\d/.test(label) && stems.has(label));
}
