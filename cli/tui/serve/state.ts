import type { FaultStatus } from '../../../lib/server/faults/fault-set.ts';
import type { QueryRecord } from '../../../lib/server/query-record.ts';
import type { LineInput } from '../model/line-input.ts';
import type { TerminalSize } from '../run/terminal-size.ts';
import type { Collected } from './collector.ts';
import { type LiveFilter, NO_FILTER } from './filter.ts';

/** The parts of the screen that keys can go to. */
export type LivePane = 'queries' | 'faults' | 'counts';

/** A sentence that the server had to say. */
export interface LiveMessage {
  readonly kind: 'error' | 'warning' | 'note';
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What keys mean and what fills the screen. */
export type LiveMode =
  | { readonly kind: 'normal' }
  | {
      readonly kind: 'filter';
      readonly line: LineInput;
      readonly before: LiveFilter;
      readonly problem: string | undefined;
    }
  /** Text to read; of a query when it has a number. */
  | {
      readonly kind: 'page';
      readonly title: string;
      readonly lines: readonly string[];
      readonly top: number;
      readonly query: number | undefined;
    }
  | { readonly kind: 'help'; readonly top: number };

/** The view of a running server. */
export interface LiveState {
  readonly size: TerminalSize;
  /** What is served, and where, in words. */
  readonly zones: string;
  readonly places: string;
  readonly collected: Collected;
  readonly faults: readonly FaultStatus[];
  /** States of the machines that faults share. */
  readonly machines: ReadonlyMap<string, string>;
  readonly pane: LivePane;
  /** What stands below the queries where there is room for one pane only. */
  readonly lower: Exclude<LivePane, 'queries'>;
  /** Numbers of queries: that of the cursor, and of the first in sight. */
  readonly cursor: number;
  readonly top: number;
  /** Whether the cursor is always at the newest query. */
  readonly follow: boolean;
  /** How many queries there were when the list was stopped. */
  readonly pausedAt: number | undefined;
  readonly faultCursor: number;
  readonly countsTop: number;
  readonly filter: LiveFilter;
  readonly mode: LiveMode;
  /** What the last key came to. */
  readonly answer: { readonly error: boolean; readonly text: string } | undefined;
  /** The last sentences of the server, and how many of them were not seen. */
  readonly messages: readonly LiveMessage[];
  readonly unseen: number;
}

/** What a view begins with. */
export function openLive(
  given: Pick<LiveState, 'size' | 'zones' | 'places' | 'collected' | 'faults' | 'machines'>,
): LiveState {
  return {
    ...given,
    pane: 'queries',
    lower: given.faults.length > 0 ? 'faults' : 'counts',
    cursor: 0,
    top: 0,
    follow: true,
    pausedAt: undefined,
    faultCursor: 0,
    countsTop: 0,
    filter: NO_FILTER,
    mode: { kind: 'normal' },
    answer: undefined,
    messages: [],
    unseen: 0,
  };
}

/** Where a query is among the rows, or the first behind where it would be: they are in the order of their numbers. */
function rowAtNumber(rows: readonly QueryRecord[], number: number): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((rows[middle]?.number ?? 0) < number) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The row of the cursor, and the first in sight; -1 and 0 without rows. */
export function placeOf({ collected, cursor, top }: LiveState): { readonly at: number; readonly first: number } {
  const { rows } = collected;
  return {
    at: Math.min(rowAtNumber(rows, cursor), rows.length - 1),
    first: Math.min(rowAtNumber(rows, top), Math.max(0, rows.length - 1)),
  };
}
