import { layoutOf } from '../model/layout.ts';
import type { LineInput } from '../model/line-input.ts';
import type { EditorState } from '../model/state.ts';
import { headerLine, headingLine, keysLine, messageLines } from './header.ts';
import { inputLine } from './input.ts';
import { bodyLines, lowerLines, lowerTitle } from './lower.ts';
import { recordLines } from './records.ts';
import { filled, fitLine, type Line, line, seg } from './text.ts';

/** Lines that a sentence may have below the panes. */
const LONGEST_MESSAGE = 3;

/** The whole screen: header, records above a pane or what a mode needs, message and keys; as many lines as it has. */
export function screenLines(state: EditorState): Line[] {
  const { columns, height } = layoutOf(state);
  const below = [...typedLines(state, columns), keysLine(state, columns)];
  const room = Math.max(0, height - 1 - below.length);
  const body = bodyLines(state, room, columns) ?? paneLines(state, below.length - 2);
  return filled([headerLine(state, columns), ...body.slice(0, room), ...below], height, columns);
}

/** The records, and the pane below or in their place, less some rows that a sentence needs. */
function paneLines(state: EditorState, less: number): Line[] {
  const { listRows, lower, lowerRows, columns } = layoutOf(state);
  if (lower === undefined) return recordLines(state, Math.max(1, listRows - less), columns);
  const rows = Math.max(1, lowerRows - less);
  return [
    ...(listRows > 0 ? recordLines(state, listRows, columns) : []),
    headingLine(...lowerTitle(state, lower), columns),
    ...lowerLines(state, lower, rows, columns),
  ];
}

/** What is searched for, with how many rows have it. */
function searchInput({ search }: EditorState, input: LineInput, columns: number): Line {
  const { hits, current } = search ?? { hits: [], current: -1 };
  const found = hits.length === 0 ? 'not found' : `${current + 1}/${hits.length}`;
  const note = input.text === '' ? '' : `  ${found}`;
  const room = Math.max(1, columns - note.length);
  return [...inputLine(input, room, [seg('/', 'title')]), seg(note, hits.length === 0 ? 'warning' : 'dim')];
}

/** What is typed at the bottom of the screen, or the last sentence. */
function typedLines(state: EditorState, columns: number): Line[] {
  const { mode } = state;
  switch (mode.kind) {
    case 'search':
      return [searchInput(state, mode.line, columns)];
    case 'filter': {
      const { problem } = mode;
      const typed = inputLine(mode.line, columns, [seg('filter ', 'title')]);
      return problem === undefined ? [typed] : [fitLine([seg(`! ${problem}`, 'error')], columns), typed];
    }
    case 'palette':
      return [inputLine(mode.line, columns, [seg(':', 'title')])];
    default:
      return state.saving ? [line('saving …', 'dim')] : messageLines(state, LONGEST_MESSAGE, columns);
  }
}
