import { isIP } from 'node:net';
import { equalNames, isWithin } from '../rr/name.ts';
import type { AnswerOutcome, Transport } from '../server/exchange.ts';
import type { OneOrMore } from '../server/faults/fault.ts';
import { type SeenQuery, sayQuery } from './seen-query.ts';
import { typeOf } from './zone-edit.ts';
import { wireName } from './zone-source.ts';

/** Which queries are meant: all that is given has to fit. Names with or without the final dot, letter case aside. */
export interface QueryFilter {
  readonly name?: OneOrMore<string | RegExp>;
  /** The name or any name below it. */
  readonly suffix?: OneOrMore<string>;
  readonly type?: OneOrMore<string>;
  readonly class?: OneOrMore<string>;
  readonly transport?: OneOrMore<Transport>;
  /** An address. */
  readonly client?: OneOrMore<string>;
  readonly opcode?: OneOrMore<string>;
  /** Of what was sent. */
  readonly rcode?: OneOrMore<string>;
  /** Id of a rule that acted. */
  readonly fault?: OneOrMore<string>;
  readonly outcome?: OneOrMore<AnswerOutcome>;
  readonly edns?: boolean;
  readonly dnssecOk?: boolean;
  readonly recursionDesired?: boolean;
  /** Whether anything was sent. */
  readonly answered?: boolean;
}

/** A filter, or a function that says which queries are meant. */
export type QueryWish = QueryFilter | ((query: SeenQuery) => boolean);

/** How one part of a filter looks at a query: whether it fits, and what the query has there. */
interface Part {
  readonly fits: (query: SeenQuery, wanted: unknown) => boolean;
  readonly has: (query: SeenQuery) => string;
}

const sameWord = (a: string, b: unknown): boolean => a.toUpperCase() === String(b).toUpperCase();

const flag = (read: (query: SeenQuery) => boolean): Part => ({
  fits: (query, wanted) => read(query) === wanted,
  has: (query) => String(read(query)),
});

const word = (read: (query: SeenQuery) => string): Part => ({
  fits: (query, wanted) => sameWord(read(query), wanted),
  has: read,
});

const PARTS: Readonly<Record<keyof QueryFilter, Part>> = {
  name: {
    fits: ({ name, type }, wanted) => type !== '' && isName(name, wanted),
    has: ({ name }) => name,
  },
  suffix: {
    fits: ({ name, type }, wanted) => type !== '' && isWithin(wireName(name), wireName(String(wanted))),
    has: ({ name }) => name,
  },
  type: {
    fits: ({ type }, wanted) => type !== '' && typeOf(type) === typeOf(String(wanted)),
    has: ({ type }) => type,
  },
  class: word((query) => query.class),
  transport: word(({ transport }) => transport),
  client: word(({ client }) => client.address),
  opcode: word(({ opcode }) => opcode),
  rcode: word(({ response }) => response?.rcode ?? 'no answer'),
  fault: {
    fits: ({ faults }, wanted) => faults.includes(String(wanted)),
    has: ({ faults }) => faults.join(', ') || 'none',
  },
  outcome: word(({ outcome }) => outcome),
  edns: flag(({ edns }) => edns !== undefined),
  dnssecOk: flag(({ edns }) => edns?.dnssecOk ?? false),
  recursionDesired: flag(({ flags }) => flags.recursionDesired),
  answered: flag(({ response }) => response !== undefined),
};

function isName(name: string, wanted: unknown): boolean {
  if (wanted instanceof RegExp) return new RegExp(wanted.source, wanted.flags.replace(/[gy]/gu, '')).test(name);
  return equalNames(wireName(name), wireName(String(wanted)));
}

/** Throws for a filter that no query can fit because it is misspelt. */
export function checkWish(wish: QueryWish): void {
  if (typeof wish === 'function') return;
  for (const [key, value] of Object.entries(wish)) {
    if (!Object.hasOwn(PARTS, key))
      throw new Error(`there is no '${key}' in a query filter; there are ${Object.keys(PARTS).join(', ')}`);
    if (value === undefined) continue;
    for (const each of list(value)) {
      if (key === 'type') typeOf(String(each));
      if ((key === 'name' && typeof each === 'string') || key === 'suffix') wireName(String(each));
      if (key === 'client' && isIP(String(each)) === 0) throw new Error(`client: '${String(each)}' is no IP address`);
    }
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Whether a query is one of those meant. */
export function fitsWish(query: SeenQuery, wish: QueryWish): boolean {
  return typeof wish === 'function' ? wish(query) : misfits(query, wish).length === 0;
}

/** What of a query does not fit, a clause each. */
function misfits(query: SeenQuery, filter: QueryFilter): string[] {
  return Object.entries(filter).flatMap(([key, wanted]) => {
    if (wanted === undefined) return [];
    const part = PARTS[key as keyof QueryFilter];
    if (list(wanted).some((each) => part.fits(query, each))) return [];
    return [`${key} is ${part.has(query)}, not ${list(wanted).map(String).join(' or ')}`];
  });
}

/** A filter in words. */
export function sayWish(wish: QueryWish): string {
  if (typeof wish === 'function')
    return wish.name === '' ? 'a query that fits the function' : `a query that is ${wish.name}`;
  const words = Object.entries(wish).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} ${list(value).map(String).join(' or ')}`],
  );
  return words.length === 0 ? 'any query' : `a query with ${words.join(', ')}`;
}

/** Queries that are told one by one. */
const MOST_TOLD = 10;

/** The queries that came, the nearest to those meant first, with what does not fit. */
export function sayQueries(queries: readonly SeenQuery[], wish: QueryWish): string {
  if (queries.length === 0) return 'no query came at all';
  const judged = queries.map((query) => ({ query, wrong: typeof wish === 'function' ? [] : misfits(query, wish) }));
  // Sorting keeps the order of those that are equally near.
  const lines = judged
    .sort((a, b) => a.wrong.length - b.wrong.length)
    .map(({ query, wrong }) => `  ${sayQuery(query)}${wrong.length === 0 ? '' : `: ${wrong.join('; ')}`}`);
  const counted = [
    ...lines.reduce((counts, line) => counts.set(line, (counts.get(line) ?? 0) + 1), new Map<string, number>()),
  ];
  const told = counted.slice(0, MOST_TOLD).map(([line, times]) => (times === 1 ? line : `${line} (${times} times)`));
  const more = counted.length - told.length;
  const head = queries.length === 1 ? 'one query came' : `${queries.length} queries came`;
  return `${head}:\n${told.join('\n')}${more === 0 ? '' : `\n  and ${more} more`}`;
}
