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
import type { DnsServerOptions } from './options.ts';
import type { QueryWish } from './query-filter.ts';
import type { Rule } from './rule.ts';
import type { DnsServer } from './server.ts';
import { startDnsServer } from './start.ts';

/** As much of the context of a test of node:test as is needed. */
export interface TestContextLike {
  after(end: () => Promise<void>): void;
}

/** Starts a server for one test and closes it behind the test, which fails for what `verify` throws. */
export async function dnsServer(context: TestContextLike, options: DnsServerOptions = {}): Promise<DnsServer> {
  const dns = await startDnsServer(options);
  context.after(async () => {
    await dns.close();
    dns.verify();
  });
  return dns;
}

/** An assertion that did not hold, as node:assert has it. */
class AssertionError extends Error {
  override readonly name: string = 'AssertionError';
  readonly code = 'ERR_ASSERTION';
}

function hold({ pass, message }: Judgement, wanted = true): void {
  if (pass !== wanted) throw new AssertionError(message());
}

/** Throws unless such a query came, or exactly so many. */
export function assertQuery(dns: DnsServer, wish: QueryWish = {}, times: Times = {}): void {
  hold(receivedQuery(dns, wish, times));
}

/** Throws when such a query came. */
export function assertNoQuery(dns: DnsServer, wish: QueryWish = {}): void {
  hold(receivedQuery(dns, wish), false);
}

/** Throws unless such queries came and all were answered so. */
export function assertAnswered(dns: DnsServer, wish: QueryWish, answer: AnswerWish): void {
  hold(answered(dns, wish, answer));
}

/** Throws unless every rule has acted. */
export function assertAllRulesUsed(dns: DnsServer): void {
  hold(usedAllRules(dns));
}

/** Throws when a query came for a name of no zone that no rule acted on. */
export function assertKnownQueriesOnly(dns: DnsServer): void {
  hold(knownQueriesOnly(dns));
}

/** Throws unless a rule has acted, or exactly so often. */
export function assertActed(rule: Rule, times?: number): void {
  hold(actedOn(rule, times));
}
