import type { SourceFile, Span } from '../../lib/text/diagnostic.ts';
import { LineTable, type Position } from '../../lib/text/lines.ts';

/** Lines and columns of one file for many findings in file order: going on along a long line costs only the way. */
export class Locator {
  readonly bytes: Uint8Array;
  private readonly lines: LineTable;
  private last: Position & { readonly lineStart: number } = { line: 1, column: 1, offset: 0, lineStart: 0 };

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.lines = new LineTable(bytes);
  }

  get count(): number {
    return this.lines.count;
  }

  range(line: number): Span {
    return this.lines.range(line);
  }

  /** The line of an offset; behind a final newline that is one more than `count`. */
  line(offset: number): number {
    let low = 1;
    let high = this.lines.count + (this.bytes.at(-1) === 0x0a ? 1 : 0);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lines.range(middle).start <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.bytes.length));
    const line = this.line(at);
    const lineStart = this.lines.range(line).start;
    const near = this.last.lineStart === lineStart && this.last.offset <= at;
    let column = near ? this.last.column : 1;
    for (let index = near ? this.last.offset : lineStart; index < at; index++) {
      if (((this.bytes[index] ?? 0) & 0xc0) !== 0x80) column++;
    }
    this.last = { line, column, offset: at, lineStart };
    return { line, column, offset: at };
  }
}

/** One locator for each file. */
export class Locators {
  private readonly known = new WeakMap<SourceFile, Locator>();

  of(file: SourceFile): Locator {
    let locator = this.known.get(file);
    if (locator === undefined) {
      locator = new Locator(file.bytes);
      this.known.set(file, locator);
    }
    return locator;
  }
}
