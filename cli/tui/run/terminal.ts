import type { ReadStream, WriteStream } from 'node:tty';
import { type Input, KeyReader } from './key-reader.ts';
import { ScreenOutput } from './output.ts';
import type { TerminalSize } from './terminal-size.ts';

/** What a terminal tells whoever uses it. */
export interface TerminalEvents {
  input(input: Input): void;
  resized(size: TerminalSize): void;
  /** The screen is empty and has to be drawn from the start. */
  resumed(): void;
  /** The terminal is gone: nobody reads, and no key comes any more. */
  lost?(): void;
}

/** Milliseconds after which an escape character alone is the key. */
const ESCAPE_WAIT = 30;

/** Milliseconds after which a process that was told to stop has stopped, if it does. */
const STOP_WAIT = 50;

/** What a program that ended without care may have left: the mouse told, cursor keys and keypad with codes of their own. */
const PLAIN = '\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1l\x1b>';
/** Alternate screen, pasted text in brackets, focus told, cursor hidden, screen empty. */
const ENTER = '\x1b[?1049h\x1b[?2004h\x1b[?1004h\x1b[?25l\x1b[0m\x1b[2J\x1b[H';
/** The same undone, synchronised updates ended, colours off. */
const LEAVE = '\x1b[?2026l\x1b[0m\x1b[?1004l\x1b[?2004l\x1b[?25h\x1b[?1049l';

/** Size where a terminal does not tell it. */
const USUAL: TerminalSize = { columns: 80, rows: 24 };

/**
 * The terminal while a program has all of it: keys come as they are pressed, and whatever way the program ends, the screen
 * and the modes are as they were before.
 */
export class Terminal {
  private readonly stdin: ReadStream;
  private readonly stdout: WriteStream;
  private readonly events: TerminalEvents;
  private readonly reader = new KeyReader();
  private timer: NodeJS.Timeout | undefined;
  private open = false;
  private over = false;
  private gone = false;
  /** Where to draw. */
  readonly output: ScreenOutput;

  constructor(stdin: ReadStream, stdout: WriteStream, events: TerminalEvents) {
    this.stdin = stdin;
    this.stdout = stdout;
    this.events = events;
    this.output = new ScreenOutput(
      stdout,
      () => this.open,
      () => this.size,
    );
  }

  get size(): TerminalSize {
    const { columns, rows } = this.stdout;
    return columns > 0 && rows > 0 ? { columns, rows } : USUAL;
  }

  /** Takes the terminal over until `stop`. */
  start(): void {
    this.enter();
    process.on('exit', this.leave);
    // What is told about a failure belongs on the screen of before.
    process.prependListener('uncaughtException', this.leave);
    process.on('SIGTSTP', this.suspend);
    process.on('SIGCONT', this.continued);
    this.stdout.on('resize', this.resize);
    this.stdin.on('data', this.data);
    // Listeners that stay, as what is written last may fail when nobody listens otherwise.
    this.stdout.on('error', this.lost);
    this.stdin.on('error', this.lost);
    this.stdin.on('end', this.lost);
  }

  stop(): void {
    this.over = true;
    this.leave();
    process.off('exit', this.leave);
    process.off('uncaughtException', this.leave);
    process.off('SIGTSTP', this.suspend);
    process.off('SIGCONT', this.continued);
    this.stdout.off('resize', this.resize);
    this.stdin.off('data', this.data);
    clearTimeout(this.timer);
    this.stdin.pause();
  }

  /**
   * Stops the process and those that were started with it, as Ctrl-Z does, the terminal as it was before; goes on when the
   * shell lets it. Where no shell could, the signal does nothing, and it goes on at once.
   */
  readonly suspend = (): void => {
    this.leave();
    // Its own answer to the signal is to stop.
    process.off('SIGTSTP', this.suspend);
    process.kill(0, 'SIGTSTP');
    setTimeout(() => {
      if (this.over) return;
      process.off('SIGTSTP', this.suspend);
      process.on('SIGTSTP', this.suspend);
      this.resume();
    }, STOP_WAIT);
  };

  /** Gives the terminal to another program for as long as that runs. */
  lend(use: () => void): void {
    this.leave();
    this.stdin.pause();
    try {
      use();
    } finally {
      this.resume(PLAIN);
    }
  }

  /** Empties the screen, which is then to be drawn from the start. */
  clear(): void {
    if (this.open) this.stdout.write('\x1b[2J\x1b[H');
    this.output.emptied();
  }

  private enter(first = ''): void {
    this.open = true;
    this.stdin.setRawMode(true);
    this.stdin.resume();
    this.stdout.write(`${first}${ENTER}`);
    this.output.emptied();
  }

  private readonly leave = (): void => {
    if (!this.open) return;
    this.open = false;
    this.stdout.write(LEAVE);
    if (!this.stdin.destroyed) this.stdin.setRawMode(false);
  };

  private readonly lost = (): void => {
    if (this.over || this.gone) return;
    this.gone = true;
    this.events.lost?.();
  };

  /** Whoever stopped the process may have used the terminal. */
  private readonly continued = (): void => {
    if (this.open) {
      this.open = false;
      this.stdin.setRawMode(false);
    }
    this.resume();
  };

  private resume(first = ''): void {
    if (this.open || this.over) return;
    this.enter(first);
    this.events.resumed();
  }

  private readonly resize = (): void => {
    if (this.open) this.events.resized(this.size);
  };

  private readonly data = (octets: Uint8Array): void => {
    clearTimeout(this.timer);
    this.pass(this.reader.feed(octets));
    if (this.reader.waiting) this.timer = setTimeout(() => this.pass(this.reader.quiet()), ESCAPE_WAIT);
  };

  private pass(inputs: readonly Input[]): void {
    for (const input of inputs) this.events.input(input);
  }
}
