import { latin1 } from './der-values.ts';
import type { CertificateFacts } from './facts.ts';
import { certificateNames } from './names.ts';
import { type GeneralName, type PathDetails, readGeneralNames, type Subtree } from './path-details.ts';
import { type PathFault, pathFault } from './path-faults.ts';

/** Comparisons of names with constraints that are left; hostile certificates could ask for more than a day of them. */
export interface NameBudget {
  comparisons: number;
}

const kinds = [
  'otherName',
  'rfc822Name',
  'dNSName',
  'x400Address',
  'directoryName',
  'ediPartyName',
  'uniformResourceIdentifier',
  'iPAddress',
  'registeredID',
];
const [rfc822Name, dnsName, directoryName, uri, ipAddress] = [1, 2, 4, 6, 7];

/**
 * The names of a certificate that nameConstraints apply to (RFC 5280 §4.2.1.10): subject, subjectAltName, emailAddress of
 * the subject, and the common names of a leaf without dNSName, because TLS peers fall back to them (as OpenSSL reads it).
 */
export function constrainedNames(
  facts: CertificateFacts,
  details: PathDetails,
  isLeaf: boolean,
): readonly GeneralName[] {
  const names = details.alternativeNames === undefined ? [] : readGeneralNames(details.alternativeNames);
  const subject =
    details.subject.length === 0
      ? []
      : [{ kind: directoryName!, octets: new Uint8Array(), directory: details.subject }];
  const emails = details.subjectEmails.map((email) => plainName(rfc822Name!, email));
  const fallback = isLeaf && !names.some(({ kind }) => kind === dnsName) ? certificateNames(facts).names : [];
  return [...subject, ...names, ...emails, ...fallback.map((name) => plainName(dnsName!, name))];
}

function plainName(kind: number, text: string): GeneralName {
  return { kind, octets: Buffer.from(text, 'latin1'), directory: undefined };
}

/** The faults of the names of a certificate under the nameConstraints of one of its issuers (RFC 5280 §6.1.3 (b) and (c)). */
export function nameFaults(
  index: number,
  names: readonly GeneralName[],
  issuer: { readonly facts: CertificateFacts; readonly details: PathDetails },
  budget: NameBudget,
): PathFault[] {
  const constraints = issuer.details.nameConstraints;
  if (constraints === undefined) return [];
  const { permitted, excluded } = constraints;
  const by = issuer.facts.subject;
  const comparisons = names.length * (permitted.length + excluded.length);
  if (comparisons > budget.comparisons) return [pathFault('name-constraints-too-many', index, { issuer: by })];
  budget.comparisons -= comparisons;
  const faults: PathFault[] = [];
  for (const name of names) {
    const code = nameFault(name, permitted, excluded);
    if (code === undefined) continue;
    const kind = kinds[name.kind] ?? 'name';
    faults.push(pathFault(code, index, { kind, name: nameText(name), issuer: by }));
  }
  return faults;
}

function nameFault(
  name: GeneralName,
  permitted: readonly Subtree[],
  excluded: readonly Subtree[],
): 'name-not-permitted' | 'name-excluded' | 'name-constraint-unsupported' | undefined {
  const allowing = permitted.filter(({ base }) => base.kind === name.kind);
  const forbidding = excluded.filter(({ base }) => base.kind === name.kind);
  if ([...allowing, ...forbidding].some(({ base, bounded }) => bounded || !isJudged(base)))
    return 'name-constraint-unsupported';
  if (allowing.length + forbidding.length > 0 && !isJudged(name) && name.kind !== ipAddress)
    return 'name-constraint-unsupported';
  if (forbidding.some(({ base }) => isWithin(name, base) || mayStandFor(name, base))) return 'name-excluded';
  if (allowing.length > 0 && !allowing.some(({ base }) => isWithin(name, base))) return 'name-not-permitted';
  return undefined;
}

function isJudged({ kind, octets }: GeneralName): boolean {
  if (kind === ipAddress) return octets.length === 8 || octets.length === 32;
  if (kind === rfc822Name || kind === dnsName || kind === uri)
    return octets.every((octet) => octet > 0x20 && octet < 0x7f);
  return kind === directoryName;
}

function isWithin(name: GeneralName, base: GeneralName): boolean {
  switch (name.kind) {
    case dnsName:
      return isDnsWithin(lower(name), lower(base));
    case rfc822Name:
      return isEmailWithin(latin1(name.octets), latin1(base.octets));
    case uri:
      return isUriWithin(lower(name), lower(base));
    case ipAddress:
      return isAddressWithin(name.octets, base.octets);
    default:
      return isDirectoryWithin(name, base);
  }
}

/** A name is within a domain when it adds labels on the left, none included; a leading dot asks for at least one. */
function isDnsWithin(name: string, base: string): boolean {
  if (base === '' || name === base) return true;
  return name.endsWith(base.startsWith('.') ? base : `.${base}`);
}

/** A wildcard whose hosts can lie in an excluded domain below it: `*.example.net` under the exclusion of `mx.example.net`. */
function mayStandFor(name: GeneralName, base: GeneralName): boolean {
  if (name.kind !== dnsName) return false;
  const [wildcard, domain] = [lower(name), lower(base).replace(/^\./, '')];
  return wildcard.startsWith('*.') && domain.slice(domain.indexOf('.') + 1) === wildcard.slice(2);
}

function isEmailWithin(name: string, base: string): boolean {
  const at = name.lastIndexOf('@');
  if (at < 0) return false;
  const host = name.slice(at + 1).toLowerCase();
  const baseAt = base.lastIndexOf('@');
  if (baseAt > 0) return name.slice(0, at) === base.slice(0, baseAt) && host === base.slice(baseAt + 1).toLowerCase();
  const domain = base.slice(baseAt + 1).toLowerCase();
  return domain === '' || (domain.startsWith('.') ? host.endsWith(domain) : host === domain);
}

function isUriWithin(name: string, base: string): boolean {
  const host = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/.exec(name)?.[1];
  if (host === undefined) return false;
  return base === '' || (base.startsWith('.') ? host.endsWith(base) : host === base);
}

function isAddressWithin(address: Uint8Array, base: Uint8Array): boolean {
  if (base.length !== 2 * address.length) return false;
  return address.every((octet, i) => ((octet ^ base[i]!) & base[address.length + i]!) === 0);
}

function isDirectoryWithin(name: GeneralName, base: GeneralName): boolean {
  const [parts, prefix] = [name.directory ?? [], base.directory ?? []];
  return prefix.length <= parts.length && prefix.every((part, i) => part === parts[i]);
}

function lower(name: GeneralName): string {
  return latin1(name.octets).toLowerCase();
}

function nameText({ kind, octets, directory }: GeneralName): string {
  if (kind === ipAddress) return octets.length === 4 ? octets.join('.') : `#${Buffer.from(octets).toString('hex')}`;
  if (directory !== undefined) return directory.map((part) => part.replaceAll('\u0000', '+')).join(',');
  return latin1(octets.subarray(0, 300));
}
