import { Box } from 'ink';
import type { ReactElement } from 'react';
import { layoutOf, type ScreenLayout } from '../model/layout.ts';
import type { EditorState } from '../model/state.ts';
import { headerLine, headingLine, keysLine, messageLine } from './header.ts';
import { inputLine } from './input.ts';
import { Lines, type ScreenLook } from './lines.tsx';
import { bodyLines, lowerLines, lowerTitle } from './lower.ts';
import { recordLines } from './records.ts';
import { type Line, line, seg } from './text.ts';

/** Draws states in a look. */
export function screenWith(look: ScreenLook): (state: EditorState) => ReactElement {
  return (state) => <Screen state={state} look={look} />;
}

/** The whole screen: header, records above a pane or what a mode needs, message and keys. */
function Screen({ state, look }: { readonly state: EditorState; readonly look: ScreenLook }): ReactElement {
  const layout = layoutOf(state);
  const { columns, height } = layout;
  const body = bodyLines(state, layout.listRows + layout.lowerRows + headings(layout), columns);
  return (
    <Box flexDirection="column" width={columns} height={height} overflow="hidden">
      <Lines lines={[headerLine(state, columns)]} look={look} />
      {body === undefined ? <Panes state={state} layout={layout} look={look} /> : <Lines lines={body} look={look} />}
      <Lines lines={[typedLine(state, columns), keysLine(state, columns)]} look={look} />
    </Box>
  );
}

/** The records, and the pane below or in their place. */
function Panes({
  state,
  layout,
  look,
}: {
  readonly state: EditorState;
  readonly layout: ScreenLayout;
  readonly look: ScreenLook;
}): ReactElement {
  const { listRows, lower, lowerRows, columns } = layout;
  const lines = [
    ...(listRows > 0 ? recordLines(state, listRows, columns) : []),
    ...(lower === undefined
      ? []
      : [headingLine(...lowerTitle(state, lower), columns), ...lowerLines(state, lower, lowerRows, columns)]),
  ];
  return <Lines lines={lines} look={look} />;
}

function headings({ listRows, lower }: ScreenLayout): number {
  return (listRows > 0 ? 1 : 0) + (lower === undefined ? 0 : 1);
}

/** What is typed at the bottom of the screen, or the last sentence. */
function typedLine(state: EditorState, columns: number): Line {
  const { mode } = state;
  switch (mode.kind) {
    case 'search':
      return inputLine(mode.line, columns, [seg('/', 'title')]);
    case 'filter':
      return inputLine(mode.line, columns, [
        seg(
          mode.problem === undefined ? 'filter ' : `filter (${mode.problem}) `,
          mode.problem === undefined ? 'title' : 'error',
        ),
      ]);
    case 'palette':
      return inputLine(mode.line, columns, [seg(':', 'title')]);
    default:
      return state.saving ? line('saving …', 'dim') : messageLine(state, columns);
  }
}
