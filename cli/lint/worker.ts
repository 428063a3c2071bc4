import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { processIo } from '../io.ts';
import { type Failure, Linter, type LintSetup, type ZoneReport } from './linter.ts';
import type { LintTarget } from './paths.ts';
import { type Block, type Limits, limitsOfOneFile, Quota } from './quota.ts';

/** What a worker is started with. */
export interface WorkerStart {
  readonly zonewright: 'lint';
  readonly setup: LintSetup;
  readonly limits: Limits;
}

/** Some files to lint, the first of them the target number `first`. */
export interface Batch {
  readonly first: number;
  readonly targets: readonly LintTarget[];
}

/** What a file gave, complete. */
export type Outcome = (Omit<ZoneReport, 'blocks'> & { readonly blocks: readonly Block[] }) | Failure;

/** The answers to a batch. */
export interface BatchResult {
  readonly first: number;
  readonly outcomes: readonly Outcome[];
}

/** The module that a worker thread has to start with: this one. */
export const WORKER_MODULE: string = import.meta.url;

/** Lints a batch and renders everything that the run may want to show of it. */
export function lintBatch({ first, targets }: Batch, linter: Linter, limits: Limits): BatchResult {
  const outcomes = targets.map((target): Outcome => {
    const report = linter.lint(target, new Quota(limitsOfOneFile(limits)));
    return 'problem' in report ? report : { ...report, blocks: [...report.blocks] };
  });
  return { first, outcomes };
}

if (!isMainThread && isStart(workerData)) serve(workerData);

function isStart(data: unknown): data is WorkerStart {
  return typeof data === 'object' && data !== null && 'zonewright' in data && data.zonewright === 'lint';
}

function serve({ setup, limits }: WorkerStart): void {
  const linter = new Linter(setup, processIo());
  parentPort?.on('message', (batch: Batch) => parentPort?.postMessage(lintBatch(batch, linter, limits)));
}
