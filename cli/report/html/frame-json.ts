import { printable } from '../characters.ts';
import { frameRows, type Mark, partOnLine } from '../frame.ts';
import type { Locator } from '../locator.ts';

/** Columns of a line in a frame; a longer one is cut around the place. */
const COLUMNS = 160;

/** A marked part of a line's text: from, to, whether it is the place of the finding, and what is there. */
export type MarkJson = readonly [from: number, to: number, main: boolean, label: string];

/** A line of a frame: its number, negative when lines before it are left out, its text, and what is marked in it. */
export type RowJson = readonly [number: number, text: string, marks: readonly MarkJson[]];

/** A code frame as the page draws it. */
export function frameJson(lines: Locator, main: Mark, related: readonly Mark[], context: number): RowJson[] {
  return [...frameRows({ lines, main, related, context }, () => COLUMNS)].map(({ number, gap, shown, marks }) => {
    const parts = marks.flatMap((mark): MarkJson[] => {
      const part = partOnLine(lines, mark, number);
      const place = part === undefined ? undefined : shown.partOf(part);
      if (place === undefined) return [];
      const label = mark.last === number ? printable(mark.label ?? '') : '';
      return [[place.from, place.to, mark.main, label]];
    });
    return [gap ? -number : number, shown.text, parts];
  });
}
