import { FAULT_PRESETS, type FaultPreset } from '../../lib/server/faults/presets.ts';
import { ruleNamed } from '../catalogue.ts';
import { type CommandModule, EXIT_CLEAN } from '../command.ts';
import { choice } from '../options.ts';
import { writeOutput } from '../output.ts';
import { presetMarkdown, presetNamed, presetText } from '../preset-text.ts';
import { ascii } from '../report/characters.ts';
import { COLOR_CHOICES, type ColorChoice, type Look, lookFor } from '../report/look.ts';
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
  zonewright explain servfail-flapping
`;

/** Tells what rules mean: what, why, what to do, where it is written, options, and an example of each kind; and presets of faults. */
export const command: CommandModule = {
  declare(explain) {
    explain
      .argument('<rules...>', 'ids of rules, or names of the presets of faults that `serve --list-presets` lists')
      .addOption(choice('--format <name>', 'pretty, json or markdown', FORMATS))
      .option('--output <file>', 'write to a file')
      .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES))
      .addHelpText('after', EXAMPLES);
  },
  run(ids, given, io) {
    const { format, output, color } = given as unknown as ExplainOptions;
    const look = lookFor(io, color, output);
    const pages = ids.map((id) => page(id, look));
    const texts = {
      json: () =>
        `${JSON.stringify(
          pages.map(({ json }) => json()),
          null,
          2,
        )}\n`,
      markdown: () => pages.map(({ markdown }) => markdown()).join('\n'),
      pretty: () => pages.map(({ pretty }) => pretty()).join('\n'),
    };
    const text = texts[format]();
    writeOutput(io, output, [format === 'pretty' && !look.unicode ? ascii(text) : text]);
    return EXIT_CLEAN;
  },
};

/** What can be said of a rule or a preset. */
interface Page {
  readonly json: () => unknown;
  readonly markdown: () => string;
  readonly pretty: () => string;
}

function page(id: string, look: Look): Page {
  const preset = presetNamed(id);
  if (preset !== undefined) return presetPage(preset, look);
  const names = FAULT_PRESETS.map(({ name }) => name);
  const rule = ruleNamed(id, names);
  const made = pageOf(rule);
  return {
    json: () => ruleJson(rule),
    markdown: () => pageMarkdown(made, true),
    pretty: () => explanation(made, look),
  };
}

function presetPage(preset: FaultPreset, look: Look): Page {
  return { json: () => preset, markdown: () => presetMarkdown(preset), pretty: () => presetText(preset, look) };
}
