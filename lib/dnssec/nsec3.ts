import { hash } from 'node:crypto';
import { lowerOctet } from '../rr/escapes.ts';
import { readBase32hex } from '../rr/octets.ts';
import { ByteSink } from '../text/sink.ts';

/** The only hash algorithm of NSEC3 (RFC 5155 §11). */
export const SHA1 = 1;
/** Octets of its hashes. */
export const HASH_OCTETS = 20;
/** Flag of an NSEC3 that unsigned delegations may lie behind (RFC 5155 §3.1.2.1). */
export const OPT_OUT = 1;

/** How names are hashed: the fields that NSEC3 and NSEC3PARAM have in common. */
export interface HashParameters {
  readonly algorithm: number;
  readonly flags: number;
  readonly iterations: number;
  readonly salt: Uint8Array;
}

const SALT_AT = 5;

/** Reads the first fields of NSEC3 or NSEC3PARAM RDATA (RFC 5155 §3.2, §4.2); undefined when it ends before. */
export function readParameters(rdata: Uint8Array): HashParameters | undefined {
  const [algorithm = 0, flags = 0, high = 0, low = 0, octets = 0] = rdata;
  if (rdata.length < SALT_AT + octets) return undefined;
  return { algorithm, flags, iterations: (high << 8) | low, salt: rdata.subarray(SALT_AT, SALT_AT + octets) };
}

/** Whether names have the same hashes under both; flags do not count (RFC 5155 §4.1.2). */
export function sameHashes(a: HashParameters, b: HashParameters): boolean {
  return a.algorithm === b.algorithm && a.iterations === b.iterations && Buffer.compare(a.salt, b.salt) === 0;
}

/** Where the next hashed owner name of NSEC3 RDATA begins; its type bitmap follows. -1 when the RDATA ends before. */
export function nextHashAt(rdata: Uint8Array): number {
  const at = SALT_AT + (rdata[SALT_AT - 1] ?? 0) + 1;
  return at + (rdata[at - 1] ?? 0) <= rdata.length ? at : -1;
}

/** The hash that the first label of an NSEC3's owner writes in base32hex; undefined when it is none (RFC 5155 §3). */
export function hashOfOwner(owner: Uint8Array): Uint8Array | undefined {
  const out = new ByteSink(40);
  const end = 1 + (owner[0] ?? 0);
  return end > 1 && readBase32hex(owner, 1, end, out) ? out.slice() : undefined;
}

/** Hashes names with one set of parameters (RFC 5155 §5). */
export class NameHasher {
  private readonly parameters: HashParameters;
  private readonly input: Uint8Array;

  constructor(parameters: HashParameters) {
    this.parameters = parameters;
    this.input = new Uint8Array(256 + 256);
  }

  /** The hash of the wire name at `bytes[start, end)`, letter case aside. */
  hash(bytes: Uint8Array, start: number, end: number): Uint8Array {
    const { input } = this;
    const { salt, iterations } = this.parameters;
    let length = 0;
    for (let at = start; at < end; at++) input[length++] = lowerOctet(bytes[at] as number);
    let digest = this.salted(length, salt);
    for (let round = 0; round < iterations; round++) {
      input.set(digest);
      digest = this.salted(digest.length, salt);
    }
    return digest;
  }

  private salted(length: number, salt: Uint8Array): Uint8Array {
    this.input.set(salt, length);
    return hash('sha1', this.input.subarray(0, length + salt.length), 'buffer');
  }
}
