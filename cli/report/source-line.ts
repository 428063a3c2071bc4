import { printable, widthOf } from './characters.ts';

/** One character of a source line as it is shown, from the octet `offset` of the file on. */
interface Cell {
  readonly offset: number;
  readonly text: string;
  readonly columns: number;
}

/** A range of octets, the end not included. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** A source line cut to the columns there are: what to print and where its characters stand. */
export interface ShownLine {
  readonly text: string;
  /** Columns of a range of octets: first column and how many, undefined when none of it is in sight. */
  columnsOf(range: Range): { readonly first: number; readonly count: number } | undefined;
  /** The part of `text` that shows a range of octets, empty for an empty range, undefined when none of it is in sight. */
  partOf(range: Range): { readonly from: number; readonly to: number } | undefined;
}

const TAB = 8;
const UTF8 = new TextDecoder();

/**
 * Shows the octets of one line in at most `columns` columns, tabs expanded and controls made visible. A longer line is cut
 * around `focus`, and only the octets near it are looked at: the length of a line costs nothing.
 */
export function showLine(bytes: Uint8Array, line: Range, focus: Range, columns: number, ellipsis: string): ShownLine {
  const near = 4 * columns;
  const start = line.start + near >= focus.start ? line.start : characterStart(bytes, focus.start - near);
  const end = Math.min(line.end, Math.max(focus.start, start) + 2 * near);
  const cells = readCells(bytes, start, end);
  const firstFocus = columnBefore(cells, focus.start);
  const endFocus = columnBefore(cells, Math.max(focus.end, focus.start + 1));
  const total = columnBefore(cells, Number.POSITIVE_INFINITY);
  const whole = start === line.start && end === line.end && total <= columns;
  const room = columns - 2 * ellipsis.length;
  const from = whole || (start === line.start && endFocus <= room) ? 0 : Math.max(0, firstFocus - (room >> 2));
  return cut(cells, from, whole ? columns : room, {
    before: whole || (from === 0 && start === line.start) ? '' : ellipsis,
    after: (visible) => (whole || (visible === cells.length && end === line.end) ? '' : ellipsis),
  });
}

function cut(
  cells: readonly Cell[],
  from: number,
  room: number,
  marks: { readonly before: string; after(visible: number): string },
): ShownLine {
  let column = 0;
  let index = 0;
  while (index < cells.length && column < from) column += cells[index++]?.columns ?? 0;
  const visible: { cell: Cell; column: number; from: number }[] = [];
  let at = marks.before.length;
  let length = marks.before.length;
  for (; index < cells.length; index++) {
    const cell = cells[index];
    if (cell === undefined || at + cell.columns > room + marks.before.length) break;
    visible.push({ cell, column: at, from: length });
    at += cell.columns;
    length += cell.text.length;
  }
  const text = marks.before + visible.map(({ cell }) => cell.text).join('') + marks.after(index);
  const whole = index === cells.length;
  return {
    text,
    partOf({ start, end }) {
      const inside = visible.filter(({ cell }) => cell.offset >= start && cell.offset < end);
      const [first, last] = [inside[0], inside.at(-1)];
      if (first !== undefined && last !== undefined) return { from: first.from, to: last.from + last.cell.text.length };
      const behind = visible.find(({ cell }) => cell.offset >= start);
      const place = behind?.from ?? (whole ? length : undefined);
      return start === end && place !== undefined ? { from: place, to: place } : undefined;
    },
    columnsOf({ start, end }) {
      const inside = visible.filter(({ cell }) => cell.offset >= start && cell.offset < end);
      const first = inside[0];
      if (first !== undefined) {
        const count = inside.reduce((sum, { cell }) => sum + cell.columns, 0);
        return { first: first.column, count: Math.max(1, count) };
      }
      // An empty range stands before the character at its start, or behind the last one of the line.
      const empty = start === end && (visible.length === 0 || start >= (visible[0]?.cell.offset ?? 0));
      const behind = visible.find(({ cell }) => cell.offset >= start);
      return empty && index === cells.length ? { first: behind?.column ?? at, count: 1 } : undefined;
    },
  };
}

function readCells(bytes: Uint8Array, start: number, end: number): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (let at = start; at < end; ) {
    const octet = bytes[at] ?? 0;
    const length = octet < 0x80 ? 1 : sequenceLength(bytes, at, end);
    const character = octet < 0x80 ? String.fromCharCode(octet) : decoded(bytes, at, length);
    const tab = octet === 0x09;
    const text = tab ? ' '.repeat(TAB - (column % TAB)) : printable(character);
    const columns = tab ? text.length : widthOf(text);
    cells.push({ offset: at, text, columns });
    column += columns;
    at += Math.max(1, length);
  }
  return cells;
}

/** Octets of the UTF-8 character at an offset, 0 when there is none; not for ASCII. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length === 0 || at + length > end) return 0;
  const text = UTF8.decode(bytes.subarray(at, at + length));
  return text.length <= 2 && !text.includes('\ufffd') ? length : 0;
}

function decoded(bytes: Uint8Array, at: number, length: number): string {
  return length === 0 ? '\ufffd' : UTF8.decode(bytes.subarray(at, at + length));
}

function characterStart(bytes: Uint8Array, offset: number): number {
  let at = offset;
  while (at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80) at++;
  return at;
}

/** Columns of all cells before an offset. */
function columnBefore(cells: readonly Cell[], offset: number): number {
  let columns = 0;
  for (const cell of cells) if (cell.offset < offset) columns += cell.columns;
  return columns;
}
