import type { EditorState, Pane } from '../model/state.ts';
import { changeLines, saveDiffLines } from './diff.ts';
import { inputLine } from './input.ts';
import { completionLines, filled, formLines, helpLines, promptLines, saveHead } from './modes.ts';
import { detailLines, mailLines, paneFacts, problemLines } from './panes.ts';
import { type Line, line, seg, wrapped } from './text.ts';

/** Names of the lower panes, with the key that shows them. */
const TITLES: Readonly<Record<Exclude<Pane, 'records'>, string>> = {
  detail: '2 detail',
  problems: '3 problems',
  diff: '4 differences to the saved file',
  mail: '5 mail and TLS',
};

/** What fills the screen in the place of the panes, when a mode needs that. */
export function bodyLines(state: EditorState, rows: number, columns: number): Line[] | undefined {
  const { mode } = state;
  switch (mode.kind) {
    case 'form':
      return formLines(mode.form, rows, columns);
    case 'help':
      return filled(helpLines(state.settings.readOnly, columns).slice(mode.top), rows, columns);
    case 'page':
      return filled(
        [line(` ${mode.title}`, 'title'), ...mode.lines.slice(mode.top).map((each) => line(` ${each}`))],
        rows,
        columns,
      );
    case 'save':
      return filled([...saveHead(mode.preview, state), ...saveDiffLines(state, mode.top, rows)], rows, columns);
    default:
      return undefined;
  }
}

/** What stands below the records: the pane, or what a mode asks. */
export function lowerLines(state: EditorState, lower: Exclude<Pane, 'records'>, rows: number, columns: number): Line[] {
  const { mode } = state;
  if (mode.kind === 'prompt') return promptLines(mode.prompt, rows, columns);
  if (mode.kind === 'palette') return completionLines(mode.completions, mode.chosen, rows, columns);
  if (mode.kind === 'line') {
    const problem =
      mode.problem === undefined ? [] : wrapped(mode.problem, columns - 3).map((words) => line(` ! ${words}`, 'error'));
    return filled([inputLine(mode.line, columns, [seg(' ')]), ...problem], rows, columns);
  }
  switch (lower) {
    case 'detail':
      return detailLines(state, rows, columns);
    case 'problems':
      return problemLines(state, rows, columns);
    case 'diff':
      return filled(changeLines(state, rows, columns), rows, columns);
    case 'mail':
      return mailLines(state, rows, columns);
  }
}

/** The heading of what stands below the records: its name, facts, and whether the keys go there. */
export function lowerTitle(
  state: EditorState,
  lower: Exclude<Pane, 'records'>,
): [name: string, more: string, focused: boolean] {
  switch (state.mode.kind) {
    case 'prompt':
      return ['question', '', true];
    case 'palette':
      return ['commands', '', true];
    case 'line':
      return ['text of the entry', '', true];
    default:
      return [TITLES[lower], paneFacts(state), state.pane === lower];
  }
}
