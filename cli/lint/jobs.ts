import { Worker } from 'node:worker_threads';
import type { LintSetup } from './linter.ts';
import type { Limits } from './quota.ts';
import { type Answer, type BatchLinter, type Item, WORKER_MODULE, type WorkerStart } from './worker.ts';

/** What several threads lint together. */
export interface SharedWork {
  readonly items: readonly Item[];
  readonly setup: LintSetup;
  readonly limits: Limits;
  /** The linter of this thread. */
  readonly linter: BatchLinter;
  /** How many threads lint, this one included. */
  readonly jobs: number;
}

/** Lints on several threads and gives each answer to `take`, in no order. */
export async function lintShared(work: SharedWork, take: (answer: Answer) => void): Promise<void> {
  const queue = new Queue(work.items, work.jobs);
  const start: WorkerStart = { zonewright: 'lint', setup: work.setup, limits: work.limits };
  const helpers = Array.from({ length: work.jobs - 1 }, () => new Helper(start, queue, take));
  try {
    for (let items = queue.next(); items !== undefined; items = queue.next()) {
      for (const answer of work.linter.lint(items)) take(answer);
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
  private readonly take: (answer: Answer) => void;
  private open = 0;
  private failure: unknown;
  private wake: () => void = () => {};

  constructor(workerData: WorkerStart, queue: Queue, take: (answer: Answer) => void) {
    this.queue = queue;
    this.take = take;
    this.worker = new Worker(new URL(WORKER_MODULE), { workerData });
    this.worker.on('online', () => {
      this.send();
      this.send();
    });
    this.worker.on('message', (answers: readonly Answer[]) => this.receive(answers));
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
    const items = this.queue.next();
    if (items === undefined) return;
    this.open++;
    this.worker.postMessage(items);
  }

  private receive(answers: readonly Answer[]): void {
    try {
      for (const answer of answers) this.take(answer);
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

/** Hands out the files from the first to the last, in smaller portions towards the end. */
class Queue {
  private at = 0;
  private readonly items: readonly Item[];
  private readonly jobs: number;

  constructor(items: readonly Item[], jobs: number) {
    this.items = items;
    this.jobs = jobs;
  }

  next(): readonly Item[] | undefined {
    const rest = this.items.length - this.at;
    if (rest === 0) return undefined;
    const size = Math.min(LARGEST_BATCH, Math.ceil(rest / (4 * this.jobs)));
    const first = this.at;
    this.at += size;
    return this.items.slice(first, this.at);
  }
}
