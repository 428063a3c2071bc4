import type { CertificateFacts } from '../../../certs/facts.ts';
import { keyPurpose } from '../../../certs/object-identifiers.ts';

const NAMES: ReadonlyMap<string, string> = new Map([
  [keyPurpose.serverAuth, 'serverAuth'],
  [keyPurpose.clientAuth, 'clientAuth'],
  [keyPurpose.any, 'anyExtendedKeyUsage'],
  ['1.3.6.1.5.5.7.3.3', 'codeSigning'],
  ['1.3.6.1.5.5.7.3.4', 'emailProtection'],
  ['1.3.6.1.5.5.7.3.8', 'timeStamping'],
  ['1.3.6.1.5.5.7.3.9', 'OCSPSigning'],
]);

/** The name of an extended key usage (RFC 5280 §4.2.1.12), its object identifier when it has none. */
export function purposeLabel(purpose: string): string {
  return NAMES.get(purpose) ?? purpose;
}

/** When certificates of a public CA stop to have clientAuth, by a part of the issuer's name. */
const ENDS: readonly (readonly [organization: string, from: string])[] = [
  ["O=Let's Encrypt", '2026-07-08'],
  ['O=Sectigo Limited', '2027-02-10'],
  ['O=DigiCert', '2027-03-01'],
];

/** When those of all others have to (Chrome Root Program Policy 1.8 §1.3.2). */
const LAST_END = '2027-03-15';

/** The day from which on the CA of a certificate issues none with clientAuth any more; milliseconds since 1970. */
export function clientAuthEnd({ issuer }: CertificateFacts): number {
  return Date.parse(ENDS.find(([organization]) => issuer.includes(organization))?.[1] ?? LAST_END);
}
