import type { CommandModule } from '../command.ts';
import type { Io } from '../io.ts';
import {
  declareFleet,
  declareHistory,
  declareInput,
  declareReport,
  declareRules,
  type LintOptions,
  requestOf,
} from '../lint/options.ts';
import { runLint } from '../lint/run.ts';
import type { ReportFormat } from '../report/reporter.ts';

const EXAMPLES = `
As lint, but it never changes a file, and without --format it writes what the place it runs in shows best: annotations in
GitHub Actions, one line a finding elsewhere.

Exit codes: 0 no error found; 1 an error found, or more warnings than --max-warnings; 2 wrong use or unreadable input.

Examples:
  zonewright ci zones/
  zonewright ci zones/ --since origin/main --new-only
  zonewright ci zones/ --format sarif --output zonewright.sarif
`;

/** Checks zones in a pipeline. */
export const command: CommandModule = {
  declare(ci) {
    declareInput(ci);
    declareRules(ci);
    declareHistory(ci, false);
    declareReport(ci);
    declareFleet(ci);
    ci.addHelpText('after', EXAMPLES);
  },
  run(paths, given, io) {
    return runLint(requestOf(paths, given as LintOptions, { format: usualFormat(io) }, io), io);
  },
};

function usualFormat({ env }: Io): ReportFormat {
  return env['GITHUB_ACTIONS'] === 'true' ? 'github' : 'concise';
}
