import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Io } from '../io.ts';
import type { LintSetup } from './linter.ts';
import type { Limits } from './quota.ts';
import { type Answer, type BatchLinter, type Item, WORKER_DATA, WORKER_MODULE, type WorkerStart } from './worker.ts';

/** What several threads lint together. */
export interface SharedWork {
  readonly items: readonly Item[];
  readonly setup: LintSetup;
  readonly limits: Limits;
  /** The linter of this thread. */
  readonly linter: BatchLinter;
  /** How many threads may lint, this one included. */
  readonly jobs: number;
  readonly io: Io;
}

/** Lints on several threads and gives each answer to `take`, in no order. */
export async function lintShared(work: SharedWork, take: (answer: Answer) => void): Promise<void> {
  const { linter, io } = work;
  const queue = new Queue(work.items, work.jobs);
  const pace = new Pace(work.jobs);
  const helpers: Helper[] = [];
  try {
    if (areLarge(work)) {
      startHelpers(helpers, work, queue, take);
      for (const helper of helpers) helper.send();
    }
    for (let items = queue.next(); items !== undefined; items = queue.next()) {
      const begun = io.ticks();
      for (const answer of linter.lint(items)) take(answer);
      pace.took(io.ticks() - begun, items.length);
      if (helpers.length === 0 && pace.wantsHelp(queue.rest)) startHelpers(helpers, work, queue, take);
      if (helpers.length > 0) await handleMessages();
    }
    await Promise.all(helpers.map((helper) => helper.finish()));
  } finally {
    await Promise.all(helpers.map((helper) => helper.stop()));
  }
}

/** Files on average, and all together, that take so long that threads are worth it from the beginning; more files are not asked for their sizes. */
const LARGE_FILE = 1_000_000;
const LARGE_WORK = 10_000_000;
const FEW_FILES = 1000;

function areLarge({ items, io }: SharedWork): boolean {
  if (items.length > FEW_FILES) return false;
  const octets = items.reduce((sum, { target }) => sum + (target.bytes?.length ?? io.size(target.path)), 0);
  return octets >= LARGE_WORK && octets >= items.length * LARGE_FILE;
}

/** Puts threads that are starting into `helpers`, one by one, so that those which are there end when a further one cannot start. */
function startHelpers(
  helpers: Helper[],
  { setup, limits, linter, jobs }: SharedWork,
  queue: Queue,
  take: (answer: Answer) => void,
): void {
  while (helpers.length < jobs - 1) helpers.push(new Helper(queue, take));
  // While the threads start.
  const origins = linter.origins();
  for (const helper of helpers) helper.start({ setup: { ...setup, origins }, limits });
}

/** Milliseconds after which the time of a batch tells that of those to come: the first are slow, until the engine has compiled the rules. */
const WARM = 500;

/**
 * Milliseconds of work that must be left for other threads to be worth it. Each has to read and compile all rules for itself, and
 * the engine compiles on threads of its own: where they share few processors, one thread alone is quicker for long.
 */
const WORTH_IT = 1500;
const WORTH_IT_CROWDED = 10_000;

/** Tells from the time that files take whether other threads should help with the rest. */
class Pace {
  private readonly worth: number;
  private spent = 0;
  private each = 0;

  constructor(jobs: number) {
    this.worth = availableParallelism() < 2 * jobs ? WORTH_IT_CROWDED : WORTH_IT;
  }

  /** Notes that some files took some milliseconds. */
  took(time: number, files: number): void {
    this.spent += time;
    this.each = time / files;
  }

  wantsHelp(files: number): boolean {
    return this.spent >= WARM && this.each * files >= this.worth;
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

  constructor(queue: Queue, take: (answer: Answer) => void) {
    this.queue = queue;
    this.take = take;
    this.worker = new Worker(new URL(WORKER_MODULE), { workerData: WORKER_DATA });
    this.worker.on('online', () => {
      while (this.open < 2 && this.send());
    });
    this.worker.on('message', (answers: readonly Answer[]) => this.receive(answers));
    this.worker.on('error', (error) => this.fail(error));
    this.worker.on('exit', () => this.fail(new Error('a worker thread ended early')));
  }

  /** Tells the thread how to lint. */
  start(start: WorkerStart): void {
    this.worker.postMessage(start);
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

  /** Gives the thread a batch; false when there is none left. */
  send(): boolean {
    const items = this.queue.next();
    if (items === undefined) return false;
    this.open++;
    this.worker.postMessage(items);
    return true;
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

  /** How many files nobody has taken yet. */
  get rest(): number {
    return this.items.length - this.at;
  }

  next(): readonly Item[] | undefined {
    const { rest } = this;
    if (rest === 0) return undefined;
    const size = Math.min(LARGEST_BATCH, Math.ceil(rest / (4 * this.jobs)));
    const first = this.at;
    this.at += size;
    return this.items.slice(first, this.at);
  }
}
