import { reporterOf } from './reported.ts';
import type { Ending, Reporter, Summary } from './reporter.ts';

/** Number of the report format; it grows when a reader of the old one would be misled. */
const REPORT_VERSION = 1;

/** For programs: one JSON document (schemas/report.schema.json), one finding a line. */
export function jsonReporter(): Reporter {
  return reporterOf({
    opening: `{\n  "version": ${REPORT_VERSION},\n  "diagnostics": [`,
    between: ',',
    document: true,
    fingerprints: true,
    reported: (finding) => `\n    ${JSON.stringify(finding)}`,
    closing: (summary, findings, ending) => `${findings ? '\n  ' : ''}],\n${endOf(summary, ending)}}\n`,
  });
}

function endOf(summary: Summary, { files, failures, shard }: Ending): string {
  const members = { files, failures, ...(shard && { shard }), summary: summaryJson(summary) };
  return Object.entries(members)
    .map(([name, value]) => `  "${name}": ${JSON.stringify(value)}`)
    .join(',\n')
    .concat('\n');
}

function summaryJson({ files, zones, records, errors, warnings, infos, fixable }: Summary): object {
  return { files, zones, records, errors, warnings, infos, fixable };
}
