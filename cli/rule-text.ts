import { columnsOf } from './report/characters.ts';
import { type Look, type Palette, paletteOf } from './report/look.ts';
import type { RulePage } from './rule-page.ts';

const LABEL = 13;

/** The page of a rule for a terminal. */
export function explanation(page: RulePage, look: Look): string {
  const palette = paletteOf(look);
  const width = Math.min(look.width, 100);
  const facts: [string, readonly string[]][] = [
    ['Why', [page.why]],
    ['What to do', [page.help]],
    ['Fix', page.fix === undefined ? [] : [page.fix.words.replaceAll('`', '')]],
    ['Options', page.options.map((row) => `${row.name}: ${row.what} (default ${row.default}; ${row.bounds})`)],
    ['Profiles', [page.profiles.join(', ') || 'none']],
    ['Source', page.sources.map(({ words }) => words)],
    ['Switch off', [page.off.command, page.off.comment, page.off.config]],
    ['Neighbours', [page.neighbours.map(({ id }) => id).join(', ')]],
  ];
  const examples = (title: string, lines: readonly string[]): string[] => [
    '',
    palette.strong(title),
    ...lines.map((line) => `    ${line}`.trimEnd()),
  ];
  return [
    `${palette.strong(page.id)} (${page.group}, ${palette[page.level](page.level)})`,
    '',
    ...wrap(page.what, width),
    '',
    ...facts.flatMap(([title, texts]) => fact(title, texts, width, palette)),
    ...examples('Bad:', page.bad),
    ...examples('Good:', page.good),
    '',
  ].join('\n');
}

/** A fact with its name before it; nothing when nothing is to be said. */
export function fact(title: string, texts: readonly string[], width: number, palette: Palette): string[] {
  const lines = texts.filter((text) => text !== '').flatMap((text) => wrap(text, width - LABEL));
  const label = palette.strong(`${title}:`.padEnd(LABEL));
  return lines.map((line, index) => (index === 0 ? label : ' '.repeat(LABEL)) + line);
}

/** Text in lines of so many columns. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = '';
    }
    line += (line === '' ? '' : ' ') + word;
  }
  return [...lines, line];
}
