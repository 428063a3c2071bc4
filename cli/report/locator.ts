import type { SourceFile, Span } from '../../lib/text/diagnostic.ts';
import { LineTable, type Position } from '../../lib/text/lines.ts';

/** Lines and columns of one file for many findings in file order: going on along a long line costs only the way. */
export class Locator {
  readonly bytes: Uint8Array;
  private readonly lines: LineTable;
  private counts: Uint32Array | undefined;
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
    const from = Math.max(near ? this.last.offset : lineStart, this.markOctets());
    for (let index = from; index < at; index++) {
      if (((this.bytes[index] ?? 0) & 0xc0) !== 0x80) column++;
    }
    this.last = { line, column, offset: at, lineStart };
    return { line, column, offset: at };
  }

  /** Characters of the file before an offset; a byte order mark is none. */
  characters(offset: number): number {
    this.counts ??= characterCounts(this.bytes, this.markOctets());
    const at = Math.max(0, Math.min(offset, this.bytes.length));
    const block = Math.floor(at / BLOCK);
    let count = this.counts[block] ?? 0;
    for (let index = Math.max(block * BLOCK, this.markOctets()); index < at; index++) {
      if (((this.bytes[index] ?? 0) & 0xc0) !== 0x80) count++;
    }
    return count;
  }

  /** Octets of a byte order mark at the start of the file, which is no character of its text. */
  private markOctets(): number {
    const [first, second, third] = this.bytes;
    return first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
  }
}

/** Octets for which `characters` counts anew. */
const BLOCK = 4096;

/** Characters before each block of octets. */
function characterCounts(bytes: Uint8Array, from: number): Uint32Array {
  const counts = new Uint32Array(Math.floor(bytes.length / BLOCK) + 1);
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (at % BLOCK === 0) counts[at / BLOCK] = count;
    if (at >= from && ((bytes[at] ?? 0) & 0xc0) !== 0x80) count++;
  }
  if (bytes.length % BLOCK === 0) counts[bytes.length / BLOCK] = count;
  return counts;
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
