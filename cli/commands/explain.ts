import type { Rule } from '../../lib/lint/rule.ts';
import { exampleLines, profilesOf, ruleJson, ruleMarkdown, rulesNamed, sourcesOf } from '../catalogue.ts';
import { type CommandModule, EXIT_CLEAN } from '../command.ts';
import { choice } from '../options.ts';
import { writeOutput } from '../output.ts';
import { ascii, columnsOf } from '../report/characters.ts';
import { COLOR_CHOICES, type ColorChoice, type Look, lookFor, paletteOf } from '../report/look.ts';
import { listed } from '../report/words.ts';

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

/** Tells what rules mean: what, why, what to do, where it is written, and an example of each kind. */
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
    writeOutput(io, output, [render(rules, format, look)]);
    return EXIT_CLEAN;
  },
};

function render(rules: readonly Rule[], format: ExplainOptions['format'], look: Look): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(rules.map(ruleJson), null, 2)}\n`;
    case 'markdown':
      return `${rules.map(ruleMarkdown).join('\n\n')}\n`;
    case 'pretty': {
      const text = rules.map((rule) => explanation(rule, look)).join('\n');
      return look.unicode ? text : ascii(text);
    }
  }
}

function explanation(rule: Rule, look: Look): string {
  const palette = paletteOf(look);
  const width = Math.min(look.width, 100);
  const examples = (title: string, lines: readonly string[]): string[] => [
    '',
    palette.strong(title),
    ...lines.map((line) => `    ${line}`.trimEnd()),
  ];
  const facts: [string, readonly string[]][] = [
    ['Why', [rule.why]],
    ['What to do', [rule.help]],
    ['Profiles', [listed(profilesOf(rule)) || 'none']],
    ...(rule.fix === undefined ? [] : [['Fix', [rule.fix]] satisfies [string, string[]]]),
    ['Source', sourcesOf(rule)],
  ];
  return [
    `${palette.strong(rule.id)} (${rule.group}, ${palette[rule.level](rule.level)})`,
    '',
    ...wrap(rule.what, width),
    '',
    ...facts.flatMap(([title, texts]) => {
      const label = `${title}:`.padEnd(13);
      const lines = texts.flatMap((text) => wrap(text, width - label.length));
      return lines.map((line, index) => (index === 0 ? palette.strong(label) : ' '.repeat(label.length)) + line);
    }),
    ...examples('Bad:', exampleLines(rule.bad)),
    ...examples('Good:', exampleLines(rule.good)),
    '',
  ].join('\n');
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
