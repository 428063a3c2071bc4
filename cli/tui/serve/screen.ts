import { headingLine, hintsLine } from '../view/header.ts';
import { inputLine } from '../view/input.ts';
import { fitLine, type Line, line, seg } from '../view/text.ts';
import { liveHeader, liveMessage } from './header-lines.ts';
import { liveHelpLines } from './help.ts';
import { liveHints } from './keys.ts';
import { liveLayout, pageRows } from './layout.ts';
import { countLines, faultLines } from './pane-lines.ts';
import { queryLines } from './query-lines.ts';
import type { LiveState } from './state.ts';

/** The whole screen: header, queries above faults and counts or a text to read, message and keys. */
export function liveLines(state: LiveState): Line[] {
  const { columns, height } = liveLayout(state);
  const typed =
    state.mode.kind === 'filter'
      ? inputLine(state.mode.line, columns, [filterLabel(state.mode.problem)])
      : liveMessage(state, columns);
  const lines = [
    ...liveHeader(state, columns),
    ...(bodyLines(state) ?? paneLines(state)),
    typed,
    hintsLine(liveHints(state), columns),
  ];
  // Of a screen that is too low for all of it the upper lines are left out.
  return lines.slice(-height);
}

function filterLabel(problem: string | undefined): Line[number] {
  return problem === undefined ? seg('filter ', 'title') : seg(`filter (${problem}) `, 'error');
}

/** What fills the screen in the place of the panes. */
function bodyLines(state: LiveState): Line[] | undefined {
  const { mode, size } = state;
  if (mode.kind !== 'help' && mode.kind !== 'page') return undefined;
  const rows = pageRows(state) - 1;
  const all = mode.kind === 'help' ? liveHelpLines(size.columns) : mode.lines.map((text) => line(` ${text}`));
  const title = mode.kind === 'help' ? 'help' : mode.title;
  const last = Math.min(mode.top + rows, all.length);
  const place = all.length > rows ? `${mode.top + 1}-${last} of ${all.length}` : '';
  return [
    headingLine(title, place, true, size.columns),
    ...Array.from({ length: rows }, (_, index) => fitLine(all[mode.top + index] ?? [], size.columns)),
  ];
}

function paneLines(state: LiveState): Line[] {
  const { columns, listRows, lower, lowerRows } = liveLayout(state);
  const gaps = lower.length - 1;
  const left = Math.floor((columns - 3 * gaps) / 2);
  const widths = gaps > 0 ? [left, columns - 3 - left] : [columns];
  const panes = lower.map((pane, index) => {
    const draw = pane === 'faults' ? faultLines : countLines;
    return draw(state, lowerRows, widths[index] ?? columns);
  });
  const below = Array.from(
    { length: lower.length === 0 ? 0 : lowerRows + 1 },
    (_, row): Line => panes.flatMap((pane, index) => [...(index > 0 ? [seg(' │ ', 'dim')] : []), ...(pane[row] ?? [])]),
  );
  return [...(listRows > 0 ? queryLines(state, listRows) : []), ...below];
}
