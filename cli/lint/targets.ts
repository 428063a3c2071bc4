import type { Io } from '../io.ts';
import type { Progress } from '../progress.ts';
import type { CacheWorld, ResultCache } from './cache.ts';
import type { Failure } from './failure.ts';
import type { Linter, LintSetup, ZoneReport } from './linter.ts';
import type { Outcome } from './outcome.ts';
import { type Block, type Limits, Quota } from './quota.ts';
import { type Answer, type Item, makeBatchLinter } from './worker.ts';
import type { ConfiguredTarget } from './zone-linter.ts';

/** What lints the files of a run. */
export interface Work {
  readonly setup: LintSetup;
  readonly linter: Linter;
  readonly limits: Limits;
  readonly jobs: number;
  readonly cache: ResultCache | undefined;
  /** Takes the report of a file, and of its findings those that `choose` lets pass. */
  take(report: ZoneReport | Failure, choose: (block: Block) => boolean): void;
  readonly progress: Progress;
  readonly io: Io;
}

/** Lints the files and gives their reports to the totals in the order of the files, whoever made them. */
export async function lintTargets(targets: readonly ConfiguredTarget[], work: Work): Promise<void> {
  const { limits, progress } = work;
  const quota = new Quota(limits);
  let done = 0;
  const count = (): void => {
    done++;
    progress.bar(done, targets.length, 'file');
  };
  if (targets.length >= MANY) await keepFunctionsSmall();
  const jobs = Math.min(work.jobs, targets.length);
  if (jobs < 2 && work.cache === undefined) {
    if (targets[0] !== undefined && targets.length === 1) tellLarge(targets[0], work);
    const reports = work.linter.lintEach(targets, () => quota);
    // A function of its own, so that the findings of a zone are not held on to while the next one is read.
    const takeNext = (): boolean => {
      const { value, done } = reports.next();
      if (done !== true) work.take(value, () => true);
      return done !== true;
    };
    while (takeNext()) count();
    return;
  }
  const inOrder = new InOrder((outcome) => {
    work.take(outcome, ({ rule, severity }) => quota.take(rule, severity));
    count();
  });
  const items = targets.map((target, index) => ({ index, target }));
  await lintAnyOrder(items, { ...work, jobs }, (answer) => inOrder.put(answer));
}

/** Lints on as many threads as asked for what the cache does not know. */
async function lintAnyOrder(items: readonly Item[], work: Work, take: (answer: Answer) => void): Promise<void> {
  const { setup, limits, io } = work;
  const cache = work.cache === undefined ? undefined : await Cached.open(work.cache, work);
  const rest = cache === undefined ? items : items.filter((item) => !cache.answer(item, take));
  const keep = (answer: Answer): void => {
    cache?.keep(answer.outcome);
    take(answer);
  };
  const linter = await makeBatchLinter(work.linter, limits, setup.cached, io);
  const jobs = Math.min(work.jobs, rest.length);
  if (jobs > 1) {
    const { lintShared } = await import('./jobs.ts');
    await lintShared({ items: rest, setup, limits, linter, jobs, io }, keep);
  } else for (const answer of linter.lint(rest)) keep(answer);
  cache?.save();
}

/** The cache as one run sees it: results count only under the same settings. */
class Cached {
  private readonly cache: ResultCache;
  private readonly settings: string;
  private readonly world: CacheWorld;

  private constructor(cache: ResultCache, settings: string, world: CacheWorld) {
    this.cache = cache;
    this.settings = settings;
    this.world = world;
  }

  static async open(cache: ResultCache, { setup, linter, limits, io }: Work): Promise<Cached> {
    const { hashIfReadable, memoized, settingsOf } = await import('./cache.ts');
    const world = {
      now: setup.now,
      find: (zone: string, from: string) => linter.zones.find(zone, from),
      hash: memoized((path) => hashIfReadable(path, io)),
    };
    return new Cached(cache, settingsOf(setup, limits), world);
  }

  /** Gives a known result to `take`; false when the file has to be linted. */
  answer({ index, target }: Item, take: (answer: Answer) => void): boolean {
    if (target.bytes !== undefined) return false;
    const outcome = this.cache.find(target.path, this.settings, this.world);
    if (outcome === undefined) return false;
    take({ index, outcome });
    return true;
  }

  keep(outcome: Outcome): void {
    if (!('problem' in outcome)) this.cache.put(this.settings, outcome);
  }

  save(): void {
    this.cache.save();
  }
}

/** From so many files on the setting below makes runs shorter; a single large zone in the profile `load` takes longer with it. */
const MANY = 100;

/** Newest major version of V8 that is known to have the setting; others would complain of it. */
const NEWEST_KNOWN = 13;

/**
 * Lets V8 put less of other functions into each function it optimizes. Hundreds of rules that each run for some microseconds a
 * zone are as fast then, and take a third less time to compile; every thread compiles them for itself.
 */
async function keepFunctionsSmall(): Promise<void> {
  if (Number.parseInt(process.versions.v8, 10) > NEWEST_KNOWN) return;
  // Loaded here alone, as it takes a millisecond.
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
}

/** A single large file keeps the thread busy to its end, so that its line has to come first. */
const LARGE = 30_000_000;

function tellLarge(target: ConfiguredTarget, { progress, io }: Work): void {
  const size = target.bytes?.length ?? io.size(target.path);
  if (size > LARGE) progress.at(() => `Linting ${target.path} (${Math.round(size / 1e6)} MB) ...`, true);
}

/** Keeps outcomes until those before them are there. */
class InOrder {
  private readonly waiting = new Map<number, Outcome>();
  private readonly take: (outcome: Outcome) => void;
  private done = 0;

  constructor(take: (outcome: Outcome) => void) {
    this.take = take;
  }

  put({ index, outcome }: Answer): void {
    this.waiting.set(index, outcome);
    for (let next = this.waiting.get(this.done); next !== undefined; next = this.waiting.get(this.done)) {
      this.waiting.delete(this.done++);
      this.take(next);
    }
  }
}
