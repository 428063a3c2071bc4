import { type QueryWish, sayQueries, sayWish } from './query-filter.ts';
import { Rule } from './rule.ts';
import { sayQuery } from './seen-query.ts';
import { DnsServer } from './server.ts';

/** How often something was to happen; at least once when nothing is said. */
export interface Times {
  readonly times?: number;
}

/** What an answer was to be like: its RCODE, or that and its records as lines of a zone file. */
export type AnswerWish = string | { readonly rcode?: string; readonly answers?: readonly string[] };

/** Whether something holds, and what to say when it should not, or should. */
export interface Judgement {
  readonly pass: boolean;
  readonly message: () => string;
}

/** Whether the server of a test was asked. */
export function receivedQuery(received: unknown, wish: QueryWish = {}, { times }: Times = {}): Judgement {
  const dns = serverOf(received, 'toHaveReceivedQuery');
  const found = dns.queries(wish);
  const pass = times === undefined ? found.length > 0 : found.length === times;
  const often = times === undefined ? '' : ` ${timesWords(times)}`;
  return {
    pass,
    message: () =>
      pass
        ? `expected that ${sayWish(wish)} does not come${often}, but it did:\n${found.map((each) => `  ${sayQuery(each)}`).join('\n')}`
        : `expected ${sayWish(wish)}${often}${times === undefined ? '' : `, which came ${timesWords(found.length)}`}, but ${sayQueries(dns.queries(), wish)}`,
  };
}

/** Whether the server of a test answered all queries that are meant, of which there has to be one, in a way. */
export function answered(received: unknown, wish: QueryWish, answer: AnswerWish): Judgement {
  const dns = serverOf(received, 'toHaveAnswered');
  const { rcode, answers } = typeof answer === 'string' ? { rcode: answer } : answer;
  const asked = dns.queries(wish);
  const wrong = asked.filter(({ response }) => {
    if (rcode !== undefined && response?.rcode !== rcode) return true;
    return answers !== undefined && !sameLines(response?.answers ?? [], answers);
  });
  const pass = asked.length > 0 && wrong.length === 0;
  const wanted = [rcode, answers?.join('\n    ')].filter((each) => each !== undefined).join(' with\n    ');
  return {
    pass,
    message: () => {
      if (pass) return `expected that ${sayWish(wish)} is not answered with ${wanted}, but it was`;
      if (asked.length === 0) return `expected ${sayWish(wish)}, but ${sayQueries(dns.queries(), wish)}`;
      const lines = wrong.map((each) => [`  ${sayQuery(each)}`, ...(each.response?.answers ?? [])].join('\n    '));
      return `expected ${sayWish(wish)} to be answered with ${wanted}, but:\n${lines.join('\n')}`;
    },
  };
}

/** The same records, in any order, blanks between words aside. */
function sameLines(found: readonly string[], wanted: readonly string[]): boolean {
  const plain = (lines: readonly string[]): string =>
    lines
      .map((line) => line.trim().replace(/\s+/gu, ' '))
      .sort()
      .join('\n');
  return plain(found) === plain(wanted);
}

/** Whether every rule of a server has acted. */
export function usedAllRules(received: unknown): Judgement {
  const dns = serverOf(received, 'toHaveUsedAllRules');
  return judged(() => dns.verifyAllRulesUsed(), 'expected that some rule never acted, but all did');
}

/** Whether a rule has acted. */
export function actedOn(received: unknown, times?: number): Judgement {
  if (!(received instanceof Rule)) throw new TypeError('toHaveActed: expected a rule, such as dns.on(…).servfail()');
  const { hits, matched, id } = received;
  const pass = times === undefined ? hits > 0 : hits === times;
  const often = times === undefined ? '' : ` ${timesWords(times)}`;
  const did = `it acted ${timesWords(hits)} on ${matched} queries that fit`;
  return { pass, message: () => `expected that rule ${id} ${pass ? 'does not act' : 'acts'}${often}, but ${did}` };
}

/** Whether all queries were for names of the zones, or hit by a rule. */
export function knownQueriesOnly(received: unknown): Judgement {
  const dns = serverOf(received, 'toHaveKnownQueriesOnly');
  const lines = dns.unmatched.map((query) => `  ${sayQuery(query)}`);
  const pass = lines.length === 0;
  return {
    pass,
    message: () =>
      pass
        ? 'expected a query for a name of no zone, but there was none'
        : `expected queries for names of the zones only, but:\n${lines.join('\n')}`,
  };
}

function judged(verify: () => void, otherwise: string): Judgement {
  try {
    verify();
    return { pass: true, message: () => otherwise };
  } catch (error) {
    return { pass: false, message: () => (error as Error).message };
  }
}

function timesWords(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}

function serverOf(received: unknown, matcher: string): DnsServer {
  if (received instanceof DnsServer) return received;
  throw new TypeError(`${matcher}: expected a server that startDnsServer gave`);
}
