import { detailOf } from '../view/detail.ts';
import { changesOf } from './changes.ts';
import { parseFilter } from './filter.ts';
import { type Filter, NO_FILTER } from './filter-term.ts';
import { layoutOf, topFor } from './layout.ts';
import { lineOf } from './line-input.ts';
import { currentRow, moveTo, relist, searched } from './list.ts';
import { mailRows, toggledMail } from './mail.ts';
import { filterCompletions } from './palette.ts';
import { type Action, type Actions, info, only, type Result, refusal } from './result.ts';
import { DIRECTIVE_ROW } from './row-table.ts';
import { bringsRows } from './rows.ts';
import { SORT_KEYS, type SortKey } from './sort-key.ts';
import type { Column, EditorState, Pane } from './state.ts';

/** A movement in the pane that has the focus: by so many rows, or to an end. */
function move(by: (rows: number) => number): Action {
  return (state) => {
    const { pane } = state;
    const { listRows, lowerRows } = layoutOf(state);
    if (pane === 'records') return only(moveTo(state, state.list.cursor + by(listRows)));
    return only(moveLower(state, pane, by(lowerRows), lowerRows));
  };
}

function moveLower(state: EditorState, pane: Exclude<Pane, 'records'>, by: number, rows: number): EditorState {
  const within = (at: number, count: number): number => Math.max(0, Math.min(at + by, count - 1));
  switch (pane) {
    case 'detail': {
      const last = Math.max(0, detailOf(state, state.size.columns).length - rows);
      return { ...state, detailTop: Math.max(0, Math.min(Math.min(state.detailTop, last) + by, last)) };
    }
    case 'problems': {
      const cursor = within(state.problems.cursor, state.problems.all.length);
      const top = topFor(state.problems.top, cursor, rows, state.problems.all.length);
      return { ...state, problems: { ...state.problems, cursor, top } };
    }
    case 'diff': {
      const count = changesOf(state.document).length;
      const cursor = within(state.diff.cursor, count);
      return { ...state, diff: { cursor, top: topFor(state.diff.top, cursor, rows, count) } };
    }
    case 'mail': {
      const count = mailRows(state).length;
      const cursor = within(state.mail.cursor, count);
      return { ...state, mail: { ...state.mail, cursor, top: topFor(state.mail.top, cursor, rows, count) } };
    }
  }
}

const FAR = 1e9;
const COLUMNS: readonly Column[] = ['owner', 'ttl', 'class', 'type', 'data'];

function column(by: number): Action {
  return (state) => {
    const at = COLUMNS.indexOf(state.list.column) + by;
    const next = COLUMNS[Math.max(0, Math.min(at, COLUMNS.length - 1))] ?? 'owner';
    return only({ ...state, list: { ...state.list, column: next } });
  };
}

const PANES: readonly Pane[] = ['records', 'detail', 'problems', 'diff', 'mail'];

/** Gives a pane the focus; the tree of the mail domain is made when it is looked at. */
export function focusPane(state: EditorState, pane: Pane): Result {
  const lower = pane === 'records' ? state.lower : pane;
  const next = moveTo({ ...state, pane, lower }, state.list.cursor);
  const stale = state.mail.tree === undefined || state.mail.revision !== state.document.revision;
  if (pane !== 'mail' || !stale) return only(next);
  return { state: next, effects: [{ kind: 'mail-tree', revision: state.document.revision }] };
}

function paneBy(by: number): Action {
  return (state) => {
    const at = PANES.indexOf(state.pane) + by;
    return focusPane(state, PANES[(at + PANES.length) % PANES.length] ?? 'records');
  };
}

const MOST_GROWN = 100;

function grow(by: number): Action {
  return (state) => {
    const grown = Math.max(-MOST_GROWN, Math.min(state.grown + by, MOST_GROWN));
    // What the screen has no room for is no growth.
    const next = { ...state, grown };
    const same = layoutOf(next).lowerRows === layoutOf(state).lowerRows;
    return only(same ? state : moveTo(next, state.list.cursor));
  };
}

/** Puts a filter before the rows; a sentence when it cannot be read. */
export function filterBy(state: EditorState, text: string): Result {
  const read = parseFilter(text);
  if ('problem' in read) return refusal(state, read.problem);
  return only(relist(state, { filter: read.filter }));
}

/** Puts a flag such as `is:changed` into the filter, or takes it out. */
function toggleFlag(flag: string): Action {
  return (state) => {
    const words = state.list.filter.text.split(/\s+/u).filter(Boolean);
    const next = words.includes(flag) ? words.filter((word) => word !== flag) : [...words, flag];
    return filterBy(state, next.join(' '));
  };
}

/** Replaces a condition such as `t:mx` in the filter. */
function withSign(sign: string): Action {
  return (state, argument) => {
    const others = state.list.filter.text.split(/\s+/u).filter((word) => word !== '' && !word.startsWith(sign));
    const value = (argument ?? '').trim();
    return filterBy(state, [...others, ...(value === '' ? [] : [`${sign}${value}`])].join(' '));
  };
}

/** Opens the filter for typing, or puts one before the rows. */
export const openFilter: Action = (state, argument) => {
  if (argument !== undefined) return filterBy(state, argument);
  const before: Filter = state.list.filter;
  const line = lineOf(before.text === '' ? '' : `${before.text} `);
  const completions = filterCompletions(state, line.text);
  return only({ ...state, mode: { kind: 'filter', line, before, problem: undefined, completions, chosen: -1 } });
};

function searchBy(by: number): Action {
  return (state) => {
    const text = state.search?.text ?? state.history.search[0];
    if (text === undefined) return refusal(state, 'Nothing was searched for; press / to search.');
    const search = state.search ?? searched(state, text);
    const hits = search?.hits ?? new Int32Array(0);
    if (search === undefined || hits.length === 0) return refusal({ ...state, search }, `No row has "${text}".`);
    return only(moveTo({ ...state, search }, nextHit(hits, state.list.cursor, by)));
  };
}

/** The hit behind or before a place, round the ends. */
export function nextHit(hits: Int32Array, cursor: number, by: number): number {
  if (by > 0) return hits.find((hit) => hit > cursor) ?? (hits[0] as number);
  return hits.findLast((hit) => hit < cursor) ?? (hits.at(-1) as number);
}

const clear: Action = (state) => {
  const { list } = state;
  if (list.range !== undefined) return only({ ...state, list: { ...list, range: undefined } });
  if (state.search !== undefined) return only({ ...state, search: undefined });
  if (list.filter.terms.length > 0) return only(relist(state, { filter: NO_FILTER }));
  if (list.marks.size > 0) return only({ ...state, list: { ...list, marks: new Set() } });
  if (state.pane !== 'records') return focusPane(state, 'records');
  return only(state);
};

const sortColumn: Action = (state) => {
  const { column: key, sort } = state.list;
  if (sort?.key !== key) return info(relist(state, { sort: { key, backwards: false } }), `Sorted by ${key}.`);
  if (!sort.backwards) return info(relist(state, { sort: { key, backwards: true } }), `Sorted by ${key}, backwards.`);
  return info(relist(state, { sort: undefined }), 'In the order of the file.');
};

const sort: Action = (state, argument = '') => {
  const wanted = argument.trim().toLowerCase();
  if (wanted === '' || wanted === 'file' || wanted === 'off') {
    return info(relist(state, { sort: undefined }), 'In the order of the file.');
  }
  const bare = wanted.replace(/^[-!]/u, '');
  const key = SORT_KEYS.find((each): each is SortKey => each === bare);
  if (key === undefined)
    return refusal(state, `Rows can be sorted by ${SORT_KEYS.join(', ')} or file, not by "${bare}".`);
  const backwards = bare !== wanted;
  return info(relist(state, { sort: { key, backwards } }), `Sorted by ${key}${backwards ? ', backwards' : ''}.`);
};

const fold: Action = (state) => {
  if (state.pane === 'mail') return only(toggledMail(state));
  const { rows, folded } = state.list;
  const row = currentRow(state);
  const owner = row >= 0 && bringsRows(rows, row) ? row : (rows.parents[row] ?? -1);
  if (owner < 0) return refusal(state, 'Only $INCLUDE and $GENERATE bring rows that can be hidden.');
  const next = new Set(folded);
  if (!next.delete(owner)) next.add(owner);
  return only(relist(state, { folded: next }, owner));
};

const foldAll: Action = (state) => {
  const { rows, folded } = state.list;
  const next = new Set<number>();
  for (let row = 0; folded.size === 0 && row < rows.count; row++) {
    if (rows.kinds[row] === DIRECTIVE_ROW && bringsRows(rows, row)) next.add(row);
  }
  return only(relist(state, { folded: next }));
};

/** Commands that move, look and arrange, and change nothing of the zone. */
export const MOVE_ACTIONS: Actions = {
  'cursor-down': move(() => 1),
  'cursor-up': move(() => -1),
  'page-down': move((rows) => Math.max(1, rows - 1)),
  'page-up': move((rows) => -Math.max(1, rows - 1)),
  'half-page-down': move((rows) => Math.max(1, rows >> 1)),
  'half-page-up': move((rows) => -Math.max(1, rows >> 1)),
  first: move(() => -FAR),
  last: move(() => FAR),
  'column-left': column(-1),
  'column-right': column(1),
  'pane-next': paneBy(1),
  'pane-previous': paneBy(-1),
  'pane-records': (state) => focusPane(state, 'records'),
  'pane-detail': (state) => focusPane(state, 'detail'),
  'pane-problems': (state) => focusPane(state, 'problems'),
  'pane-diff': (state) => focusPane(state, 'diff'),
  'pane-mail': (state) => focusPane(state, 'mail'),
  'pane-grow': grow(1),
  'pane-shrink': grow(-1),
  search: (state) => only({ ...state, mode: { kind: 'search', line: lineOf(''), from: state.list.cursor } }),
  'search-next': searchBy(1),
  'search-previous': searchBy(-1),
  filter: openFilter,
  'filter-clear': (state) => only(relist(state, { filter: NO_FILTER })),
  'filter-problems': toggleFlag('is:problem'),
  'filter-changed': toggleFlag('is:changed'),
  'filter-type': withSign('t:'),
  'filter-rule': withSign('r:'),
  clear,
  'sort-column': sortColumn,
  sort,
  fold,
  'fold-all': foldAll,
};
