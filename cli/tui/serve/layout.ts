import type { LivePane, LiveState } from './state.ts';

/** Rows beside the panes: two of the header, and below the message and the keys. */
const AROUND = 4;

/** Smallest screen with panes above each other. */
const FEWEST_COLUMNS = 60;
const FEWEST_ROWS = 15;

/** Columns from which the faults and the counts have room beside each other. */
const BESIDE = 120;

/** Rows that the lower panes have at least and at most. */
const LEAST_LOWER = 3;
const MOST_LOWER = 12;

/** Which panes are on the screen and how many rows each has for its content. */
export interface LiveLayout {
  readonly columns: number;
  /** Rows to draw: one less than the terminal has, so that it never scrolls. */
  readonly height: number;
  /** Rows of queries; 0 when they are not on the screen. */
  readonly listRows: number;
  /** The panes below, beside each other. */
  readonly lower: readonly Exclude<LivePane, 'queries'>[];
  readonly lowerRows: number;
}

/** Shares the screen between the panes; each has one row for its heading. */
export function liveLayout({ size, pane, lower, faults }: LiveState): LiveLayout {
  const { columns } = size;
  const height = Math.max(1, size.rows - 1);
  const room = Math.max(2, height - AROUND);
  if (size.rows < FEWEST_ROWS || columns < FEWEST_COLUMNS) {
    return pane === 'queries'
      ? { columns, height, listRows: room - 1, lower: [], lowerRows: 0 }
      : { columns, height, listRows: 0, lower: [pane], lowerRows: room - 1 };
  }
  const lowerRows = Math.min(MOST_LOWER, Math.max(LEAST_LOWER, Math.round(room / 4)));
  const both = columns >= BESIDE && faults.length > 0;
  return {
    columns,
    height,
    listRows: room - 2 - lowerRows,
    lower: both ? ['faults', 'counts'] : [lower],
    lowerRows,
  };
}

/** Rows that a page has between header and keys, its title among them. */
export function pageRows({ size }: Pick<LiveState, 'size'>): number {
  return Math.max(1, size.rows - 1 - AROUND);
}
