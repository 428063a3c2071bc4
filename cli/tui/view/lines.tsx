import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Look } from '../../report/look.ts';
import { type Line, painted } from './text.ts';

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
