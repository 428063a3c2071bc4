import type { ReadInclude } from '../../../lib/zone/options.ts';
import type { Zone } from '../../../lib/zone/zone.ts';
import { openDocument } from './document.ts';
import { parseFilter } from './filter.ts';
import { NO_FILTER } from './filter-term.ts';
import { offsetOfLine } from './line-numbers.ts';
import { moveTo, relist, showRow } from './list.ts';
import { DIRECTIVE_ROW, rowAt, rowTable } from './row-table.ts';
import { bringsRows } from './rows.ts';
import type { EditorSettings, EditorState } from './state.ts';

/** What an editor begins with. */
export interface OpenOptions {
  readonly zone: Zone;
  readonly readInclude?: ReadInclude;
  readonly size: { readonly columns: number; readonly rows: number };
  readonly settings: EditorSettings;
  readonly now: number;
}

/** The state of an editor that opens a zone. */
export function openEditor({ zone, readInclude, size, settings, now }: OpenOptions): EditorState {
  const document = openDocument(zone, readInclude);
  const rows = rowTable(zone);
  const state: EditorState = {
    document,
    list: {
      rows,
      view: Int32Array.from({ length: 0 }),
      cursor: 0,
      top: 0,
      column: 'owner',
      filter: NO_FILTER,
      sort: undefined,
      marks: new Set(),
      range: undefined,
      folded: new Set(),
    },
    search: undefined,
    problems: { all: [], revision: -1, running: true, cursor: 0, top: 0 },
    pane: 'records',
    lower: 'detail',
    mode: { kind: 'normal' },
    mail: { tree: undefined, revision: -1, cursor: 0, top: 0, folded: new Set() },
    detailTop: 0,
    diff: { cursor: 0, top: 0 },
    message: undefined,
    size,
    grown: 0,
    settings,
    history: { palette: [], search: [], filter: [] },
    clipboard: undefined,
    outside: undefined,
    recovered: undefined,
    saving: false,
    leaving: false,
    now,
  };
  const listed = relist(state, { folded: generators(state) });
  return moveTo(listed, 0);
}

/** What $GENERATE makes is hidden at first: its line says it all. */
function generators({ list: { rows }, document: { zone } }: EditorState): ReadonlySet<number> {
  const folded = new Set<number>();
  for (let row = 0; zone.directives.length > 0 && row < rows.count; row++) {
    const made = rows.kinds[row] === DIRECTIVE_ROW && zone.directives[rows.refs[row] as number]?.kind === 'GENERATE';
    if (made && bringsRows(rows, row)) folded.add(row);
  }
  return folded;
}

/** The state at a later time: to be set before each command, as the reducer has no clock. */
export function withNow(state: EditorState, now: number): EditorState {
  return { ...state, now };
}

/** The state with the cursor on a line of a file, and with a filter, as far as there are such. */
export function placedAt(state: EditorState, file: string, line: number, filter: string): EditorState {
  const { zone } = state.document;
  const index = zone.files.findIndex(({ name }) => name === file);
  const row =
    index < 0 ? -1 : rowAt(state.list.rows, index, offsetOfLine(zone.files[index]?.bytes ?? new Uint8Array(0), line));
  const shown = showRow(state, row);
  const read = parseFilter(filter);
  if (filter === '' || 'problem' in read) return shown;
  const filtered = relist(shown, { filter: read.filter });
  return filtered.list.view.length === 0 ? shown : filtered;
}
