/** The first of the private-use characters, which are as wide as a letter, and how many of them there are. */
const FIRST = 0xe000;
const COUNT = 0x1900;

/** Rows that one screen may have: with so many left all marks hold for the rows of the next. */
const RESERVE = 0x800;

/**
 * A character for each row of the screen: a renderer that takes every row apart, character by character and on every key, lays
 * out these alone, and the rows themselves take their places afterwards.
 */
export class RowMarks {
  private readonly marks = new Map<string, string>();
  private rows: string[] = [];

  /** Makes room for another screen. */
  begin(): void {
    if (this.rows.length < COUNT - RESERVE) return;
    this.marks.clear();
    this.rows = [];
  }

  /** The mark of a row as it is written to the terminal; the row itself when there are too many. */
  readonly of = (row: string): string => {
    const known = this.marks.get(row);
    if (known !== undefined) return known;
    if (this.rows.length >= COUNT) return row;
    const mark = String.fromCharCode(FIRST + this.rows.length);
    this.marks.set(row, mark);
    this.rows.push(row);
    return mark;
  };

  /** The row of a mark; a text that is no mark is itself. */
  row(mark: string): string {
    return mark.length === 1 ? (this.rows[mark.charCodeAt(0) - FIRST] ?? mark) : mark;
  }
}
