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
  readonly number: number;
  readonly exchange: Exchange;
  readonly query: Uint8Array;
  readonly response: Uint8Array | undefined;
  readonly faults: readonly string[];
  readonly ms: number;
  readonly answered: Answered;
  /** Whether the octets are not those that the answer was made for: they are signed. */
  readonly sealed: boolean;

  constructor(number: number, answered: Answered, record: Omit<QueryRecord, 'number' | 'summary'>, sealed: boolean) {
    this.number = number;
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
