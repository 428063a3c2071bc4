import { finish, labelHash, nameHash, RATIO } from './name-hash.ts';
import { GAP, Room } from './room.ts';

/** Octets of room for a name. */
const NAME_OCTETS = 40;

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
   * Open addressing, 2^k slots: 0 when free, else id + 1 in the lower k bits and the upper bits of the hash above them.
   * Names below the same child of the apex stand near each other (see `home`), as they do in a zone file: of the names
   * of one customer or delegation only the first costs a look into memory far away.
   */
  private slots: Int32Array;
  readonly apexLength: number;

  constructor(expected = 64, apexLength = 1) {
    const capacity = Math.max(64, expected);
    const slots = powerOfTwo(capacity * 1.25);
    const room = new Room(capacity * (NAME_OCTETS + 4) + slots * 4 + 4 * GAP);
    this.arena = room.uint8(capacity * NAME_OCTETS);
    this.offsets = room.uint32(capacity + 1);
    this.slots = room.int32(slots);
    this.apexLength = apexLength;
  }

  /** Forgets all names; ids count from 0 again. */
  clear(): void {
    this.used = 0;
    this.count = 0;
    this.slots.fill(0);
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
    const hash = finish(nameHash(bytes, start, end));
    const slot = this.slotOf(bytes, start, end, hash, this.home(bytes, start, end, hash));
    return ((slots[slot] as number) & (slots.length - 1)) - 1;
  }

  /**
   * The same for a name whose hash is known, and that of its label below the apex; that of a name that is not below the
   * apex does not matter.
   */
  findHashed(bytes: Uint8Array, start: number, end: number, nameHash: number, child: number): number {
    const { slots } = this;
    const hash = finish(nameHash);
    const home = end - start > this.apexLength ? near(child, hash) : hash;
    return ((slots[this.slotOf(bytes, start, end, hash, home)] as number) & (slots.length - 1)) - 1;
  }

  /** Id of the wildcard `*` put before the name that starts at `start`, -1 when it was never interned (RFC 4592 §2.1.1). */
  findWildcard(bytes: Uint8Array, start: number): number {
    const end = bytes.length;
    return this.findWildcardHashed(bytes, start, end, nameHash(bytes, start, end), this.childHash(bytes, start, end));
  }

  /** The same for a name at `bytes[start, end)` of which the hashes are known (see `findHashed`). */
  findWildcardHashed(bytes: Uint8Array, start: number, end: number, nameHash: number, child: number): number {
    const { slots, offsets, arena } = this;
    const hash = finish((WILDCARD + Math.imul(nameHash, RATIO)) | 0);
    const mask = slots.length - 1;
    const length = end - start;
    // The wildcard may itself be the child of the apex.
    let home = hash;
    if (length >= this.apexLength) home = near(length > this.apexLength ? child : WILDCARD, hash);
    let slot = home & mask;
    for (let probe = 0; ; probe++) {
      const held = slots[slot] as number;
      if (held === 0) return -1;
      const id = (held & mask) - 1;
      const from = offsets[id] as number;
      if (
        ((held ^ hash) & ~mask) === 0 &&
        (offsets[id + 1] as number) - from === length + 2 &&
        arena[from] === 1 &&
        arena[from + 1] === ASTERISK &&
        sameName(arena, from + 2, bytes, start, length)
      ) {
        return id;
      }
      slot = (probe === WINDOW ? hash : slot + 1) & mask;
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
    const hash = finish(nameHash(bytes, start, end));
    const slot = this.slotOf(bytes, start, end, hash, this.home(bytes, start, end, hash));
    const known = this.slots[slot] as number;
    if (known !== 0) return (known & (this.slots.length - 1)) - 1;
    return this.add(bytes, start, end, hash, slot);
  }

  /** Makes room behind the interned names for one more, to be written at `arena[used…]` before `internWritten`. */
  reserve(): void {
    if (this.used + LONGEST > this.arena.length) this.growArena(LONGEST);
  }

  /** Id of the name of the given hash that was written behind the interned ones up to `end`; it stays there when it is new. */
  internWritten(end: number, nameHash: number): number {
    const hash = finish(nameHash);
    return this.internAt(end, hash, this.home(this.arena, this.used, end, hash));
  }

  /** As `internWritten` for a name whose label below the apex has the hash `child`. */
  internWrittenBelow(end: number, nameHash: number, child: number): number {
    const hash = finish(nameHash);
    return this.internAt(end, hash, near(child, hash));
  }

  private internAt(end: number, hash: number, home: number): number {
    const slot = this.slotOf(this.arena, this.used, end, hash, home);
    const known = this.slots[slot] as number;
    if (known !== 0) return (known & (this.slots.length - 1)) - 1;
    return this.take(end, hash, slot);
  }

  private add(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const length = end - start;
    if (this.used + length > this.arena.length) this.growArena(length);
    const { arena } = this;
    let to = this.used;
    let at = start;
    for (; at + 4 <= end; at += 4) {
      arena[to] = bytes[at] as number;
      arena[to + 1] = bytes[at + 1] as number;
      arena[to + 2] = bytes[at + 2] as number;
      arena[to + 3] = bytes[at + 3] as number;
      to += 4;
    }
    while (at < end) arena[to++] = bytes[at++] as number;
    return this.take(to, hash, slot);
  }

  /** Makes the octets up to `end` the newest name. */
  private take(end: number, hash: number, slot: number): number {
    const id = this.count++;
    this.used = end;
    this.offsets[id + 1] = end;
    this.slots[slot] = (hash & ~(this.slots.length - 1)) | (id + 1);
    if (this.count === this.offsets.length - 1) this.growOffsets();
    if (this.count * 4 > this.slots.length * 3) this.rehash();
    return id;
  }

  /** Slot of a name, or the free one it belongs in: within a window behind `home`, then from its own hash on. */
  private slotOf(bytes: Uint8Array, start: number, end: number, hash: number, home: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let slot = home & mask;
    for (let probe = 0; ; probe++) {
      const held = slots[slot] as number;
      if (held === 0) return slot;
      if (((held ^ hash) & ~mask) === 0 && this.is((held & mask) - 1, bytes, start, end)) return slot;
      slot = (probe === WINDOW ? hash : slot + 1) & mask;
    }
  }

  /** Where the search for a name begins: near the other names below the same child of the apex. */
  private home(bytes: Uint8Array, start: number, end: number, hash: number): number {
    return end - start > this.apexLength ? near(this.childHash(bytes, start, end), hash) : hash;
  }

  /** Hash of the label right below the apex in a name that stands below it. */
  private childHash(bytes: Uint8Array, start: number, end: number): number {
    const cut = end - this.apexLength;
    let child = start;
    for (let at = start; at < cut; at += (bytes[at] as number) + 1) child = at;
    return labelHash(bytes, child + 1, Math.min(child + 1 + (bytes[child] as number), end));
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
      const start = this.offsets[id] as number;
      const end = this.offsets[id + 1] as number;
      const hash = finish(nameHash(this.arena, start, end));
      let slot = this.home(this.arena, start, end, hash) & mask;
      for (let probe = 0; slots[slot] !== 0; probe++) slot = (probe === WINDOW ? hash : slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (id + 1);
    }
    this.slots = slots;
  }
}

/** Octets a name that is being written may take before it is known to be too long. */
const LONGEST = 1024;
/** Names of one group start their search within this many slots. */
const NEAR = 63;
/** Slots looked at in the group's neighbourhood before a name is put where its own hash says: bounds large groups. */
const WINDOW = 64;
const ASTERISK = 0x2a;
/** Hash of the label `*`. */
const WILDCARD = labelHash(Uint8Array.of(ASTERISK), 0, 1);

/** Where names below the child of the apex with the given hash begin their search. */
function near(child: number, hash: number): number {
  return finish(child) + (hash & NEAR);
}

function sameName(a: Uint8Array, from: number, b: Uint8Array, start: number, length: number): boolean {
  let at = 0;
  // Four octets a turn: what V8 knows of an array it looks up again in each turn of a loop.
  for (; at + 4 <= length; at += 4) {
    if (
      a[from + at] !== b[start + at] ||
      a[from + at + 1] !== b[start + at + 1] ||
      a[from + at + 2] !== b[start + at + 2] ||
      a[from + at + 3] !== b[start + at + 3]
    )
      break;
  }
  for (; at < length; at++) {
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
