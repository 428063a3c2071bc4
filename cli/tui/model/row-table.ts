import { Entry, scanEntry } from '../../../lib/text/entry.ts';
import type { Zone } from '../../../lib/zone/zone.ts';

/** What a row stands for: the numbers in RowTable.kinds. */
export const RECORD_ROW = 0;
/** A record that $GENERATE makes: it has no text of its own. */
export const GENERATED_ROW = 1;
export const DIRECTIVE_ROW = 2;
/** A line with nothing but a comment. */
export const COMMENT_ROW = 3;
/** An entry that could not be read. */
export const BROKEN_ROW = 4;

/**
 * The rows of a zone in reading order, as columns: 100,000 of them cost no object each. All that a person may want to act on
 * has a row: records, directives, comment lines and broken entries. Blank lines have none: they stay where they are.
 */
export interface RowTable {
  readonly count: number;
  readonly kinds: Uint8Array;
  /** Number of the record, directive or broken entry; -1 for comments. */
  readonly refs: Int32Array;
  /** Index of the file in the zone, and offset of the entry in it. */
  readonly files: Uint16Array;
  readonly starts: Uint32Array;
  /** The row of the $INCLUDE or $GENERATE that brings this one, -1 for what stands in the zone file itself. */
  readonly parents: Int32Array;
  /** The rows of each file in its order. */
  readonly byFile: readonly Int32Array[];
  /** The row of each record. */
  readonly ofRecord: Int32Array;
}

/** Makes the rows of a zone. */
export function rowTable(zone: Zone): RowTable {
  return new Builder(zone).build();
}

/**
 * The row that an offset of a file lies in: the last that begins at or before it, else the first; -1 without rows. What
 * $GENERATE makes stands where its directive does, which is meant.
 */
export function rowAt(rows: RowTable, file: number, offset: number): number {
  const list = rows.byFile[file];
  if (list === undefined || list.length === 0) return -1;
  const row = list[Math.max(0, firstBehind(rows, list, offset) - 1)] as number;
  return rows.kinds[row] === GENERATED_ROW ? (rows.parents[row] as number) : row;
}

/** The index in the rows of a file of the first that begins behind an offset. */
export function firstBehind(rows: RowTable, list: Int32Array, offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows.starts[list[middle] as number] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where the entry of a row ends; records of $GENERATE have that of their directive. */
export function rowEnd(zone: Zone, rows: RowTable, row: number, entry: Entry = new Entry()): number {
  const bytes = zone.files[rows.files[row] ?? 0]?.bytes ?? new Uint8Array(0);
  const start = rows.starts[row] ?? 0;
  if (rows.kinds[row] === COMMENT_ROW) {
    const newline = bytes.indexOf(0x0a, start);
    return newline < 0 ? bytes.length : newline + 1;
  }
  scanEntry(bytes, start, entry);
  return entry.end;
}

/** What one file has beside records. */
interface FileParts {
  records: Int32Array | undefined;
  readonly directives: number[];
  readonly broken: number[];
}

class Builder {
  private readonly zone: Zone;
  private readonly parts: FileParts[];
  private readonly children = new Map<string, number>();
  private readonly ofRecord: Int32Array;
  private kinds: Uint8Array;
  private refs: Int32Array;
  private files: Uint16Array;
  private starts: Uint32Array;
  private parents: Int32Array;
  private count = 0;

  constructor(zone: Zone) {
    this.zone = zone;
    const size = zone.count + zone.directives.length + zone.broken.length + 64;
    this.kinds = new Uint8Array(size);
    this.refs = new Int32Array(size);
    this.files = new Uint16Array(size);
    this.starts = new Uint32Array(size);
    this.parents = new Int32Array(size);
    this.ofRecord = new Int32Array(zone.count).fill(-1);
    this.parts = zone.files.map(() => ({ records: undefined, directives: [], broken: [] }));
    for (const [index, { file }] of zone.directives.entries()) this.parts[file]?.directives.push(index);
    for (const [index, { file }] of zone.broken.entries()) this.parts[file]?.broken.push(index);
    for (const { broken } of this.parts) broken.sort((a, b) => this.brokenStart(a) - this.brokenStart(b));
    const indices = new Map(zone.files.map((file, index) => [file, index]));
    for (const [index, { included }] of zone.files.entries()) {
      if (included === undefined) continue;
      this.children.set(`${indices.get(included.file) ?? -1} ${included.span.start}`, index);
    }
    if (zone.files.length > 1) this.shareRecords();
  }

  build(): RowTable {
    const { zone } = this;
    if (zone.files.length > 0) this.file(0, -1);
    const { count } = this;
    const files = this.files.subarray(0, count);
    return {
      count,
      kinds: this.kinds.subarray(0, count),
      refs: this.refs.subarray(0, count),
      files,
      starts: this.starts.subarray(0, count),
      parents: this.parents.subarray(0, count),
      byFile: byFile(files, zone.files.length),
      ofRecord: this.ofRecord,
    };
  }

  private shareRecords(): void {
    const { fileOf, count } = this.zone;
    const sizes = new Int32Array(this.parts.length);
    for (let record = 0; record < count; record++) sizes[fileOf[record] as number]!++;
    for (const [file, part] of this.parts.entries()) part.records = new Int32Array(sizes[file] as number);
    sizes.fill(0);
    for (let record = 0; record < count; record++) {
      const file = fileOf[record] as number;
      (this.parts[file]?.records as Int32Array)[sizes[file]!++] = record;
    }
  }

  private brokenStart(index: number): number {
    return this.zone.broken[index]?.start ?? 0;
  }

  /** Rows of one file, each include right behind its directive. */
  private file(file: number, parent: number): void {
    const { zone, parts } = this;
    const { records, directives, broken } = parts[file] as FileParts;
    const comments = commentLines(zone, file, this.entryStarts(file));
    const size = records?.length ?? zone.count;
    let [record, directive, fault, comment] = [0, 0, 0, 0];
    let generator = -1;
    let generatorStart = -1;
    for (;;) {
      const atDirective = zone.directives[directives[directive] ?? -1]?.start ?? Infinity;
      const atFault = fault < broken.length ? this.brokenStart(broken[fault] as number) : Infinity;
      const atComment = comments[comment] ?? Infinity;
      const next = Math.min(atDirective, atFault, atComment);
      const made = { start: generatorStart, row: generator };
      record = this.records(records, { from: record, size, before: next }, file, parent, made);
      if (next === Infinity) return;
      if (next === atDirective) {
        const index = directives[directive++] as number;
        const row = this.push(DIRECTIVE_ROW, index, file, next, parent);
        if (zone.directives[index]?.kind === 'GENERATE') [generator, generatorStart] = [row, next];
        const child = this.children.get(`${file} ${next}`);
        if (child !== undefined) this.file(child, row);
      } else if (next === atFault) {
        const index = broken[fault++] as number;
        // Broken entries of $GENERATE are those of its line, which has a row.
        if (next !== generatorStart) this.push(BROKEN_ROW, index, file, next, parent);
      } else {
        comment++;
        this.push(COMMENT_ROW, -1, file, next, parent);
      }
    }
  }

  /** Rows of records that stand before an offset; the index of the first that does not. */
  private records(
    records: Int32Array | undefined,
    { from, size, before }: { readonly from: number; readonly size: number; readonly before: number },
    file: number,
    parent: number,
    made: { readonly start: number; readonly row: number },
  ): number {
    const { entries } = this.zone;
    const { ofRecord } = this;
    let index = from;
    for (; index < size; index++) {
      const number = records === undefined ? index : (records[index] as number);
      const start = entries[number] as number;
      if (start >= before) break;
      const generated = start === made.start;
      const row = this.push(generated ? GENERATED_ROW : RECORD_ROW, number, file, start, generated ? made.row : parent);
      ofRecord[number] = row;
    }
    return index;
  }

  /** The entries of a file that may span lines, by which comments inside them are told from lines of their own. */
  private entryStarts(file: number): (at: number) => number {
    const { zone } = this;
    const { records, directives, broken } = this.parts[file] as FileParts;
    const size = records?.length ?? zone.count;
    const record = (index: number): number =>
      zone.entries[records === undefined ? index : (records[index] as number)] as number;
    // Comments are asked for in file order, so that each list is gone through once.
    let [next, fault, directive] = [0, 0, 0];
    return (at) => {
      while (next < size && record(next) < at) next++;
      while (fault < broken.length && this.brokenStart(broken[fault] as number) < at) fault++;
      while ((zone.directives[directives[directive] ?? -1]?.start ?? Infinity) < at) directive++;
      return Math.max(
        next > 0 ? record(next - 1) : -1,
        fault > 0 ? this.brokenStart(broken[fault - 1] as number) : -1,
        zone.directives[directives[directive - 1] ?? -1]?.start ?? -1,
      );
    };
  }

  private push(kind: number, ref: number, file: number, start: number, parent: number): number {
    if (this.count === this.kinds.length) this.grow();
    const row = this.count++;
    this.kinds[row] = kind;
    this.refs[row] = ref;
    this.files[row] = file;
    this.starts[row] = start;
    this.parents[row] = parent;
    return row;
  }

  private grow(): void {
    const size = Math.ceil(this.count * 1.5) + 64;
    this.kinds = grown(this.kinds, new Uint8Array(size));
    this.refs = grown(this.refs, new Int32Array(size));
    this.files = grown(this.files, new Uint16Array(size));
    this.starts = grown(this.starts, new Uint32Array(size));
    this.parents = grown(this.parents, new Int32Array(size));
  }
}

function grown<T extends Uint8Array | Int32Array | Uint16Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function byFile(files: Uint16Array, count: number): Int32Array[] {
  const sizes = new Int32Array(count);
  for (let row = 0; row < files.length; row++) sizes[files[row] as number]!++;
  const lists = Array.from(sizes, (size) => new Int32Array(size));
  const [only] = lists;
  if (lists.length === 1 && only !== undefined) {
    for (let row = 0; row < only.length; row++) only[row] = row;
    return lists;
  }
  sizes.fill(0);
  for (let row = 0; row < files.length; row++) {
    const file = files[row] as number;
    (lists[file] as Int32Array)[sizes[file]!++] = row;
  }
  return lists;
}

/** Offsets of the lines of a file that hold nothing but a comment and are not inside of an entry. */
function commentLines(zone: Zone, file: number, entryBefore: (at: number) => number): number[] {
  const bytes = zone.files[file]?.bytes ?? new Uint8Array(0);
  // Buffer searches several times as fast as Uint8Array.
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entry = new Entry();
  const found: number[] = [];
  let scanned = -1;
  let inside = 0;
  const first = isAfterMark(buffer, 3) ? 3 : 0;
  for (let at = buffer.indexOf(0x3b); at >= 0; ) {
    let start = at;
    while (start > first && (bytes[start - 1] === 0x20 || bytes[start - 1] === 0x09)) start--;
    if (start === first || bytes[start - 1] === 0x0a) {
      const before = entryBefore(start);
      if (before >= 0 && before !== scanned) {
        scanEntry(bytes, before, entry);
        scanned = before;
        inside = entry.end;
      }
      if (start >= inside) found.push(start);
    }
    const end = buffer.indexOf(0x0a, at);
    at = end < 0 ? -1 : buffer.indexOf(0x3b, end);
  }
  return found;
}

/** Whether nothing but a byte order mark stands before an offset. */
function isAfterMark(buffer: Buffer, at: number): boolean {
  return at === 3 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
}
