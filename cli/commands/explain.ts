import { rulesNamed } from '../catalogue.ts';
import { type CommandModule, EXIT_CLEAN } from '../command.ts';
import { choice } from '../options.ts';
import { writeOutput } from '../output.ts';
import { ascii, columnsOf } from '../report/characters.ts';
import { COLOR_CHOICES, type ColorChoice, type Look, lookFor, type Palette, paletteOf } from '../report/look.ts';
import { pageMarkdown, pageOf, type RulePage, ruleJson } from '../rule-page.ts';

const FORMATS = ['pretty', 'json', 'markdown'] as const;

interface ExplainOptions {
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly color: ColorChoice;
}

const EXAMPLES = `
Examples:
  zonewright explain mx-target-cname
  zonewright explain core-soa-missing syntax-parse-error --format markdown
`;

/** Tells what rules mean: what, why, what to do, where it is written, options, and an example of each kind. */
export const command: CommandModule = {
  declare(explain) {
    explain
      .argument('<rules...>', 'ids of rules')
      .addOption(choice('--format <name>', 'pretty, json or markdown', FORMATS))
      .option('--output <file>', 'write to a file')
      .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES))
      .addHelpText('after', EXAMPLES);
  },
  run(ids, given, io) {
    const { format, output, color } = given as unknown as ExplainOptions;
    const rules = rulesNamed(ids);
    const look = lookFor(io, color, output);
    const pages = rules.map(pageOf);
    const texts = {
      json: () => `${JSON.stringify(rules.map(ruleJson), null, 2)}\n`,
      markdown: () => pages.map((page) => pageMarkdown(page, true)).join('\n'),
      pretty: () => pages.map((page) => explanation(page, look)).join('\n'),
    };
    const text = texts[format]();
    writeOutput(io, output, [format === 'pretty' && !look.unicode ? ascii(text) : text]);
    return EXIT_CLEAN;
  },
};

const LABEL = 13;

function explanation(page: RulePage, look: Look): string {
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

function fact(title: string, texts: readonly string[], width: number, palette: Palette): string[] {
  const lines = texts.filter((text) => text !== '').flatMap((text) => wrap(text, width - LABEL));
  const label = palette.strong(`${title}:`.padEnd(LABEL));
  return lines.map((line, index) => (index === 0 ? label : ' '.repeat(LABEL)) + line);
}

function wrap(text: string, width: number): string[] {
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
