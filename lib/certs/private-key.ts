import { createPrivateKey, createPublicKey, type KeyObject, type PrivateKeyInput, X509Certificate } from 'node:crypto';
import { sha256 } from './facts.ts';
import { fileKind } from './file-kind.ts';
import type { GivenCertificate, KeyFile } from './load.ts';
import type { Certificate } from './path-member.ts';
import { type PemBlock, readPem } from './pem.ts';

/** Octets one private key may have; RSA of 16,384 bits needs a fifth of this. */
const LARGEST_KEY = 65_536;
/** Keys of one file that are compared. */
const MOST_KEYS = 8;

/**
 * Whether a private key in PEM (PKCS#8, PKCS#1, SEC 1) or DER belongs to a certificate; of several keys in the octets one has to fit.
 * No passphrase is ever asked for, and nothing of the key is kept or stands in what is returned; the octets are the caller's to wipe.
 */
export function keyFit(octets: Uint8Array, certificate: Certificate): KeyFile['fit'] {
  const keys = keyBlocks(octets).slice(0, MOST_KEYS);
  if (keys.length > 0) return best(keys.map(({ start, end }) => pemFit(octets.subarray(start, end), certificate)));
  if (fileKind(octets) !== 'der-private-key' || octets.length > LARGEST_KEY) return 'unreadable';
  return best(
    ['pkcs8', 'pkcs1', 'sec1'].map((type) => derFit(octets, type as 'pkcs8' | 'pkcs1' | 'sec1', certificate)),
  );
}

/**
 * Whether the private key that lies in the same file belongs to its certificate: the key in front of it, as in a chain file of Postfix, or
 * the only one of a file with one certificate; undefined when the file has no key for it.
 */
export function ownKeyFit(
  octets: Uint8Array,
  certificate: GivenCertificate,
  siblings: readonly GivenCertificate[],
): KeyFile['fit'] | undefined {
  if (!certificate.hasKey) return undefined;
  const keys = keyBlocks(octets);
  const { start } = certificate.span;
  const before = keys.filter((key) => key.end <= start).at(-1);
  const isTaken = (key: PemBlock): boolean =>
    siblings.some(({ span }) => span.start > key.start && span.start < start && span.start !== start);
  const key = before ?? (siblings.length === 1 ? keys[0] : undefined);
  if (key === undefined || isTaken(key)) return undefined;
  return pemFit(octets.subarray(key.start, key.end), certificate);
}

function keyBlocks(octets: Uint8Array): PemBlock[] {
  return readPem(octets).blocks.filter(({ kind }) => kind === 'private-key');
}

function pemFit(block: Uint8Array, certificate: Certificate): KeyFile['fit'] {
  if (block.length > LARGEST_KEY) return 'unreadable';
  const head = Buffer.from(block.buffer, block.byteOffset, Math.min(block.length, 512)).toString('latin1');
  // RFC 7468 §11 has a label of its own for it, the older forms a header (RFC 1421 §4.6.1.1).
  if (/^-----BEGIN ENCRYPTED |^Proc-Type:\s*4\s*,\s*ENCRYPTED/mu.test(head)) return 'encrypted';
  return compared({ key: Buffer.from(block.buffer, block.byteOffset, block.length), format: 'pem' }, certificate);
}

function derFit(octets: Uint8Array, type: 'pkcs8' | 'pkcs1' | 'sec1', certificate: Certificate): KeyFile['fit'] {
  const key = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  return compared({ key, format: 'der', type }, certificate);
}

/** Errors of OpenSSL may tell of what they choked on, so only their kind leaves this function. */
function compared(input: PrivateKeyInput, { facts, der }: Certificate): KeyFile['fit'] {
  try {
    const key = createPrivateKey(input);
    const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
    if (sha256(spki) === facts.spkiSha256) return 'fits';
    return fitsOtherwise(key, der) ? 'fits' : 'differs';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ERR_MISSING_PASSPHRASE' ? 'encrypted' : 'unreadable';
  }
}

/** The same key may be written in another way in the certificate, such as with a compressed point. */
function fitsOtherwise(key: KeyObject, der: Uint8Array): boolean {
  try {
    return new X509Certificate(der).checkPrivateKey(key);
  } catch {
    return false;
  }
}

/** The verdict that says most for several keys. */
function best(fits: readonly KeyFile['fit'][]): KeyFile['fit'] {
  const order = ['fits', 'differs', 'encrypted', 'unreadable'] as const;
  return order.find((fit) => fits.includes(fit)) ?? 'unreadable';
}
