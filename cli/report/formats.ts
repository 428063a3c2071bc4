import { checkstyleReporter } from './checkstyle.ts';
import { conciseReporter } from './concise.ts';
import { githubReporter } from './github.ts';
import { gitlabReporter } from './gitlab.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import type { Look } from './look.ts';
import { prettyReporter } from './pretty.ts';
import type { Reporter, ReportFormat } from './reporter.ts';
import { sarifReporter } from './sarif.ts';

/** The reporter of each format; undefined for one that is loaded when it is asked for. */
const REPORTERS: Record<ReportFormat, ((look: Look) => Reporter) | undefined> = {
  pretty: prettyReporter,
  concise: conciseReporter,
  json: jsonReporter,
  sarif: sarifReporter,
  github: githubReporter,
  gitlab: gitlabReporter,
  junit: junitReporter,
  checkstyle: checkstyleReporter,
  html: undefined,
};

/** Every report format, the default first. */
export const REPORT_FORMATS: readonly ReportFormat[] = Object.keys(REPORTERS) as ReportFormat[];

/** Loads what a format needs: the page with its texts is too large for runs that write none. */
export async function loadFormat(format: ReportFormat): Promise<void> {
  if (format === 'html') REPORTERS.html ??= (await import('./html/reporter.ts')).htmlReporter;
}

/** A reporter with a document of its own, once its format is loaded; a terminal's look does not touch formats for programs. */
export function makeReporter(format: ReportFormat, look: Look): Reporter {
  const make = REPORTERS[format];
  if (make === undefined) throw new Error(`the format ${format} is not loaded`);
  return make(look);
}
