import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Look } from '../../report/look.ts';
import { layoutOf, type ScreenLayout } from '../model/layout.ts';
import type { EditorState } from '../model/state.ts';
import { headerLine, headingLine, keysLine, messageLine } from './header.ts';
import { inputLine } from './input.ts';
import { bodyLines, lowerLines, lowerTitle } from './lower.ts';
import { recordLines } from './records.ts';
import { type Line, line, painted, seg } from './text.ts';

/** Colours and characters that the terminal can show. */
export type ScreenLook = Pick<Look, 'color' | 'unicode'>;

/** Lines of the screen, each as wide as it. */
export function Lines({ lines, look }: { readonly lines: readonly Line[]; readonly look: ScreenLook }): ReactElement {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lines.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is its place
        <Text key={index} wrap="truncate">
          {painted(each, look)}
        </Text>
      ))}
    </Box>
  );
}

/** The whole screen: header, records above a pane or what a mode needs, message and keys. */
export function Screen({ state, look }: { readonly state: EditorState; readonly look: ScreenLook }): ReactElement {
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
