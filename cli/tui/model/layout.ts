import type { EditorState, Pane } from './state.ts';

/** Rows that every layout has beside its panes: the header, and below the message and the keys. */
const AROUND = 3;

/** Smallest screen with two panes above each other. */
const FEWEST_COLUMNS = 60;
const FEWEST_ROWS = 15;

/** Which panes are on the screen and how many rows each has for its content. */
export interface ScreenLayout {
  /** Rows to draw: one less than the terminal has, so that it never scrolls. */
  readonly height: number;
  readonly columns: number;
  /** Rows of records; 0 when the records are not on the screen. */
  readonly listRows: number;
  /** The pane below the records, or instead of them on a small screen. */
  readonly lower: Exclude<Pane, 'records'> | undefined;
  readonly lowerRows: number;
}

/** Rows that a question with its answers needs. */
const ASKING_ROWS = 7;

/** Shares the screen between the panes; each has one row for its heading. What is asked stands in the lower pane. */
export function layoutOf({ size, pane, lower, grown, mode }: EditorState): ScreenLayout {
  const { columns } = size;
  const height = Math.max(1, size.rows - 1);
  const room = Math.max(2, height - AROUND);
  const asking = ['prompt', 'line', 'palette', 'filter'].includes(mode.kind);
  if (size.rows < FEWEST_ROWS || columns < FEWEST_COLUMNS) {
    const rows = room - 1;
    // Matches are looked for among the records, wherever one was before.
    const records = mode.kind === 'search' || mode.kind === 'filter' || (pane === 'records' && !asking);
    return records
      ? { height, columns, listRows: rows, lower: undefined, lowerRows: 0 }
      : { height, columns, listRows: 0, lower: pane === 'records' ? lower : pane, lowerRows: rows };
  }
  const wanted = Math.round(room / (lower === 'detail' || lower === 'problems' ? 3 : 2)) + grown;
  const lowerRows = Math.min(Math.max(asking ? ASKING_ROWS : 3, wanted), room - 5);
  return { height, columns, listRows: room - 2 - lowerRows, lower, lowerRows };
}

/** The first row in sight so that the cursor is, moved as little as possible. */
export function topFor(top: number, cursor: number, rows: number, count: number): number {
  const last = Math.max(0, count - rows);
  const least = Math.max(0, cursor - Math.max(1, rows) + 1);
  return Math.min(last, cursor, Math.max(least, top));
}
