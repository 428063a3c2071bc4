import { KeptQueries } from './kept-queries.ts';
import type { QueryRecord, Remembered } from './query-record.ts';

/** The last queries of a server, the oldest first. */
export class QueryHistory {
  /** Queries seen since the start, those forgotten included. */
  total = 0;
  private readonly most: number;
  private readonly kept: KeptQueries;
  private readonly listeners = new Set<(record: QueryRecord) => void>();

  constructor(most: number) {
    this.most = most;
    this.kept = new KeptQueries(most);
  }

  /** Whether queries are only counted: none is kept and nobody is told. */
  get countsOnly(): boolean {
    return this.most === 0 && this.listeners.size === 0;
  }

  /** Takes the query that comes after all others. */
  add(record: Remembered): void {
    this.total = record.number;
    if (this.most > 0) this.kept.add(record);
    for (const listener of this.listeners) listener(record);
  }

  /** The last queries, as many as are kept. */
  list(): readonly QueryRecord[] {
    return this.kept.list(this.total);
  }

  clear(): void {
    this.kept.clear();
  }

  /** Tells of every query from now on; the function returned ends it. */
  listen(listener: (record: QueryRecord) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
