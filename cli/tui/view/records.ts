import type { Severity } from '../../../lib/text/diagnostic.ts';
import { topFor } from '../model/layout.ts';
import { type RowView, rowView } from '../model/rows.ts';
import type { Column, EditorState } from '../model/state.ts';
import { fitLine, fitted, type Line, restyled, type Segment, type Style, seg } from './text.ts';

/** A letter for each severity: nothing is told by colour alone. */
const LETTERS: Readonly<Record<Severity, string>> = { error: 'E', warning: 'W', info: 'i' };

/** Columns before the owner: mark, change, problem and a space. */
const GUTTER = 4;

/** Columns of every part of a row. */
interface Widths {
  readonly owner: number;
  readonly ttl: number;
  readonly class: number;
  readonly type: number;
  readonly data: number;
}

/** Screens from which the class is shown: nearly all of them are IN. */
const WITH_CLASS = 110;

function widthsFor(columns: number): Widths {
  const owner = Math.max(12, Math.min(40, Math.floor(columns * 0.28)));
  const rrClass = columns >= WITH_CLASS ? 8 : 0;
  const [ttl, type] = [8, 11];
  return { owner, ttl, class: rrClass, type, data: Math.max(0, columns - GUTTER - owner - ttl - rrClass - type) };
}

/** The heading of the table, and the rows in sight. */
export function recordLines(state: EditorState, rows: number, columns: number): Line[] {
  const widths = widthsFor(columns);
  const lines = [headingOf(state, widths, columns)];
  const { cursor, view: list } = state.list;
  const top = topFor(state.list.top, cursor, rows, list.length);
  for (let at = 0; at < rows; at++) {
    const view = rowView(state, top + at);
    lines.push(view === undefined ? fitLine([], columns) : rowLine(view, state, widths, columns));
  }
  if (state.list.view.length === 0 && rows > 0) lines[1] = fitLine([seg(`    ${emptyWords(state)}`, 'dim')], columns);
  return lines;
}

function emptyWords({ list }: EditorState): string {
  return list.filter.text === '' ? 'nothing here yet: a adds a record' : 'no row passes the filter: Esc shows all';
}

function headingOf({ list, pane }: EditorState, widths: Widths, columns: number): Line {
  const focused = pane === 'records';
  const title = (column: Column): Segment => {
    const mark = list.sort?.key === column ? (list.sort.backwards ? ' v' : ' ^') : '';
    const chosen = focused && list.column === column;
    const text = column === 'ttl' ? `${column}${mark}`.padStart(widths.ttl - 2) : `${column}${mark}`;
    return seg(fitted(text, widths[column]), chosen ? 'hit' : 'strong');
  };
  const place = `${list.view.length === 0 ? 0 : list.cursor + 1}/${list.view.length}`;
  const names: readonly Column[] =
    widths.class > 0 ? ['owner', 'ttl', 'class', 'type', 'data'] : ['owner', 'ttl', 'type', 'data'];
  const titles = names.map(title);
  // The place stands over the end of the last column, whose heading is short.
  const room = columns - place.length - 1;
  const last = titles.pop();
  const pieces = [seg(focused ? '▸   ' : '    ', 'title'), ...titles];
  if (last !== undefined) pieces.push({ ...last, text: last.text.trimEnd() });
  return [...fitLine(pieces, room), seg(` ${place}`, 'dim')];
}

function rowLine(view: RowView, { pane }: EditorState, widths: Widths, columns: number): Line {
  const pieces = [...gutter(view), ...(isRecord(view) ? recordPieces(view, widths) : otherPieces(view))];
  const shown = fitLine(pieces, columns);
  if (view.selected) return restyled(shown, pane === 'records' ? 'selected' : 'unfocused');
  return view.inRange ? restyled(shown, 'hit') : shown;
}

function gutter({ marked, changed, severity }: RowView): Segment[] {
  return [
    seg(marked ? '*' : ' ', 'info'),
    seg(changed ? '●' : ' ', 'warning'),
    seg(severity === undefined ? ' ' : LETTERS[severity], severity ?? 'plain'),
    seg(' '),
  ];
}

function isRecord({ kind }: RowView): boolean {
  return kind === 'record' || kind === 'generated';
}

function recordPieces(view: RowView, widths: Widths): Segment[] {
  const { owner, ownerUnicode, ttl, type, data, comment, depth, hit } = view;
  const name = `${'  '.repeat(Math.min(depth, 3))}${ownerUnicode ?? owner}`;
  const plain: Style = hit ? 'hit' : view.kind === 'generated' ? 'dim' : 'plain';
  return [
    seg(fitted(name, widths.owner - 1), view.ownerWritten ? plain : 'dim'),
    seg(' '),
    seg(`${ttl.padStart(widths.ttl - 2).slice(0, widths.ttl)}  `, view.ttlWritten ? plain : 'dim'),
    ...(widths.class > 0 ? [seg(fitted(view.class, widths.class), 'dim')] : []),
    seg(fitted(type, widths.type - 1), 'type'),
    seg(' '),
    seg(data, plain),
    ...(comment === '' ? [] : [seg(`  ; ${comment}`, 'dim')]),
  ];
}

function otherPieces({ kind, data, depth, folded, hit }: RowView): Segment[] {
  const fold = folded === undefined ? '' : folded ? '▸ ' : '▾ ';
  const style: Style = hit ? 'hit' : kind === 'broken' ? 'error' : kind === 'directive' ? 'info' : 'dim';
  return [seg(`${'  '.repeat(Math.min(depth, 3))}${fold}${data}`, style)];
}
