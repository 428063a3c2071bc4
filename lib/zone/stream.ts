import { expectedRdata } from './fast.ts';
import type { ReadOptions } from './options.ts';
import { Reader } from './read.ts';
import { Zone } from './zone.ts';

/** Reads the next octets of a file: how many there were, 0 at its end. */
export type ReadPiece = (into: Uint8Array) => number;

/** What a zone is read from piece by piece. */
export interface StreamOptions extends Omit<ReadOptions, 'bytes'> {
  readonly read: ReadPiece;
  /** Octets of the zone file, when that is known. */
  readonly size?: number;
  /** Keeps the records of all batches, so that only the text is never held whole. */
  readonly keep?: boolean;
  /** Octets of the file that are at hand at a time, if no entry is longer. */
  readonly window?: number;
}

/**
 * Takes some records of a zone, in the order of the file, and what was said of them, before that is forgotten.
 * Offsets in the zone file (`files[0]`) count from `files[0].bytes`, whose first line is the one of the number `line`.
 */
export type TakeBatch = (batch: Zone, line: number) => void;

/** A form of a zone that is written batch by batch. */
export interface BatchText {
  /** The text of further records in pieces fit for writing; the first batch, even of none, brings what stands before them. */
  batch(zone: Zone): Iterable<string>;
  /** What stands behind the last record. */
  end(): string;
}

const WINDOW = 1 << 22;

/**
 * Reads a zone whose master file is too large to be held: hands over its records batch by batch, at least one of them,
 * and keeps nothing but the state of the reader. The records are those of readZone; a name that is spelled in several
 * ways is spelled in each batch as it was met there. Included files are held whole. Returns the zone of the last batch.
 */
export function streamZone(options: StreamOptions, take: TakeBatch): Zone {
  const { name, keep = false } = options;
  const window = new ReadWindow(options.read, options.window ?? WINDOW);
  let bytes = window.next(0);
  const size = Math.max(bytes.length, keep ? (options.size ?? 0) : 0);
  const zone = new Zone(options.origin, Math.max(16, Math.ceil(size / 44)), expectedRdata(size));
  const reader = new Reader(zone, options);
  zone.files.push({ name, bytes });
  let start = reader.byteOrderMark(bytes);
  for (let line = 1; ; ) {
    const end = reader.part(bytes, start, window.ended);
    const read = bytes.subarray(0, end);
    reader.carriageReturns(read);
    if (end > start || window.ended) take(zone, line);
    if (window.ended) return zone;
    line += newlines(read);
    zone.forgetProblems();
    if (!keep) reader.state.lastOwner = zone.forget(reader.state.lastOwner);
    bytes = window.next(end);
    zone.files[0] = { name, bytes };
    start = 0;
  }
}

/** The octets of a file that are at hand. */
export class ReadWindow {
  ended = false;
  private buffer: Uint8Array;
  private filled = 0;
  private readonly read: ReadPiece;

  constructor(read: ReadPiece, size: number) {
    this.read = read;
    this.buffer = new Uint8Array(size);
  }

  /** The octets from `from` on, and more behind them up to the end of the file. */
  next(from: number): Uint8Array {
    const kept = this.buffer.subarray(from, this.filled);
    // An entry that takes most of the window needs a larger one.
    const size = kept.length * 2 > this.buffer.length ? this.buffer.length * 2 : this.buffer.length;
    if (size === this.buffer.length) this.buffer.copyWithin(0, from, this.filled);
    else {
      this.buffer = new Uint8Array(size);
      this.buffer.set(kept);
    }
    this.filled = kept.length;
    while (this.filled < this.buffer.length && !this.ended) {
      const length = this.read(this.buffer.subarray(this.filled));
      this.filled += length;
      this.ended = length === 0;
    }
    return this.buffer.subarray(0, this.filled);
  }
}

function newlines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0x0a) count++;
  return count;
}
