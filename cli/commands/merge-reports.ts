import { findRule } from '../../lib/lint/rules.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_FOUND, EXIT_WRONG } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { limitsFor, mostShown, Quota } from '../lint/quota.ts';
import { Sheet } from '../lint/totals.ts';
import { choice, wholeNumber } from '../options.ts';
import { tell, writeOutput } from '../output.ts';
import { loadFormat, makeReporter, REPORT_FORMATS } from '../report/formats.ts';
import { COLOR_CHOICES, type ColorChoice, lookFor } from '../report/look.ts';
import { type MergedReport, mergeReports, missingParts, parseReport } from '../report/merge.ts';
import type { ReportFormat } from '../report/reporter.ts';
import { textsOnDisk } from '../report/texts-on-disk.ts';

interface MergeOptions {
  readonly format: ReportFormat;
  readonly output?: string;
  readonly color: ColorChoice;
  readonly maxWarnings?: number;
  readonly maxDiagnostics?: number;
  readonly quiet?: true;
}

const EXAMPLES = `
Exit codes are those of lint: 1 an error found, or more warnings than --max-warnings; 2 a file could not be checked, or wrong use.

Examples:
  zonewright lint zones/ --shard 1/4 --format json --output report-1.json
  zonewright merge-reports report-*.json
  zonewright merge-reports report-*.json --format html --output report.html
`;

/** Makes one report, in any format, of JSON reports. */
export const command: CommandModule = {
  declare(merge) {
    merge
      .argument('<reports...>', 'JSON reports of lint, or - for standard input')
      .addOption(choice('--format <name>', REPORT_FORMATS.join(', '), REPORT_FORMATS))
      .option('--max-warnings <n>', 'exit with 1 when there are more warnings', wholeNumber('--max-warnings', 0))
      .option('--max-diagnostics <n>', 'findings shown in the pretty format, or none for no limit', mostShown)
      .option('-q, --quiet', 'findings only, no summary')
      .option('--output <file>', 'write the report to a file')
      .addOption(choice('--color <when>', 'auto, always or never', COLOR_CHOICES))
      .addHelpText('after', EXAMPLES);
  },
  async run(paths, given, io) {
    const options = given as unknown as MergeOptions;
    await loadFormat(options.format);
    const reports = readReports(paths, io);
    const missing = missingParts(reports);
    if (missing !== undefined) throw new UsageError(missing);
    const merged = mergeReports(reports);
    for (const file of merged.repeated) tell(io, 'warning', `${file} is in more than one of the reports`);
    writeOutput(io, options.output, render(merged, options, io));
    if (merged.failures.some(({ skipped }) => !skipped)) return EXIT_WRONG;
    const { errors, warnings } = merged.summary;
    return errors > 0 || warnings > (options.maxWarnings ?? Number.POSITIVE_INFINITY) ? EXIT_FOUND : EXIT_CLEAN;
  },
};

function readReports(paths: readonly string[], io: Io): ReturnType<typeof parseReport>[] {
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new UsageError(`${twice} is given twice`);
  return paths.map((path) =>
    path === '-' ? parseReport('standard input', io.readStdin()) : parseReport(path, io.readFile(path)),
  );
}

function render(merged: MergedReport, options: MergeOptions, io: Io): string[] {
  const { findings, files, failures, summary } = merged;
  const pieces: string[] = [];
  const reporter = makeReporter(options.format, lookFor(io, options.color, options.output));
  const limits = limitsFor(options.format, options.maxDiagnostics);
  const sheet = new Sheet(reporter, limits, (text) => void pieces.push(text));
  const quota = new Quota(limits);
  const texts = textsOnDisk(findings, io);
  const rules = new Map<string, number>();
  for (const finding of findings) {
    const { rule, severity } = finding;
    rules.set(rule, (rules.get(rule) ?? 0) + 1);
    if (!quota.take(rule, severity)) continue;
    sheet.put({ rule, severity, text: reporter.reported(finding, texts, findRule(rule)) });
  }
  for (const file of files) sheet.checked(file);
  sheet.close(summary, { files, failures, rules: [...rules.keys()] }, rules, options.quiet === true);
  return pieces;
}
