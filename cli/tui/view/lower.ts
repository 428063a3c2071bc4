import { usageOf } from '../model/palette.ts';
import type { EditorState, Pane } from '../model/state.ts';
import { detailLines } from './detail.ts';
import { changeLines } from './diff.ts';
import { headingLine } from './header.ts';
import { inputLine } from './input.ts';
import { completionLines, formLines, promptLines, saveHead } from './modes.ts';
import { mailLines, paneFacts, problemLines } from './panes.ts';
import { scrolled, topWithin } from './scroll.ts';
import { filled, type Line, line, seg, wrapped } from './text.ts';

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
  if (mode.kind === 'form') return formLines(mode.form, rows, columns);
  const text = scrolled(state);
  if (text === undefined || !('top' in mode)) return undefined;
  const top = topWithin(mode.top, text);
  const last = Math.min(text.lines.length, top + text.rows);
  const place = text.lines.length > text.rows ? `${top + 1}-${last}/${text.lines.length}` : '';
  const head = mode.kind === 'save' ? saveHead(mode.preview, state) : [];
  return filled(
    [headingLine(nameOf(mode), place, true, columns), ...head, ...text.lines.slice(top, last)],
    rows,
    columns,
  );
}

function nameOf(mode: EditorState['mode']): string {
  if (mode.kind === 'save') return `save ${mode.preview.files.join(', ')}`;
  return mode.kind === 'page' ? mode.title : 'help: keys and :commands';
}

/** What stands below the records: the pane, or what a mode asks. */
export function lowerLines(state: EditorState, lower: Exclude<Pane, 'records'>, rows: number, columns: number): Line[] {
  const { mode } = state;
  if (mode.kind === 'prompt') return promptLines(mode.prompt, rows, columns);
  if (mode.kind === 'palette') {
    const usage = mode.completions.length === 0 ? usageOf(mode.line.text) : undefined;
    return completionLines(usage === undefined ? mode.completions : [usage], mode.chosen, rows, columns);
  }
  if (mode.kind === 'filter') {
    const words = ' words and regular expressions are looked for in owner, type, data and comment';
    if (mode.completions.length === 0) return filled([line(words, 'dim')], rows, columns);
    return completionLines(mode.completions, mode.chosen, rows, columns);
  }
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
      return changeLines(state, rows, columns);
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
    case 'filter':
      return ['conditions of filters: all have to hold', '', true];
    case 'line':
      return ['text of the entry', '', true];
    default:
      return [TITLES[lower], paneFacts(state), state.pane === lower];
  }
}
