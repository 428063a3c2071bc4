import { layoutOf } from '../model/layout.ts';
import type { EditorState } from '../model/state.ts';
import { saveDiffLines } from './diff.ts';
import { helpLines, pageLines, saveHead } from './modes.ts';
import type { Line } from './text.ts';

/** What is scrolled in a mode, and in how many rows it is seen. */
export interface Scrolled {
  readonly lines: readonly Line[];
  readonly rows: number;
}

/** Rows of the screen that are not the text: header, heading, message and keys. */
const AROUND = 4;

/** The text of a mode that is read, undefined where there is none. */
export function scrolled(state: EditorState): Scrolled | undefined {
  const { mode, settings } = state;
  const { height, columns } = layoutOf(state);
  const rows = Math.max(1, height - AROUND);
  switch (mode.kind) {
    case 'help':
      return { lines: helpLines(settings.readOnly, columns), rows };
    case 'page':
      return { lines: pageLines(mode.lines, columns), rows };
    case 'save':
      return { lines: saveDiffLines(state, columns), rows: Math.max(1, rows - saveHead(mode.preview, state).length) };
    default:
      return undefined;
  }
}

/** The first line in sight of what is scrolled, within its ends. */
export function topWithin(top: number, { lines, rows }: Scrolled): number {
  return Math.max(0, Math.min(top, lines.length - rows));
}
