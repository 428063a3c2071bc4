import type { CertificateFacts } from '../../../certs/facts.ts';
import type { GivenCertificate } from '../../../certs/load.ts';
import { certificateNames } from '../../../certs/names.ts';
import { TYPE } from '../../../rr/types.ts';
import { findBelowName } from '../../common-below.ts';
import type { CertificateUse } from '../../common-certificates.ts';
import type { Facts } from '../../facts.ts';
import { trustedPath } from './judgement.ts';

/** Policies that the CA/Browser Forum lets public CAs assert (BR 7.1.6.1). */
const PUBLIC_POLICY = /^2\.23\.140\.1\./;

/** Whether a certificate looks as if a public CA had issued it: it has certificate timestamps or a policy of the CA/Browser Forum. */
export function looksPublic({ hasScts, policies }: CertificateFacts): boolean {
  return hasScts || policies.some((policy) => PUBLIC_POLICY.test(policy));
}

/** A certificate of a given file: the leaf, or an issuer sent with it; roots are left out, nobody judges what they say of themselves. */
export interface Presented {
  readonly facts: CertificateFacts;
  /** How a sentence calls it, empty for the leaf. */
  readonly issuer: string;
  readonly der: Uint8Array;
}

/** The leaf and the issuers beside it, in the order they were given; where a path leads to the trust store without some of them, they do not count. */
export function presentedBy(facts: Facts, certificate: number): readonly Presented[] {
  const given = facts.certificates[certificate];
  if (given === undefined) return [];
  const path = trustedPath(facts, certificate);
  const needed = path && new Set(path.map(({ fingerprintSha256 }) => fingerprintSha256));
  const issuers = given.chain.filter(
    ({ facts: { selfIssued, fingerprintSha256 } }) => !selfIssued && needed?.has(fingerprintSha256) !== false,
  );
  return [
    { facts: given.facts, issuer: '', der: given.der },
    ...issuers.map(({ facts: of, der }) => ({ facts: of, issuer: of.subject, der })),
  ];
}

/** `mx1.pem`, or an issuer in it: `the issuer CN=… in mx1.pem`. */
export function presentedLabel(file: string, issuer: string): string {
  return issuer === '' ? file : `the issuer ${issuer} in ${file}`;
}

/** Whether the host has a TLSA record with the usage DANE-TA or DANE-EE, which need no CA of the public (RFC 7672 §3.1). */
export function hasOwnTlsa(facts: Facts, { mx, srv }: CertificateUse): boolean {
  return [mx, srv].some((match) => {
    if (match === undefined) return false;
    const name = findBelowName(facts, match.target.wire, `_${match.target.port}`, '_tcp');
    return facts.rrset(name, TYPE.TLSA).some((record) => (facts.rdata(record)[0] ?? 0) >= 2);
  });
}

/** Whether a certificate is its own issuer, as far as that can be told. */
export function isSelfSigned({ selfIssued, selfSigned }: CertificateFacts): boolean {
  return selfIssued && selfSigned !== false;
}

/** Whether a certificate of a public CA stands in its file alone: such CAs issue no certificate of a host with their roots (CA/B BR §6.1.7). */
export function lacksIntermediate({ facts, chain }: GivenCertificate): boolean {
  return chain.length === 0 && looksPublic(facts) && !facts.selfIssued && !facts.isCa;
}

/** Groups of certificates that follow one another: same names, roles and kind of key; in the order of facts.certificates. */
export function successions(facts: Facts): (certificate: number) => readonly GivenCertificate[] {
  const groups = facts.once(groupSuccessions);
  return (certificate) => groups.get(successionKey(facts.certificates[certificate])) ?? [];
}

function groupSuccessions({ certificates }: Facts): ReadonlyMap<string, readonly GivenCertificate[]> {
  const groups = new Map<string, GivenCertificate[]>();
  for (const given of certificates) {
    const key = successionKey(given);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [given]);
    else group.push(given);
  }
  return groups;
}

function successionKey(given: GivenCertificate | undefined): string {
  if (given === undefined) return '';
  const names = certificateNames(given.facts).names.toSorted();
  return JSON.stringify([given.roles.toSorted(), given.facts.keyType, names]);
}
