import type { Severity, Span } from '../../lib/text/diagnostic.ts';
import { printable } from './characters.ts';
import type { Locator } from './locator.ts';
import type { Look, Paint, Palette } from './look.ts';
import { type ShownLine, showLine } from './source-line.ts';

/** A range to underline in a code frame; the main one has no label, since the sentence above says it. */
export interface Mark {
  readonly span: Span;
  readonly label?: string;
}

/** What a code frame shows: one file, the range of the finding and those that belong to it. */
export interface FrameInput {
  readonly lines: Locator;
  readonly main: Mark;
  readonly related: readonly Mark[];
  /** Colours the main mark; without it the frame shows a place that only belongs to a finding. */
  readonly severity?: Severity;
  /** Lines shown before and after the main range. */
  readonly context: number;
}

/** Lines of a long range that are shown before the middle is left out. */
const HEAD_LINES = 4;

/** A line of a code frame with the marks that reach it; the main mark is the one without a label and comes first. */
export interface FrameRow {
  readonly number: number;
  /** Lines before this one are left out. */
  readonly gap: boolean;
  readonly shown: ShownLine;
  readonly marks: readonly PlacedMark[];
}

/** The lines that a code frame shows, cut to some columns. */
export function* frameRows(input: FrameInput, columns: (gutter: number) => number): Generator<FrameRow> {
  const marks = [input.main, ...input.related].map((mark, index) => place(input.lines, mark, index));
  const numbers = shownLines(marks, input.context, input.lines.count);
  const gutter = String(numbers.at(-1) ?? 0).length;
  let before: number | undefined;
  for (const number of numbers) {
    const gap = before !== undefined && number > before + 1;
    before = number;
    const here = marks.filter((mark) => number >= mark.first && number <= mark.last);
    yield { number, gap, shown: shownLine(input.lines, number, here[0], columns(gutter)), marks: here };
  }
}

/** The lines of a code frame, without line ends. */
export function renderFrame(input: FrameInput, look: Look, palette: Palette): string[] {
  const frame = [...frameRows(input, (gutter) => look.width - gutter - 4)];
  const gutter = String(frame.at(-1)?.number ?? 0).length;
  const bar = palette.dim('│');
  const rows: string[] = [];
  for (const { number, gap, shown, marks } of frame) {
    if (gap) rows.push(` ${' '.repeat(gutter - 1)}${palette.dim('⋮')}`);
    rows.push(` ${palette.dim(String(number).padStart(gutter))} ${bar} ${shown.text}`.trimEnd());
    for (const mark of marks) {
      const severity = mark.main ? input.severity : undefined;
      const paint = severity === undefined ? palette.related : palette[severity];
      const row = underline(input.lines, shown, mark, number, severity === undefined ? '-' : '^', paint);
      if (row !== undefined) rows.push(` ${' '.repeat(gutter)} ${bar} ${row}`);
    }
  }
  return rows;
}

/** A mark with the lines it reaches over. */
interface PlacedMark extends Mark {
  readonly first: number;
  readonly last: number;
  /** It is that of the finding. */
  readonly main: boolean;
}

function place(lines: Locator, mark: Mark, index: number): PlacedMark {
  const { start } = mark.span;
  let { end } = mark.span;
  while (end > start && (lines.bytes[end - 1] === 0x0a || lines.bytes[end - 1] === 0x0d)) end--;
  const first = Math.min(lines.line(start), lines.count);
  const last = Math.max(first, Math.min(lines.line(end), lines.count));
  return { ...mark, span: { start, end }, first, last, main: index === 0 };
}

function shownLines(marks: readonly PlacedMark[], context: number, count: number): number[] {
  const numbers = new Set<number>();
  const add = (from: number, to: number): void => {
    for (let number = Math.max(1, from); number <= Math.min(count, to); number++) numbers.add(number);
  };
  for (const [index, { first, last }] of marks.entries()) {
    const around = index === 0 ? context : 0;
    if (last - first < HEAD_LINES + 2) add(first - around, last + around);
    else {
      add(first - around, first + HEAD_LINES - 1);
      add(last, last + around);
    }
  }
  if (numbers.size === 0) numbers.add(Math.max(1, count));
  const sorted = [...numbers].sort((a, b) => a - b);
  // A single line left out would take as much room as the mark that says so.
  for (const number of sorted) if (numbers.has(number + 2)) numbers.add(number + 1);
  return [...numbers].sort((a, b) => a - b);
}

function shownLine(lines: Locator, number: number, mark: PlacedMark | undefined, columns: number): ShownLine {
  const range = lines.range(number);
  const focus = mark === undefined ? { start: range.start, end: range.start } : within(mark.span, range);
  return showLine(lines.bytes, range, focus, columns, '…');
}

function underline(
  lines: Locator,
  shown: ShownLine,
  mark: PlacedMark,
  number: number,
  sign: string,
  paint: Paint,
): string | undefined {
  const part = partOnLine(lines, mark, number);
  if (part === undefined) return undefined;
  const label = number === mark.last && mark.label !== undefined ? printable(mark.label) : '';
  const columns = shown.columnsOf(part);
  if (columns === undefined) return label === '' ? undefined : paint(label);
  const signs = sign.repeat(columns.count);
  return ' '.repeat(columns.first) + paint(label === '' ? signs : `${signs} ${label}`);
}

/** The part of a mark that is underlined in a line: all of it in its first line, without leading blanks in the others. */
export function partOnLine(lines: Locator, mark: PlacedMark, number: number): Span | undefined {
  const part = within(mark.span, lines.range(number));
  if (number === mark.first) return part;
  const start = afterBlanks(lines.bytes, part.start, part.end);
  return start >= part.end ? undefined : { start, end: part.end };
}

/** The part of a span that lies in a line; behind its end there is room for an empty one. */
function within(span: Span, line: { start: number; end: number }): Span {
  const start = Math.min(Math.max(span.start, line.start), line.end);
  return { start, end: Math.max(start, Math.min(span.end, line.end)) };
}

function afterBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  return at;
}
