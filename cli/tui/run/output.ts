import { Writable } from 'node:stream';
import type { TerminalSize } from './terminal-size.ts';

/** Synchronised update: terminals that know it show what is between the two at once. */
const BEGIN = '\x1b[?2026h';
const END = '\x1b[?2026l';

/**
 * A stream that takes whole screens, one in each chunk, and passes on the lines that are not as in the one before, while the
 * terminal is the program's: what a renderer writes when the process ends does not reach the screen of before.
 */
export class ScreenOutput extends Writable {
  readonly isTTY = true as const;
  /** Whether what is written is left out. */
  muted = false;
  private readonly to: Pick<Writable, 'write'>;
  private readonly shown: () => boolean;
  private readonly sizeNow: () => TerminalSize;
  /** The lines on the screen; none when it is empty. */
  private lines: readonly string[] = [];

  constructor(to: Pick<Writable, 'write'>, shown: () => boolean, size: () => TerminalSize) {
    super({ decodeStrings: false });
    this.to = to;
    this.shown = shown;
    this.sizeNow = size;
  }

  get columns(): number {
    return this.sizeNow().columns;
  }

  get rows(): number {
    return this.sizeNow().rows;
  }

  /** The screen was emptied. */
  emptied(): void {
    this.lines = [];
  }

  override _write(chunk: string | Uint8Array, _: string, done: () => void): void {
    // Blanks at the end of a line are what an erased one has there anyway.
    if (this.shown() && !this.muted)
      this.show(
        String(chunk)
          .split('\n')
          .map((line) => line.trimEnd()),
      );
    done();
  }

  private show(lines: readonly string[]): void {
    let text = '';
    for (let row = 0; row < Math.max(lines.length, this.lines.length); row++) {
      const line = lines[row] ?? '';
      // Erased before it is written: behind a line as wide as the screen its last character would be erased.
      if (line !== (this.lines[row] ?? '')) text += `\x1b[${row + 1};1H\x1b[2K${line}`;
    }
    this.lines = lines;
    if (text !== '') this.to.write(`${BEGIN}${text}${END}`);
  }
}
