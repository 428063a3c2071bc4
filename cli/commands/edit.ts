import { type CommandModule, EXIT_WRONG } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { declareCertificates, declareConfig, declareRules, type LintOptions } from '../lint/options.ts';
import { parseOrigin } from '../zone-file.ts';

const EXAMPLES = `
? in the editor shows all keys; w saves, q leaves, u takes back. Nothing is written before it is shown.

Exit codes: 0 left by the user, 2 wrong use, no terminal, or an unreadable file.

Examples:
  zonewright edit example.net.zone
  zonewright edit example.net.zone --cert mx1.pem:server --cert out1.pem:client
  zonewright edit db.example --origin example.net --readonly
`;

/** Edits a zone on a terminal, with the linter beside it. */
export const command: CommandModule = {
  declare(edit) {
    edit
      .argument('[file]', 'zone file')
      .option('--origin <name>', 'name of the zone, when neither the file nor its name tells', parseOrigin)
      .option('--include-root <dir>', 'folder that $INCLUDE may not leave (default: that of the zone file)')
      .option('--readonly', 'look only')
      .option('--no-serial', 'leave the serial as it is when saving');
    declareCertificates(edit);
    declareConfig(edit);
    declareRules(edit);
    edit.addHelpText('after', EXAMPLES);
  },
  async run(args, given, io) {
    const [path = ''] = args;
    const { stdin, stdout } = process;
    if (path === '') throw new UsageError(`which zone file? ${await filesOfBefore(io)}`);
    if (!io.stdout.terminal || stdin.isTTY !== true) {
      throw new UsageError(
        `edit needs a terminal: without one use lint, fmt, diff and convert, or $EDITOR ${path} and lint --fix`,
      );
    }
    const options = given as LintOptions & { readonly readonly?: true; readonly serial?: boolean };
    // The renderer draws nothing but the last screen where it believes to be in a pipeline.
    process.env['CI'] = 'false';
    const { openSession } = await import('../tui/run/open.ts');
    const session = await openSession({ path, options, stdin, stdout }, io);
    try {
      const code = await session.run();
      return code > 2 ? code : Math.min(code, EXIT_WRONG);
    } finally {
      if (session.keptForRecovery)
        io.stderr.write(`What was not saved is kept: zonewright edit ${path} offers it again.\n`);
    }
  },
};

/** The files that were edited last. */
async function filesOfBefore(io: Io): Promise<string> {
  const { readPlaces } = await import('../tui/run/places.ts');
  const last = readPlaces(io).slice(0, MOST_TOLD);
  if (last.length === 0) return 'write zonewright edit example.net.zone';
  return `edited last: ${last.map(({ zone }) => zone).join(', ')}`;
}

const MOST_TOLD = 5;
