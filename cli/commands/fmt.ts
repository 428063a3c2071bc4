import { type CommandModule, EXIT_CLEAN, EXIT_FOUND, EXIT_WRONG } from '../command.ts';
import type { ConfigChoice } from '../config/finder.ts';
import { UsageError } from '../errors.ts';
import { formatInputs } from '../fmt/inputs.ts';
import { formatOutputs } from '../fmt/output.ts';
import { oneOf } from '../options.ts';
import { COLOR_CHOICES, type ColorChoice } from '../report/look.ts';
import { parseOrigin } from '../zone-file.ts';

interface FmtOptions {
  readonly check?: true;
  readonly diff?: true;
  readonly write?: true;
  readonly origin?: Uint8Array;
  readonly stdinFilename?: string;
  readonly config?: string | false;
  readonly color?: ColorChoice;
  readonly quiet?: true;
}

const EXAMPLES = `
Columns of each block are aligned, blocks being parted by blank lines and directives. Comments stay with their records. What cannot
be read is left as it is. A file is written only after its new text was read again and means the same, record by record.
FORMAT.md tells how everything is laid out.

Exit codes: 0 done or nothing to do, 1 with --check or --diff when a file would change, 2 wrong use, or a file that cannot be
formatted.

Examples:
  zonewright fmt example.net.zone
  zonewright fmt --check zones/
  zonewright fmt --write 'zones/*.zone'
  zonewright fmt --diff - --stdin-filename example.net.zone
`;

/** Lays zone files out. */
export const command: CommandModule = {
  declare(fmt) {
    fmt
      .argument('[paths...]', 'zone files, folders, globs, or - for standard input (default: this folder)')
      .option('--check', 'name the files that would change, write nothing')
      .option('--diff', 'show what would change as a unified diff, write nothing')
      .option('--write', 'write the files')
      .option('--origin <name>', 'origin of names before the first $ORIGIN, to shorten names by it', parseOrigin)
      .option('--stdin-filename <name>', 'name for what comes from standard input')
      .option('--config <file>', 'configuration (default: the nearest zonewright.json or .yaml above each zone file)')
      .option('--no-config', 'read no configuration')
      .addOption(oneOf('--color <when>', COLOR_CHOICES.join(', '), COLOR_CHOICES))
      .option('-q, --quiet', 'no notes and no progress')
      .addHelpText('after', EXAMPLES);
  },
  async run(paths, given, io) {
    const options = given as unknown as FmtOptions;
    if (options.write === true && (options.check === true || options.diff === true)) {
      throw new UsageError('--write does not go with --check or --diff, which write nothing');
    }
    const inputs = await formatInputs(paths, { ...options, config: configChoice(options.config) }, io);
    const told = options.check === true || options.diff === true;
    if (!told && options.write !== true && inputs.files.length !== 1) {
      throw new UsageError('there are several files: give --check, --diff or --write');
    }
    const { changed, failed } = await formatOutputs(inputs, { ...options, color: options.color ?? 'auto' }, io);
    if (failed) return EXIT_WRONG;
    return told && changed > 0 ? EXIT_FOUND : EXIT_CLEAN;
  },
};

function configChoice(config: string | false | undefined): ConfigChoice {
  if (config === false) return { kind: 'none' };
  return typeof config === 'string' ? { kind: 'file', path: config } : { kind: 'search' };
}
