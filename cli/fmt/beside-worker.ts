import { isMainThread, workerData } from 'node:worker_threads';
import { FormatChecker } from '../../lib/edit/format-check.ts';

/** What a thread that checks formatted text is started with; all arrays are shared. */
export interface CheckStart {
  readonly zonewright: 'fmt';
  /** See the slots. */
  readonly board: Int32Array;
  /** Places up to which the text may be checked: pairs of an offset in the file and one in the formatted text. */
  readonly places: Int32Array;
  readonly old: Uint8Array;
  readonly now: Uint8Array;
  readonly origin: Uint8Array | undefined;
  readonly clientMxType: number;
}

/** Slots of the board: what the check has come to, how many places there are, and how many of them are done. */
export const STATE = 0;
export const PLACES = 1;
export const DONE = 2;
export const SLOTS = 3;

/** States. */
export const WAITING = 0;
export const CHECKING = 1;
export const SAME = 2;
export const DIFFERENT = 3;
export const STOPPED = 4;

/** The module that a worker thread has to start with: this one. */
export const WORKER_MODULE: string = import.meta.url;

/** Checks place after place as they come; ends behind the last. */
export function checkBeside(start: CheckStart): void {
  const { board } = start;
  if (Atomics.compareExchange(board, STATE, WAITING, CHECKING) !== WAITING) return;
  let same = false;
  try {
    same = isSame(start);
  } finally {
    Atomics.compareExchange(board, STATE, CHECKING, same ? SAME : DIFFERENT);
    Atomics.notify(board, STATE);
  }
}

function isSame({ board, places, old, now, origin, clientMxType }: CheckStart): boolean {
  const checker = new FormatChecker(old, now, origin, clientMxType);
  for (let done = 0; ; ) {
    Atomics.wait(board, PLACES, done);
    if (Atomics.load(board, STATE) !== CHECKING) return false;
    for (const count = Atomics.load(board, PLACES); done < count; done++) {
      const end = places[2 * done] as number;
      if (checker.upTo(end, places[2 * done + 1] as number) !== undefined) return false;
      if (end === old.length) return true;
      Atomics.store(board, DONE, done);
    }
  }
}

function isCheckStart(data: unknown): data is CheckStart {
  return typeof data === 'object' && data !== null && 'zonewright' in data && data.zonewright === 'fmt';
}

// In one bundle with the main thread this module is loaded there as well.
if (!isMainThread && isCheckStart(workerData)) checkBeside(workerData);
