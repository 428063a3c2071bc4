import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { algorithmText } from './algorithms.ts';
import { keyTag, PROTOCOL, SECURE_ENTRY_POINT, ZONE_KEY } from './keys.ts';
import { isPrivateKeyFile, readPrivateKeyFile } from './private-key-file.ts';

/** A key that signs zones; what is secret of it cannot be got out. */
export interface SigningKey {
  readonly algorithm: number;
  readonly flags: number;
  /** RDATA of its DNSKEY record. */
  readonly dnskey: Uint8Array;
  readonly tag: number;
  /** The signature over some octets as RRSIG has it. */
  readonly sign: (octets: Uint8Array) => Uint8Array;
}

/** Flags of a key that signs all of a zone and that the parent points at. */
const COMBINED: number = ZONE_KEY | SECURE_ENTRY_POINT;

interface Kind {
  readonly number: number;
  /** What is hashed before it is signed; null when the algorithm does so itself. */
  readonly hash: string | null;
  readonly generate: () => KeyObject;
}

/** Octets of RSA keys that are made here: what validators are used to. */
const RSA_BITS = 2048;

const rsa = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: RSA_BITS }).privateKey;

/** An algorithm with which zones can be signed here. */
export type SigningAlgorithm = 'ecdsap256sha256' | 'ecdsap384sha384' | 'ed25519' | 'ed448' | 'rsasha256' | 'rsasha512';

const KINDS: Readonly<Record<SigningAlgorithm, Kind>> = {
  ecdsap256sha256: {
    number: 13,
    hash: 'sha256',
    generate: () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey,
  },
  ecdsap384sha384: {
    number: 14,
    hash: 'sha384',
    generate: () => generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey,
  },
  ed25519: { number: 15, hash: null, generate: () => generateKeyPairSync('ed25519').privateKey },
  ed448: { number: 16, hash: null, generate: () => generateKeyPairSync('ed448').privateKey },
  rsasha256: { number: 8, hash: 'sha256', generate: rsa },
  rsasha512: { number: 10, hash: 'sha512', generate: rsa },
};

/** All of them, the usual one first. */
export const SIGNING_ALGORITHMS: readonly SigningAlgorithm[] = Object.keys(KINDS) as SigningAlgorithm[];

/** Makes a key by chance. */
export function generateSigningKey(
  algorithm: SigningAlgorithm = 'ecdsap256sha256',
  flags: number = COMBINED,
): SigningKey {
  const kind = KINDS[algorithm];
  return keyOf(kind, kind.generate(), flags);
}

/** Another key of the same algorithm and with the same flags, made by chance. */
export function strangerTo({ algorithm, flags }: SigningKey): SigningKey {
  const name = SIGNING_ALGORITHMS.find((each) => KINDS[each].number === algorithm);
  return generateSigningKey(name, flags);
}

/** The signing key of a private key, with RSA by SHA-256 unless another algorithm is wanted; undefined when it is of no use for that. */
export function signingKeyOf(
  secret: KeyObject,
  algorithm?: SigningAlgorithm,
  flags: number = COMBINED,
): SigningKey | undefined {
  const fitting = fittingAlgorithms(secret);
  const name = algorithm === undefined ? fitting[0] : fitting.find((each) => each === algorithm);
  return name && keyOf(KINDS[name], secret, flags);
}

/**
 * Reads a private key: PEM without passphrase, or a file of dnssec-keygen whose name ends with `.private`. What is said of
 * one that cannot be used repeats nothing of it.
 */
export function readSigningKey(
  octets: Uint8Array,
  algorithm?: SigningAlgorithm,
): { readonly key: SigningKey } | { readonly problem: string } {
  const text = Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1');
  const ofBind = isPrivateKeyFile(text);
  const read = ofBind ? readPrivateKeyFile(text) : pemKey(text);
  if ('problem' in read) return read;
  const named = SIGNING_ALGORITHMS.find((each) => KINDS[each].number === read.algorithm);
  const wanted = algorithm ?? named;
  const key = signingKeyOf(read.secret, wanted);
  if (key !== undefined && (read.algorithm === undefined || read.algorithm === key.algorithm)) return { key };
  const is = read.algorithm === undefined ? `of type ${keyText(read.secret)}` : `for ${algorithmText(read.algorithm)}`;
  return { problem: `the key is ${is}, not ${wanted === undefined ? 'one that signs zones' : `for ${wanted}`}` };
}

function pemKey(
  text: string,
): { readonly secret: KeyObject; readonly algorithm?: number } | { readonly problem: string } {
  if (!/^-----BEGIN [A-Z ]*PRIVATE KEY-----/mu.test(text))
    return { problem: 'no private key in PEM is in it, and none of dnssec-keygen' };
  if (/^-----BEGIN ENCRYPTED |^Proc-Type:\s*4\s*,\s*ENCRYPTED/mu.test(text))
    return { problem: 'the key has a passphrase' };
  try {
    return { secret: createPrivateKey(text) };
  } catch {
    // What OpenSSL says may tell of what it choked on.
    return { problem: 'the key cannot be read' };
  }
}

function keyText({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string {
  const curve = asymmetricKeyDetails?.namedCurve;
  return curve === undefined ? String(asymmetricKeyType) : `${asymmetricKeyType} (${curve})`;
}

function fittingAlgorithms({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): SigningAlgorithm[] {
  switch (asymmetricKeyType) {
    case 'rsa':
      return ['rsasha256', 'rsasha512'];
    case 'ed25519':
    case 'ed448':
      return [asymmetricKeyType];
    case 'ec': {
      const curve = asymmetricKeyDetails?.namedCurve;
      if (curve === 'prime256v1') return ['ecdsap256sha256'];
      return curve === 'secp384r1' ? ['ecdsap384sha384'] : [];
    }
    default:
      return [];
  }
}

function keyOf({ number, hash }: Kind, secret: KeyObject, flags: number): SigningKey {
  const dnskey = Uint8Array.from([flags >> 8, flags & 255, PROTOCOL, number, ...publicOctets(secret)]);
  // RFC 6605 §4: r and s side by side.
  const input = { key: secret, dsaEncoding: 'ieee-p1363' } as const;
  return { algorithm: number, flags, dnskey, tag: keyTag(dnskey), sign: (octets) => sign(hash, octets, input) };
}

/** The public key field of DNSKEY (RFC 3110 §2, RFC 6605 §4, RFC 8080 §3). */
function publicOctets(secret: KeyObject): Uint8Array {
  const { x = '', y = '', n = '', e = '' } = createPublicKey(secret).export({ format: 'jwk' });
  const octets = (text: string): Buffer => Buffer.from(text, 'base64url');
  if (n === '') return Buffer.concat([octets(x), octets(y)]);
  const exponent = octets(e);
  const length = exponent.length < 256 ? [exponent.length] : [0, exponent.length >> 8, exponent.length & 255];
  return Buffer.concat([Uint8Array.from(length), exponent, octets(n)]);
}
