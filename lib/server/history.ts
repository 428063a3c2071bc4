import type { Answered, AnswerSummary, Exchange } from './exchange.ts';

/** One query as it came and what was sent for it. */
export interface QueryRecord {
  /** Counts from 1 since the start. */
  readonly number: number;
  readonly exchange: Exchange;
  readonly query: Uint8Array;
  /** What was sent; undefined when nothing was. */
  readonly response: Uint8Array | undefined;
  /** What the zones said; what was sent differs when faults acted. */
  readonly summary: AnswerSummary;
  /** Ids of the faults that acted. */
  readonly faults: readonly string[];
  /** Milliseconds from the query to its answer. */
  readonly ms: number;
}

/** A query as it is remembered; its summary is made when it is asked for, from octets that must not change. */
export class Remembered implements QueryRecord {
  number = 0;
  readonly exchange: Exchange;
  readonly query: Uint8Array;
  readonly response: Uint8Array | undefined;
  readonly faults: readonly string[];
  readonly ms: number;
  private readonly answered: Answered;
  /** Whether the octets are not those that the answer was made for: they are signed. */
  private readonly sealed: boolean;

  constructor(answered: Answered, record: Omit<QueryRecord, 'number' | 'summary'>, sealed: boolean) {
    this.exchange = record.exchange;
    this.query = record.query;
    this.response = record.response;
    this.faults = record.faults;
    this.ms = record.ms;
    this.answered = answered;
    this.sealed = sealed;
  }

  get summary(): AnswerSummary {
    const { summary } = this.answered;
    if (!this.sealed) return summary;
    return { ...summary, querySize: this.query.length, answerSize: this.response?.length ?? 0 };
  }
}

/** The last queries of a server, the oldest first. */
export class QueryHistory {
  /** Queries seen since the start, those forgotten included. */
  total = 0;
  private readonly most: number;
  private records: QueryRecord[] = [];
  private readonly listeners = new Set<(record: QueryRecord) => void>();

  constructor(most: number) {
    this.most = most;
  }

  /** Whether queries are only counted: none is kept and nobody is told. */
  get countsOnly(): boolean {
    return this.most === 0 && this.listeners.size === 0;
  }

  add(record: Remembered): void {
    record.number = ++this.total;
    if (this.most > 0) {
      this.records.push(record);
      // Half is forgotten at a time, so that a query costs the same whether the history is full or not.
      if (this.records.length >= 2 * this.most) this.records = this.records.slice(-this.most);
    }
    for (const listener of this.listeners) listener(record);
  }

  /** The last queries, as many as are kept. */
  list(): readonly QueryRecord[] {
    return this.most === 0 ? [] : this.records.slice(-this.most);
  }

  clear(): void {
    this.records = [];
  }

  /** Tells of every query from now on; the function returned ends it. */
  listen(listener: (record: QueryRecord) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
