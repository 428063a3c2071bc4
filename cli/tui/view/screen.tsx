import { Box } from 'ink';
import type { ReactElement } from 'react';
import { layoutOf } from '../model/layout.ts';
import type { EditorState } from '../model/state.ts';
import { Lines, type ScreenLook } from './lines.tsx';
import { screenLines } from './screen-lines.ts';

/** Draws states of the editor in a look; `mark` stands for a row as the terminal is to get it. */
export function screenWith(look: ScreenLook): (state: EditorState, mark?: (row: string) => string) => ReactElement {
  return (state, mark) => <Screen state={state} look={look} mark={mark} />;
}

interface ScreenProps {
  readonly state: EditorState;
  readonly look: ScreenLook;
  readonly mark: ((row: string) => string) | undefined;
}

function Screen({ state, look, mark }: ScreenProps): ReactElement {
  return (
    <Box flexDirection="column" height={layoutOf(state).height}>
      <Lines lines={screenLines(state)} look={look} mark={mark} />
    </Box>
  );
}
