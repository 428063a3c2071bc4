import { Worker } from 'node:worker_threads';
import type { FileContents } from '../model/effects.ts';
import {
  EDITOR_WORKER,
  type EditorWorkerStart,
  type LintAnswer,
  type LintQuestion,
  type SharedQuestion,
} from './lint-worker.ts';

/** Milliseconds of quiet after which a zone is linted. */
const QUIET = 80;

/** What finds the problems of files as they are in the editor. */
export interface Linting {
  /** Asks for the findings of a revision, later questions taking the place of earlier ones. */
  lint(revision: number, files: FileContents): void;
  /** Asks for the tree of the mail domain too. */
  mailTree(revision: number, files: FileContents): void;
  close(): Promise<void>;
}

/**
 * Lints beside the thread that draws: the newest question alone is put, once nothing has been asked for a moment and the
 * one before is answered.
 */
export class LintThread implements Linting {
  private readonly start: EditorWorkerStart;
  private readonly answered: (answer: LintAnswer) => void;
  private worker: Worker | undefined;
  private next: LintQuestion | undefined;
  private asked: LintQuestion | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly memory = new Map<string, SharedArrayBuffer>();

  constructor(start: EditorWorkerStart, answered: (answer: LintAnswer) => void) {
    this.start = start;
    this.answered = answered;
  }

  /** Asks for the findings of a revision, later questions taking the place of earlier ones. */
  lint(revision: number, files: FileContents): void {
    const tree = this.next?.revision === revision && this.next.tree;
    this.later({ revision, files, tree });
  }

  /** Asks for the tree of the mail domain too. */
  mailTree(revision: number, files: FileContents): void {
    this.later({ revision, files, tree: true });
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    this.next = undefined;
    await this.worker?.terminate();
  }

  private later(question: LintQuestion): void {
    this.next = question;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), QUIET);
  }

  private ask(): void {
    if (this.asked !== undefined || this.next === undefined) return;
    this.asked = this.next;
    this.next = undefined;
    this.worker ??= this.open();
    this.worker.postMessage(this.shared(this.asked));
  }

  /** The octets go to memory that is used again for each question: fresh memory for a large zone takes longer than copying. */
  private shared({ files, ...rest }: LintQuestion): SharedQuestion {
    const shared = [...files].map(([name, bytes]) => {
      const { length } = bytes;
      const known = this.memory.get(name);
      const memory =
        known !== undefined && known.byteLength >= length ? known : new SharedArrayBuffer(length + (length >> 3));
      this.memory.set(name, memory);
      new Uint8Array(memory).set(bytes);
      return { name, memory, length };
    });
    return { ...rest, files: shared };
  }

  private open(): Worker {
    const worker = new Worker(new URL(EDITOR_WORKER), { workerData: this.start });
    worker.on('message', (answer: LintAnswer) => this.done(answer));
    worker.on('error', (error) => {
      // The next question gets a new thread.
      this.worker = undefined;
      const revision = this.asked?.revision ?? 0;
      this.done({ revision, sentence: `the linter has failed: ${error.message}` });
    });
    // The editor ends whether the linter is done or not.
    worker.unref();
    return worker;
  }

  private done(answer: LintAnswer): void {
    this.asked = undefined;
    this.answered(answer);
    // Whoever asked meanwhile has waited long enough, unless more is coming.
    if (this.next !== undefined) this.later(this.next);
  }
}
