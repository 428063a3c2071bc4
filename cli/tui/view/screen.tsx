import { Box } from 'ink';
import type { ReactElement } from 'react';
import { layoutOf } from '../model/layout.ts';
import type { EditorState } from '../model/state.ts';
import { Lines, type ScreenLook } from './lines.tsx';
import { screenLines } from './screen-lines.ts';

/** Draws states of the editor in a look. */
export function screenWith(look: ScreenLook): (state: EditorState) => ReactElement {
  return (state) => <Screen state={state} look={look} />;
}

function Screen({ state, look }: { readonly state: EditorState; readonly look: ScreenLook }): ReactElement {
  const { columns, height } = layoutOf(state);
  return (
    <Box flexDirection="column" width={columns} height={height} overflow="hidden">
      <Lines lines={screenLines(state)} look={look} />
    </Box>
  );
}
