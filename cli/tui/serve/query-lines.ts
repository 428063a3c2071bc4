import type { QueryRecord } from '../../../lib/server/query-record.ts';
import { fitLine, fitted, type Line, restyled, type Style, seg } from '../view/text.ts';
import { type QueryRow, rowOf } from './query-row.ts';
import { type LiveState, placeOf } from './state.ts';

/** A column of the table of queries. */
interface Column {
  readonly title: string;
  /** Columns of the screen, the blank behind included; 0 for what is left. */
  readonly width: number;
  /** Columns of the screen from which it is shown. */
  readonly from: number;
  readonly right?: true;
  readonly text: (row: QueryRow) => string;
  readonly style?: (row: QueryRow) => Style;
}

/** Screens up to this have the short forms. */
const WIDE = 110;

const COLUMNS: readonly Column[] = [
  { title: 'time UTC', width: 9, from: 0, text: ({ time }) => time.slice(0, 8), style: () => 'dim' },
  { title: 'time UTC', width: 13, from: WIDE, text: ({ time }) => time, style: () => 'dim' },
  { title: 'client', width: 16, from: 95, text: ({ address }) => address },
  { title: 'client', width: 22, from: 140, text: ({ address, port }) => `${address}#${port}` },
  { title: 'client', width: 30, from: 190, text: ({ address, port }) => `${address}#${port}` },
  { title: 'via', width: 6, from: 70, text: ({ transport }) => transport },
  { title: 'name', width: 0, from: 0, text: ({ name }) => name },
  { title: 'type', width: 10, from: 0, text: ({ type }) => type, style: () => 'type' },
  { title: 'rcode', width: 10, from: 0, text: ({ rcode }) => rcode, style: styleOf },
  { title: 'flags', width: 15, from: WIDE, text: ({ flags }) => flags, style: () => 'dim' },
  { title: 'fault', width: 12, from: 80, text: ({ faults }) => faults, style: () => 'warning' },
  { title: 'fault', width: 24, from: 150, text: ({ faults }) => faults, style: () => 'warning' },
  { title: 'ms', width: 7, from: 0, right: true, text: ({ ms }) => msText(ms) },
  { title: 'size', width: 6, from: 75, right: true, text: ({ answerSize }) => String(answerSize), style: () => 'dim' },
  { title: 'sizes', width: 12, from: 125, right: true, text: sizesText, style: () => 'dim' },
];

function styleOf({ rcode }: QueryRow): Style {
  if (rcode === 'NOERROR') return 'good';
  return rcode === 'NXDOMAIN' ? 'info' : 'error';
}

function sizesText({ querySize, answerSize }: QueryRow): string {
  return `${querySize}→${answerSize}`;
}

/** Milliseconds in at most six characters. */
function msText(ms: number): string {
  if (ms >= 100) return String(Math.round(ms));
  return ms >= 10 ? ms.toFixed(1) : ms.toFixed(2);
}

/** The columns that a screen has room for, the widest form of each, with their widths. */
function columnsFor({ size, faults }: LiveState): readonly (Column & { readonly width: number })[] {
  const fits = COLUMNS.filter(({ from, title }) => size.columns >= from && (title !== 'fault' || faults.length > 0));
  const key = ({ title }: Column): string => (title === 'sizes' ? 'size' : title);
  const chosen = fits.filter((column, index) => !fits.slice(index + 1).some((later) => key(later) === key(column)));
  const taken = chosen.reduce((sum, { width }) => sum + width, GUTTER);
  return chosen.map((column) => (column.width > 0 ? column : { ...column, width: size.columns - taken }));
}

/** Columns before the first: a mark where a fault has acted. */
const GUTTER = 2;

/** The heading of the table, and the rows in sight. */
export function queryLines(state: LiveState, rows: number): Line[] {
  const { columns } = state.size;
  const shown = columnsFor(state);
  const { at, first } = placeOf(state);
  const all = state.collected.rows;
  const lines: Line[] = [headingOf(state, shown, at)];
  for (let index = first; index < first + rows; index++) {
    const record = all[index];
    lines.push(record === undefined ? fitLine([], columns) : lineOf(record, shown, state, index === at));
  }
  if (all.length === 0 && rows > 0) lines[1] = fitLine([seg(`  ${emptyWords(state)}`, 'dim')], columns);
  return lines;
}

function emptyWords({ filter, collected }: LiveState): string {
  if (filter.text !== '') return 'no query passes the filter: Esc shows all';
  return collected.total === 0 ? 'no query yet' : 'no query since';
}

function headingOf({ pane, size, collected }: LiveState, shown: readonly Column[], at: number): Line {
  const focused = pane === 'queries';
  const place = `${at + 1}/${collected.rows.length}`;
  const pieces = shown.map(({ title, width, right }) => seg(cell(title, width, right), 'strong'));
  const line = fitLine([seg(focused ? '▸ ' : '  ', 'title'), ...pieces], size.columns);
  // The place has room behind the title of the names.
  const before = shown.findIndex(({ title }) => title === 'name') + 1;
  const names = line[before];
  if (names === undefined || names.text.length < place.length + 6) return line;
  const room = names.text.length - place.length - 1;
  return [
    ...line.slice(0, before),
    seg(names.text.slice(0, room), 'strong'),
    seg(`${place} `, 'dim'),
    ...line.slice(before + 1),
  ];
}

function lineOf(record: QueryRecord, shown: readonly Column[], { size, pane }: LiveState, selected: boolean): Line {
  const row = rowOf(record);
  const pieces = shown.map(({ width, right, text, style }) =>
    seg(cell(text(row), width, right), style === undefined ? 'plain' : style(row)),
  );
  const line = fitLine([seg(record.faults.length > 0 ? '! ' : '  ', 'warning'), ...pieces], size.columns);
  if (!selected) return line;
  return restyled(line, pane === 'queries' ? 'selected' : 'unfocused');
}

/** A text in its column, a blank behind it or, at the right, before it. */
function cell(text: string, width: number, right: true | undefined): string {
  if (width <= 1) return '';
  return right ? ` ${text.padStart(width - 1)}`.slice(0, width) : `${fitted(text, width - 1)} `;
}
