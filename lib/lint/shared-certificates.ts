import { certificateNames } from '../certs/names.ts';
import type { CertificateRole } from '../certs/roles.ts';
import { nameFromText } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import type { Facts, MailDomain, MailTarget } from './facts.ts';
import { hostsOf } from './shared-hosts.ts';
import { bareName, listed } from './shared-words.ts';

/** A host of a mail domain that a certificate names. */
export interface HostMatch {
  readonly domain: MailDomain;
  readonly target: MailTarget;
}

/** What the zone lists of the names of one certificate: the first match in each kind of record. */
export interface CertificateUse {
  mx?: HostMatch;
  srv?: HostMatch;
  clientMx?: HostMatch;
  /** A host of MX or SRV that no name equals but a wildcard of the certificate covers. */
  serverWildcard?: HostMatch;
  /** The same for Client MX. */
  clientWildcard?: HostMatch;
  /** A domain it is used for publishes Client MX. */
  optedIn: boolean;
}

/** Certificates that count for a role (given it, or no role at all) and the names they carry. */
export interface RoleNames {
  readonly certificates: readonly number[];
  readonly exact: ReadonlySet<string>;
  /** What follows the `*.` of wildcard names. */
  readonly wildcards: ReadonlySet<string>;
  /** SRVNames in lower case (RFC 4985). */
  readonly services: ReadonlySet<string>;
}

/** A certificate of a role whose names the zone lists nowhere, with the record it was most likely made for. */
export interface Stray extends HostMatch {
  readonly certificate: number;
}

/** Whether a certificate was given a role. */
export function hasRole(facts: Facts, certificate: number, role: CertificateRole): boolean {
  return facts.certificates[certificate]?.roles.includes(role) === true;
}

/** A certificate in a sentence: its file, and which one of the file when several were found there. */
export function fileLabel(facts: Facts, certificate: number): string {
  const given = facts.certificates[certificate];
  if (given === undefined) return '';
  const siblings = facts.certificates.filter(({ file }) => file === given.file).length;
  return siblings > 1 ? `${given.file} (certificate ${given.index + 1})` : given.file;
}

/** The names a certificate is matched by, in a sentence. */
export function namesLabel(facts: Facts, certificate: number): string {
  const names = namesOf(facts, certificate);
  return names.length === 0 ? 'no host' : listed(names);
}

/** The names a certificate is matched by (see certificateNames). */
export function namesOf(facts: Facts, certificate: number): readonly string[] {
  const given = facts.certificates[certificate];
  return given === undefined ? [] : certificateNames(given.facts).names;
}

/** The names of all certificates that count for a role. */
export function roleNames(facts: Facts, role: CertificateRole): RoleNames {
  const certificates = facts.certificates.flatMap(({ roles }, index) =>
    roles.length === 0 || roles.includes(role) ? [index] : [],
  );
  const names = certificates.flatMap((index) => namesOf(facts, index));
  const services = certificates.flatMap((index) => facts.certificates[index]?.facts.srvNames ?? []);
  return {
    certificates,
    exact: new Set(names.filter((name) => !name.startsWith('*.'))),
    wildcards: new Set(names.filter((name) => name.startsWith('*.')).map((name) => name.slice(2))),
    services: new Set(services.map((name) => name.toLowerCase())),
  };
}

/** Whether a wildcard among the names covers a host (RFC 9525 §6.3). */
export function isCovered(names: RoleNames, host: string): boolean {
  return names.wildcards.size > 0 && names.wildcards.has(host.slice(host.indexOf('.') + 1));
}

/** What the zone lists of each certificate's names, whatever its roles; in the order of facts.certificates. */
export function certificateUses(facts: Facts): readonly CertificateUse[] {
  const uses = facts.certificates.map((): CertificateUse => ({ optedIn: false }));
  const byName = new Map<string, number[]>();
  facts.certificates.forEach((_, index) => {
    for (const name of namesOf(facts, index)) byName.set(name, [...(byName.get(name) ?? []), index]);
  });
  const anyWildcard = [...byName.keys()].some((name) => name.startsWith('*.'));
  for (const domain of facts.mailDomains) {
    const optedIn = domain.clientMx.length > 0;
    const mark = (targets: readonly MailTarget[], kind: 'mx' | 'srv' | 'clientMx'): void => {
      for (const target of targets) {
        for (const index of byName.get(target.host) ?? []) {
          const use = uses[index] as CertificateUse;
          use[kind] ??= { domain, target };
          use.optedIn ||= optedIn;
        }
        if (!anyWildcard) continue;
        for (const index of byName.get(`*${target.host.slice(target.host.indexOf('.'))}`) ?? []) {
          const use = uses[index] as CertificateUse;
          use[kind === 'clientMx' ? 'clientWildcard' : 'serverWildcard'] ??= { domain, target };
          use.optedIn ||= optedIn;
        }
      }
    };
    mark(domain.mx, 'mx');
    mark(domain.srv, 'srv');
    mark(domain.clientMx, 'clientMx');
  }
  return uses;
}

/** Server certificates that name no MX or SRV host, nor any other TLS host the zone shows (RFC 8461, RFC 6186). */
export function strayServers(facts: Facts, uses: readonly CertificateUse[] = certificateUses(facts)): readonly Stray[] {
  const unlisted = uses.flatMap((use, index) => {
    const match = use.mx ?? use.srv ?? use.serverWildcard;
    return match === undefined && hasRole(facts, index, 'server') && !hasOtherUse(facts, index) ? [index] : [];
  });
  return strays(facts, 'server', unlisted, ({ mx, srv }) => {
    const hosts = hostsOf(mx);
    return hosts.length > 0 ? hosts : hostsOf(srv);
  });
}

/** Client certificates that name no Client MX host. */
export function strayClients(facts: Facts, uses: readonly CertificateUse[] = certificateUses(facts)): readonly Stray[] {
  const unlisted = uses.flatMap((use, index) =>
    (use.clientMx ?? use.clientWildcard) === undefined && hasRole(facts, index, 'client') ? [index] : [],
  );
  return strays(facts, 'client', unlisted, ({ clientMx }) => {
    const hosts = hostsOf(clientMx);
    return hosts.length > 0 ? hosts : clientMx;
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
  const { exact } = roleNames(facts, role);
  const taken = new Set<number>();
  return unlisted.flatMap((certificate) => {
    const domain = nearestDomain(facts, certificate, byOwner) ?? domains[0];
    if (domain === undefined) return [];
    const targets = candidates(domain);
    const free = targets.filter(({ record, host }) => !taken.has(record) && !exact.has(host));
    const file = facts.certificates[certificate]?.file ?? '';
    const target = free.find(({ host }) => fileNames(file, host)) ?? free[0] ?? targets[0];
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

/** Name id of a host name's text, -1 when the zone does not have it. */
export function findName(facts: Facts, text: string): number {
  const wire = wireOf(text);
  return wire === undefined ? -1 : facts.find(wire);
}

/** Wire form of a host name's text; undefined for what is no name. */
export function wireOf(text: string): Uint8Array | undefined {
  const read = nameFromText(`${text}.`);
  return 'name' in read ? read.name : undefined;
}

/** Whether a path names a host: a part of it is the host's name, or its first label when that has a number (`mx1.pem`). */
export function fileNames(path: string, host: string): boolean {
  const label = host.slice(0, host.indexOf('.'));
  return path
    .toLowerCase()
    .split(/[\\/]/)
    .map((part) => part.replace(/\.(?:pem|crt|cer|cert|der|chain|fullchain)$/, '').replace(/_ecc$/, ''))
    .some((part) => part === host || (part === label && /\d/.test(label)));
}

const TLS_HOST_LABELS: ReadonlySet<string> = new Set(['mta-sts', 'autoconfig', 'autodiscover', 'openpgpkey']);

/** Whether the zone shows another TLS service under a name of the certificate: MTA-STS, client set-up, or any SRV target. */
export function hasOtherUse(facts: Facts, certificate: number): boolean {
  const names = namesOf(facts, certificate);
  if (names.length === 0) return false;
  if (names.some((name) => TLS_HOST_LABELS.has(name.slice(0, name.indexOf('.'))) && findName(facts, name) >= 0))
    return true;
  const wanted = new Set(names);
  return facts.records(TYPE.SRV).some((record) => {
    const target = facts.nameField(record, 'target');
    return target !== undefined && wanted.has(bareName(target).toLowerCase());
  });
}
