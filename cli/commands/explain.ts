import { rulesNamed } from '../catalogue.ts';
import { type CommandModule, EXIT_CLEAN } from '../command.ts';
import { choice } from '../options.ts';
import { writeOutput } from '../output.ts';
import { ascii } from '../report/characters.ts';
import { COLOR_CHOICES, type ColorChoice, lookFor } from '../report/look.ts';
import { pageMarkdown, pageOf, ruleJson } from '../rule-page.ts';
import { explanation } from '../rule-text.ts';

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
