/**
 * Names interned once, as wire octets in one arena; two names that differ only in letter case are one.
 * The spelling first met is kept. Ids count from 0 and stay valid.
 */
export class NameTable {
  arena: Uint8Array;
  used = 0;
  count = 0;
  offsets: Uint32Array;
  private hashes: Int32Array;
  private slots: Int32Array;

  constructor(expected = 64) {
    const capacity = Math.max(64, expected);
    this.arena = new Uint8Array(capacity * 20);
    this.offsets = new Uint32Array(capacity + 1);
    this.hashes = new Int32Array(capacity);
    this.slots = new Int32Array(powerOfTwo(capacity * 2));
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
    return (this.slots[this.slotOf(bytes, start, end, hashName(bytes, start, end))] ?? 0) - 1;
  }

  /** Id of the name at `bytes[start, end)`, interned now when it is new. */
  intern(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
    const hash = hashName(bytes, start, end);
    const slot = this.slotOf(bytes, start, end, hash);
    const known = this.slots[slot] as number;
    if (known !== 0) return known - 1;
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
    this.hashes[id] = hash;
    this.slots[slot] = id + 1;
    if (this.count === this.hashes.length) this.growIds();
    return id;
  }

  private slotOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const { slots, hashes, offsets, arena } = this;
    const mask = slots.length - 1;
    const length = end - start;
    let slot = hash & mask;
    for (;;) {
      const id = (slots[slot] as number) - 1;
      if (id < 0) return slot;
      if (hashes[id] === hash) {
        const from = offsets[id] as number;
        if ((offsets[id + 1] as number) - from === length && sameName(arena, from, bytes, start, length)) return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  private growArena(more: number): void {
    const grown = new Uint8Array(Math.ceil((this.used + more) * 1.5));
    grown.set(this.arena.subarray(0, this.used));
    this.arena = grown;
  }

  private growIds(): void {
    const capacity = Math.ceil(this.count * 1.5);
    const offsets = new Uint32Array(capacity + 1);
    offsets.set(this.offsets.subarray(0, this.count + 1));
    this.offsets = offsets;
    const hashes = new Int32Array(capacity);
    hashes.set(this.hashes);
    this.hashes = hashes;
    if (this.slots.length < capacity * 1.5) this.rehash(powerOfTwo(capacity * 2));
  }

  private rehash(size: number): void {
    const slots = new Int32Array(size);
    const mask = size - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = (this.hashes[id] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.slots = slots;
  }
}

/** Hash of a wire name in which upper and lower case letters count as one. */
export function hashName(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ ((bytes[at] as number) | 0x20), 0x01000193);
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
