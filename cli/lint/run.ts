import type { RuleChoice } from '../../lib/lint/profiles.ts';
import type { Severity } from '../../lib/text/diagnostic.ts';
import { EXIT_CLEAN, EXIT_FOUND, EXIT_WRONG } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { tell } from '../output.ts';
import { Progress } from '../progress.ts';
import { makeReporter } from '../report/formats.ts';
import { type ColorChoice, lookFor } from '../report/look.ts';
import type { ReportFormat, Summary } from '../report/reporter.ts';
import { checkedSentence, counted, foundSentence } from '../report/words.ts';
import type { ZoneFileOptions } from '../zone-file.ts';
import type { ResultCache } from './cache.ts';
import { type CertificateArgument, type Certificates, loadCertificates } from './certificates.ts';
import { type Failure, Linter, type LintSetup } from './linter.ts';
import { findTargets, type LintTarget } from './paths.ts';
import type { Limits } from './quota.ts';
import { ReportFile } from './report-file.ts';
import { lintTargets } from './targets.ts';
import { statistics, Totals } from './totals.ts';
import type { PolicyArgument } from './zone-linter.ts';

/** One of several equal parts of the files, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** What `lint` is asked to do. */
export interface LintRequest {
  readonly paths: readonly string[];
  readonly stdinFilename: string | undefined;
  readonly certificates: readonly CertificateArgument[];
  readonly zoneFile: ZoneFileOptions;
  readonly choice: RuleChoice;
  readonly floor: Severity;
  readonly limits: Limits;
  readonly maxWarnings: number;
  readonly now: number;
  /** The moment was given, so that it stays the same however long the process runs. */
  readonly fixedNow: boolean;
  readonly jobs: number;
  readonly shard: Shard | undefined;
  readonly policies: readonly PolicyArgument[];
  /** File that keeps results for the next run. */
  readonly cachePath: string | undefined;
  /** Keeps results between the runs of one process. */
  readonly cache?: ResultCache;
  readonly format: ReportFormat;
  readonly output: string | undefined;
  readonly color: ColorChoice;
  readonly statistics: boolean;
  readonly quiet: boolean;
}

/** Lints what is asked for and writes the report; the exit code. */
export async function runLint(request: LintRequest, io: Io): Promise<number> {
  const start = io.ticks();
  const certificates = await loadCertificates(request.certificates, io);
  for (const warning of certificates.warnings) tell(io, 'warning', warning);
  const { targets: all, problems } = await targetsOf(request, io);
  const targets = inShard(all, request.shard);
  const setup = makeSetup(request, certificates, all, io);
  const linter = new Linter(setup, io);
  const progress = new Progress(io, request.quiet);
  const report = new ReportFile(request.output, progress, io);
  const totals = new Totals(makeReporter(request.format, setup.look), request.limits, (text) => report.write(text));
  let ended = false;
  try {
    const { limits, jobs } = request;
    const cache = await cacheOf(request, io);
    await lintTargets(targets, { setup, linter, limits, jobs, cache, totals, progress, io });
    progress.clear();
    sayFailures(totals, problems, request.quiet, io);
    if (totals.zones > 0) {
      const summary = totals.summary(linter.rules.length, io.ticks() - start);
      totals.close(summary, request.quiet && request.format !== 'json');
      afterwards(request, totals, linter, summary, report, io);
      report.commit();
    }
    ended = true;
  } finally {
    if (!ended) report.discard();
  }
  if (problems.length > 0 || totals.zones === 0 || totals.failures.some(({ harmless }) => !harmless)) return EXIT_WRONG;
  const { error, warning } = totals.severities;
  return error > 0 || warning > request.maxWarnings ? EXIT_FOUND : EXIT_CLEAN;
}

async function cacheOf({ cache, cachePath }: LintRequest, io: Io): Promise<ResultCache | undefined> {
  if (cache !== undefined || cachePath === undefined) return cache;
  return new (await import('./cache.ts')).ResultCache(cachePath, io);
}

function makeSetup(
  request: LintRequest,
  certificates: Certificates,
  targets: readonly LintTarget[],
  io: Io,
): LintSetup {
  const { choice, zoneFile, policies, now, floor, format, output, color } = request;
  return {
    choice,
    zoneFile,
    now,
    certificates: certificates.given,
    certificateFiles: certificates.files,
    policies,
    fleet: targets.filter(({ bytes }) => bytes === undefined).map(({ path }) => path),
    floor,
    format,
    look: lookFor(io, color, output),
    cached: request.cachePath !== undefined || request.cache !== undefined,
  };
}

/** The files of a part: every so many of them, so that parts are alike whatever the order of sizes. */
function inShard(targets: readonly LintTarget[], shard: Shard | undefined): readonly LintTarget[] {
  return shard === undefined ? targets : targets.filter((_, index) => index % shard.of === shard.part - 1);
}

async function targetsOf(
  { paths, stdinFilename, zoneFile }: LintRequest,
  io: Io,
): Promise<Awaited<ReturnType<typeof findTargets>>> {
  const found = await findTargets(paths.length === 0 ? ['.'] : paths, stdinFilename, io);
  const count = found.targets.length;
  if (zoneFile.origin === undefined || count < 2) return found;
  throw new UsageError(`--origin names one zone, but there are ${counted(count, 'file')}: lint them one by one`);
}

function sayFailures(totals: Totals, problems: readonly string[], quiet: boolean, io: Io): void {
  const onlySkipped = totals.zones === 0 && problems.length === 0 && totals.failures.every(({ harmless }) => harmless);
  if (onlySkipped) throw new UsageError('no zone files here: all files that looked like one are binary');
  tellSome([...problems, ...of(totals.failures, false)], 'error', io);
  if (!quiet) tellSome(of(totals.failures, true), 'skipped', io);
}

const MOST_TOLD = 20;

function tellSome(sentences: readonly string[], kind: 'error' | 'skipped', io: Io): void {
  for (const sentence of sentences.slice(0, MOST_TOLD)) tell(io, kind, sentence);
  const more = sentences.length - MOST_TOLD;
  if (more > 0) tell(io, kind, `${counted(more, 'more file')} for such reasons`);
}

function of(failures: readonly Failure[], harmless: boolean): string[] {
  return failures.filter((failure) => failure.harmless === harmless).map(({ problem }) => problem);
}

/** Numbers that do not belong in a document for programs go to stderr. */
function afterwards(
  request: LintRequest,
  totals: Totals,
  linter: Linter,
  summary: Summary,
  report: ReportFile,
  io: Io,
): void {
  if (request.statistics && totals.rules.size > 0) {
    const table = `\n${statistics(totals.rules, linter)}`;
    if (request.format === 'pretty') report.write(table);
    else io.stderr.write(table);
  }
  const elsewhere = request.output !== undefined || request.format === 'concise';
  if (!elsewhere || request.quiet) return;
  io.stderr.write(`${foundSentence(summary) ?? 'No problems found.'}\nChecked ${checkedSentence(summary)}\n`);
}
