import type { Binding, GivenCertificate } from '../certs/load.ts';
import { certificateNames } from '../certs/names.ts';
import type { CertificateRole } from '../certs/roles.ts';
import { nameFromText } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { isBoundTo, isBoundToDomain, mayMeet } from './common-bindings.ts';
import { oncePerZone } from './common-memo.ts';
import { NameIndex } from './common-name-index.ts';
import { bare, listed } from './common-words.ts';
import type { Facts, MailDomain, MailTarget } from './facts.ts';
import type { RelatedAt } from './rule.ts';

/** A host of a mail domain that a certificate names. */
export interface HostMatch {
  readonly domain: MailDomain;
  readonly target: MailTarget;
}

/** What the zone lists of the names of one certificate, as far as its binding lets it count: the first match in each kind of record. */
export interface CertificateUse {
  mx?: HostMatch;
  srv?: HostMatch;
  clientMx?: HostMatch;
  /** A host of MX or SRV that no name equals but a wildcard of the certificate covers; of a domain with Client MX if there is one. */
  serverWildcard?: HostMatch;
  /** The same for Client MX. */
  clientWildcard?: HostMatch;
  /** A host of MX or SRV that it names, but to which it is not bound. */
  elsewhere?: HostMatch;
  /** The same for Client MX. */
  clientElsewhere?: HostMatch;
  /** A domain it is used for publishes Client MX. */
  optedIn: boolean;
  /** Its names that stand in MX, SRV or Client MX. */
  readonly listed: Set<string>;
}

/** The names of the certificates that count for a role: given it, or no role at all, and bound to nothing that the zone does not list. */
export interface RoleNames {
  /** How many certificates count for the role. */
  readonly count: number;
  /** How many of them were given the role. */
  readonly given: number;
  /** Whether one of them may be shown at the port of a host: nobody named ports, or this one. */
  hasPort(target: MailTarget): boolean;
  /** Whether one of them names a host exactly. */
  names(target: MailTarget): boolean;
  /** Whether one of them names a host exactly or covers it by a wildcard. */
  covers(target: MailTarget): boolean;
  /** Whether one of them names a domain, itself or by its SRVName (RFC 4985). */
  namesService(domain: Uint8Array, service: string): boolean;
}

/** Whether a certificate was given a role. */
export function hasRole(facts: Facts, certificate: number, role: CertificateRole): boolean {
  return facts.certificates[certificate]?.roles.includes(role) === true;
}

/** A certificate in a sentence: its file, and which one of the file when several were found there. */
export function fileLabel(facts: Facts, certificate: number): string {
  const given = facts.certificates[certificate];
  if (given === undefined) return '';
  if (given.label !== undefined) return given.label;
  const siblings = facts.certificates.filter(({ file }) => file === given.file).length;
  return siblings > 1 ? `${given.file} (certificate ${given.index + 1})` : given.file;
}

/** The names a certificate is matched by, in a sentence; `no host` without any. */
export function namesLabel(facts: Facts, certificate: number, word = 'and'): string {
  const names = namesOf(facts, certificate);
  return names.length === 0 ? 'no host' : listed(names, 3, word);
}

/** The names a certificate is matched by (see certificateNames). */
export function namesOf(facts: Facts, certificate: number): readonly string[] {
  const given = facts.certificates[certificate];
  return given === undefined ? [] : certificateNames(given.facts).names;
}

/** The names of all certificates that count for a role; each counts only for the hosts, domains and ports it is bound to. */
export function roleNames(facts: Facts, role: CertificateRole): RoleNames {
  return role === 'server' ? serverNames(facts) : clientNames(facts);
}

const serverNames = oncePerZone((facts) => namesOfRole(facts, 'server'));
const clientNames = oncePerZone((facts) => namesOfRole(facts, 'client'));

function namesOfRole(facts: Facts, role: CertificateRole): RoleNames {
  const counting = facts.certificates.filter(
    ({ roles }, index) => (roles.length === 0 || roles.includes(role)) && mayMeet(facts, index, role),
  );
  const ports = counting.every((given) => given.binding.ports !== undefined)
    ? new Set(counting.flatMap((given) => given.binding.ports ?? []))
    : undefined;
  const { exact, wildcards } = indexNames(counting, ({ binding }) => binding);
  const services = new NameIndex<{ readonly service: string; readonly binding: Binding }>();
  for (const { facts: of, binding } of counting) {
    for (const name of of.srvNames) {
      const [service = '', ...domain] = name.split('.');
      const wire = wireOf(domain.join('.'));
      if (wire !== undefined) services.add(wire, { service: service.toLowerCase(), binding });
    }
  }
  const counts = (target: MailTarget) => (binding: Binding) => isBoundTo(facts, binding, target, role);
  const names = (target: MailTarget): boolean => exact.get(target.wire).some(counts(target));
  return {
    count: counting.length,
    given: counting.filter(({ roles }) => roles.length > 0).length,
    hasPort: ({ port }) => role === 'client' || (ports?.has(port) ?? true),
    names,
    covers: (target) => names(target) || wildcards.getAbove(target.wire).some(counts(target)),
    namesService: (domain, service) =>
      exact.get(domain).some((binding) => isBoundToDomain(binding, domain)) ||
      services.get(domain).some((one) => one.service === service && isBoundToDomain(one.binding, domain)),
  };
}

/** What the zone lists of each certificate's names, whatever its roles; in the order of facts.certificates. */
export const certificateUses: (facts: Facts) => readonly CertificateUse[] = oncePerZone((facts) => {
  const uses = facts.certificates.map(({ binding }): BoundUse => ({ binding, optedIn: false, listed: new Set() }));
  const { exact, wildcards } = indexNames(facts.certificates, (_, at) => uses[at] as BoundUse);
  for (const domain of facts.mailDomains) {
    markExact(facts, domain, 'mx', exact);
    markExact(facts, domain, 'srv', exact);
    markExact(facts, domain, 'clientMx', exact);
    if (wildcards.size === 0) continue;
    markWildcards(facts, domain, 'mx', wildcards);
    markWildcards(facts, domain, 'srv', wildcards);
    markWildcards(facts, domain, 'clientMx', wildcards);
  }
  return uses;
});

/** A use while it is made. */
interface BoundUse extends CertificateUse {
  readonly binding: Binding;
}

function indexNames<T>(
  certificates: readonly GivenCertificate[],
  value: (given: GivenCertificate, at: number) => T,
): { exact: NameIndex<T>; wildcards: NameIndex<T> } {
  const exact = new NameIndex<T>();
  const wildcards = new NameIndex<T>();
  certificates.forEach((given, at) => {
    for (const name of certificateNames(given.facts).names) {
      const isWildcard = name.startsWith('*.');
      const wire = wireOf(isWildcard ? name.slice(2) : name);
      if (wire !== undefined) (isWildcard ? wildcards : exact).add(wire, value(given, at));
    }
  });
  return { exact, wildcards };
}

function markExact(facts: Facts, domain: MailDomain, kind: ListKind, exact: NameIndex<BoundUse>): void {
  for (const target of domain[kind]) {
    for (const use of exact.get(target.wire)) {
      if (isBoundTo(facts, use.binding, target, ROLE_OF[kind])) {
        use[kind] ??= { domain, target };
        use.optedIn ||= domain.clientMx.length > 0;
      } else use[kind === 'clientMx' ? 'clientElsewhere' : 'elsewhere'] ??= { domain, target };
      use.listed.add(target.host);
    }
  }
}

type ListKind = 'mx' | 'srv' | 'clientMx';

const ROLE_OF: Readonly<Record<ListKind, CertificateRole>> = { mx: 'server', srv: 'server', clientMx: 'client' };

function markWildcards(facts: Facts, domain: MailDomain, kind: ListKind, wildcards: NameIndex<BoundUse>): void {
  const optedIn = domain.clientMx.length > 0;
  const wildcard = kind === 'clientMx' ? 'clientWildcard' : 'serverWildcard';
  for (const target of domain[kind]) {
    for (const use of wildcards.getAbove(target.wire)) {
      if (!isBoundTo(facts, use.binding, target, ROLE_OF[kind])) continue;
      const before = use[wildcard];
      if (before === undefined || (optedIn && before.domain.clientMx.length === 0)) use[wildcard] = { domain, target };
      use.optedIn ||= optedIn;
    }
  }
}

/** Where the zone shows what a certificate is used for, for the related places of a finding. */
export function usePlaces(facts: Facts, { mx, srv, clientMx }: CertificateUse): readonly RelatedAt[] {
  const place = (match: HostMatch | undefined, part: string, kind: string): RelatedAt[] => {
    if (match === undefined) return [];
    const domain = bare(facts.nameText(match.domain.owner));
    return [{ record: match.target.record, part, message: `${kind} of ${domain} names ${match.target.host}` }];
  };
  return [...place(mx, 'exchange', 'MX'), ...place(srv, 'target', 'SRV'), ...place(clientMx, 'exchange', 'Client MX')];
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

const TLS_HOST_LABELS: ReadonlySet<string> = new Set(['mta-sts', 'autoconfig', 'autodiscover']);

/** Whether the zone shows another TLS service under a name of the certificate: MTA-STS, client set-up, or any SRV target. */
export function hasOtherUse(facts: Facts, certificate: number): boolean {
  const names = namesOf(facts, certificate);
  if (names.length === 0) return false;
  const isTlsHost = (name: string): boolean =>
    TLS_HOST_LABELS.has(name.slice(0, name.indexOf('.'))) && findName(facts, name) >= 0;
  if (names.some(isTlsHost)) return true;
  const wanted = new NameIndex<string>();
  for (const name of names) {
    const wire = wireOf(name);
    if (wire !== undefined) wanted.add(wire, name);
  }
  return facts.records(TYPE.SRV).some((record) => wanted.get(facts.rdata(record).subarray(SRV_HEAD)).length > 0);
}

/** Octets before the target of SRV: priority, weight, port (RFC 2782). */
const SRV_HEAD = 6;
