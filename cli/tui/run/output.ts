import { Writable } from 'node:stream';
import type { TerminalSize } from './terminal.ts';

/**
 * A stream to draw on that passes on what is written while the screen is the editor's: what a renderer writes when the
 * process ends does not reach the screen of before.
 */
export class ScreenOutput extends Writable {
  readonly isTTY = true as const;
  /** Whether what is written is left out. */
  muted = false;
  private readonly to: Pick<Writable, 'write'>;
  private readonly shown: () => boolean;
  private readonly sizeNow: () => TerminalSize;

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

  override _write(chunk: string | Uint8Array, _: string, done: () => void): void {
    if (this.shown() && !this.muted) this.to.write(chunk);
    done();
  }
}
