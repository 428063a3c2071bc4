import { printable, widthOf } from '../../report/characters.ts';
import type { Look } from '../../report/look.ts';

/** What a piece of text is; none of it is told by colour alone. */
export type Style =
  | 'plain'
  | 'strong'
  | 'dim'
  | 'error'
  | 'warning'
  | 'info'
  | 'good'
  | 'type'
  | 'added'
  | 'removed'
  | 'selected'
  | 'unfocused'
  | 'cursor'
  | 'hit'
  | 'title';

/** A piece of a line. */
export interface Segment {
  readonly text: string;
  readonly style: Style;
}

/** One line of the screen. */
export type Line = readonly Segment[];

/** Codes of the sixteen colours every terminal has; reverse video stays without colours. */
const COLORS: Readonly<Record<Style, string>> = {
  plain: '',
  strong: '1',
  dim: '2',
  error: '1;31',
  warning: '33',
  info: '36',
  good: '32',
  type: '34',
  added: '32',
  removed: '31',
  selected: '7',
  unfocused: '4',
  cursor: '7',
  hit: '1;4',
  title: '1;36',
};

/** The styles that a terminal without colours has. */
const COLORLESS: Readonly<Partial<Record<Style, string>>> = {
  strong: '1',
  error: '1',
  selected: '7',
  unfocused: '4',
  cursor: '7',
  hit: '1;4',
  title: '1',
};

/** A piece of text that comes from a file or a name: what would steer the terminal is made visible. */
export function seg(text: string, style: Style = 'plain'): Segment {
  return { text: printable(text), style };
}

/** A line of one piece. */
export function line(text: string, style: Style = 'plain'): Line {
  return [seg(text, style)];
}

/** The text cut or filled to exactly so many columns; what is cut off ends in an ellipsis. */
export function fitted(text: string, width: number): string {
  let columns = 0;
  let end = 0;
  let kept = 0;
  for (const character of text) {
    const next = columns + widthOf(character);
    if (next > width) {
      const room = Math.max(0, width);
      return room === 0 ? '' : `${text.slice(0, kept)}…${' '.repeat(Math.max(0, room - 1 - columnsTo(text, kept)))}`;
    }
    columns = next;
    end += character.length;
    if (columns < width) kept = end;
  }
  return text + ' '.repeat(width - columns);
}

function columnsTo(text: string, end: number): number {
  let columns = 0;
  for (const character of text.slice(0, end)) columns += widthOf(character);
  return columns;
}

/** The line cut or filled to exactly so many columns, the filling in the style of its last piece when that marks a row. */
export function fitLine(pieces: Line, width: number): Line {
  const shown: Segment[] = [];
  let left = width;
  for (const { text, style } of pieces) {
    if (left === 0) break;
    const columns = columnsTo(text, text.length);
    if (columns <= left) shown.push({ text, style });
    else shown.push({ text: fitted(text, left), style });
    left -= Math.min(columns, left);
  }
  const last = shown.at(-1);
  if (left > 0) shown.push({ text: ' '.repeat(left), style: last?.style === 'selected' ? 'selected' : 'plain' });
  return shown;
}

/** Exactly so many lines, each as wide as the screen. */
export function filled(lines: readonly Line[], rows: number, columns: number): Line[] {
  return Array.from({ length: Math.max(0, rows) }, (_, index) => fitLine(lines[index] ?? [], columns));
}

/** The line with all of it in one style. */
export function restyled(pieces: Line, style: Style): Line {
  return pieces.map(({ text }) => ({ text, style }));
}

/** Words on lines of so many columns; words that are longer are cut up. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  let columns = 0;
  const flush = (): void => {
    lines.push(current);
    current = '';
    columns = 0;
  };
  for (const word of text.split(' ')) {
    const wide = columnsTo(word, word.length);
    if (current !== '' && columns + 1 + wide > width) flush();
    if (current !== '') {
      current += ' ';
      columns++;
    }
    for (const character of word) {
      const next = widthOf(character);
      if (columns + next > width && current !== '') flush();
      current += character;
      columns += next;
    }
  }
  if (current !== '' || lines.length === 0) flush();
  return lines;
}

/** What a line is for the terminal. */
export function painted(pieces: Line, { color, unicode }: Pick<Look, 'color' | 'unicode'>): string {
  let text = '';
  for (const segment of pieces) {
    const code = color ? COLORS[segment.style] : (COLORLESS[segment.style] ?? '');
    const shown = unicode ? segment.text : asciiOf(segment.text);
    text += code === '' || shown === '' ? shown : `\u001b[${code}m${shown}\u001b[0m`;
  }
  return text;
}

const ASCII_FOR: Readonly<Record<string, string>> = {
  '…': '~',
  '─': '-',
  '│': '|',
  '├': '+',
  '└': '`',
  '▸': '>',
  '▾': 'v',
  '●': '*',
  '→': '>',
};

/** As wide as it was. */
function asciiOf(text: string): string {
  return text.replace(/[^\p{ASCII}]/gu, (character) => ASCII_FOR[character] ?? '?'.repeat(widthOf(character)));
}
