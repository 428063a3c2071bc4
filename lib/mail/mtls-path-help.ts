import type { PathFaultCode } from '../certs/path-faults.ts';

const askIssuer = 'have the CA issue a new certificate; this one cannot be mended';
const otherCa = 'have the certificate issued by a CA that may issue for these names';
const cutBundle = 'show the leaf and its intermediates only';

/** What to do about each fault of a path; `{role}` and the arguments of the fault are filled in. */
export const PATH_FAULT_HELP: Readonly<Record<PathFaultCode, string>> = {
  'issuer-missing':
    'show the leaf with its intermediates, such as fullchain.pem; when the CA is private, its root has to be trusted here',
  'self-signed': 'have the certificate issued by a CA that the peers trust',
  'too-long': cutBundle,
  'limit-reached': cutBundle,
  'signature-invalid': 'show the intermediate that issued this certificate, from the same delivery of the CA',
  'signature-algorithm-differs': askIssuer,
  'key-identifier-mismatch': 'show the intermediate that issued this certificate, from the same delivery of the CA',
  'not-yet-valid': 'check the clock of this host, or wait until the certificate is valid',
  expired:
    'renew the certificate and have the mail server load the new file; check the clock of this host if it is valid still',
  'not-a-ca': 'have the certificate issued by a CA, not with the certificate of a host',
  'path-length-exceeded': 'have the certificate issued by a CA that may have such issuers below it',
  'key-usage-cert-sign': 'have the certificate issued by a CA whose keyUsage allows it',
  'key-usage-role': 'issue the certificate with keyUsage digitalSignature',
  'extended-key-usage':
    'issue the certificate with the purpose that is wanted; public CAs give no clientAuth any more, so a client needs a private CA or receivers that accept serverAuth',
  'name-not-permitted': otherCa,
  'name-excluded': otherCa,
  'name-constraint-unsupported': otherCa,
  'name-constraints-too-many': askIssuer,
  'policy-missing': 'have the certificate issued under a policy that is valid for the whole path',
  'policy-mapping-any': askIssuer,
  'policies-too-many': askIssuer,
  'critical-extension': 'have the certificate issued without that extension, or without marking it critical',
  'extension-unreadable': askIssuer,
  'explicit-curve': 'make a new key on a named curve such as P-256',
  'name-mismatch': 'issue the certificate for the name that is wanted',
  'signature-algorithm-unknown': 'judge it where a newer OpenSSL is at hand, or use an ECDSA or RSA certificate',
  'issuer-key-unknown': 'judge it where a newer OpenSSL is at hand, or use an ECDSA or RSA certificate',
  'certificate-unreadable': askIssuer,
  'version-without-extensions': askIssuer,
  'path-length-without-ca': askIssuer,
  'path-length-without-key-usage': askIssuer,
  'basic-constraints-not-critical': askIssuer,
  'ca-without-key-usage': askIssuer,
  'cert-sign-without-ca': askIssuer,
  'issuer-empty': askIssuer,
  'subject-empty': askIssuer,
  'alternative-names-not-critical': askIssuer,
  'alternative-names-empty': askIssuer,
  'key-identifier-critical': askIssuer,
  'authority-key-identifier-missing': askIssuer,
  'subject-key-identifier-missing': askIssuer,
};
