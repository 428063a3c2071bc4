import { checkstyleReporter } from './checkstyle.ts';
import { conciseReporter } from './concise.ts';
import { githubReporter } from './github.ts';
import { gitlabReporter } from './gitlab.ts';
import { htmlReporter } from './html/reporter.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import type { Look } from './look.ts';
import { prettyReporter } from './pretty.ts';
import type { Reporter, ReportFormat } from './reporter.ts';
import { sarifReporter } from './sarif.ts';

/** The reporter of each format. */
const REPORTERS: Readonly<Record<ReportFormat, (look: Look) => Reporter>> = {
  pretty: prettyReporter,
  concise: conciseReporter,
  json: jsonReporter,
  sarif: sarifReporter,
  github: githubReporter,
  gitlab: gitlabReporter,
  junit: junitReporter,
  checkstyle: checkstyleReporter,
  html: htmlReporter,
};

/** Every report format, the default first. */
export const REPORT_FORMATS: readonly ReportFormat[] = Object.keys(REPORTERS) as ReportFormat[];

/** A reporter with a document of its own; a terminal's look does not touch formats for programs. */
export function makeReporter(format: ReportFormat, look: Look): Reporter {
  return REPORTERS[format](look);
}
