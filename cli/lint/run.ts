import { EXIT_CLEAN, EXIT_FOUND, EXIT_WRONG } from '../command.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { tell } from '../output.ts';
import { Progress } from '../progress.ts';
import { loadFormat, makeReporter } from '../report/formats.ts';
import type { Summary } from '../report/reporter.ts';
import { checkedSentence, counted, foundSentence, grouped } from '../report/words.ts';
import type { ResultCache } from './cache.ts';
import type { Failure } from './failure.ts';
import type { Inputs } from './inputs.ts';
import type { KnownFindings } from './known.ts';
import { type Linter, type LintSetup, makeLinter, type ZoneReport } from './linter.ts';
import type { Mended } from './mend.ts';
import { type Block, Quota } from './quota.ts';
import { ReportFile } from './report-file.ts';
import type { LintRequest } from './request.ts';
import { setUp } from './setup.ts';
import { lintTargets } from './targets.ts';
import { statistics, Totals } from './totals.ts';

/** Everything a run has in hand while it lints. */
interface Run {
  readonly request: LintRequest;
  readonly inputs: Inputs;
  readonly linter: Linter;
  readonly setup: LintSetup;
  readonly known: KnownFindings | undefined;
  readonly totals: Totals;
  readonly progress: Progress;
  /** Sentences that go to stderr in the end. */
  readonly notes: string[];
  readonly io: Io;
}

/** Lints what is asked for and writes the report; the exit code. */
export async function runLint(request: LintRequest, io: Io): Promise<number> {
  const start = io.ticks();
  const { inputs, known, setup } = await setUp(request, io);
  await loadFormat(request.format);
  const linter = await makeLinter(setup, io);
  const progress = new Progress(io, request.quiet);
  refuseOverwriting(request, inputs, io);
  const report = new ReportFile(request.output, progress, io);
  const reporter = makeReporter(request.format, setup.look);
  const totals = new Totals(reporter, request.limits, (text) => report.write(text));
  const run: Run = { request, inputs, linter, setup, known, totals, progress, notes: [], io };
  let ended = false;
  let mended: Mended | undefined;
  try {
    mended = await lintAll(run);
    progress.clear();
    sayFailures(run);
    const whole = reporter.document === true || request.shard !== undefined;
    if (totals.zones > 0 || whole) finish(run, report, mended, start);
    ended = true;
  } finally {
    if (!ended) report.discard();
  }
  return exitCode(run, mended);
}

/** A report has no place where a zone is. */
function refuseOverwriting({ output }: LintRequest, { all }: Inputs, io: Io): void {
  const real = output === undefined ? undefined : io.realPath(output);
  if (real === undefined || !all.some(({ path, bytes }) => bytes === undefined && io.realPath(path) === real)) return;
  throw new UsageError(`--output ${output}: this is one of the zone files; give another file`);
}

/** Says which options have no effect beside others: what is slow is no surprise then. */
function noteIdle({ request, notes }: Run): void {
  const { fix, since, jobs, cachePath } = request;
  if (fix !== undefined && jobs > 1) notes.push('--jobs has no effect on fixing, which goes file by file');
  if (cachePath === undefined) return;
  if (fix !== undefined) notes.push('--cache has no effect on fixing');
  else if (since !== undefined) notes.push('--cache has no effect with --since: what a zone was before is in no file');
}

/** Lints every file, or mends and lints it. */
async function lintAll(run: Run): Promise<Mended | undefined> {
  const { request, inputs, linter, setup, progress, io } = run;
  const { limits, jobs, fix } = request;
  noteIdle(run);
  for (const failure of inputs.failures) take(run, failure, () => true);
  for (const problem of inputs.problems) take(run, { ...problem, harmless: false }, () => true);
  if (fix === undefined) {
    const cache = await cacheOf(request, io);
    const each = (report: ZoneReport | Failure, choose: (block: Block) => boolean): void => take(run, report, choose);
    await lintTargets(inputs.targets, { setup, linter, limits, jobs, cache, take: each, progress, io });
    return undefined;
  }
  const { Mending } = await import('./mend.ts');
  const mending = new Mending(fix, linter, io);
  const quota = new Quota(limits);
  for (const [index, target] of inputs.targets.entries()) {
    if (target.bytes !== undefined) throw new UsageError('what comes from standard input cannot be fixed: give a file');
    take(run, mending.mend(target, quota), () => fix.write);
    progress.bar(index + 1, inputs.targets.length, 'file');
  }
  return mending.finish();
}

function take(run: Run, report: ZoneReport | Failure, choose: (block: Block) => boolean): void {
  run.known?.take(report);
  if (!('problem' in report)) for (const note of report.notes) run.notes.push(note);
  run.totals.take(report, (block) => run.known?.updating !== true && choose(block));
}

async function cacheOf({ cache, cachePath, since }: LintRequest, io: Io): Promise<ResultCache | undefined> {
  // What a zone was before is no file that a cache could look at.
  if (since !== undefined) return undefined;
  if (cache !== undefined || cachePath === undefined) return cache;
  return new (await import('./cache.ts')).ResultCache(cachePath, io);
}

/** Writes the end of the report, and what has to be said beside it. */
function finish(run: Run, report: ReportFile, mended: Mended | undefined, start: number): void {
  const { request, linter, known, totals, notes, io } = run;
  const summary = totals.summary(linter.rules.length, io.ticks() - start);
  for (const note of [...(mended?.notes ?? []), ...(known?.finish() ?? [])]) notes.push(note);
  if (known?.updating === true) {
    const found = [...totals.rules.values()].reduce((sum, count) => sum + count, 0);
    report.write(`Wrote ${counted(found, 'known finding')} of ${counted(totals.zones, 'zone')} to ${known.path}.\n`);
  } else if (mended !== undefined && request.fix?.write === false) report.write(mended.diff);
  else {
    totals.close(summary, request.shard, request.quiet);
    afterwards(run, summary, report);
  }
  report.commit();
  tellSome(mended?.problems ?? [], 'error', io);
  if (request.quiet) return;
  tellSome(notes, 'note', io);
  if (mended !== undefined) io.stderr.write(`${mended.summary}\n`);
}

function exitCode({ request, inputs, known, totals }: Run, mended: Mended | undefined): number {
  // A part may have no file at all.
  const none = totals.zones === 0 && request.shard === undefined;
  const broken = none || (mended?.problems ?? []).length > 0;
  if (broken || totals.failures.some(({ harmless }) => !harmless)) return EXIT_WRONG;
  if (known?.updating === true) return EXIT_CLEAN;
  const { error, warning } = totals.severities;
  const most = request.maxWarnings ?? inputs.root?.maxWarnings?.value ?? Number.POSITIVE_INFINITY;
  return error > 0 || warning > most || (mended?.diff.length ?? 0) > 0 ? EXIT_FOUND : EXIT_CLEAN;
}

function sayFailures({ totals, request, io }: Run): void {
  const onlySkipped = totals.zones === 0 && totals.failures.every(({ harmless }) => harmless);
  if (onlySkipped && request.shard === undefined) {
    const why =
      totals.failures.length > 0 ? 'all files that looked like one are binary' : 'the configuration excludes all';
    throw new UsageError(`no zone files here: ${why}`);
  }
  tellSome(of(totals.failures, false), 'error', io);
  if (!request.quiet) tellSome(of(totals.failures, true), 'skipped', io);
}

const MOST_TOLD = 20;

function tellSome(sentences: readonly string[], kind: 'error' | 'note' | 'skipped', io: Io): void {
  for (const sentence of sentences.slice(0, MOST_TOLD)) tell(io, kind, sentence);
  const more = sentences.length - MOST_TOLD;
  if (more > 0) tell(io, kind, `${grouped(more)} more of this kind`);
}

function of(failures: readonly Failure[], harmless: boolean): string[] {
  return failures.filter((failure) => failure.harmless === harmless).map(({ problem }) => problem);
}

/** Numbers that do not belong in a document for programs go to stderr. */
function afterwards({ request, totals, linter, io }: Run, summary: Summary, report: ReportFile): void {
  if (request.statistics && totals.rules.size > 0) {
    const table = `\n${statistics(totals.rules, linter)}`;
    if (request.format === 'pretty') report.write(table);
    else io.stderr.write(table);
  }
  const elsewhere = request.output !== undefined || request.format === 'concise' || request.format === 'github';
  if (!elsewhere || request.quiet) return;
  io.stderr.write(`${foundSentence(summary) ?? 'No problems found.'}\nChecked ${checkedSentence(summary)}\n`);
}
