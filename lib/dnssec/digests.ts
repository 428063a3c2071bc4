import { createHash } from 'node:crypto';
import { lowerName } from '../rr/name.ts';
import { keyTag } from './keys.ts';

/** The fields of DS or CDS RDATA. */
export interface Delegation {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Uint8Array;
}

const DIGEST_AT = 4;

/** Reads DS RDATA; undefined when it is too short to have its fields. */
export function readDs(rdata: Uint8Array): Delegation | undefined {
  if (rdata.length < DIGEST_AT) return undefined;
  const [high = 0, low = 0, algorithm = 0, digestType = 0] = rdata;
  return { keyTag: (high << 8) | low, algorithm, digestType, digest: rdata.subarray(DIGEST_AT) };
}

interface DigestType {
  readonly octets: number;
  readonly hash: string;
}

const DIGEST_TYPES: ReadonlyMap<number, DigestType> = new Map([
  [1, { octets: 20, hash: 'sha1' }],
  [2, { octets: 32, hash: 'sha256' }],
  [4, { octets: 48, hash: 'sha384' }],
]);

/** Octets of a digest of a type (RFC 4034 §5.1.4, RFC 4509 §2.1, RFC 6605 §2); undefined for other types. */
export function digestOctets(digestType: number): number | undefined {
  return DIGEST_TYPES.get(digestType)?.octets;
}

/** Digest of a DNSKEY as DS records have it (RFC 4034 §5.1.4); undefined for a digest type that is not known here. */
export function keyDigest(owner: Uint8Array, key: Uint8Array, digestType: number): Uint8Array | undefined {
  const type = DIGEST_TYPES.get(digestType);
  return type && createHash(type.hash).update(lowerName(owner)).update(key).digest();
}

/**
 * Whether a DS names the DNSKEY of an owner: the same tag and algorithm, and the same digest. With a digest type that is
 * not known here tag and algorithm must do.
 */
export function namesKey(ds: Delegation, owner: Uint8Array, key: Uint8Array): boolean {
  if (key[3] !== ds.algorithm || keyTag(key) !== ds.keyTag) return false;
  const digest = keyDigest(owner, key, ds.digestType);
  return digest === undefined || Buffer.compare(digest, ds.digest) === 0;
}

const REMOVAL_DS = Uint8Array.of(0, 0, 0, 0, 0);
const REMOVAL_KEY = Uint8Array.of(0, 0, 3, 0, 0);

/** Whether RDATA is `0 0 0 00` of CDS or `0 3 0 AA==` of CDNSKEY, by which a zone asks its parent to remove its DS records (RFC 8078 §4). */
export function asksForRemoval(rdata: Uint8Array): boolean {
  return Buffer.compare(rdata, REMOVAL_DS) === 0 || Buffer.compare(rdata, REMOVAL_KEY) === 0;
}
