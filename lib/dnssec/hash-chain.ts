import { type ByteStrings, compareStrings, sortByBytes } from '../zone/byte-sort.ts';
import { HASH_OCTETS } from './nsec3.ts';

/** Hashes with a number each, in their order around the circle that NSEC3 records make (RFC 5155 §3.1.7). */
export class HashChain implements ByteStrings {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly lengths: Uint16Array;
  /** Positions of the hashes as added, in the order of their octets. */
  private readonly order: Uint32Array;
  private readonly values: Int32Array;
  private used = 0;

  constructor(capacity: number) {
    // The place behind the last hash is for the one that is looked for.
    this.bytes = new Uint8Array((capacity + 1) * HASH_OCTETS);
    this.starts = Uint32Array.from({ length: capacity + 1 }, (_, index) => index * HASH_OCTETS);
    this.lengths = new Uint16Array(capacity + 1).fill(HASH_OCTETS);
    this.order = new Uint32Array(capacity);
    this.values = new Int32Array(capacity);
  }

  get size(): number {
    return this.used;
  }

  /** Adds a hash; `sort` must follow the last one. */
  add(hash: Uint8Array, value: number): void {
    this.bytes.set(hash, this.used * HASH_OCTETS);
    this.order[this.used] = this.used;
    this.values[this.used++] = value;
  }

  sort(): void {
    sortByBytes(this.order, 0, this.used, this);
  }

  /** The number of the hash at a place of the circle. */
  value(place: number): number {
    return this.values[this.order[place] as number] as number;
  }

  /** The place behind another one: after the last comes the first. */
  after(place: number): number {
    return place + 1 < this.used ? place + 1 : 0;
  }

  /** Whether the hash at a place is the one given. */
  is(place: number, hash: Uint8Array): boolean {
    const start = (this.order[place] as number) * HASH_OCTETS;
    if (hash.length !== HASH_OCTETS) return false;
    for (let at = 0; at < HASH_OCTETS; at++) if (this.bytes[start + at] !== hash[at]) return false;
    return true;
  }

  /** Whether the hashes at two places are the same. */
  same(a: number, b: number): boolean {
    return compareStrings(this, this.order[a] as number, this.order[b] as number) === 0;
  }

  /** The last place whose hash is not behind the one given: its own, or that of the NSEC3 that covers it. */
  placeOf(hash: Uint8Array): number {
    const wanted = this.starts.length - 1;
    this.bytes.set(hash, wanted * HASH_OCTETS);
    let low = 0;
    let high = this.used;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareStrings(this, this.order[middle] as number, wanted) <= 0) low = middle + 1;
      else high = middle;
    }
    return low > 0 ? low - 1 : this.used - 1;
  }
}
