import { createHash, X509Certificate } from 'node:crypto';

/**
 * SHA-256 of the SubjectPublicKeyInfo of a certificate in DER, in base64, as pins are written (RFC 7858 §4.2); undefined for
 * what is no certificate.
 */
export function keyPin(certificate: Uint8Array): string | undefined {
  try {
    const spki = new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' });
    return createHash('sha256').update(spki).digest('base64');
  } catch {
    return undefined;
  }
}
