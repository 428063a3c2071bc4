import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { contextTag, tag } from './der.ts';
import { derBits, derIdentifier, derInteger, derSequence, derText, derTime, derValue } from './der-write.ts';
import { extension, keyPurpose } from './object-identifiers.ts';
import { pemText } from './pem-text.ts';

/** What a certificate of a test server is to say. */
export interface SelfSignedOptions {
  /** Host names that it is for. */
  readonly names?: readonly string[];
  /** IPv4 and IPv6 addresses that it is for. */
  readonly addresses?: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Days from `now` on that it is valid for. */
  readonly days?: number;
  /** Its common name. */
  readonly subject?: string;
}

/** A certificate with its key. */
export interface SelfSigned {
  /** PEM: those who are to trust the server take it as their root. */
  readonly cert: string;
  /** PKCS #8, PEM. */
  readonly key: string;
  /** SHA-256 of the SubjectPublicKeyInfo in base64, as pins are written (RFC 7858 §4.2). */
  readonly pin: string;
}

const HOUR = 3_600_000;
const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2';
const COMMON_NAME = '2.5.4.3';

/** Tags of the general names of RFC 5280 §4.2.1.6. */
const GENERAL_NAME = { dns: 2, address: 7 } as const;

/**
 * A new P-256 key and a certificate for it that it signs itself, for a TLS server of a test. Its validity begins an hour
 * before `now`, for clocks that are late.
 */
export function selfSigned(options: SelfSignedOptions): SelfSigned {
  const { names = [], addresses = [], now, days = 30, subject = 'zonewright test server' } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyInfo = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const digest = createHash('sha256').update(keyInfo).digest();
  const algorithm = derSequence(derIdentifier(ECDSA_WITH_SHA256));
  const name = derSequence(
    derValue(tag.set, derSequence(derIdentifier(COMMON_NAME), derText(tag.utf8String, subject))),
  );
  const body = derSequence(
    derValue(contextTag(0, true), derInteger([2])),
    // Of the key, so that no two certificates of one issuer have the same (RFC 5280 §4.1.2.2).
    derInteger(digest.subarray(0, 16)),
    algorithm,
    name,
    derSequence(derTime(now - HOUR), derTime(now + days * 24 * HOUR)),
    name,
    keyInfo,
    derValue(contextTag(3, true), extensionsFor(names, addresses, digest.subarray(0, 20))),
  );
  const signature = sign('sha256', body, privateKey);
  return {
    cert: pemText([derSequence(body, algorithm, derBits(signature))]),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    pin: digest.toString('base64'),
  };
}

function extensionsFor(names: readonly string[], addresses: readonly string[], keyId: Uint8Array): Uint8Array {
  const alternatives = [
    ...names.map((name) => derText(contextTag(GENERAL_NAME.dns, false), name.replace(/\.$/u, ''))),
    ...addresses
      .map(addressOctets)
      .filter(({ length }) => length > 0)
      .map((octets) => derValue(contextTag(GENERAL_NAME.address, false), octets)),
  ];
  return derSequence(
    extensionOf(extension.basicConstraints, derSequence(), true),
    // The first bit, digitalSignature, with seven that are unused.
    extensionOf(extension.keyUsage, derValue(tag.bitString, [7, 0x80]), true),
    extensionOf(extension.extendedKeyUsage, derSequence(derIdentifier(keyPurpose.serverAuth))),
    extensionOf(extension.subjectKeyIdentifier, derValue(tag.octetString, keyId)),
    ...(alternatives.length > 0 ? [extensionOf(extension.subjectAltName, derSequence(...alternatives))] : []),
  );
}

function extensionOf(id: string, value: Uint8Array, critical = false): Uint8Array {
  const mark = critical ? [derValue(tag.boolean, [0xff])] : [];
  return derSequence(derIdentifier(id), ...mark, derValue(tag.octetString, value));
}

/** The four or sixteen octets of an address; none for what is no address. */
function addressOctets(address: string): number[] {
  const bare = address.replace(/%.*$/u, '');
  if (isIP(bare) === 4) return bare.split('.').map(Number);
  if (isIP(bare) !== 6) return [];
  // The one way of writing it: groups in hexadecimal, at most one gap.
  const [before = '', after] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string): number[] =>
    text.split(':').flatMap((group) => (group === '' ? [] : [Number.parseInt(group, 16)]));
  const [head, tail] = [groups(before), groups(after ?? '')];
  const gap = Array.from({ length: 8 - head.length - tail.length }, () => 0);
  return [...head, ...gap, ...tail].flatMap((group) => [group >> 8, group & 0xff]);
}
