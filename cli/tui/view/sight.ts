import { filled, fitLine, type Line, restyled } from './text.ts';

/**
 * Items from the first in sight, each of some lines; where that at the cursor would not be whole, those before it make room.
 * It is drawn as selected, or as where the keys do not go.
 */
export function inSight(
  items: readonly (readonly Line[])[],
  cursor: number,
  { rows, columns, focused }: { readonly rows: number; readonly columns: number; readonly focused: boolean },
): Line[] {
  const drawn = items.map((lines, index) =>
    lines.map((each) => {
      const whole = fitLine(each, columns);
      return index === cursor ? restyled(whole, focused ? 'selected' : 'unfocused') : whole;
    }),
  );
  let first = 0;
  let height = drawn.slice(0, cursor + 1).reduce((sum, { length }) => sum + length, 0);
  for (; first < cursor && height > rows; first++) height -= drawn[first]?.length ?? 0;
  return filled(drawn.slice(first).flat(), rows, columns);
}
