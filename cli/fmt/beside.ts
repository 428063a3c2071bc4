import { Worker } from 'node:worker_threads';
import { type FormatFollower, roomFor } from '../../lib/edit/format.ts';
import type { Io } from '../io.ts';
import {
  CHECKING,
  type CheckStart,
  DONE,
  PLACES,
  SAME,
  SLOTS,
  STATE,
  STOPPED,
  WAITING,
  WORKER_MODULE,
} from './beside-worker.ts';

/** Octets between two places at least, which bounds their number. */
const BETWEEN = 65_536;
/** Milliseconds without a further place done after which a thread is taken for dead. */
const PATIENCE = 2000;

/** A file that is checked on a thread of its own while it is formatted. */
export class CheckBeside implements FormatFollower {
  /** The octets of the file; those are to be there when the first place is told. */
  readonly bytes: Uint8Array;
  readonly room: Uint8Array;
  private readonly board = sharedInts(SLOTS);
  private readonly places: Int32Array;
  private count = 0;
  private next = 0;

  constructor(size: number, origin: Uint8Array | undefined, clientMxType: number) {
    this.bytes = sharedOctets(size);
    this.room = sharedOctets(roomFor(size));
    this.places = sharedInts(2 * Math.ceil(this.room.length / BETWEEN) + 8);
    const workerData: CheckStart = {
      zonewright: 'fmt',
      board: this.board,
      places: this.places,
      old: this.bytes,
      now: this.room,
      origin,
      clientMxType,
    };
    const worker = new Worker(new URL(WORKER_MODULE), { workerData });
    // A thread that fails has not found the text to be the same, and that is all there is to say.
    worker.on('error', () => {});
    worker.unref();
  }

  wrote(old: number, now: number): void {
    const { board, places } = this;
    if (now < this.next && old < this.bytes.length) return;
    this.next = now + BETWEEN;
    places[2 * this.count] = old;
    places[2 * this.count + 1] = now;
    Atomics.store(board, PLACES, ++this.count);
    Atomics.notify(board, PLACES);
  }

  isSame(): boolean {
    const { board } = this;
    // A thread that has not even begun would only keep us waiting.
    if (Atomics.compareExchange(board, STATE, WAITING, STOPPED) === WAITING) return false;
    for (let done = -1; Atomics.load(board, STATE) === CHECKING; ) {
      const late = Atomics.wait(board, STATE, CHECKING, PATIENCE) === 'timed-out';
      const before = done;
      done = Atomics.load(board, DONE);
      if (late && done === before) this.stop();
    }
    return Atomics.load(board, STATE) === SAME;
  }

  /** Reads the file; whether it has all the octets that it was said to have. */
  read(path: string, io: Io): boolean {
    const input = io.open(path);
    let length = 0;
    try {
      for (let read = -1; read !== 0; length += read) read = input.read(this.bytes.subarray(length));
    } finally {
      input.close();
    }
    return length === this.bytes.length;
  }

  /** Lets the thread end. */
  stop(): void {
    Atomics.store(this.board, STATE, STOPPED);
    Atomics.add(this.board, PLACES, 1);
    Atomics.notify(this.board, PLACES);
  }
}

function sharedOctets(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

function sharedInts(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * length));
}
