/** Octets that are copied one by one. */
const SHORT = 48;

/** A growing run of octets; `bytes` is valid up to `length` and may be replaced when it grows. */
export class ByteSink {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Makes room for `more` further octets, by half again as much so that large arenas stay lean. */
  reserve(more: number): void {
    const wanted = this.length + more;
    if (wanted <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(wanted, Math.ceil(this.bytes.length * 1.5)));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  u16(value: number): void {
    this.reserve(2);
    this.bytes[this.length++] = value >>> 8;
    this.bytes[this.length++] = value;
  }

  u32(value: number): void {
    this.reserve(4);
    this.bytes[this.length++] = value >>> 24;
    this.bytes[this.length++] = value >>> 16;
    this.bytes[this.length++] = value >>> 8;
    this.bytes[this.length++] = value;
  }

  put(octets: Uint8Array): void {
    this.reserve(octets.length);
    this.bytes.set(octets, this.length);
    this.length += octets.length;
  }

  /** Appends the octets of a part of others: for few of them quicker than to make a view and put that. */
  copy(octets: Uint8Array, start: number, end: number): void {
    if (end - start > SHORT) {
      this.put(octets.subarray(start, end));
      return;
    }
    this.reserve(end - start);
    const { bytes } = this;
    let to = this.length;
    for (let at = start; at < end; at++) bytes[to++] = octets[at] as number;
    this.length = to;
  }

  /** A copy of what was written since `start`. */
  slice(start = 0): Uint8Array {
    return this.bytes.slice(start, this.length);
  }
}
