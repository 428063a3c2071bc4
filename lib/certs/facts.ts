import { createHash, X509Certificate } from 'node:crypto';
import type { InvalidDnsName } from './alternative-names.ts';
import {
  contentsOf,
  contextTag,
  type DerCursor,
  type DerValue,
  enterValue,
  expectEnd,
  hasMore,
  octetsOf,
  openDer,
  readInto,
  readOptional,
  readValue,
  tag,
} from './der.ts';
import { hex, readBitString, readObjectIdentifier, readTime } from './der-values.ts';
import { type DistinguishedName, readDistinguishedName } from './distinguished-name.ts';
import { type ExtensionFacts, noExtensions, readExtensions } from './extensions.ts';
import { hashAlgorithms, rsassaPss, signatureAlgorithms } from './object-identifiers.ts';
import { type PublicKeyFacts, readPublicKey } from './public-key.ts';

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
  /** `rsa`, `ec`, `ed25519`, `ed448`, `dsa`, `ml-dsa-65` and its like, or the object identifier of another key algorithm. */
  readonly keyType: string;
  /** RSA and DSA modulus, EC field size (in whole octets for a curve without a name here), else the length of the key, in bits. */
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

/** Why octets are not a certificate: a clause such as `the serial number is missing`, and where in the DER. */
export interface CertificateProblem {
  readonly problem: string;
  readonly offset: number;
}

/** Reads one DER certificate; any octets are accepted, and what is not a certificate gives a problem (RFC 5280 §4.1). */
export function readCertificate(der: Uint8Array): { readonly facts: CertificateFacts } | CertificateProblem {
  const document = openDer(der);
  const certificate = readInto(document, 'the certificate', tag.sequence);
  expectEnd(document, 'the certificate');
  const body = readBody(readInto(certificate, 'the signed part', tag.sequence));
  const signature = readSignatureAlgorithm(certificate);
  readBitString(certificate, 'the signature');
  expectEnd(certificate, 'the certificate');
  const fault = document.faults[0];
  if (fault !== undefined) return fault;
  return { facts: factsFrom(der, body, signature) };
}

interface Body {
  readonly serialHex: string;
  readonly issuer: DistinguishedName;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subject: DistinguishedName;
  readonly publicKeyInfo: Uint8Array;
  readonly key: PublicKeyFacts;
  readonly extensions: ExtensionFacts;
}

interface SignatureAlgorithm {
  readonly signatureAlgorithm: string;
  readonly signatureHash: string | undefined;
}

function readBody(body: DerCursor): Body {
  readOptional(body, 'the version', contextTag(0, true));
  const serialHex = signedHex(body, readValue(body, 'the serial number', tag.integer));
  readValue(body, 'the signature algorithm', tag.sequence);
  const issuer = readDistinguishedName(body, 'the issuer');
  const validity = readInto(body, 'the validity', tag.sequence);
  const notBefore = readTime(validity, 'notBefore');
  const notAfter = readTime(validity, 'notAfter');
  expectEnd(validity, 'the validity');
  const subject = readDistinguishedName(body, 'the subject');
  const keyValue = readValue(body, 'the public key', tag.sequence);
  const key = readPublicKey(enterValue(body, keyValue));
  readOptional(body, 'issuerUniqueID', contextTag(1, false));
  readOptional(body, 'subjectUniqueID', contextTag(2, false));
  const wrapped = readOptional(body, 'the extensions', contextTag(3, true));
  const extensions = wrapped === undefined ? noExtensions() : readExtensions(enterValue(body, wrapped));
  expectEnd(body, 'the signed part');
  const publicKeyInfo = octetsOf(body, keyValue);
  return { serialHex, issuer, notBefore, notAfter, subject, publicKeyInfo, key, extensions };
}

function readSignatureAlgorithm(certificate: DerCursor): SignatureAlgorithm {
  const algorithm = readInto(certificate, 'the signature algorithm', tag.sequence);
  const identifier = readObjectIdentifier(algorithm, 'the signature algorithm');
  const known = signatureAlgorithms.get(identifier);
  if (known === undefined) return { signatureAlgorithm: identifier, signatureHash: undefined };
  const hash = identifier === rsassaPss ? readPssHash(algorithm) : known.hash;
  return { signatureAlgorithm: known.name, signatureHash: hash };
}

// RFC 4055 §3.1: hashAlgorithm is [0] and SHA-1 when left out.
function readPssHash(algorithm: DerCursor): string | undefined {
  if (!hasMore(algorithm)) return 'sha1';
  const parameters = readInto(algorithm, 'the RSASSA-PSS parameters', tag.sequence);
  const wrapped = readOptional(parameters, 'the RSASSA-PSS hash', contextTag(0, true));
  if (wrapped === undefined) return 'sha1';
  const hash = readInto(enterValue(parameters, wrapped), 'the RSASSA-PSS hash', tag.sequence);
  return hashAlgorithms.get(readObjectIdentifier(hash, 'the RSASSA-PSS hash'));
}

function factsFrom(der: Uint8Array, body: Body, signature: SignatureAlgorithm): CertificateFacts {
  const { names, ...extensions } = body.extensions;
  const selfIssued = body.issuer.text === body.subject.text;
  const selfSigned = lazily(() => (selfIssued ? signedByOwnKey(der) : false));
  return {
    serialHex: body.serialHex,
    subject: body.subject.text,
    issuer: body.issuer.text,
    subjectCommonNames: body.subject.commonNames,
    ...names,
    ...extensions,
    notBefore: body.notBefore,
    notAfter: body.notAfter,
    selfIssued,
    // Checking a signature takes longer than all the rest, and few readers ask.
    get selfSigned(): boolean | undefined {
      return selfSigned.value;
    },
    ...body.key,
    ...signature,
    fingerprintSha256: sha256(der),
    spkiSha256: sha256(body.publicKeyInfo),
  };
}

function lazily<T>(work: () => T): { readonly value: T } {
  let done: { readonly value: T } | undefined;
  return {
    get value(): T {
      done ??= { value: work() };
      return done.value;
    },
  };
}

function signedByOwnKey(der: Uint8Array): boolean | undefined {
  try {
    const certificate = new X509Certificate(der);
    return certificate.verify(certificate.publicKey);
  } catch {
    // An algorithm this Node does not have: the question stays open.
    return undefined;
  }
}

function signedHex(cursor: DerCursor, value: DerValue): string {
  const text = hex(contentsOf(cursor, value));
  // RFC 5280 §4.1.2.2: negative serial numbers are wrong but exist; they are shown as OpenSSL does.
  if (/^[89a-f]/.test(text)) return `-${BigInt.asUintN(text.length * 4, -BigInt(`0x${text}`)).toString(16)}`;
  return text.replace(/^00(?=.)/, '');
}

/** Lower-case hexadecimal of SHA-256. */
export function sha256(octets: Uint8Array): string {
  return createHash('sha256').update(octets).digest('hex');
}
