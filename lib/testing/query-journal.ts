import type { QueryHistory } from '../server/history.ts';
import type { QueryRecord } from '../server/query-record.ts';
import { checkWish, fitsWish, type QueryWish, sayQueries, sayWish } from './query-filter.ts';
import { type SeenQuery, seenQuery } from './seen-query.ts';

/** How long a test waits for queries, and for how many. */
export interface WaitOptions {
  /** Milliseconds, 2000 unless given. */
  readonly timeout?: number;
  /** 1 unless given. */
  readonly times?: number;
}

/** Milliseconds that a test waits for a query. */
const PATIENCE = 2000;

type WaitFor = (milliseconds: number, ended: AbortSignal) => Promise<void>;

/** What was asked since the history was cleared last, and who waits for more. */
export class QueryJournal {
  private readonly history: QueryHistory;
  private readonly waitFor: WaitFor;
  private readonly stop: () => void;
  private readonly waits = new Set<Promise<SeenQuery>>();
  private readonly watchers = new Set<() => void>();
  private readonly known = new WeakMap<QueryRecord, SeenQuery>();
  /** Queries for names of no zone that no rule acted on. */
  private strays: SeenQuery[] = [];
  private closed = false;

  constructor(history: QueryHistory, waitFor: WaitFor) {
    this.history = history;
    this.waitFor = waitFor;
    this.stop = history.listen((record) => {
      if (record.faults.length === 0 && record.summary.outcome === 'outside') this.strays.push(this.seen(record));
      for (const watcher of [...this.watchers]) watcher();
    });
  }

  /** The queries that are meant, the oldest first. */
  queries(wish: QueryWish = {}): SeenQuery[] {
    checkWish(wish);
    return this.all().filter((query) => fitsWish(query, wish));
  }

  /** All queries that are remembered. */
  all(): SeenQuery[] {
    return this.history.list().map((record) => this.seen(record));
  }

  /** Queries for names of no zone that no rule acted on, as long as they are not cleared. */
  get unmatched(): readonly SeenQuery[] {
    return this.strays;
  }

  clear(): void {
    this.history.clear();
    this.strays = [];
  }

  /** Resolves with the query that makes it so many, at once when they have come already; rejects with what came instead. */
  wait(wish: QueryWish, options: WaitOptions = {}): Promise<SeenQuery> {
    const before = this.queries(wish)[(options.times ?? 1) - 1];
    if (before !== undefined) return Promise.resolve(before);
    const waited: Promise<SeenQuery> = this.waited(wish, options, () => this.waits.delete(waited));
    this.waits.add(waited);
    return waited;
  }

  /** Waits for what has not come; `ended` is called before the promise settles. */
  private async waited(
    wish: QueryWish,
    { timeout = PATIENCE, times = 1 }: WaitOptions,
    ended: () => void,
  ): Promise<SeenQuery> {
    const find = (): SeenQuery | undefined => this.queries(wish)[times - 1];
    const over = new AbortController();
    const came = new Promise<void>((resolve) => {
      const watcher = (): void => {
        if (!this.closed && find() === undefined) return;
        this.watchers.delete(watcher);
        resolve();
      };
      this.watchers.add(watcher);
      over.signal.addEventListener('abort', () => this.watchers.delete(watcher));
    });
    await Promise.race([came, this.waitFor(timeout, over.signal)]);
    over.abort();
    ended();
    const found = find();
    if (found !== undefined) return found;
    const count = this.queries(wish).length;
    const what = times === 1 ? sayWish(wish) : `${sayWish(wish)} ${times} times (it came ${count} times)`;
    const why = this.closed ? 'the server was closed' : `waited ${timeout} ms`;
    throw new Error(`${why} for ${what}, but ${sayQueries(this.all(), wish)}`);
  }

  /** Ends all waiting; who has given up on what he waited for, as a test that failed before, is not told. */
  close(): void {
    this.closed = true;
    for (const waited of this.waits) waited.catch(() => undefined);
    this.stop();
    for (const watcher of [...this.watchers]) watcher();
  }

  private seen(record: QueryRecord): SeenQuery {
    let seen = this.known.get(record);
    if (seen === undefined) {
      seen = seenQuery(record);
      this.known.set(record, seen);
    }
    return seen;
  }
}
