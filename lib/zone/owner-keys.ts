import { lowerOctet } from '../rr/escapes.ts';
import { isWithin } from '../rr/name.ts';
import { ByteSink } from '../text/sink.ts';
import { type ByteStrings, sortByBytes } from './byte-sort.ts';
import type { Zone } from './zone.ts';

const UNSEEN = 0;
const WITHIN = 1;
const OUTSIDE = 2;

/** Owners of a zone as octet strings whose octet order is the canonical order of names. */
export class OwnerKeys implements ByteStrings {
  readonly starts: Uint32Array;
  readonly lengths: Uint16Array;
  private readonly zone: Zone;
  private readonly state: Uint8Array;
  private readonly sink: ByteSink;
  private readonly labels = new Uint8Array(128);
  private known = 0;

  constructor(zone: Zone) {
    const { count } = zone.names;
    this.zone = zone;
    this.starts = new Uint32Array(count);
    this.lengths = new Uint16Array(count);
    this.state = new Uint8Array(count);
    this.sink = new ByteSink(count * 12 + 256);
  }

  get bytes(): Uint8Array {
    return this.sink.bytes;
  }

  /** Whether the owner was added and is within the zone. */
  has(owner: number): boolean {
    return this.state[owner] === WITHIN;
  }

  /** Makes the key of an owner met for the first time; false when it is outside the zone. */
  add(owner: number): boolean {
    const { state, zone } = this;
    if (state[owner] === UNSEEN) {
      state[owner] = isWithin(zone.names.wire(owner), zone.origin) ? WITHIN : OUTSIDE;
      if (state[owner] === WITHIN) this.addKey(owner);
    }
    return state[owner] === WITHIN;
  }

  /** Name ids of the owners added, in canonical order. */
  sorted(): Uint32Array {
    const ids = new Uint32Array(this.known);
    let next = 0;
    for (let owner = 0; owner < this.state.length; owner++) if (this.has(owner)) ids[next++] = owner;
    sortByBytes(ids, 0, next, this);
    return ids;
  }

  /** Labels from the one below the origin to the first, in small letters, each closed by 0; 0 and 1 in them are written 1 1 and 1 2. */
  private addKey(owner: number): void {
    const { zone, sink, labels } = this;
    const { arena, offsets } = zone.names;
    const start = offsets[owner] as number;
    const stop = (offsets[owner + 1] as number) - zone.origin.length;
    let count = 0;
    for (let at = start; at < stop; at += (arena[at] as number) + 1) labels[count++] = at - start;
    this.known++;
    this.starts[owner] = sink.length;
    sink.reserve(2 * (stop - start));
    const { bytes } = sink;
    let to = sink.length;
    while (count > 0) {
      const at = start + (labels[--count] as number);
      const end = at + (arena[at] as number);
      for (let i = at + 1; i <= end; i++) {
        const octet = lowerOctet(arena[i] as number);
        if (octet <= 1) bytes[to++] = 1;
        bytes[to++] = octet <= 1 ? octet + 1 : octet;
      }
      bytes[to++] = 0;
    }
    sink.length = to;
    this.lengths[owner] = to - (this.starts[owner] as number);
  }
}
