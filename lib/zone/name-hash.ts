/**
 * A hash of names in which upper and lower case letters count as one: the sum of the hashes of the labels, that of the
 * i-th from the left times RATIO^i. The hash of a name is thus its first label's plus RATIO times its parent's.
 */
export const RATIO = 0x2c1b3c6d;

/** Factor between the octets of a label. */
export const PRIME = 0x01000193;

/** Hash of the label whose octets stand at `bytes[start, end)`. */
export function labelHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ ((bytes[at] as number) | 0x20), PRIME);
  return hash;
}

/** Hash of the wire name at `bytes[start, end)`. */
export function nameHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  let power = 1;
  for (let at = start; at < end; ) {
    const stop = at + 1 + (bytes[at] as number);
    hash = (hash + Math.imul(labelHash(bytes, at + 1, Math.min(stop, end)), power)) | 0;
    power = Math.imul(power, RATIO);
    at = stop;
  }
  return hash;
}

/** Spreads a hash, so that its lower bits depend on all of it. */
export function finish(hash: number): number {
  return hash ^ (hash >>> 15);
}
