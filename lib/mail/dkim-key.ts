import { decodeBase64 } from '../certs/base64.ts';
import { type DerCursor, expectEnd, nextTag, openDer, readInto, tag } from '../certs/der.ts';
import { bitLength, readUnsigned } from '../certs/der-values.ts';
import { readPublicKey } from '../certs/public-key.ts';

/** Octets of an Ed25519 public key (RFC 8032 §5.1.5). */
export const ED25519_OCTETS = 32;

/** Octets before the key in a SubjectPublicKeyInfo of Ed25519 (RFC 8410 §4). */
const ED25519_HEAD = 12;

/** What the `p` tag of a DKIM key record holds. */
export type DkimPublicKey =
  /** Empty: the key was withdrawn (RFC 6376 §3.6.1). */
  | { readonly kind: 'revoked' }
  /** `wrapped`: a SubjectPublicKeyInfo as everybody writes it, not the bare RSAPublicKey that RFC 6376 §3.6.1 names. */
  | ({ readonly kind: 'rsa'; readonly bits: number; readonly wrapped: boolean } & Padding)
  | ({ readonly kind: 'ed25519' } & Padding)
  /** The `k` tag names a type of key that DKIM does not have. */
  | { readonly kind: 'unknown-type' }
  /** Octets `from` to `to` of the value are no base64 (RFC 6376 §2.10). */
  | { readonly kind: 'not-base64'; readonly from: number; readonly to: number }
  | { readonly kind: 'not-a-key'; readonly reason: string }
  /** A private key, for all the world to read. */
  | { readonly kind: 'private' }
  /** A proper key, of another type than the `k` tag says. */
  | { readonly kind: 'other-type'; readonly found: string }
  /** Ed25519 of a wrong length (RFC 8463 §4.2 asks for the 32 octets alone); `raw` is the right value of a wrapped key. */
  | { readonly kind: 'wrong-length'; readonly octets: number; readonly raw: string | undefined };

/** How many `=` signs the base64 text lacks at its end (RFC 4648 §3.2). */
interface Padding {
  readonly paddingMissing: number;
}

/** Decodes the value of a `p` tag under the type that the `k` tag says, strictly. Never throws. */
export function decodeDkimKey(value: string, keyType: string): DkimPublicKey {
  if (value === '') return { kind: 'revoked' };
  if (keyType !== 'rsa' && keyType !== 'ed25519') return { kind: 'unknown-type' };
  const digits = value.replace(/[\s=]+/g, '').length;
  const signs = value.replace(/[^=]+/g, '').length;
  const paddingMissing = digits % 4 < 2 ? 0 : Math.max(0, 4 - (digits % 4) - signs);
  const bytes = Buffer.from(value + '='.repeat(paddingMissing), 'latin1');
  const decoded = decodeBase64(bytes, 0, bytes.length);
  if ('offset' in decoded) return badBase64(value, decoded.offset, digits);
  const { octets } = decoded;
  if (keyType === 'ed25519') return ed25519Key(octets, paddingMissing);
  if (octets.length === ED25519_OCTETS) return { kind: 'other-type', found: 'ed25519' };
  return rsaKey(octets, paddingMissing);
}

/** The run of characters that do not belong, or why the length is wrong. */
function badBase64(value: string, offset: number, digits: number): DkimPublicKey {
  const [found = ''] = /^[^A-Za-z0-9+/=\s]+/.exec(value.slice(offset)) ?? [];
  if (found !== '') return { kind: 'not-base64', from: offset, to: offset + found.length };
  if (digits % 4 === 1) return { kind: 'not-a-key', reason: `${digits} base64 digits are one too many or too few` };
  const sign = value.indexOf('=');
  return { kind: 'not-base64', from: sign, to: Math.max(sign + 1, Math.min(offset + 1, value.length)) };
}

function ed25519Key(octets: Uint8Array, paddingMissing: number): DkimPublicKey {
  if (octets.length === ED25519_OCTETS) return { kind: 'ed25519', paddingMissing };
  const found = wrappedType(octets);
  if (found === 'ed25519') {
    const raw = Buffer.from(octets.subarray(ED25519_HEAD)).toString('base64');
    return { kind: 'wrong-length', octets: octets.length, raw };
  }
  return found === undefined
    ? { kind: 'wrong-length', octets: octets.length, raw: undefined }
    : { kind: 'other-type', found };
}

function rsaKey(octets: Uint8Array, paddingMissing: number): DkimPublicKey {
  if (isPrivateKey(octets)) return { kind: 'private' };
  const document = openDer(octets);
  const info = readInto(document, 'the key', tag.sequence);
  const wrapped = nextTag(info) !== tag.integer;
  const { keyType, keyBits } = wrapped ? readPublicKey(info) : bareRsaKey(info);
  expectEnd(info, 'the key');
  expectEnd(document, 'the key');
  const [fault] = document.faults;
  if (fault !== undefined) return { kind: 'not-a-key', reason: fault.problem };
  if (keyType !== 'rsa') return { kind: 'other-type', found: keyType };
  if (keyBits === 0) return { kind: 'not-a-key', reason: 'the RSA modulus is 0' };
  return { kind: 'rsa', bits: keyBits, wrapped, paddingMissing };
}

/** An RSAPublicKey (RFC 8017 A.1.1). */
function bareRsaKey(key: DerCursor): { keyType: string; keyBits: number } {
  const modulus = readUnsigned(key, 'the RSA modulus');
  readUnsigned(key, 'the RSA exponent');
  return { keyType: 'rsa', keyBits: bitLength(modulus) };
}

/** PKCS#8 (RFC 5958 §2) or RSAPrivateKey (RFC 8017 A.1.2): both begin with a version of 0 or 1, which no public key does. */
function isPrivateKey(octets: Uint8Array): boolean {
  const info = readInto(openDer(octets), 'the key', tag.sequence);
  if (nextTag(info) !== tag.integer) return false;
  const version = readUnsigned(info, 'the version');
  return version.length === 1 && (version[0] ?? 2) <= 1 && info.faults.length === 0;
}

/** The type of key in a whole SubjectPublicKeyInfo, undefined for anything else. */
function wrappedType(octets: Uint8Array): string | undefined {
  const document = openDer(octets);
  const info = readInto(document, 'the key', tag.sequence);
  const { keyType } = readPublicKey(info);
  expectEnd(info, 'the key');
  expectEnd(document, 'the key');
  return document.faults.length === 0 ? keyType : undefined;
}
