/** Octets up to which arrays share a buffer; larger ones are made apart, so that each can go when it has grown. */
const SMALL = 1 << 16;

/** Octets of a shared buffer that may stay empty before each array. */
export const GAP = 8;

/** Arrays of zeros, from one buffer when they are small together: for the engine one is much less work than many. */
export class Room {
  private readonly buffer: ArrayBuffer | undefined;
  private used = 0;

  /** `octets` is what all arrays take together, with a GAP for each. */
  constructor(octets: number) {
    if (octets <= SMALL) this.buffer = new ArrayBuffer(octets);
  }

  int32(length: number): Int32Array {
    return this.buffer ? new Int32Array(this.buffer, this.take(length * 4), length) : new Int32Array(length);
  }

  uint32(length: number): Uint32Array {
    return this.buffer ? new Uint32Array(this.buffer, this.take(length * 4), length) : new Uint32Array(length);
  }

  uint16(length: number): Uint16Array {
    return this.buffer ? new Uint16Array(this.buffer, this.take(length * 2), length) : new Uint16Array(length);
  }

  uint8(length: number): Uint8Array {
    return this.buffer ? new Uint8Array(this.buffer, this.take(length), length) : new Uint8Array(length);
  }

  private take(octets: number): number {
    const at = this.used;
    this.used = (at + octets + GAP - 1) & -GAP;
    return at;
  }
}
