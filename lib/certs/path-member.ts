import type { CertificateFacts } from './facts.ts';
import { type ComparableName, type PathDetails, readPathDetails } from './path-details.ts';

/** A certificate that can stand in a path: its facts and the octets they were read from. */
export interface Certificate {
  readonly facts: CertificateFacts;
  readonly der: Uint8Array;
}

/** A certificate as path building and validation see it. */
export interface PathMember extends Certificate {
  readonly details: PathDetails;
  /** Subject and issuer are the same name (RFC 5280 §6.1). */
  readonly selfIssued: boolean;
  readonly trusted: boolean;
}

/** Reads what path validation needs of a certificate. */
export function pathMember({ facts, der }: Certificate, trusted: boolean): PathMember {
  const details = readPathDetails(der);
  return { facts, der, details, selfIssued: sameName(details.subject, details.issuer), trusted };
}

function sameName(one: ComparableName, other: ComparableName): boolean {
  return one.length === other.length && one.every((part, i) => part === other[i]);
}

/** Certificates by their subject, a text that equal names share. */
export type MembersBySubject = ReadonlyMap<string, readonly PathMember[]>;

/** Groups certificates by subject. */
export function groupBySubject(members: readonly PathMember[]): MembersBySubject {
  const groups = new Map<string, PathMember[]>();
  for (const member of members) {
    const group = groups.get(nameKey(member.details.subject));
    if (group === undefined) groups.set(nameKey(member.details.subject), [member]);
    else group.push(member);
  }
  return groups;
}

/** The text under which `groupBySubject` keeps a name. */
export function nameKey(name: ComparableName): string {
  return name.join('\u0001');
}

/** The name and the key of a certificate, which no path holds twice. */
export function nameAndKey({ facts, details }: PathMember): string {
  return `${facts.spkiSha256} ${nameKey(details.subject)}`;
}

/** authorityKeyIdentifier fits this issuer in all that both say (RFC 5280 §4.2.1.1, as OpenSSL's X509_check_akid). */
export function keyIdentifierFits({ facts, details }: PathMember, issuer: PathMember): boolean {
  const { authorityKeyId } = facts;
  const { subjectKeyId, serialHex } = issuer.facts;
  if (authorityKeyId !== undefined && subjectKeyId !== undefined && authorityKeyId !== subjectKeyId) return false;
  if (details.authoritySerial !== undefined && details.authoritySerial !== serialHex) return false;
  return details.authorityIssuer === undefined || sameName(details.authorityIssuer, issuer.details.issuer);
}
