import { extension } from './object-identifiers.ts';
import { readGeneralNames } from './path-details.ts';
import { type PathFault, type PathFaultCode, pathFault } from './path-faults.ts';
import type { PathMember } from './path-member.ts';

/** What the certificates of a path have that RFC 5280 §4 forbids to issuers, as `openssl verify -x509_strict` looks at it. */
export function pathDeviations(path: readonly PathMember[]): PathFault[] {
  return path.flatMap((member, index) => {
    const last = index === path.length - 1;
    return memberDeviations(member, last).map((code) => {
      return pathFault(code, index, { version: String(member.details.version) });
    });
  });
}

function memberDeviations({ facts, details, selfIssued }: PathMember, last: boolean): PathFaultCode[] {
  const found: PathFaultCode[] = [];
  const { isCa, pathLength, keyUsage } = facts;
  const { present, critical } = details;
  const certSign = keyUsage?.includes('keyCertSign') === true;
  if (present.size > 0 && details.version < 3) found.push('version-without-extensions');
  if (pathLength !== undefined && !isCa) found.push('path-length-without-ca');
  if (pathLength !== undefined && isCa && keyUsage !== undefined && !certSign)
    found.push('path-length-without-key-usage');
  if (isCa && !critical.has(extension.basicConstraints)) found.push('basic-constraints-not-critical');
  if (isCa && keyUsage === undefined) found.push('ca-without-key-usage');
  if (!isCa && certSign) found.push('cert-sign-without-ca');
  if (details.issuer.length === 0) found.push('issuer-empty');
  found.push(...nameDeviations(isCa, details));
  if (critical.has(extension.subjectKeyIdentifier) || critical.has(extension.authorityKeyIdentifier)) {
    found.push('key-identifier-critical');
  }
  // The identifiers help to find issuers, which the last certificate has none of.
  if (details.version < 3) return found;
  if (!last && !selfIssued && facts.authorityKeyId === undefined) found.push('authority-key-identifier-missing');
  if (isCa && facts.subjectKeyId === undefined) found.push('subject-key-identifier-missing');
  return found;
}

function nameDeviations(
  isCa: boolean,
  { subject, present, critical, alternativeNames }: PathMember['details'],
): PathFaultCode[] {
  const found: PathFaultCode[] = [];
  const hasNames = present.has(extension.subjectAltName);
  if (subject.length === 0 && (isCa || !hasNames)) found.push('subject-empty');
  if (subject.length === 0 && hasNames && !critical.has(extension.subjectAltName))
    found.push('alternative-names-not-critical');
  if (alternativeNames !== undefined && readGeneralNames(alternativeNames).length === 0)
    found.push('alternative-names-empty');
  return found;
}
