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
