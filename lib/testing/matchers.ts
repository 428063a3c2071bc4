import {
  type AnswerWish,
  actedOn,
  answered,
  type Judgement,
  knownQueriesOnly,
  receivedQuery,
  type Times,
  usedAllRules,
} from './assertions.ts';
import type { QueryWish } from './query-filter.ts';

/** What `expect` can say of a server or a rule, `not` before it too. */
export interface DnsMatchers<Result = void> {
  /** At least one such query came, or exactly so many. */
  toHaveReceivedQuery(wish?: QueryWish, times?: Times): Result;
  /** Such queries came, and all were answered so. */
  toHaveAnswered(wish: QueryWish, answer: AnswerWish): Result;
  /** Every rule has acted. */
  toHaveUsedAllRules(): Result;
  /** No query came for a name of no zone, but for those that a rule acted on. */
  toHaveKnownQueriesOnly(): Result;
  /** Of a rule: it has acted, or exactly so often. */
  toHaveActed(times?: number): Result;
}

/** For `expect.extend` of Vitest or Jest. */
export const dnsMatchers: {
  readonly toHaveReceivedQuery: (received: unknown, wish?: QueryWish, times?: Times) => Judgement;
  readonly toHaveAnswered: (received: unknown, wish: QueryWish, answer: AnswerWish) => Judgement;
  readonly toHaveUsedAllRules: (received: unknown) => Judgement;
  readonly toHaveKnownQueriesOnly: (received: unknown) => Judgement;
  readonly toHaveActed: (received: unknown, times?: number) => Judgement;
} = {
  toHaveReceivedQuery: receivedQuery,
  toHaveAnswered: answered,
  toHaveUsedAllRules: usedAllRules,
  toHaveKnownQueriesOnly: knownQueriesOnly,
  toHaveActed: actedOn,
};
