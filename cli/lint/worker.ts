import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { type Io, processIo } from '../io.ts';
import { loadFormat } from '../report/formats.ts';
import type { Failure } from './failure.ts';
import { type Linter, type LintSetup, makeLinter, type ZoneReport } from './linter.ts';
import type { Evidence, Outcome } from './outcome.ts';
import { type Limits, limitsOfOneFile, Quota } from './quota.ts';
import type { ConfiguredTarget } from './zone-linter.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly zonewright: 'lint';
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

if (!isMainThread && isStart(workerData)) void serve(workerData);

function isStart(data: unknown): data is WorkerStart {
  return typeof data === 'object' && data !== null && 'zonewright' in data && data.zonewright === 'lint';
}

async function serve({ setup, limits }: WorkerStart): Promise<void> {
  const io = processIo();
  await loadFormat(setup.format);
  const linter = await makeBatchLinter(await makeLinter(setup, io), limits, setup.cached, io);
  parentPort?.on('message', (items: readonly Item[]) => parentPort?.postMessage([...linter.lint(items)]));
}
