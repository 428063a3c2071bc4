import type { Rule } from '../../lib/lint/rule.ts';
import { byGroup, chosenRules, profilesOf, ruleJson, ruleMarkdown } from '../catalogue.ts';
import { type CommandModule, EXIT_CLEAN } from '../command.ts';
import { choice, commaList } from '../options.ts';
import { writeOutput } from '../output.ts';
import { ascii } from '../report/characters.ts';
import { COLOR_CHOICES, type ColorChoice, type Look, lookFor, paletteOf } from '../report/look.ts';
import { counted } from '../report/words.ts';

const FORMATS = ['pretty', 'json', 'markdown'] as const;

interface RulesOptions {
  readonly select?: readonly string[];
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly color: ColorChoice;
}

const EXAMPLES = `
Examples:
  zonewright rules
  zonewright rules --select 'client-mx,cert-*'
  zonewright rules --format markdown --output RULES.md
`;

/** Lists the rules. */
export const command: CommandModule = {
  declare(rules) {
    rules
      .option('--select <globs>', 'only rules and groups that match, such as "core-*,certificates"', commaList)
      .addOption(choice('--format <name>', 'pretty, json or markdown', FORMATS))
      .option('--output <file>', 'write to a file')
      .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES))
      .addHelpText('after', EXAMPLES);
  },
  run(_paths, given, io) {
    const { select = [], format, output, color } = given as unknown as RulesOptions;
    const rules = chosenRules(select);
    const look = lookFor(io, color, output);
    writeOutput(io, output, [render(rules, format, look)]);
    return EXIT_CLEAN;
  },
};

function render(rules: readonly Rule[], format: RulesOptions['format'], look: Look): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(rules.map(ruleJson), null, 2)}\n`;
    case 'markdown':
      return markdown(rules);
    case 'pretty':
      return look.unicode ? table(rules, look) : ascii(table(rules, look));
  }
}

function table(rules: readonly Rule[], look: Look): string {
  const palette = paletteOf(look);
  const width = Math.max(...rules.map(({ id }) => id.length));
  const lines: string[] = [];
  for (const [group, members] of byGroup(rules)) {
    lines.push(palette.strong(`${group} (${counted(members.length, 'rule')})`));
    for (const rule of members) {
      const level = palette[rule.level](rule.level.padEnd(7));
      lines.push(`  ${rule.id.padEnd(width)}  ${level}  ${profileMark(rule)}  ${rule.what}`);
    }
    lines.push('');
  }
  const legend = 'd, s, l: in the profile default, strict, load.';
  return `${lines.join('\n')}\n${counted(rules.length, 'rule')}. ${legend} zonewright explain RULE tells more.\n`;
}

function profileMark(rule: Rule): string {
  const profiles = profilesOf(rule);
  return ['default', 'strict', 'load'].map((name) => (profiles.includes(name) ? name.charAt(0) : '-')).join('');
}

function markdown(rules: readonly Rule[]): string {
  const groups = [...byGroup(rules)];
  const contents = groups.map(([group, members]) => {
    const rows = members.map((rule) => `| [${rule.id}](#${rule.id}) | ${rule.level} | ${cell(rule.what)} |`);
    return [`## ${group}`, ['| rule | level | what it finds |', '|---|---|---|', ...rows].join('\n')].join('\n\n');
  });
  const intro =
    'Written by `zonewright rules --format markdown`. `zonewright explain RULE` shows one of them in the terminal; ' +
    '`--rule ID=LEVEL` changes its level or turns it off.';
  const head = `# The ${rules.length} rules\n\n${intro}`;
  const details = groups.map(([group, members]) => [`## Rules of ${group}`, ...members.map(ruleMarkdown)].join('\n\n'));
  return `${[head, ...contents, ...details].join('\n\n')}\n`;
}

function cell(text: string): string {
  return text.replace(/[\\*_<>|[\]]/gu, (sign) => `\\${sign}`);
}
