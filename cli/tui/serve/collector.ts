import { nameKey } from '../../../lib/rr/name.ts';
import type { Transport } from '../../../lib/server/exchange.ts';
import { sentSummary } from '../../../lib/server/faults/sent.ts';
import type { QueryRecord } from '../../../lib/server/query-record.ts';
import { type LiveFilter, NO_FILTER, passes } from './filter.ts';
import { Rates } from './rates.ts';
import { type Counted, Tally } from './tally.ts';

/** Queries that are kept. */
export const MOST_KEPT = 1000;

/** The most frequent of everything; what is undefined had none. */
export interface QueryCounts {
  readonly rcodes: readonly Counted<number | undefined>[];
  readonly transports: readonly Counted<Transport>[];
  readonly types: readonly Counted<number | undefined>[];
  /** By the octets of names in small letters, one character each. */
  readonly names: readonly Counted<string>[];
}

/** What there is to be shown of the queries at a moment. */
export interface Collected {
  /** The last queries that pass the filter, the oldest first. */
  readonly rows: readonly QueryRecord[];
  /** Queries since the start. */
  readonly total: number;
  /** Queries since the counts were cleared. */
  readonly counted: number;
  /** Queries a second over 1, 10 and 60 seconds. */
  readonly rates: readonly [number, number, number];
  readonly counts: QueryCounts;
}

/** Counts of each kind that are told. */
const MOST_TOLD = 20;

/** The last of many queries. */
class Last {
  private records: QueryRecord[] = [];

  add(record: QueryRecord): void {
    this.records.push(record);
    if (this.records.length >= 2 * MOST_KEPT) this.records = this.list();
  }

  list(): QueryRecord[] {
    return this.records.slice(-MOST_KEPT);
  }

  set(records: readonly QueryRecord[]): void {
    this.records = [...records];
  }
}

/** The key of a name; most have no capital letters to be made small. */
function keyOf(name: Uint8Array): string {
  const octets = Buffer.from(name.buffer, name.byteOffset, name.length).toString('latin1');
  return /[A-Z]/u.test(octets) ? nameKey(name) : octets;
}

/** Takes in queries as they come, however many, for a screen that is drawn now and then. */
export class Collector {
  private readonly all = new Last();
  /** Those that pass the filter: among many others they would be gone before they are seen. */
  private readonly passing = new Last();
  private readonly rates: Rates;
  private readonly rcodes = new Tally<number | undefined>();
  private readonly transports = new Tally<Transport>();
  private readonly types = new Tally<number | undefined>();
  private readonly names = new Tally<string>();
  private filter: LiveFilter = NO_FILTER;
  /** What is shown while the list stands still: all, and those that pass the filter. */
  private held: { readonly all: readonly QueryRecord[]; readonly passing: readonly QueryRecord[] } | undefined;
  private total = 0;
  private counted = 0;

  constructor(now: number) {
    this.rates = new Rates(now);
  }

  add(record: QueryRecord): void {
    const { transport, now } = record.exchange;
    this.total++;
    this.counted++;
    this.rates.add(now);
    this.all.add(record);
    if (this.filter.terms.length > 0 && passes(record, this.filter)) this.passing.add(record);
    const { rcode, question } = sentSummary(record);
    this.rcodes.add(rcode);
    this.transports.add(transport);
    this.types.add(question?.type);
    if (question !== undefined) this.names.add(keyOf(question.name));
  }

  /** Shows other queries; of those before only what is still kept can be found. */
  filterBy(filter: LiveFilter): void {
    this.filter = filter;
    this.passing.set(this.all.list().filter((record) => passes(record, filter)));
    if (this.held !== undefined) this.hold(true, this.held.all);
  }

  /** Lets the list stand still, or go on. */
  hold(on: boolean, all: readonly QueryRecord[] = this.all.list()): void {
    this.held = on ? { all, passing: all.filter((record) => passes(record, this.filter)) } : undefined;
  }

  /** Forgets queries and counts. */
  clear(): void {
    this.counted = 0;
    for (const tally of [this.rcodes, this.transports, this.types, this.names]) tally.clear();
    for (const last of [this.all, this.passing]) last.set([]);
    if (this.held !== undefined) this.hold(true);
  }

  collected(now: number): Collected {
    const { total, counted, rates, held } = this;
    const current = this.filter.terms.length > 0 ? this.passing : this.all;
    return {
      rows: held?.passing ?? current.list(),
      total,
      counted,
      rates: [rates.perSecond(1, now), rates.perSecond(10, now), rates.perSecond(60, now)],
      counts: {
        rcodes: this.rcodes.top(MOST_TOLD),
        transports: this.transports.top(MOST_TOLD),
        types: this.types.top(MOST_TOLD),
        names: this.names.top(MOST_TOLD),
      },
    };
  }
}
