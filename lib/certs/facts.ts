/** A dNSName of the subject alternative name that breaks RFC 5280 §4.2.1.6, with the reason in words. */
export interface InvalidDnsName {
  readonly name: string;
  readonly reason: string;
}

/** What a certificate says, as far as mail TLS needs it (RFC 5280 §4); names stand as written in the certificate. */
export interface CertificateFacts {
  /** Lower-case hexadecimal without the leading zero octet of a positive INTEGER. */
  readonly serialHex: string;
  /** RFC 4514 text. */
  readonly subject: string;
  /** RFC 4514 text. */
  readonly issuer: string;
  readonly subjectCommonNames: readonly string[];
  /** Every dNSName as written, invalid ones included. */
  readonly dnsNames: readonly string[];
  readonly invalidDnsNames: readonly InvalidDnsName[];
  readonly ipAddresses: readonly string[];
  readonly emailAddresses: readonly string[];
  /** SRVName (RFC 4985) such as `_smtp-tls.example.net`. */
  readonly srvNames: readonly string[];
  readonly hasSan: boolean;
  /** Object identifiers; undefined when the extension is absent. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  /** RFC 5280 §4.2.1.3 bit names; undefined when the extension is absent. */
  readonly keyUsage: readonly string[] | undefined;
  readonly isCa: boolean;
  readonly pathLength?: number | undefined;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  /** Milliseconds since 1970. */
  readonly notAfter: number;
  /** Subject and issuer are the same name. */
  readonly selfIssued: boolean;
  /** Self-issued and signed by its own key; undefined when self-issued but this Node cannot check the signature. */
  readonly selfSigned: boolean | undefined;
  /** `rsa`, `ec`, `ed25519`, `ed448`, `dsa`, or the object identifier of another key algorithm. */
  readonly keyType: string;
  /** RSA and DSA modulus, EC field size, otherwise the length of the public key value, in bits. */
  readonly keyBits: number;
  /** `P-256`, `P-384`, `P-521`, another curve's name or object identifier. */
  readonly curve?: string | undefined;
  readonly rsaExponent?: bigint | undefined;
  /** Name such as `sha256WithRSAEncryption`, or the object identifier when unknown. */
  readonly signatureAlgorithm: string;
  /** `md5`, `sha1`, `sha256`, …; undefined when the algorithm has none of its own or is unknown. */
  readonly signatureHash?: string | undefined;
  /** Lower-case hexadecimal of SHA-256 over the certificate. */
  readonly fingerprintSha256: string;
  /** Lower-case hexadecimal of SHA-256 over the SubjectPublicKeyInfo, as in TLSA `x 1 1`. */
  readonly spkiSha256: string;
  readonly criticalUnknownExtensions: readonly string[];
  /** TLS feature status_request (RFC 7633). */
  readonly mustStaple: boolean;
  /** Carries signed certificate timestamps (RFC 6962 §3.3). */
  readonly hasScts: boolean;
  /** Object identifiers of the certificate policies. */
  readonly policies: readonly string[];
  readonly subjectKeyId?: string | undefined;
  readonly authorityKeyId?: string | undefined;
}
