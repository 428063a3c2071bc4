import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { type Io, processIo } from '../io.ts';
import { loadFormat } from '../report/formats.ts';
import type { Failure } from './failure.ts';
import type { Origins } from './given-zones.ts';
import { type Linter, type LintSetup, makeLinter, type ZoneReport } from './linter.ts';
import type { Evidence, Outcome } from './outcome.ts';
import { type Limits, limitsOfOneFile, Quota } from './quota.ts';
import type { ConfiguredTarget } from './zone-linter.ts';

/** By this a worker thread knows what it is for. */
export const WORKER_DATA = { zonewright: 'lint' };

/** What a worker is told first; then it is sent items. */
export interface WorkerStart {
  readonly setup: LintSetup;
  readonly limits: Limits;
}

/** A file to lint with its place in the order of the run. */
export interface Item {
  readonly index: number;
  readonly target: ConfiguredTarget;
}

/** The answer to one item. */
export interface Answer {
  readonly index: number;
  readonly outcome: Outcome;
}

/** The module that a worker thread has to start with: this one. */
export const WORKER_MODULE: string = import.meta.url;

/** Lints files and renders everything that the run may want to show of them. */
export class BatchLinter {
  private readonly linter: Linter;
  private readonly limits: Limits;
  private readonly evidenceOf: ((report: ZoneReport) => Evidence) | undefined;

  constructor(linter: Linter, limits: Limits, evidenceOf: ((report: ZoneReport) => Evidence) | undefined) {
    this.linter = linter;
    this.limits = limitsOfOneFile(limits);
    this.evidenceOf = evidenceOf;
  }

  /** Which zones the files of the run hold; undefined when no rule will ask. */
  origins(): Origins | undefined {
    return this.linter.zones.origins();
  }

  /** The answers to items, in their order. */
  *lint(items: readonly Item[]): Generator<Answer> {
    const reports = this.linter.lintEach(
      items.map(({ target }) => target),
      () => new Quota(this.limits),
    );
    let at = 0;
    for (const report of reports) yield { index: (items[at++] as Item).index, outcome: this.whole(report) };
  }

  private whole(report: ZoneReport | Failure): Outcome {
    if ('problem' in report) return report;
    const { uses: _, blocks, ...rest } = report;
    const whole = { ...rest, blocks: [...blocks] };
    return this.evidenceOf === undefined ? whole : { ...whole, evidence: this.evidenceOf(report) };
  }
}

/** A batch linter in the world of `io`; when results are kept, it tells what they rest on. */
export async function makeBatchLinter(linter: Linter, limits: Limits, cached: boolean, io: Io): Promise<BatchLinter> {
  const evidenceOf = cached ? (await import('./cache.ts')).evidenceMaker(linter, io) : undefined;
  return new BatchLinter(linter, limits, evidenceOf);
}

if (!isMainThread && isOurs(workerData)) serve();

function isOurs(data: unknown): boolean {
  return (
    typeof data === 'object' && data !== null && 'zonewright' in data && data.zonewright === WORKER_DATA.zonewright
  );
}

function serve(): void {
  let linter: Promise<BatchLinter> | undefined;
  parentPort?.on('message', async (message: WorkerStart | readonly Item[]) => {
    if ('setup' in message) linter = start(message);
    else parentPort?.postMessage([...((await linter)?.lint(message) ?? [])]);
  });
}

async function start({ setup, limits }: WorkerStart): Promise<BatchLinter> {
  const io = processIo();
  await loadFormat(setup.format);
  return makeBatchLinter(await makeLinter(setup, io), limits, setup.cached, io);
}
