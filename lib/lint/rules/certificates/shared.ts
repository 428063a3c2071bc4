import type { CertificateFacts } from '../../../certs/facts.ts';
import type { Facts } from '../../facts.ts';

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
}

/** The leaf and the issuers beside it, in the order they were given. */
export function presentedBy(facts: Facts, certificate: number): readonly Presented[] {
  const given = facts.certificates[certificate];
  if (given === undefined) return [];
  const issuers = given.chain.filter(({ facts: { selfIssued } }) => !selfIssued);
  return [
    { facts: given.facts, issuer: '' },
    ...issuers.map((issuer) => ({ facts: issuer.facts, issuer: issuer.facts.subject })),
  ];
}

/** `mx1.pem`, or an issuer in it: `the issuer CN=… in mx1.pem`. */
export function presentedLabel(file: string, issuer: string): string {
  return issuer === '' ? file : `the issuer ${issuer} in ${file}`;
}
