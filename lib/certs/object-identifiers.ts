/** Object identifiers of certificate extensions (RFC 5280 §4.2, RFC 7633, RFC 6962). */
export const extension = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  tlsFeature: '1.3.6.1.5.5.7.1.24',
  signedCertificateTimestamps: '1.3.6.1.4.1.11129.2.4.2',
} as const;

/** Extensions a path validator processes or may safely see marked critical (RFC 5280 §4.2). */
export const knownExtensions: ReadonlySet<string> = new Set([
  ...Object.values(extension),
  '2.5.29.16',
  '2.5.29.18',
  '2.5.29.30',
  '2.5.29.31',
  '2.5.29.33',
  '2.5.29.36',
  '2.5.29.46',
  '2.5.29.54',
  '1.3.6.1.5.5.7.1.1',
  '1.3.6.1.5.5.7.1.11',
]);

/** Object identifiers of extended key usages (RFC 5280 §4.2.1.12). */
export const keyPurpose = {
  any: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** SRVName, the otherName that holds a service and a domain (RFC 4985 §2). */
export const srvNameForm = '1.3.6.1.5.5.7.8.7';

/** Short names of name attributes; RFC 4514 §3 and descriptors registered for LDAP. */
export const attributeNames: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.4', 'SN'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.12', 'title'],
  ['2.5.4.42', 'givenName'],
  ['2.5.4.46', 'dnQualifier'],
  ['2.5.4.97', 'organizationIdentifier'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['1.2.840.113549.1.9.1', 'emailAddress'],
]);

/** ML-DSA and SLH-DSA: the object identifier of a key is that of its signatures (RFC 9881 §2, RFC 9909 §3). */
const postQuantum: readonly (readonly [arc: string, name: string])[] = [
  ['17', 'ML-DSA-44'],
  ['18', 'ML-DSA-65'],
  ['19', 'ML-DSA-87'],
  ['20', 'SLH-DSA-SHA2-128s'],
  ['21', 'SLH-DSA-SHA2-128f'],
  ['22', 'SLH-DSA-SHA2-192s'],
  ['23', 'SLH-DSA-SHA2-192f'],
  ['24', 'SLH-DSA-SHA2-256s'],
  ['25', 'SLH-DSA-SHA2-256f'],
  ['26', 'SLH-DSA-SHAKE-128s'],
  ['27', 'SLH-DSA-SHAKE-128f'],
  ['28', 'SLH-DSA-SHAKE-192s'],
  ['29', 'SLH-DSA-SHAKE-192f'],
  ['30', 'SLH-DSA-SHAKE-256s'],
  ['31', 'SLH-DSA-SHAKE-256f'],
];
const postQuantumNames = postQuantum.map(([arc, name]) => [`2.16.840.1.101.3.4.3.${arc}`, name] as const);

/** Public key algorithms with a short name of ours; every other one is shown as its object identifier. */
export const keyTypes: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.1', 'rsa'],
  ['1.2.840.113549.1.1.10', 'rsa'],
  ['1.2.840.10045.2.1', 'ec'],
  ['1.3.101.112', 'ed25519'],
  ['1.3.101.113', 'ed448'],
  ['1.2.840.10040.4.1', 'dsa'],
  ...postQuantumNames.map(([identifier, name]) => [identifier, name.toLowerCase()] as const),
]);

/** Named curves with their field size in bits (RFC 5480 §2.1.1.1, SEC 2, RFC 5639). */
export const curves: ReadonlyMap<string, { readonly name: string; readonly bits: number }> = new Map([
  ['1.2.840.10045.3.1.1', { name: 'P-192', bits: 192 }],
  ['1.3.132.0.33', { name: 'P-224', bits: 224 }],
  ['1.2.840.10045.3.1.7', { name: 'P-256', bits: 256 }],
  ['1.3.132.0.34', { name: 'P-384', bits: 384 }],
  ['1.3.132.0.35', { name: 'P-521', bits: 521 }],
  ['1.3.132.0.10', { name: 'secp256k1', bits: 256 }],
  ['1.3.36.3.3.2.8.1.1.7', { name: 'brainpoolP256r1', bits: 256 }],
  ['1.3.36.3.3.2.8.1.1.11', { name: 'brainpoolP384r1', bits: 384 }],
  ['1.3.36.3.3.2.8.1.1.13', { name: 'brainpoolP512r1', bits: 512 }],
]);

/** RSASSA-PSS names its hash in the parameters (RFC 4055 §3.1). */
export const rsassaPss = '1.2.840.113549.1.1.10';

/** Signature algorithms with the hash they use (RFC 3279, 4055, 5758, 8410, 9881, 9909). */
export const signatureAlgorithms: ReadonlyMap<string, { readonly name: string; readonly hash?: string }> = new Map([
  ['1.2.840.113549.1.1.2', { name: 'md2WithRSAEncryption', hash: 'md2' }],
  ['1.2.840.113549.1.1.4', { name: 'md5WithRSAEncryption', hash: 'md5' }],
  ['1.2.840.113549.1.1.5', { name: 'sha1WithRSAEncryption', hash: 'sha1' }],
  ['1.3.14.3.2.29', { name: 'sha1WithRSA', hash: 'sha1' }],
  ['1.2.840.113549.1.1.14', { name: 'sha224WithRSAEncryption', hash: 'sha224' }],
  ['1.2.840.113549.1.1.11', { name: 'sha256WithRSAEncryption', hash: 'sha256' }],
  ['1.2.840.113549.1.1.12', { name: 'sha384WithRSAEncryption', hash: 'sha384' }],
  ['1.2.840.113549.1.1.13', { name: 'sha512WithRSAEncryption', hash: 'sha512' }],
  [rsassaPss, { name: 'rsassaPss', hash: 'sha1' }],
  ['1.2.840.10040.4.3', { name: 'dsa-with-SHA1', hash: 'sha1' }],
  ['2.16.840.1.101.3.4.3.1', { name: 'dsa-with-SHA224', hash: 'sha224' }],
  ['2.16.840.1.101.3.4.3.2', { name: 'dsa-with-SHA256', hash: 'sha256' }],
  ['1.2.840.10045.4.1', { name: 'ecdsa-with-SHA1', hash: 'sha1' }],
  ['1.2.840.10045.4.3.1', { name: 'ecdsa-with-SHA224', hash: 'sha224' }],
  ['1.2.840.10045.4.3.2', { name: 'ecdsa-with-SHA256', hash: 'sha256' }],
  ['1.2.840.10045.4.3.3', { name: 'ecdsa-with-SHA384', hash: 'sha384' }],
  ['1.2.840.10045.4.3.4', { name: 'ecdsa-with-SHA512', hash: 'sha512' }],
  ['1.3.101.112', { name: 'ED25519' }],
  ['1.3.101.113', { name: 'ED448' }],
  ...postQuantumNames.map(([identifier, name]) => [identifier, { name }] as const),
]);

/** Hash algorithms as RSASSA-PSS parameters name them. */
export const hashAlgorithms: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.2.5', 'md5'],
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.4', 'sha224'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
]);
