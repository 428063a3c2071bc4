import type { Io } from './io.ts';
import { counted, grouped } from './report/words.ts';

const PATIENCE = 1000;
const PAUSE = 100;
/** Characters of a bar. */
const BAR = 30;

/** A line on a terminal's stderr that tells how far long work has come; it appears after a second and leaves nothing. */
export class Progress {
  private readonly io: Io;
  private readonly start: number;
  private readonly silent: boolean;
  private last: number;
  private shown = false;

  constructor(io: Io, quiet: boolean) {
    this.io = io;
    this.silent = quiet || !io.stderr.terminal;
    this.start = io.ticks();
    this.last = Number.NEGATIVE_INFINITY;
  }

  /** Shows where the work is, when it has taken long enough; `long` for a step that is known to. */
  at(words: () => string, long = false): void {
    if (this.silent) return;
    const now = this.io.ticks();
    if (!long && (now - this.start < PATIENCE || now - this.last < PAUSE)) return;
    this.last = now;
    this.shown = true;
    this.io.stderr.write(`\r\u001b[K${words()}`);
  }

  /** Shows how many of a known number of things are done, as a bar with the time it will take. */
  bar(done: number, all: number, noun: string): void {
    this.at(() => {
      const part = all === 0 ? 1 : done / all;
      const full = Math.round(part * BAR);
      const left = part === 0 ? 0 : ((this.io.ticks() - this.start) * (1 - part)) / part / 1000;
      const bar = `${'#'.repeat(full)}${'.'.repeat(BAR - full)}`;
      return `[${bar}] ${grouped(done)} of ${counted(all, noun)}, ${Math.ceil(left)} s left`;
    });
  }

  /** Takes the line away, before anything else is written. */
  clear(): void {
    if (this.shown) this.io.stderr.write('\r\u001b[K');
    this.shown = false;
  }
}
