import { createHash, createPublicKey, X509Certificate } from 'node:crypto';
import { contextTag, octetsOf, openDer, readInto, readOptional, readValue, tag } from './der.ts';
import type { Certificate } from './path-member.ts';

/** What of a certificate is associated (0 all of it, 1 its public key), and how: as it is (0), SHA-256 (1), SHA-512 (2) (RFC 6698 §2.1). */
export interface AssociationForm {
  readonly selector: number;
  readonly matching: number;
}

/** The certificate association of a TLSA record without its usage. */
export interface Association extends AssociationForm {
  readonly data: Uint8Array;
}

/** The data that associates a certificate; undefined for numbers nobody has defined and octets that are no certificate (RFC 6698 §2.1). */
export function associationOf(
  { facts, der }: Certificate,
  { selector, matching }: AssociationForm,
): Uint8Array | undefined {
  if (selector !== 0 && selector !== 1) return undefined;
  // Reading a certificate has made these two already, and they are the ones in use.
  if (matching === 1) return octetsOfHex(selector === 0 ? facts.fingerprintSha256 : facts.spkiSha256);
  const selected = selector === 0 ? der : publicKeyInfoOf(der);
  if (selected === undefined || selected.length === 0) return undefined;
  if (matching === 0) return selected;
  return matching === 2 ? new Uint8Array(createHash('sha512').update(selected).digest()) : undefined;
}

/**
 * Whether an association fits what a server sends, its own certificate first. Usages 1 and 3 speak of that certificate, 0 and 2 of
 * an issuer sent with it (RFC 6698 §2.1.1, RFC 7671 §5); that the path of usages 0 and 1 leads to a public CA is left to the caller.
 */
export function matchesTlsa(association: Association, chain: readonly Certificate[], usage: number): boolean {
  const [leaf, ...issuers] = chain;
  if (leaf === undefined) return false;
  if (usage === 1 || usage === 3) return fits(association, leaf);
  if (usage !== 0 && usage !== 2) return false;
  return issuers.some((issuer) => fits(association, issuer)) || (usage === 2 && isOwnAnchor(association, chain));
}

/** The SubjectPublicKeyInfo of a certificate as it stands in the DER (RFC 5280 §4.1); undefined for what is no certificate. */
export function publicKeyInfoOf(der: Uint8Array): Uint8Array | undefined {
  const document = openDer(der);
  const certificate = readInto(document, 'the certificate', tag.sequence);
  const body = readInto(certificate, 'the signed part', tag.sequence);
  readOptional(body, 'the version', contextTag(0, true));
  readValue(body, 'the serial number', tag.integer);
  for (const what of ['the signature algorithm', 'the issuer', 'the validity', 'the subject']) {
    readValue(body, what, tag.sequence);
  }
  const key = readValue(body, 'the public key', tag.sequence);
  return document.faults.length === 0 ? octetsOf(body, key) : undefined;
}

function fits(association: Association, certificate: Certificate): boolean {
  const expected = associationOf(certificate, association);
  const { data } = association;
  return expected !== undefined && expected.length === data.length && expected.every((octet, at) => octet === data[at]);
}

/** RFC 7671 §5.2.2, §5.2.3: a trust anchor that stands in DNS as a whole need not be sent; it must have signed what is. */
function isOwnAnchor({ selector, matching, data }: Association, chain: readonly Certificate[]): boolean {
  if (matching !== 0 || (selector !== 0 && selector !== 1)) return false;
  try {
    const anchor = Buffer.from(data);
    const key =
      selector === 1
        ? createPublicKey({ key: anchor, format: 'der', type: 'spki' })
        : new X509Certificate(anchor).publicKey;
    return chain.some(({ der }) => new X509Certificate(der).verify(key));
  } catch {
    // No certificate or key, or one this OpenSSL cannot use.
    return false;
  }
}

function octetsOfHex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}
