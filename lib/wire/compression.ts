import type { ByteSink } from '../text/sink.ts';
import { u16At } from './header.ts';

/** Offsets from here on do not fit into a pointer. */
const POINTER_LIMIT = 0x4000;

/** Slots looked at before a suffix counts as not written yet; keeps names made to collide cheap. */
const MOST_PROBES = 8;

/** Numbers of the table that is enough for most messages. */
const FEW = 64;

/**
 * Writes names so that each suffix stands in the message once (RFC 1035 §4.1.4). Suffixes are compared octet by octet, so
 * the case of every name survives.
 */
export class NameWriter {
  /** Where the name written last stands as a whole, to be pointed to; 0 when it cannot be. */
  last = 0;
  private readonly out: ByteSink;
  /** Hash and offset of each suffix written, side by side; an offset of 0 is a free slot. */
  private slots = new Int32Array(FEW);
  private readonly few = this.slots;
  private used = 0;
  /** Offset and hash of each label of the name at hand and what follows it. */
  private readonly starts: number[] = [];
  private readonly hashes: number[] = [];

  constructor(out: ByteSink) {
    this.out = out;
  }

  /** Forgets all names, for another message. */
  clear(): void {
    this.slots = this.few;
    this.slots.fill(0);
    this.used = 0;
  }

  /** Makes a well-formed name known that was written, uncompressed, by somebody else. */
  note(offset: number): void {
    const labels = this.takeApart(this.out.bytes, offset);
    for (let label = 0; label < labels; label++) this.add(this.hashes[label] as number, this.starts[label] as number);
  }

  /** Appends a well-formed name that begins at an offset of some octets, compressed, and tells where it ended there. */
  write(bytes: Uint8Array, start: number): number {
    const { out, starts, hashes } = this;
    const labels = this.takeApart(bytes, start);
    const end = labels === 0 ? start : (starts[labels - 1] as number) + 1 + (bytes[starts[labels - 1] as number] ?? 0);
    this.last = 0;
    for (let label = 0; label < labels; label++) {
      const at = starts[label] as number;
      const hash = hashes[label] as number;
      const target = this.find(hash, bytes, at);
      if (target > 0) {
        if (label === 0) this.last = target;
        out.u16(0xc000 | target);
        return end + 1;
      }
      const known = this.add(hash, out.length);
      if (label === 0 && known) this.last = out.length;
      out.copy(bytes, at, at + 1 + (bytes[at] as number));
    }
    out.u8(0);
    return end + 1;
  }

  /** Finds the labels of a name and hashes each suffix but the root; the number of labels. */
  private takeApart(bytes: Uint8Array, start: number): number {
    const { starts, hashes } = this;
    let labels = 0;
    let end = start;
    for (let size = bytes[end] ?? 0; size > 0; size = bytes[end] ?? 0) {
      starts[labels++] = end;
      end += 1 + size;
    }
    let hash = 0x811c9dc5 | 0;
    for (let label = labels - 1; label >= 0; label--) {
      const at = starts[label] as number;
      for (let i = at; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
      end = at;
      hash ^= hash >>> 15;
      hashes[label] = hash;
    }
    return labels;
  }

  private find(hash: number, bytes: Uint8Array, start: number): number {
    const { slots } = this;
    const mask = slots.length - 2;
    for (let probe = 0, slot = (hash << 1) & mask; probe < MOST_PROBES; probe++, slot = (slot + 2) & mask) {
      const target = slots[slot + 1] as number;
      if (target === 0) return 0;
      if (slots[slot] === hash && this.sameSuffix(target, bytes, start)) return target;
    }
    return 0;
  }

  private add(hash: number, offset: number): boolean {
    if (offset >= POINTER_LIMIT) return false;
    if (this.used * 4 >= this.slots.length) this.grow();
    return this.place(hash, offset);
  }

  private place(hash: number, offset: number): boolean {
    const { slots } = this;
    const mask = slots.length - 2;
    for (let probe = 0, slot = (hash << 1) & mask; probe < MOST_PROBES; probe++, slot = (slot + 2) & mask) {
      if (slots[slot + 1] !== 0) continue;
      slots[slot] = hash;
      slots[slot + 1] = offset;
      this.used++;
      return true;
    }
    return false;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    this.used = 0;
    for (let slot = 0; slot < old.length; slot += 2) {
      if (old[slot + 1] !== 0) this.place(old[slot] as number, old[slot + 1] as number);
    }
  }

  /** Whether the name written at an offset is the one that begins at `start`, pointers followed. */
  private sameSuffix(target: number, bytes: Uint8Array, start: number): boolean {
    const written = this.out.bytes;
    let at = target;
    for (let other = start; ; ) {
      while ((written[at] ?? 0) >= 0xc0) at = u16At(written, at) & 0x3fff;
      const size = written[at] ?? 0;
      for (let i = 0; i <= size; i++) if (written[at + i] !== bytes[other + i]) return false;
      if (size === 0) return true;
      at += size + 1;
      other += size + 1;
    }
  }
}
