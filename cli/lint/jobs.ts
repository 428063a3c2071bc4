import { Worker } from 'node:worker_threads';
import type { Linter, LintSetup } from './linter.ts';
import type { LintTarget } from './paths.ts';
import type { Limits } from './quota.ts';
import { type Batch, type BatchResult, lintBatch, type Outcome, WORKER_MODULE, type WorkerStart } from './worker.ts';

/** What several threads lint together. */
export interface SharedWork {
  readonly targets: readonly LintTarget[];
  readonly setup: LintSetup;
  readonly limits: Limits;
  /** The linter of this thread. */
  readonly linter: Linter;
  /** How many threads lint, this one included. */
  readonly jobs: number;
}

/** Lints on several threads and gives each outcome to `take` in the order of the targets. */
export async function lintShared(work: SharedWork, take: (outcome: Outcome) => void): Promise<void> {
  const queue = new Queue(work.targets, work.jobs);
  const inOrder = new InOrder(work.targets.length, take);
  const start: WorkerStart = { zonewright: 'lint', setup: work.setup, limits: work.limits };
  const helpers = Array.from({ length: work.jobs - 1 }, () => new Helper(start, queue, inOrder));
  try {
    for (let batch = queue.next(); batch !== undefined; batch = queue.next()) {
      inOrder.put(lintBatch(batch, work.linter, work.limits));
      await handleMessages();
    }
    await Promise.all(helpers.map((helper) => helper.finish()));
  } finally {
    await Promise.all(helpers.map((helper) => helper.stop()));
  }
}

/** A worker thread that takes batch after batch; two at a time, so that it never waits for an answer. */
class Helper {
  private readonly worker: Worker;
  private readonly queue: Queue;
  private readonly inOrder: InOrder;
  private open = 0;
  private failure: unknown;
  private wake: () => void = () => {};

  constructor(workerData: WorkerStart, queue: Queue, inOrder: InOrder) {
    this.queue = queue;
    this.inOrder = inOrder;
    this.worker = new Worker(new URL(WORKER_MODULE), { workerData });
    this.worker.on('online', () => {
      this.send();
      this.send();
    });
    this.worker.on('message', (result: BatchResult) => this.receive(result));
    this.worker.on('error', (error) => this.fail(error));
    this.worker.on('exit', () => this.fail(new Error('a worker thread ended early')));
  }

  /** Resolves when every batch the worker has taken is answered; a worker that never came to take one is not waited for. */
  async finish(): Promise<void> {
    while (this.open > 0 && this.failure === undefined) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    if (this.open > 0) throw this.failure;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private send(): void {
    const batch = this.queue.next();
    if (batch === undefined) return;
    this.open++;
    this.worker.postMessage(batch);
  }

  private receive(result: BatchResult): void {
    try {
      this.inOrder.put(result);
      this.open--;
      this.send();
    } catch (error) {
      this.fail(error);
    }
    this.wake();
  }

  private fail(error: unknown): void {
    this.failure ??= error;
    this.wake();
  }
}

function handleMessages(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

const LARGEST_BATCH = 64;

/** Hands out the targets from the first to the last, in smaller portions towards the end. */
class Queue {
  private at = 0;
  private readonly targets: readonly LintTarget[];
  private readonly jobs: number;

  constructor(targets: readonly LintTarget[], jobs: number) {
    this.targets = targets;
    this.jobs = jobs;
  }

  next(): Batch | undefined {
    const rest = this.targets.length - this.at;
    if (rest === 0) return undefined;
    const size = Math.min(LARGEST_BATCH, Math.ceil(rest / (4 * this.jobs)));
    const first = this.at;
    this.at += size;
    return { first, targets: this.targets.slice(first, this.at) };
  }
}

/** Keeps outcomes until those before them are there. */
class InOrder {
  private readonly waiting: (Outcome | undefined)[];
  private readonly take: (outcome: Outcome) => void;
  private done = 0;

  constructor(count: number, take: (outcome: Outcome) => void) {
    this.waiting = new Array<Outcome | undefined>(count).fill(undefined);
    this.take = take;
  }

  put({ first, outcomes }: BatchResult): void {
    for (const [index, outcome] of outcomes.entries()) this.waiting[first + index] = outcome;
    for (let next = this.waiting[this.done]; next !== undefined; next = this.waiting[this.done]) {
      this.waiting[this.done++] = undefined;
      this.take(next);
    }
  }
}
