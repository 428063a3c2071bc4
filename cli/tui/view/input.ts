import { columnsOf, printable } from '../../report/characters.ts';
import type { LineInput } from '../model/line-input.ts';
import { fitLine, type Line, type Segment, seg } from './text.ts';

/** A line that is typed in, with its cursor, moved along so that the cursor is in sight. */
export function inputLine({ text, cursor }: LineInput, columns: number, before: readonly Segment[] = []): Line {
  const lead = before.reduce((sum, piece) => sum + columnsOf(piece.text), 0);
  const room = Math.max(4, columns - lead);
  const behind = text.slice(cursor);
  const [under = ' '] = characters(behind);
  const shownUnder = under === ' ' ? ' ' : printable(under);
  const left = tail(
    printable(text.slice(0, cursor)),
    room - columnsOf(shownUnder) - (behind.length > under.length ? 1 : 0),
  );
  return fitLine([...before, seg(left), seg(shownUnder, 'cursor'), seg(behind.slice(under.length))], columns);
}

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

function characters(text: string): string[] {
  for (const { segment } of GRAPHEMES.segment(text)) return [segment];
  return [];
}

/** The end of a text in so many columns, an ellipsis before it when something is left out. */
function tail(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  const signs = [...text];
  let width = 1;
  let from = signs.length;
  while (from > 0 && width + columnsOf(signs[from - 1] as string) <= columns) {
    from--;
    width += columnsOf(signs[from] as string);
  }
  return `…${signs.slice(from).join('')}`;
}
