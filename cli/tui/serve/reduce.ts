import type { FaultStatus } from '../../../lib/server/faults/fault-set.ts';
import { topFor } from '../model/layout.ts';
import * as lines from '../model/line-input.ts';
import type { Collected } from './collector.ts';
import { cutUp, faultText, queryText } from './detail.ts';
import { type LiveFilter, NO_FILTER, parseLiveFilter } from './filter.ts';
import { HELP_LENGTH } from './help.ts';
import type { LiveCommand } from './keys.ts';
import { liveLayout, pageRows } from './layout.ts';
import { type LiveMessage, type LivePane, type LiveState, placeOf } from './state.ts';

/** Everything that can change the view. */
export type LiveEvent =
  | { readonly kind: 'run'; readonly id: LiveCommand }
  /** Characters typed or pasted. */
  | { readonly kind: 'text'; readonly text: string }
  | ({ readonly kind: 'collected' } & Pick<LiveState, 'collected' | 'faults' | 'machines' | 'zones'>)
  | { readonly kind: 'message'; readonly message: LiveMessage }
  | { readonly kind: 'resized'; readonly columns: number; readonly rows: number };

/** What the world is to do. */
export type LiveEffect =
  | { readonly kind: 'filter'; readonly filter: LiveFilter }
  | { readonly kind: 'hold'; readonly on: boolean }
  | { readonly kind: 'fault'; readonly id: string; readonly on: boolean }
  | { readonly kind: 'clear' | 'reset-faults' | 'reload' | 'quit' | 'suspend' | 'redraw' };

/** The view after something has happened, and what the world is to do. */
export interface LiveResult {
  readonly state: LiveState;
  readonly effects: readonly LiveEffect[];
}

/** Sentences of the server that are kept. */
const MOST_MESSAGES = 200;

/** What comes of an event. Never throws; the same for the same arguments. */
export function reduceLive(state: LiveState, event: LiveEvent): LiveResult {
  switch (event.kind) {
    case 'run':
      return run(quiet(state), event.id);
    case 'text':
      return typed(state, event.text);
    case 'collected':
      return only(collectedInto(state, event.collected, event));
    case 'message': {
      const messages = [...state.messages, event.message].slice(-MOST_MESSAGES);
      return only({ ...state, messages, unseen: state.unseen + 1 });
    }
    case 'resized':
      return only(inSight({ ...state, size: { columns: event.columns, rows: event.rows } }));
  }
}

function only(state: LiveState, ...effects: LiveEffect[]): LiveResult {
  return { state, effects };
}

function said(state: LiveState, text: string, ...effects: LiveEffect[]): LiveResult {
  return { state: { ...state, answer: { error: false, text } }, effects };
}

function refused(state: LiveState, text: string): LiveResult {
  return only({ ...state, answer: { error: true, text } });
}

/** The state without what was said before the key. */
function quiet(state: LiveState): LiveState {
  return state.answer === undefined && state.unseen === 0 ? state : { ...state, answer: undefined, unseen: 0 };
}

function collectedInto(
  state: LiveState,
  collected: Collected,
  { faults, machines, zones }: { readonly faults: readonly FaultStatus[] } & Pick<LiveState, 'machines' | 'zones'>,
): LiveState {
  const faultCursor = Math.max(0, Math.min(state.faultCursor, faults.length - 1));
  return inSight({ ...state, collected, faults, machines, zones, faultCursor });
}

/** The state with the cursor at the newest query when that is followed, and the cursor in sight. */
function inSight(state: LiveState): LiveState {
  const { rows } = state.collected;
  if (rows.length === 0) return { ...state, cursor: 0, top: 0 };
  const listRows = Math.max(1, liveLayout(state).listRows);
  const { at, first } = placeOf(state);
  const cursor = state.follow ? rows.length - 1 : at;
  const top = topFor(state.follow ? rows.length : first, cursor, listRows, rows.length);
  return { ...state, cursor: rows[cursor]?.number ?? 0, top: rows[top]?.number ?? 0 };
}

function run(state: LiveState, id: LiveCommand): LiveResult {
  const { mode } = state;
  if (mode.kind === 'filter') return runFilter(state, mode, id);
  if (mode.kind === 'page' || mode.kind === 'help') return runPage(state, mode, id);
  return runNormal(state, id);
}

function runNormal(state: LiveState, id: LiveCommand): LiveResult {
  const steps = stepsOf(id, rowsOfPane(state));
  if (steps !== undefined) return only(moved(state, steps));
  switch (id) {
    case 'follow':
      return only(inSight({ ...state, follow: !state.follow }));
    case 'pane-next':
      return only(toPane(state, 1));
    case 'pane-previous':
      return only(toPane(state, -1));
    case 'pane-queries':
      return only(focused(state, 'queries'));
    case 'pane-faults':
      return only(focused(state, 'faults'));
    case 'pane-counts':
      return only(focused(state, 'counts'));
    case 'filter': {
      const line = lines.lineOf(state.filter.text);
      return only({ ...state, mode: { kind: 'filter', line, before: state.filter, problem: undefined } });
    }
    case 'clear-filter':
      return filtered(state, NO_FILTER);
    case 'help':
      return only({ ...state, mode: { kind: 'help', top: 0 } });
    case 'messages':
      return only(openMessages(state));
    case 'open':
      return state.pane === 'faults' ? openFault(state) : openQuery(state, placeOf(state).at);
    default:
      return runOutside(state, id);
  }
}

/** Commands that the server or the terminal has to do. */
function runOutside(state: LiveState, id: LiveCommand): LiveResult {
  switch (id) {
    case 'toggle': {
      const status = state.faults[state.faultCursor];
      if (status === undefined) return refused(state, 'There is no fault: give some with --faults.');
      const { fault, enabled } = status;
      return said(state, `${fault.id} is ${enabled ? 'off' : 'on'}.`, { kind: 'fault', id: fault.id, on: !enabled });
    }
    case 'pause': {
      const on = state.pausedAt === undefined;
      const pausedAt = on ? state.collected.total : undefined;
      return only({ ...state, pausedAt }, { kind: 'hold', on });
    }
    case 'clear':
      return said(state, 'Queries and counts are forgotten.', { kind: 'clear' });
    case 'reset-faults':
      return said(state, 'The faults are as at the start.', { kind: 'reset-faults' });
    case 'reload':
    case 'quit':
    case 'suspend':
    case 'redraw':
      return only(state, { kind: id });
    default:
      return only(state);
  }
}

/** Rows that a page of the pane has. */
function rowsOfPane(state: LiveState): number {
  const { listRows, lowerRows } = liveLayout(state);
  return Math.max(1, state.pane === 'queries' ? listRows : lowerRows);
}

/** More rows than there ever are. */
const FAR = 1_000_000_000;

/** How many rows a command moves down; undefined when it moves nothing. */
function stepsOf(id: LiveCommand, page: number): number | undefined {
  switch (id) {
    case 'down':
      return 1;
    case 'up':
      return -1;
    case 'page-down':
      return page;
    case 'page-up':
      return -page;
    case 'first':
      return -FAR;
    case 'last':
      return FAR;
    default:
      return undefined;
  }
}

function moved(state: LiveState, steps: number): LiveState {
  const { pane, collected, faults } = state;
  if (pane === 'faults') return { ...state, faultCursor: within(state.faultCursor + steps, faults.length) };
  if (pane === 'counts') {
    const most = Math.max(...Object.values(collected.counts).map((each) => each.length));
    return { ...state, countsTop: within(state.countsTop + steps, most - liveLayout(state).lowerRows + 1) };
  }
  const { rows } = collected;
  const at = within(placeOf(state).at + steps, rows.length);
  // Whoever goes to the end wants what comes behind it.
  return inSight({ ...state, cursor: rows[at]?.number ?? 0, follow: at >= rows.length - 1 });
}

function within(at: number, count: number): number {
  return Math.max(0, Math.min(at, count - 1));
}

const PANES: readonly LivePane[] = ['queries', 'faults', 'counts'];

function toPane(state: LiveState, by: number): LiveState {
  const at = (PANES.indexOf(state.pane) + by + PANES.length) % PANES.length;
  return focused(state, PANES[at] ?? 'queries');
}

function focused(state: LiveState, pane: LivePane): LiveState {
  return inSight({ ...state, pane, lower: pane === 'queries' ? state.lower : pane });
}

function filtered(state: LiveState, filter: LiveFilter): LiveResult {
  return only({ ...state, filter, mode: { kind: 'normal' } }, { kind: 'filter', filter });
}

function runFilter(
  state: LiveState,
  mode: Extract<LiveState['mode'], { kind: 'filter' }>,
  id: LiveCommand,
): LiveResult {
  if (id === 'cancel') return filtered(state, mode.before);
  if (id === 'accept')
    return mode.problem === undefined ? only({ ...state, mode: { kind: 'normal' } }) : refused(state, mode.problem);
  const edit = Object.hasOwn(lines.LINE_EDITS, id) ? lines.LINE_EDITS[id as lines.LineEdit] : undefined;
  return edit === undefined ? only(state) : withLine(state, mode, edit(mode.line));
}

function typed(state: LiveState, text: string): LiveResult {
  const { mode } = state;
  if (mode.kind !== 'filter') return only(state);
  return withLine(quiet(state), mode, lines.insert(mode.line, text.replaceAll(/\p{Cc}+/gu, ' ')));
}

/** The filter while it is typed: it holds at once, with a problem that of before stays. */
function withLine(
  state: LiveState,
  mode: Extract<LiveState['mode'], { kind: 'filter' }>,
  line: lines.LineInput,
): LiveResult {
  if (line.text === mode.line.text) return only({ ...state, mode: { ...mode, line } });
  const read = parseLiveFilter(line.text);
  if ('problem' in read) return only({ ...state, mode: { ...mode, line, problem: read.problem } });
  const { filter } = read;
  return only({ ...state, filter, mode: { ...mode, line, problem: undefined } }, { kind: 'filter', filter });
}

type Reading = Extract<LiveState['mode'], { kind: 'page' | 'help' }>;

function runPage(state: LiveState, mode: Reading, id: LiveCommand): LiveResult {
  const page = pageRows(state) - 1;
  const steps = stepsOf(id, page);
  if (steps !== undefined) {
    const count = mode.kind === 'page' ? mode.lines.length : HELP_LENGTH;
    return only({ ...state, mode: { ...mode, top: within(mode.top + steps, count - page + 1) } });
  }
  const number = mode.kind === 'page' ? mode.query : undefined;
  if (number !== undefined && (id === 'next-query' || id === 'previous-query')) {
    const { at } = placeOf(state);
    return openQuery(state, within(at + (id === 'next-query' ? 1 : -1), state.collected.rows.length));
  }
  return id === 'cancel' ? only({ ...state, mode: { kind: 'normal' } }) : only(state);
}

function openPage(state: LiveState, title: string, text: readonly string[], query?: number): LiveState {
  const cut = cutUp(text, state.size.columns - 2);
  return { ...state, mode: { kind: 'page', title, lines: cut, top: 0, query } };
}

/** Opens the query of a row; the list stays there when one comes back to it. */
function openQuery(state: LiveState, at: number): LiveResult {
  const record = state.collected.rows[at];
  if (record === undefined) return refused(state, 'There is no query.');
  const there = inSight({ ...state, cursor: record.number, follow: false });
  return only(openPage(there, `query ${record.number}`, queryText(record), record.number));
}

function openFault(state: LiveState): LiveResult {
  const status = state.faults[state.faultCursor];
  if (status === undefined) return refused(state, 'There is no fault: give some with --faults.');
  return only(openPage(state, `fault ${status.fault.id}`, faultText(status, state.machines)));
}

function openMessages(state: LiveState): LiveState {
  const text = state.messages.map(({ at, kind, text }) => {
    const time = new Date(at).toISOString().slice(11, 19);
    return `${time} ${kind === 'note' ? '' : `${kind}: `}${text}`;
  });
  return openPage(state, 'messages', text.length === 0 ? ['The server has said nothing.'] : text);
}
