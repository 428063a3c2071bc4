import type { CommandModule } from '../command.ts';
import {
  declareFixes,
  declareFleet,
  declareHistory,
  declareInput,
  declareReport,
  declareRules,
  type LintOptions,
  requestOf,
} from '../lint/options.ts';
import { runLint } from '../lint/run.ts';

const EXAMPLES = `
Exit codes: 0 no error found; 1 an error found, or more warnings than --max-warnings; 2 wrong use or unreadable input.

Examples:
  zonewright lint example.net.zone
  zonewright lint example.net.zone --cert mx1.pem:server --cert out1.pem:client
  zonewright lint zones/ --profile load --jobs 2
  zonewright lint zones/ --since origin/main --new-only
  zonewright lint zones/ --fix-dry-run | less
  zonewright lint --rule core-ttl-short=off --ignore 'cert-*' --max-warnings 0
  git show HEAD:example.net.zone | zonewright lint - --stdin-filename example.net.zone --format json
`;

/** Checks zones, and the certificates of their mail servers against them. */
export const command: CommandModule = {
  declare(lint) {
    declareInput(lint);
    declareRules(lint);
    declareHistory(lint, true);
    declareFixes(lint);
    declareReport(lint);
    declareFleet(lint);
    lint
      .option('--watch', 'lint again whenever a file changes')
      .option('--print-config <file>', 'show what holds for a zone file and where each setting comes from');
    lint.addHelpText('after', EXAMPLES);
  },
  async run(paths, given, io) {
    const options = given as LintOptions;
    const request = requestOf(paths, options, { format: 'pretty' }, io);
    if (options.printConfig !== undefined) {
      const { showConfig } = await import('../lint/show-config.ts');
      return showConfig(options.printConfig, request, io);
    }
    return options.watch === true ? (await import('../lint/watch.ts')).watchLint(request, io) : runLint(request, io);
  },
};
