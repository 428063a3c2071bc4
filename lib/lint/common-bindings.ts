import type { Binding } from '../certs/load.ts';
import { certificateNames } from '../certs/names.ts';
import type { CertificateRole } from '../certs/roles.ts';
import { nameFromText } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { oncePerZone } from './common-memo.ts';
import { NameIndex } from './common-name-index.ts';
import { bareName } from './common-words.ts';
import type { Facts, MailDomain, MailTarget } from './facts.ts';

/** Whether a certificate counts for a host of MX, SRV or Client MX where it is bound to hosts, domains or ports; a client has no port. */
export function isBoundTo(
  facts: Facts,
  { hosts, domains, ports }: Binding,
  target: MailTarget,
  role: CertificateRole,
): boolean {
  if (hosts !== undefined && !hosts.includes(target.host)) return false;
  if (ports !== undefined && role === 'server' && !ports.includes(target.port)) return false;
  return domains === undefined || isBoundToDomain({ domains }, domainOf(facts, target));
}

/** Whether a certificate counts for a mail domain. */
export function isBoundToDomain({ domains }: Binding, domain: Uint8Array): boolean {
  return domains === undefined || domains.includes(bareName(domain).toLowerCase());
}

/** The mail domain a record of it belongs to: the owner, or what is behind the labels of a service. */
function domainOf({ zone, tree }: Facts, { record }: MailTarget): Uint8Array {
  const owner = zone.owners[record] ?? 0;
  const domain = zone.types[record] === TYPE.SRV ? tree.parent[tree.parent[owner] ?? owner] : owner;
  return zone.names.wire(domain ?? owner);
}

/** Whether the zone lists any host at which a certificate may be shown, whatever its names; true for one that is bound to nothing. */
export function mayMeet(facts: Facts, certificate: number, role: CertificateRole): boolean {
  const { hosts, domains, ports } = facts.certificates[certificate]?.binding ?? {};
  if (hosts === undefined && domains === undefined && (ports === undefined || role === 'client')) return true;
  return meetings(facts)[role].has(certificate);
}

/** Whether somebody said where a certificate is shown, and the zone has a host or domain there: it is in use, for mail or not. */
export function isBoundInZone(facts: Facts, certificate: number): boolean {
  const given = facts.certificates[certificate];
  if (given === undefined) return false;
  const { hosts, domains, ports } = given.binding;
  if (hosts === undefined && domains === undefined && ports === undefined) return false;
  return [...(hosts ?? certificateNames(given.facts).names), ...(domains ?? [])].some((name) => {
    const read = nameFromText(`${name.replace(/^\*\./u, '')}.`);
    return 'name' in read && facts.find(read.name) >= 0;
  });
}

type Meetings = Readonly<Record<CertificateRole, Set<number>>>;

/** The bound certificates that can be met at some host of the zone, in one look at its mail domains. */
const meetings = oncePerZone((facts: Facts): Meetings => {
  const byHost = new NameIndex<number>();
  const byDomain = new NameIndex<number>();
  const byPort: number[] = [];
  facts.certificates.forEach(({ binding: { hosts, domains, ports } }, index) => {
    if (hosts !== undefined) addAll(byHost, hosts, index);
    else if (domains !== undefined) addAll(byDomain, domains, index);
    else if (ports !== undefined) byPort.push(index);
  });
  const met: Meetings = { server: new Set(), client: new Set() };
  const meet = (certificates: readonly number[], targets: readonly MailTarget[], role: CertificateRole): void => {
    for (const index of certificates) {
      const { binding } = facts.certificates[index] ?? { binding: {} };
      if (!met[role].has(index) && targets.some((target) => isBoundTo(facts, binding, target, role)))
        met[role].add(index);
    }
  };
  const ports = new Map<number, MailTarget>();
  for (const domain of facts.mailDomains) {
    for (const [targets, role] of listsOf(domain)) {
      for (const target of targets) {
        meet(byHost.get(target.wire), [target], role);
        if (role === 'server') ports.set(target.port, target);
      }
      const ofDomain = byDomain.size === 0 ? [] : byDomain.get(facts.zone.names.wire(domain.owner));
      meet(ofDomain, targets, role);
    }
  }
  meet(byPort, [...ports.values()], 'server');
  return met;
});

function listsOf({ mx, srv, clientMx }: MailDomain): readonly (readonly [readonly MailTarget[], CertificateRole])[] {
  return [
    [mx, 'server'],
    [srv, 'server'],
    [clientMx, 'client'],
  ];
}

function addAll(index: NameIndex<number>, names: readonly string[], certificate: number): void {
  for (const name of names) {
    const read = nameFromText(`${name}.`);
    if ('name' in read) index.add(read.name, certificate);
  }
}
