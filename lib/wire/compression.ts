import type { ByteSink } from '../text/sink.ts';
import { u16At } from './header.ts';

/** Offsets from here on do not fit into a pointer. */
const POINTER_LIMIT = 0x4000;

/** Slots looked at before a suffix counts as not written yet; keeps names made to collide cheap. */
const MOST_PROBES = 8;

/**
 * Writes names so that each suffix stands in the message once (RFC 1035 §4.1.4). Suffixes are compared octet by octet, so
 * the case of every name survives.
 */
export class NameWriter {
  private readonly out: ByteSink;
  /** Hash and offset of each suffix written, side by side; an offset of 0 is a free slot. */
  private slots = new Uint32Array(64);
  private used = 0;

  constructor(out: ByteSink) {
    this.out = out;
  }

  /** Appends a well-formed name that begins at an offset of some octets, compressed, and tells where it ended there. */
  write(bytes: Uint8Array, start: number): number {
    const { out } = this;
    const hashes = suffixHashes(bytes, start);
    let at = start;
    for (const hash of hashes) {
      const target = this.find(hash, bytes, at);
      if (target > 0) {
        out.u16(0xc000 | target);
        return endOf(bytes, at);
      }
      this.add(hash, out.length);
      const size = bytes[at] ?? 0;
      out.put(bytes.subarray(at, at + 1 + size));
      at += 1 + size;
    }
    out.u8(0);
    return at + 1;
  }

  private find(hash: number, bytes: Uint8Array, start: number): number {
    const mask = this.slots.length - 2;
    for (let probe = 0, slot = (hash << 1) & mask; probe < MOST_PROBES; probe++, slot = (slot + 2) & mask) {
      const target = this.slots[slot + 1] ?? 0;
      if (target === 0) return 0;
      if (this.slots[slot] === hash && this.sameSuffix(target, bytes, start)) return target;
    }
    return 0;
  }

  private add(hash: number, offset: number): void {
    if (offset >= POINTER_LIMIT) return;
    if (this.used * 4 >= this.slots.length) this.grow();
    this.place(hash, offset);
  }

  private place(hash: number, offset: number): void {
    const mask = this.slots.length - 2;
    for (let probe = 0, slot = (hash << 1) & mask; probe < MOST_PROBES; probe++, slot = (slot + 2) & mask) {
      if (this.slots[slot + 1] !== 0) continue;
      this.slots[slot] = hash;
      this.slots[slot + 1] = offset;
      this.used++;
      return;
    }
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(old.length * 2);
    this.used = 0;
    for (let slot = 0; slot < old.length; slot += 2) {
      if (old[slot + 1] !== 0) this.place(old[slot] ?? 0, old[slot + 1] ?? 0);
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

/** A hash of each suffix but the root, the whole name first. */
function suffixHashes(bytes: Uint8Array, start: number): number[] {
  const offsets: number[] = [];
  for (let at = start; (bytes[at] ?? 0) > 0; at += 1 + (bytes[at] ?? 0)) offsets.push(at);
  const hashes = new Array<number>(offsets.length);
  let hash = 0x811c9dc5;
  for (let index = offsets.length - 1; index >= 0; index--) {
    const at = offsets[index] ?? 0;
    const end = at + 1 + (bytes[at] ?? 0);
    for (let i = at; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
    hash = (hash ^ (hash >>> 15)) >>> 0;
    hashes[index] = hash;
  }
  return hashes;
}

function endOf(bytes: Uint8Array, start: number): number {
  let at = start;
  while ((bytes[at] ?? 0) > 0) at += 1 + (bytes[at] ?? 0);
  return at + 1;
}
