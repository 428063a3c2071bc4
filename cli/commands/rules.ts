import { join } from 'node:path';
import { PROFILE_SPECS } from '../../lib/lint/profile-specs.ts';
import type { Rule } from '../../lib/lint/rule.ts';
import { byGroup, chosenRules, profilesOf } from '../catalogue.ts';
import { type CommandModule, EXIT_CLEAN } from '../command.ts';
import { UsageError } from '../errors.ts';
import { choice, commaList } from '../options.ts';
import { writeOutput } from '../output.ts';
import { ascii } from '../report/characters.ts';
import { COLOR_CHOICES, type ColorChoice, type Look, lookFor, paletteOf } from '../report/look.ts';
import { counted } from '../report/words.ts';
import { cell, pageMarkdown, pageOf, ruleJson } from '../rule-page.ts';

const FORMATS = ['pretty', 'json', 'markdown'] as const;

interface RulesOptions {
  readonly select?: readonly string[];
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly pages?: string;
  readonly color: ColorChoice;
}

const EXAMPLES = `
Examples:
  zonewright rules
  zonewright rules --select 'client-mx,cert-*'
  zonewright rules --pages docs/rules
`;

/** Lists the rules. */
export const command: CommandModule = {
  declare(rules) {
    rules
      .option('--select <globs>', 'only rules and groups that match, such as "core-*,certificates"', commaList)
      .addOption(choice('--format <name>', 'pretty, json or markdown', FORMATS))
      .option('--output <file>', 'write to a file')
      .option('--pages <folder>', 'write a Markdown page for each rule and an index into a folder that is there')
      .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES))
      .addHelpText('after', EXAMPLES);
  },
  run(_paths, given, io) {
    const { select = [], format, output, pages, color } = given as unknown as RulesOptions;
    const rules = chosenRules(select);
    if (pages === undefined) {
      writeOutput(io, output, [render(rules, format, lookFor(io, color, output))]);
      return EXIT_CLEAN;
    }
    if (output !== undefined) throw new UsageError('--pages and --output exclude each other: pages go into a folder');
    if (io.kind(pages) !== 'folder') throw new UsageError(`--pages needs a folder that is there, not '${pages}'`);
    writeOutput(io, join(pages, 'README.md'), [index(rules)]);
    for (const rule of rules) writeOutput(io, join(pages, `${rule.id}.md`), [pageMarkdown(pageOf(rule), true)]);
    return EXIT_CLEAN;
  },
};

function render(rules: readonly Rule[], format: RulesOptions['format'], look: Look): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(rules.map(ruleJson), null, 2)}\n`;
    case 'markdown':
      return index(rules);
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
  lines.push(palette.strong('profiles (--profile)'));
  const specs = Object.entries(PROFILE_SPECS);
  const room = Math.max(...specs.map(([name]) => name.length));
  for (const [name, { what }] of specs) lines.push(`  ${name.padEnd(room)}  ${what}`);
  lines.push('');
  const legend = 'd, s, l: in the profile default, strict, load.';
  return `${lines.join('\n')}\n${counted(rules.length, 'rule')}. ${legend} zonewright explain RULE tells more.\n`;
}

function profileMark(rule: Rule): string {
  const profiles = profilesOf(rule);
  return ['default', 'strict', 'load'].map((name) => (profiles.includes(name) ? name.charAt(0) : '-')).join('');
}

/** The index of the pages: every rule by its group. */
function index(rules: readonly Rule[]): string {
  const groups = [...byGroup(rules)].map(([group, members]) => {
    const rows = members.map((rule) => {
      const usual = rule.byDefault === false ? 'no' : 'yes';
      return `| [${rule.id}](${rule.id}.md) | ${rule.level} | ${usual} | ${rule.fix ?? ''} | ${cell(rule.what)} |`;
    });
    const head = ['| rule | level | by default | fix | what it finds |', '|---|---|---|---|---|'];
    return `## ${group}\n\n${[...head, ...rows].join('\n')}`;
  });
  const profiles = Object.entries(PROFILE_SPECS).map(([name, { what }]) => `| \`${name}\` | ${cell(what)} |`);
  const chosen = `## Profiles\n\n${['| profile | has |', '|---|---|', ...profiles].join('\n')}`;
  const intro =
    'Written by `zonewright rules --pages docs/rules`. `zonewright explain RULE` prints a page in the terminal; ' +
    '`--rule ID=LEVEL` changes the level of a rule or turns it off.';
  return `${[`# The ${rules.length} rules`, intro, chosen, ...groups].join('\n\n')}\n`;
}
