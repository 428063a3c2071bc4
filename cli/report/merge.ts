import { validate } from '../../lib/config/validate.ts';
import { UsageError } from '../errors.ts';
import { type ReportedFinding, zoneFileOf } from './finding.ts';
import type { ReportedFailure, Shard, Summary } from './reporter.ts';
import { listed } from './words.ts';

/** A JSON report as it is read (schemas/report.schema.json); reports of older versions lack the lists of files. */
interface JsonReport {
  readonly summary: Summary;
  readonly diagnostics: readonly ReportedFinding[];
  readonly files?: readonly string[];
  readonly failures?: readonly ReportedFailure[];
  readonly shard?: Shard;
}

/** What several reports say together. */
export interface MergedReport {
  readonly summary: Summary;
  readonly findings: readonly ReportedFinding[];
  readonly files: readonly string[];
  readonly failures: readonly ReportedFailure[];
  /** Zone files that more than one of the reports speaks about. */
  readonly repeated: readonly string[];
}

const MOST_PROBLEMS = 3;

/** Reads a JSON report; throws UsageError for a text that is none, with what keeps it from being one. */
export function parseReport(name: string, bytes: Uint8Array): JsonReport {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${name} is no JSON (${why}); expected what 'zonewright lint --format json' writes`);
  }
  const problems = validate('report', value);
  if (problems.length === 0) return value as JsonReport;
  const said = problems.slice(0, MOST_PROBLEMS).map(({ message }) => message);
  const more = problems.length > MOST_PROBLEMS ? ` (and ${problems.length - MOST_PROBLEMS} more)` : '';
  throw new UsageError(`${name} is no report of zonewright lint: ${said.join('; ')}${more}`);
}

/**
 * What keeps reports from being all parts of one run: with a part missing, nobody would see that its files were not looked at.
 * Undefined when nothing does; reports of whole runs may stand beside them.
 */
export function missingParts(reports: readonly JsonReport[]): string | undefined {
  const shards = reports.flatMap(({ shard }) => shard ?? []);
  const counts = [...new Set(shards.map(({ of }) => of))].sort((a, b) => a - b);
  const [of = 0] = counts;
  if (counts.length > 1) return `these are parts of different runs: one of ${counts.join(' and one of ')} shards`;
  const given = new Set(shards.map(({ part }) => part));
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((part) => !given.has(part));
  if (missing.length === 0) return undefined;
  const which = missing.length === 1 ? 'shard' : 'shards';
  const are = missing.length === 1 ? 'is' : 'are';
  return `${which} ${listed(missing.map(String))} of ${of} ${are} missing: give the reports of all`;
}

/** Puts reports together: findings by zone file, file, place and rule, in whatever order they come; counts are added up. */
export function mergeReports(reports: readonly JsonReport[]): MergedReport {
  const files = reports.flatMap((report) => [...new Set(report.files)]).sort(byText);
  return {
    summary: sumOf(reports.map(({ summary }) => summary)),
    findings: reports.flatMap(({ diagnostics }) => diagnostics).sort(inOrder),
    files: [...new Set(files)],
    failures: failuresOf(reports),
    repeated: [...new Set(files.filter((file, index) => file === files[index - 1]))],
  };
}

/** What every shard says, of a configuration or a folder, is said once. */
function failuresOf(reports: readonly JsonReport[]): readonly ReportedFailure[] {
  const all = reports.flatMap(({ failures = [] }) => failures);
  const once = new Map(all.map((failure) => [JSON.stringify([failure.file, failure.message]), failure]));
  return [...once.values()].sort((a, b) => byText(a.file, b.file) || byText(a.message, b.message));
}

const COUNTS = ['files', 'zones', 'records', 'errors', 'warnings', 'infos', 'fixable'] as const;

function sumOf(summaries: readonly Summary[]): Summary {
  const sum = { files: 0, zones: 0, records: 0, errors: 0, warnings: 0, infos: 0, fixable: 0 };
  for (const summary of summaries) for (const count of COUNTS) sum[count] += summary[count];
  return sum;
}

function inOrder(a: ReportedFinding, b: ReportedFinding): number {
  return (
    byText(zoneFileOf(a), zoneFileOf(b)) ||
    Number(a.includedFrom !== undefined) - Number(b.includedFrom !== undefined) ||
    byText(a.file, b.file) ||
    a.range.start.offset - b.range.start.offset ||
    a.range.end.offset - b.range.end.offset ||
    byText(a.rule, b.rule) ||
    byText(a.zone, b.zone) ||
    byText(a.message, b.message)
  );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
