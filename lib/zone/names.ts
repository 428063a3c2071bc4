/**
 * Names interned once, as wire octets in one arena; two names that differ only in letter case are one.
 * The spelling first met is kept. Ids count from 0 and stay valid.
 */
export class NameTable {
  arena: Uint8Array;
  used = 0;
  count = 0;
  offsets: Uint32Array;
  /**
   * Open addressing, 2^k slots: 0 when free, else id + 1 in the lower k bits and the upper bits of the hash above them,
   * so that a name that is new costs one look into a table as small as can be.
   */
  private slots: Int32Array;

  constructor(expected = 64) {
    const capacity = Math.max(64, expected);
    this.arena = new Uint8Array(capacity * 32);
    this.offsets = new Uint32Array(capacity + 1);
    this.slots = new Int32Array(powerOfTwo(capacity * 1.6));
  }

  /** Length in octets of an interned name, the root label counted. */
  length(id: number): number {
    return (this.offsets[id + 1] ?? 0) - (this.offsets[id] ?? 0);
  }

  /** The wire octets of a name: a view, valid until the next name is interned. */
  wire(id: number): Uint8Array {
    return this.arena.subarray(this.offsets[id] ?? 0, this.offsets[id + 1] ?? 0);
  }

  /** Id of the name at `bytes[start, end)`, -1 when it was never interned. */
  find(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
    const { slots } = this;
    const slot = this.slotOf(bytes, start, end, hashName(bytes, start, end));
    return ((slots[slot] as number) & (slots.length - 1)) - 1;
  }

  /** Id of the wildcard `*` put before the name that starts at `start`, -1 when it was never interned (RFC 4592 §2.1.1). */
  findWildcard(bytes: Uint8Array, start: number): number {
    const { slots, offsets, arena } = this;
    const hash = finish(mix(WILDCARD, bytes, start, bytes.length));
    const mask = slots.length - 1;
    const length = bytes.length - start;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const held = slots[slot] as number;
      if (held === 0) return -1;
      if ((held ^ hash) & ~mask) continue;
      const id = (held & mask) - 1;
      const from = offsets[id] as number;
      if ((offsets[id + 1] as number) - from !== length + 2 || arena[from] !== 1 || arena[from + 1] !== ASTERISK)
        continue;
      if (sameName(arena, from + 2, bytes, start, length)) return id;
    }
  }

  /** Whether an interned name is the one whose octets stand at `bytes[start, end)`. */
  is(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.offsets[id] as number;
    return (
      (this.offsets[id + 1] as number) - from === end - start && sameName(this.arena, from, bytes, start, end - start)
    );
  }

  /** Id of the name at `bytes[start, end)`, interned now when it is new. */
  intern(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
    const hash = hashName(bytes, start, end);
    const slot = this.slotOf(bytes, start, end, hash);
    const known = this.slots[slot] as number;
    if (known !== 0) return (known & (this.slots.length - 1)) - 1;
    return this.add(bytes, start, end, hash, slot);
  }

  private add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const id = this.count++;
    const length = end - start;
    if (this.used + length > this.arena.length) this.growArena(length);
    const { arena } = this;
    let to = this.used;
    for (let at = start; at < end; at++) arena[to++] = bytes[at] as number;
    this.used = to;
    this.offsets[id + 1] = to;
    this.slots[slot] = (hash & ~(this.slots.length - 1)) | (id + 1);
    if (this.count === this.offsets.length - 1) this.growOffsets();
    if (this.count * 10 > this.slots.length * 6) this.rehash();
    return id;
  }

  private slotOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const held = slots[slot] as number;
      if (held === 0) return slot;
      if (((held ^ hash) & ~mask) === 0 && this.is((held & mask) - 1, bytes, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  private growArena(more: number): void {
    const grown = new Uint8Array(Math.ceil((this.used + more) * 1.5));
    grown.set(this.arena.subarray(0, this.used));
    this.arena = grown;
  }

  private growOffsets(): void {
    const offsets = new Uint32Array(Math.ceil(this.count * 1.5) + 1);
    offsets.set(this.offsets);
    this.offsets = offsets;
  }

  private rehash(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 0; id < this.count; id++) {
      const hash = hashName(this.arena, this.offsets[id] as number, this.offsets[id + 1] as number);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (id + 1);
    }
    this.slots = slots;
  }
}

/** Hash of a wire name in which upper and lower case letters count as one. */
function hashName(bytes: Uint8Array, start: number, end: number): number {
  return finish(mix(0, bytes, start, end));
}

const ASTERISK = 0x2a;
/** State of the hash after the label `*`. */
const WILDCARD = mix(0, Uint8Array.of(1, ASTERISK), 0, 2);

function mix(from: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = from;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ ((bytes[at] as number) | 0x20), 0x01000193);
  return hash;
}

function finish(hash: number): number {
  return hash ^ (hash >>> 15);
}

function sameName(a: Uint8Array, from: number, b: Uint8Array, start: number, length: number): boolean {
  for (let at = 0; at < length; at++) {
    const left = a[from + at] as number;
    const right = b[start + at] as number;
    if (left !== right && !sameLetter(left, right)) return false;
  }
  return true;
}

function sameLetter(left: number, right: number): boolean {
  const letter = left | 0x20;
  return letter === (right | 0x20) && letter >= 0x61 && letter <= 0x7a;
}

function powerOfTwo(atLeast: number): number {
  let size = 64;
  while (size < atLeast) size *= 2;
  return size;
}
