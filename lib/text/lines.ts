/** A place in a file as people count it: line and column from 1, columns in characters, offset in octets. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Finds lines and columns of octet offsets; the table of line starts is made on first use. */
export class LineTable {
  readonly bytes: Uint8Array;
  #starts: Uint32Array | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Number of lines; a final newline does not open another line. */
  get count(): number {
    const starts = this.starts();
    const last = starts[starts.length - 1] ?? 0;
    return last === this.bytes.length && starts.length > 1 ? starts.length - 1 : starts.length;
  }

  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.bytes.length));
    const index = this.indexAt(at);
    const start = this.starts()[index] ?? 0;
    return { line: index + 1, column: characters(this.bytes, start, at) + 1, offset: at };
  }

  /** Octet range of a line counted from 1, without its line end. */
  range(line: number): { start: number; end: number } {
    const starts = this.starts();
    const start = starts[line - 1] ?? this.bytes.length;
    let end = starts[line] ?? this.bytes.length;
    if (end > start && this.bytes[end - 1] === 0x0a) end--;
    if (end > start && this.bytes[end - 1] === 0x0d) end--;
    return { start, end };
  }

  /** Text of a line counted from 1, without its line end; octets that are no UTF-8 become U+FFFD. */
  text(line: number): string {
    const { start, end } = this.range(line);
    return new TextDecoder().decode(this.bytes.subarray(start, end));
  }

  private indexAt(offset: number): number {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private starts(): Uint32Array {
    this.#starts ??= lineStarts(this.bytes);
    return this.#starts;
  }
}

function lineStarts(bytes: Uint8Array): Uint32Array {
  let count = 1;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) count++;
  const starts = new Uint32Array(count);
  let line = 1;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) starts[line++] = at + 1;
  return starts;
}

/** Characters between two offsets: every octet but UTF-8 continuation octets counts. */
function characters(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (((bytes[at] ?? 0) & 0xc0) !== 0x80) count++;
  return count;
}
