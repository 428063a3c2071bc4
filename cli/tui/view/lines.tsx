import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Look } from '../../report/look.ts';
import { type Line, painted } from './text.ts';

/** Colours and characters that the terminal can show. */
export type ScreenLook = Pick<Look, 'color' | 'unicode'>;

interface LinesProps {
  readonly lines: readonly Line[];
  readonly look: ScreenLook;
  readonly mark: ((row: string) => string) | undefined;
}

/** Lines of the screen, each as wide as it. */
export function Lines({ lines, look, mark = (row) => row }: LinesProps): ReactElement {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lines.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of the screen is its place
        <Text key={index}>{mark(painted(each, look))}</Text>
      ))}
    </Box>
  );
}
