import { conciseReporter } from './concise.ts';
import { jsonReporter } from './json.ts';
import type { Look } from './look.ts';
import { prettyReporter } from './pretty.ts';
import type { Reporter, ReportFormat } from './reporter.ts';

/** The reporter of each format. */
const REPORTERS: Readonly<Record<ReportFormat, (look: Look) => Reporter>> = {
  pretty: prettyReporter,
  concise: conciseReporter,
  json: jsonReporter,
};

/** Every report format, the default first. */
export const REPORT_FORMATS: readonly ReportFormat[] = Object.keys(REPORTERS) as ReportFormat[];

/** The reporter of a format; a terminal's look does not touch formats for programs. */
export function makeReporter(format: ReportFormat, look: Look): Reporter {
  return REPORTERS[format](look);
}
