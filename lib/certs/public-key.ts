import { type DerCursor, hasMore, nextTag, openDer, readInto, reportFault, tag } from './der.ts';
import { bitLength, readBitString, readObjectIdentifier, readUnsigned } from './der-values.ts';
import { curves, keyTypes } from './object-identifiers.ts';

/** What a SubjectPublicKeyInfo says about its key (RFC 5280 §4.1.2.7, RFC 3279, RFC 5480, RFC 8410). */
export interface PublicKeyFacts {
  readonly keyType: string;
  readonly keyBits: number;
  readonly curve: string | undefined;
  readonly rsaExponent: bigint | undefined;
}

/** Reads the contents of a SubjectPublicKeyInfo; unknown algorithms keep their object identifier. */
export function readPublicKey(info: DerCursor): PublicKeyFacts {
  const algorithm = readInto(info, 'the public key algorithm', tag.sequence);
  const identifier = readObjectIdentifier(algorithm, 'the public key algorithm');
  const keyType = keyTypes.get(identifier) ?? identifier;
  const { octets } = readBitString(info, 'the public key');
  const unknown = { keyType, keyBits: octets.length * 8, curve: undefined, rsaExponent: undefined };
  if (info.faults.length > 0) return unknown;
  if (keyType === 'rsa') return { ...unknown, ...readRsaKey(info, octets) };
  if (keyType === 'ec') return { ...unknown, ...readCurve(algorithm, octets) };
  if (keyType === 'dsa') return { ...unknown, keyBits: readDsaModulusBits(algorithm) };
  return unknown;
}

function readRsaKey(info: DerCursor, octets: Uint8Array): { keyBits: number; rsaExponent: bigint } {
  const document = openDer(octets);
  const key = readInto(document, 'the RSA key', tag.sequence);
  const modulus = readUnsigned(key, 'the RSA modulus');
  const exponent = readUnsigned(key, 'the RSA exponent');
  // A key inside a BIT STRING is a document of its own, so its fault is handed to the certificate's.
  const fault = document.faults[0];
  if (fault !== undefined) reportFault(info, info.position, fault.problem);
  // Longer exponents than this are refused by every TLS library; the cap keeps reading them cheap.
  const rsaExponent = exponent.length > 1024 ? 0n : BigInt(`0x0${Buffer.from(exponent).toString('hex')}`);
  return { keyBits: bitLength(modulus), rsaExponent };
}

function readCurve(algorithm: DerCursor, octets: Uint8Array): { keyBits: number; curve: string } {
  // 0x04 leads an uncompressed point of two coordinates, 0x02 and 0x03 a compressed one (SEC 1 §2.3.3).
  const coordinateBits = Math.floor((octets.length - 1) / (octets[0] === 0x04 ? 2 : 1)) * 8;
  if (nextTag(algorithm) !== tag.objectIdentifier) return { keyBits: coordinateBits, curve: 'explicit' };
  const identifier = readObjectIdentifier(algorithm, 'the curve');
  const known = curves.get(identifier);
  return { keyBits: known?.bits ?? coordinateBits, curve: known?.name ?? identifier };
}

function readDsaModulusBits(algorithm: DerCursor): number {
  // RFC 3279 §2.3.2: the parameters may be left out and inherited from the issuer.
  if (!hasMore(algorithm)) return 0;
  const parameters = readInto(algorithm, 'the DSA parameters', tag.sequence);
  return bitLength(readUnsigned(parameters, 'the DSA modulus'));
}
