import { shifted } from './changed-ranges.ts';
import { changesOf } from './changes.ts';
import type { NamedEdits, ZoneDocument } from './document.ts';
import { passing, textRows } from './filter.ts';
import { NO_FILTER } from './filter-term.ts';
import { patternOf } from './filter-words.ts';
import { layoutOf, topFor } from './layout.ts';
import type { EditorProblem } from './problem.ts';
import { movedProblems } from './problems.ts';
import { type RowTable, rowAt, rowTable } from './row-table.ts';
import { sortRows } from './sort.ts';
import type { SortBy } from './sort-key.ts';
import type { EditorState, ListState, SearchState } from './state.ts';

/** Where the cursor is to stand after a step: a row, or the first place that was edited. */
export type Focus = { readonly file: string; readonly offset: number } | 'edited' | 'stay';

/** The row under the cursor, -1 when the list is empty. */
export function currentRow({ list }: EditorState): number {
  return list.view[list.cursor] ?? -1;
}

/** Puts the cursor on an index of the list, within its ends, and into sight. */
export function moveTo(state: EditorState, index: number): EditorState {
  const { list } = state;
  const cursor = Math.max(0, Math.min(index, list.view.length - 1));
  const top = topFor(list.top, cursor, layoutOf(state).listRows, list.view.length);
  // Another row has another detail.
  const detailTop = cursor === list.cursor ? state.detailTop : 0;
  const moved = { ...state, detailTop, list: { ...list, cursor, top } };
  return { ...moved, search: searchAt(moved.search, cursor) };
}

/** Puts the cursor on a row if it is in sight of filter and folds, else on the nearest before it. */
function moveToRow(state: EditorState, row: number): EditorState {
  return moveTo(state, indexNear(state.list, row));
}

/** Puts the cursor on a row, opening folds and dropping the filter where they hide it. */
export function showRow(state: EditorState, row: number): EditorState {
  if (row < 0) return state;
  const { parents } = state.list.rows;
  const folded = new Set(state.list.folded);
  for (let parent = parents[row] ?? -1; parent >= 0; parent = parents[parent] ?? -1) folded.delete(parent);
  let next = folded.size === state.list.folded.size ? state : relist(state, { folded });
  if (next.list.view.indexOf(row) < 0) next = relist(next, { filter: NO_FILTER });
  return moveToRow(next, row);
}

/** Makes the list anew after its filter, order or folds have changed; the cursor stays on its row. */
export function relist(
  state: EditorState,
  change: Partial<Pick<ListState, 'filter' | 'folded' | 'marks'>> & { readonly sort?: SortBy | undefined },
  keep: number = currentRow(state),
): EditorState {
  const list = { ...state.list, ...change, range: undefined };
  return viewed({ ...state, list }, keep);
}

/** The state after a step: rows, cursor, marks, folds and problems moved along with the edits. */
export function stepped(
  state: EditorState,
  document: ZoneDocument,
  edits: readonly NamedEdits[],
  focus: Focus = 'stay',
): EditorState {
  const { list } = state;
  const old = state.document.zone;
  const rows = rowTable(document.zone);
  const byFile = new Map(edits.map(({ name, edits: some }) => [name, some]));
  const indices = new Map(document.zone.files.map(({ name }, index) => [name, index]));
  const follow = (row: number): { row: number; gone: boolean } => {
    const index = list.rows.files[row] ?? 0;
    const name = old.files[index]?.name ?? '';
    const place = shifted(byFile.get(name) ?? [], list.rows.starts[row] ?? 0);
    // A file that is included twice keeps its index unless includes come or go.
    const file = document.zone.files[index]?.name === name ? index : indices.get(name);
    return { row: file === undefined ? -1 : rowAt(rows, file, place.offset), gone: place.gone };
  };
  const followAll = (all: ReadonlySet<number>): ReadonlySet<number> => {
    const found = new Set<number>();
    for (const each of all) {
      const { row, gone } = follow(each);
      if (row >= 0 && !gone) found.add(row);
    }
    return found;
  };
  const row = currentRow(state);
  const kept = row < 0 ? -1 : follow(row).row;
  const target = focusRow(document, rows, edits, focus, indices) ?? kept;
  const moved: EditorState = {
    ...state,
    document,
    list: { ...list, rows, marks: followAll(list.marks), folded: followAll(list.folded), range: undefined },
    ...cursorsWithin(state, movedProblems(state.problems.all, edits), changesOf(document).length),
  };
  return viewed(moved, target, focus !== 'stay');
}

/** Lists that a step may have made shorter, their cursors within them. */
function cursorsWithin(
  { problems, diff }: EditorState,
  all: readonly EditorProblem[],
  changes: number,
): Pick<EditorState, 'problems' | 'diff'> {
  const at = Math.max(0, Math.min(problems.cursor, all.length - 1));
  const change = Math.max(0, Math.min(diff.cursor, changes - 1));
  return {
    problems: { ...problems, all, cursor: at, top: Math.min(problems.top, at) },
    diff: { cursor: change, top: Math.min(diff.top, change) },
  };
}

function focusRow(
  document: ZoneDocument,
  rows: RowTable,
  edits: readonly NamedEdits[],
  focus: Focus,
  indices: ReadonlyMap<string, number>,
): number | undefined {
  if (focus === 'stay') return undefined;
  const [first] = edits;
  const start = Math.min(...(first?.edits ?? []).map((edit) => edit.start));
  const place = focus === 'edited' ? { file: first?.name ?? '', offset: start } : focus;
  const file = indices.get(place.file);
  if (file === undefined || !Number.isFinite(place.offset)) return undefined;
  const bytes = document.zone.files[file]?.bytes ?? new Uint8Array(0);
  let { offset } = place;
  // An insertion at the end of a last line without its end begins with that line end.
  if (focus === 'edited' && (bytes[offset] === 0x0a || bytes[offset] === 0x0d)) offset++;
  const row = rowAt(rows, file, offset);
  return row < 0 ? undefined : row;
}

/** The list with rows that pass filter and folds in their order; `keep` gets the cursor, and is shown whatever the filter if wanted. */
function viewed(state: EditorState, keep: number, always = false): EditorState {
  const { list } = state;
  const { rows, folded } = list;
  const pass = passing(state, list.filter);
  const hidden = folded.size === 0 ? undefined : hiddenRows(rows, folded);
  const view = new Int32Array(rows.count);
  let count = 0;
  for (let row = 0; row < rows.count; row++) {
    const shows = pass === undefined || pass[row] === 1 || (always && row === keep);
    if (shows && hidden?.[row] !== 1) view[count++] = row;
  }
  const inOrder = view.subarray(0, count);
  const sorted = list.sort === undefined ? inOrder : sortRows(state, inOrder, list.sort);
  const next = { ...state, list: { ...list, view: sorted } };
  const found = moveTo({ ...next, search: undefined }, keep < 0 ? 0 : indexNear(next.list, keep));
  return state.search === undefined ? found : { ...found, search: searched(found, state.search.text) };
}

/** Which rows are hidden by folds: those whose directive is folded or hidden. */
function hiddenRows(rows: RowTable, folded: ReadonlySet<number>): Uint8Array {
  const hidden = new Uint8Array(rows.count);
  for (let row = 0; row < rows.count; row++) {
    const parent = rows.parents[row] as number;
    if (parent >= 0 && (hidden[parent] === 1 || folded.has(parent))) hidden[row] = 1;
  }
  return hidden;
}

/** The index of a row in the list, or of the nearest one in file order before it, else the first. */
function indexNear({ view }: ListState, row: number): number {
  const exact = view.indexOf(row);
  if (exact >= 0) return exact;
  let best = -1;
  let at = 0;
  for (let index = 0; index < view.length; index++) {
    const each = view[index] as number;
    if (each < row && each > best) [best, at] = [each, index];
  }
  return at;
}

/** The rows of the list that a text is found in. */
export function searched(state: EditorState, text: string): SearchState | undefined {
  const pattern = text === '' ? undefined : patternOf(text);
  if (pattern === undefined || 'problem' in pattern)
    return text === '' ? undefined : { text, hits: new Int32Array(0), current: -1 };
  const { rows, view, cursor } = state.list;
  const found = textRows(state.document.zone, rows, pattern.regex);
  const hits = new Int32Array(view.length);
  let count = 0;
  for (let index = 0; index < view.length; index++) if (found[view[index] as number] === 1) hits[count++] = index;
  return searchAt({ text, hits: hits.subarray(0, count), current: -1 }, cursor);
}

function searchAt(search: SearchState | undefined, cursor: number): SearchState | undefined {
  return search && { ...search, current: search.hits.indexOf(cursor) };
}
