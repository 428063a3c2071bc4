import type { Writable } from 'node:stream';
import type { ScreenLook } from '../view/lines.tsx';
import { type Line, painted } from '../view/text.ts';

/** Updates the terminal at once where it can, and without going on in the next line where a line is too long for it. */
const BEGIN = '\x1b[?2026h\x1b[?7l';
const END = '\x1b[?7h\x1b[?2026l';

/**
 * Draws lines that are as wide as the screen, those alone that have changed. For programs that have more to do than to
 * draw: it takes a hundredth of the time of a renderer that lays out components.
 */
export class LineDrawing {
  private readonly output: Pick<Writable, 'write'>;
  private readonly look: ScreenLook;
  private shown: readonly string[] = [];

  constructor(output: Pick<Writable, 'write'>, look: ScreenLook) {
    this.output = output;
    this.look = look;
  }

  draw(lines: readonly Line[]): void {
    const texts = lines.map((line) => painted(line, this.look));
    let changes = '';
    for (let row = 0; row < Math.max(texts.length, this.shown.length); row++) {
      const text = texts[row] ?? '';
      if (text !== this.shown[row]) changes += `\x1b[${row + 1};1H\x1b[2K${text}`;
    }
    this.shown = texts;
    if (changes !== '') this.output.write(`${BEGIN}${changes}${END}`);
  }

  /** Draws all of it on a screen that is empty. */
  anew(lines: readonly Line[]): void {
    this.shown = [];
    this.draw(lines);
  }
}
