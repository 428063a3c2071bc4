/** A line of text that is being typed: the text, the cursor as an index of a character as people see it, and what was killed. */
export interface LineInput {
  readonly text: string;
  /** Offset in `text`, always between two characters as people see them. */
  readonly cursor: number;
  /** What Ctrl-K, Ctrl-U or Ctrl-W took out last. */
  readonly killed: string;
}
