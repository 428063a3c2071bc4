import { algorithmOf } from './algorithms.ts';

/** Flag of a key that signs a zone (RFC 4034 §2.1.1). */
export const ZONE_KEY = 0x0100;
/** Flag of a key that was revoked (RFC 5011 §7). */
export const REVOKE = 0x0080;
/** Flag of a key that the parent points at (RFC 4034 §2.1.1). */
export const SECURE_ENTRY_POINT = 0x0001;

/** The only protocol value of a DNSKEY (RFC 4034 §2.1.2). */
export const PROTOCOL = 3;

/** The fields of DNSKEY or CDNSKEY RDATA. */
export interface PublicKey {
  readonly flags: number;
  readonly protocol: number;
  readonly algorithm: number;
  readonly key: Uint8Array;
}

const KEY_AT = 4;

/** Reads DNSKEY RDATA; undefined when it is too short to have its fields. */
export function readKey(rdata: Uint8Array): PublicKey | undefined {
  if (rdata.length < KEY_AT) return undefined;
  const [high = 0, low = 0, protocol = 0, algorithm = 0] = rdata;
  return { flags: (high << 8) | low, protocol, algorithm, key: rdata.subarray(KEY_AT) };
}

const RSAMD5 = 1;

/** The tag by which signatures and DS records name a key, of its DNSKEY RDATA (RFC 4034 Appendix B). */
export function keyTag(rdata: Uint8Array): number {
  const { length } = rdata;
  if (rdata[KEY_AT - 1] === RSAMD5) return length < 3 ? 0 : ((rdata[length - 3] ?? 0) << 8) | (rdata[length - 2] ?? 0);
  let sum = 0;
  for (let at = 0; at < length; at++) sum += at & 1 ? (rdata[at] ?? 0) : (rdata[at] ?? 0) * 256;
  return (sum + Math.floor(sum / 65536)) & 0xffff;
}

/** An RSA public key as DNSKEY writes it (RFC 3110 §2). */
export interface RsaKey {
  readonly exponent: Uint8Array;
  readonly modulus: Uint8Array;
  /** Length of the modulus, leading zeros left out. */
  readonly bits: number;
}

/** Reads the public key field of an RSA algorithm; undefined when exponent or modulus is missing. */
export function readRsaKey(key: Uint8Array): RsaKey | undefined {
  const short = key[0] ?? 0;
  const length = short > 0 ? short : ((key[1] ?? 0) << 8) | (key[2] ?? 0);
  const from = short > 0 ? 1 : 3;
  const exponent = key.subarray(from, from + length);
  const modulus = key.subarray(from + length);
  if (length === 0 || exponent.length < length || modulus.length === 0) return undefined;
  return { exponent, modulus, bits: bitLength(modulus) };
}

function bitLength(octets: Uint8Array): number {
  let zeros = 0;
  while (zeros < octets.length && octets[zeros] === 0) zeros++;
  const first = octets[zeros];
  return first === undefined ? 0 : (octets.length - zeros) * 8 - (Math.clz32(first) - 24);
}

/** What makes a DNSKEY useless for signatures of the zone, whatever its numbers are. */
export type KeyFault =
  /** The flag that makes it a zone key is not set. */
  | { readonly kind: 'no-zone-key' }
  | { readonly kind: 'protocol' }
  /** An RSA key without exponent or modulus. */
  | { readonly kind: 'no-key' }
  | { readonly kind: 'length'; readonly octets: number };

/** The first reason why no validator can use a key (RFC 4034 §2.1, RFC 6605 §4, RFC 8080 §3); unknown algorithms have none. */
export function keyFault(key: PublicKey): KeyFault | undefined {
  if ((key.flags & ZONE_KEY) === 0) return { kind: 'no-zone-key' };
  if (key.protocol !== PROTOCOL) return { kind: 'protocol' };
  const form = algorithmOf(key.algorithm)?.key;
  if (form === 'rsa') return readRsaKey(key.key) === undefined ? { kind: 'no-key' } : undefined;
  return form === undefined || form === key.key.length ? undefined : { kind: 'length', octets: form };
}
