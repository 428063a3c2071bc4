import { isWithin } from '../rr/name.ts';
import { roleNames } from './common-certificates.ts';
import { hostsOf, standingOf } from './common-hosts.ts';
import { strayClients } from './common-strays.ts';
import type { Facts, MailDomain } from './facts.ts';

/**
 * Domains whose Client MX hosts are in none of the certificates for clients given. Left out: hosts of a third party, whose
 * certificates are elsewhere, names that do not exist, and domains a certificate with other names was made for.
 */
export function unsentDomains(facts: Facts): readonly MailDomain[] {
  const names = roleNames(facts, 'client');
  if (names.given === 0) return [];
  const blamed = new Set(strayClients(facts).map(({ domain }) => domain.owner));
  return facts.mailDomains.filter(({ owner, clientMx }) => {
    const hosts = hostsOf(clientMx);
    if (hosts.length === 0 || blamed.has(owner) || hosts.some(names.covers)) return false;
    if (!hosts.every(({ wire }) => isWithin(wire, facts.zone.origin))) return false;
    return hosts.some((target) => standingOf(facts, target) !== 'no-name');
  });
}
