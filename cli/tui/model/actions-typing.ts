import { scrolled, topWithin } from '../view/scroll.ts';
import { applyForm, applyLine } from './actions-edit.ts';
import { replacementCount } from './actions-marks.ts';
import { filterBy, nextHit, openFilter } from './actions-move.ts';
import { parseFilter } from './filter.ts';
import { isFormChanged, withLine } from './form.ts';
import type { LineInput } from './line-input.ts';
import * as lines from './line-input.ts';
import { moveTo, relist, searched } from './list.ts';
import { completionsOf, filterCompletions } from './palette.ts';
import { type Action, type Actions, only, type Result, refusal, toNormal } from './result.ts';
import { entryText } from './rows.ts';
import type { EditorState, Mode } from './state.ts';

/** The line that is typed in just now. */
export function lineOfMode({ mode }: EditorState): LineInput | undefined {
  switch (mode.kind) {
    case 'search':
    case 'filter':
    case 'palette':
    case 'line':
      return mode.line;
    case 'form':
      return mode.form.fields[mode.form.focus]?.line;
    case 'prompt':
      return mode.prompt.kind === 'input' ? mode.prompt.line : undefined;
    default:
      return undefined;
  }
}

/** The state with another line in its mode, and what follows from it at once: matches, rows, completions, what is wrong. */
function withLineOfMode(state: EditorState, line: LineInput): EditorState {
  const { mode } = state;
  const same = lineOfMode(state)?.text === line.text;
  switch (mode.kind) {
    case 'search':
      return same ? { ...state, mode: { ...mode, line } } : searching({ ...state, mode: { ...mode, line } }, mode.from);
    case 'filter':
      return same ? { ...state, mode: { ...mode, line } } : filtering(state, { ...mode, line });
    case 'palette': {
      const completions = same ? mode.completions : completionsOf(state, line.text);
      return { ...state, mode: { ...mode, line, completions, chosen: same ? mode.chosen : -1 } };
    }
    case 'line':
      return { ...state, mode: { ...mode, line, problem: same ? mode.problem : undefined } };
    case 'form':
      return { ...state, mode: { ...mode, form: withLine(state.document.zone, mode.form, line) } };
    case 'prompt': {
      const { prompt } = mode;
      if (prompt.kind !== 'input') return state;
      const details = prompt.command === 'replace' ? [replacementCount(state, line.text)] : prompt.details;
      return { ...state, mode: { ...mode, prompt: { ...prompt, line, details, problem: undefined } } };
    }
    default:
      return state;
  }
}

function searching(state: EditorState, from: number): EditorState {
  const text = lineOfMode(state)?.text ?? '';
  const at = moveTo({ ...state, search: undefined }, from);
  const search = searched(at, text);
  const next = { ...at, search };
  if (search === undefined || search.hits.length === 0) return next;
  const first = search.hits.includes(from) ? from : nextHit(search.hits, from, 1);
  return moveTo(next, first);
}

function filtering(state: EditorState, mode: Extract<Mode, { kind: 'filter' }>): EditorState {
  const read = parseFilter(mode.line.text);
  const typed = { ...mode, completions: filterCompletions(state, mode.line.text), chosen: -1 };
  if ('problem' in read) return { ...state, mode: { ...typed, problem: read.problem } };
  return relist({ ...state, mode: { ...typed, problem: undefined } }, { filter: read.filter });
}

/** Types or pastes text into the line; where none is open, nothing. */
export function typeText(state: EditorState, text: string): Result {
  const line = lineOfMode(state);
  if (line === undefined) return only(state);
  const plain = state.mode.kind === 'line' ? text : text.replace(/\s*\n\s*/gu, ' ').trimEnd();
  return only(withLineOfMode(state, lines.insert(line, text === ' ' ? text : plain)));
}

function onLine(change: (line: LineInput) => LineInput): Action {
  return (state) => {
    const line = lineOfMode(state);
    return only(line === undefined ? state : withLineOfMode(state, change(line)));
  };
}

function field(by: number): Action {
  return (state) => {
    if (state.mode.kind !== 'form') return only(state);
    const { form } = state.mode;
    const count = form.fields.length;
    return only({ ...state, mode: { kind: 'form', form: { ...form, focus: (form.focus + by + count) % count } } });
  };
}

function complete(by: number): Action {
  return (state) => {
    const { mode } = state;
    if ((mode.kind !== 'palette' && mode.kind !== 'filter') || mode.completions.length === 0) return only(state);
    const { completions } = mode;
    const count = completions.length;
    const chosen = mode.chosen < 0 ? (by > 0 ? 0 : count - 1) : (mode.chosen + by + count) % count;
    const line = lines.setText(mode.line, completions[chosen]?.text ?? mode.line.text);
    if (mode.kind === 'palette') return only({ ...state, mode: { ...mode, chosen, line } });
    const filtered = filtering(state, { ...mode, line });
    if (filtered.mode.kind !== 'filter') return only(filtered);
    // The other completions stay, for the next press; one alone has been taken.
    if (count === 1) return only(filtered);
    return only({ ...filtered, mode: { ...filtered.mode, completions, chosen } });
  };
}

function recall(by: number): Action {
  return (state) => {
    const { mode, history } = state;
    if (mode.kind !== 'palette' && mode.kind !== 'search' && mode.kind !== 'filter') return only(state);
    const past = history[mode.kind];
    const at = mode.kind === 'palette' ? mode.recalled : past.indexOf(mode.line.text);
    const next = Math.max(-1, Math.min(at + by, past.length - 1));
    const recalled = withLineOfMode(state, lines.setText(mode.line, past[next] ?? ''));
    if (recalled.mode.kind !== 'palette') return only(recalled);
    return only({ ...recalled, mode: { ...recalled.mode, recalled: next } });
  };
}

const MOST_REMEMBERED = 100;

/** History with a line before all others. */
export function remembered(past: readonly string[], text: string): readonly string[] {
  const line = text.trim();
  if (line === '') return past;
  return [line, ...past.filter((each) => each !== line)].slice(0, MOST_REMEMBERED);
}

/** Accepts the line or form of a mode; the palette and prompts, which run commands, are those of `reduce`. */
export function acceptText(state: EditorState): Result {
  const { mode, history } = state;
  switch (mode.kind) {
    case 'search': {
      const { text } = mode.line;
      const next = { ...toNormal(state), history: { ...history, search: remembered(history.search, text) } };
      const none = text !== '' && (state.search?.hits.length ?? 0) === 0;
      return none ? refusal(next, `No row has "${text}".`) : only(next);
    }
    case 'filter': {
      const { text } = mode.line;
      const next = { ...toNormal(state), history: { ...history, filter: remembered(history.filter, text) } };
      return filterBy(next, text);
    }
    case 'form':
      return applyForm(state, mode.form);
    case 'line':
      return applyLine(state, mode);
    default:
      return only(toNormal(state));
  }
}

const cancel: Action = (state) => {
  const { mode, leaving } = state;
  // A slip of the finger is not to cost what was typed.
  if (!leaving && isTyped(state)) {
    return refusal({ ...state, leaving: true }, 'Esc again drops what was typed; Enter writes it.');
  }
  const next = toNormal({ ...state, leaving: false });
  if (mode.kind === 'search') return only(moveTo({ ...next, search: undefined }, mode.from));
  if (mode.kind === 'filter') return only(relist(next, { filter: mode.before }));
  return only(next);
};

/** Whether a form or a line was changed. */
function isTyped({ mode, list, document }: EditorState): boolean {
  if (mode.kind === 'form') return isFormChanged(mode.form);
  return mode.kind === 'line' && mode.line.text !== entryText(document.zone, list.rows, mode.row);
}

/** Makes a filter of what is searched for. */
const filterBySearch: Action = (state) => {
  if (state.mode.kind !== 'search') return only(state);
  const { text } = state.mode.line;
  const quoted = /\s/u.test(text) && !text.includes('"') ? `"${text}"` : text;
  const opened = openFilter(toNormal({ ...state, search: undefined })).state;
  if (opened.mode.kind !== 'filter' || text === '') return only(opened);
  return only(withLineOfMode(opened, lines.setText(opened.mode.line, opened.mode.line.text + quoted)));
};

function scroll(by: (rows: number) => number): Action {
  return (state) => {
    const { mode } = state;
    const text = scrolled(state);
    if (text === undefined || !('top' in mode)) return only(state);
    const top = topWithin(topWithin(mode.top, text) + by(text.rows), text);
    return only({ ...state, mode: { ...mode, top } });
  };
}

/** More lines than help or a diff has. */
const MOST_LINES = 1_000_000;

const LINE_ACTIONS: Actions = Object.fromEntries(
  Object.entries(lines.LINE_EDITS).map(([id, edit]) => [id, onLine(edit)]),
);

/** Commands of lines, forms and pages. */
export const TYPING_ACTIONS: Actions = {
  ...LINE_ACTIONS,
  'field-next': field(1),
  'field-previous': field(-1),
  'filter-search': filterBySearch,
  complete: complete(1),
  'complete-back': complete(-1),
  'history-back': recall(1),
  'history-forth': recall(-1),
  cancel,
  'scroll-down': scroll(() => 1),
  'scroll-up': scroll(() => -1),
  'scroll-page-down': scroll((rows) => rows),
  'scroll-page-up': scroll((rows) => -rows),
  'scroll-first': scroll(() => -MOST_LINES),
  'scroll-last': scroll(() => MOST_LINES),
};
