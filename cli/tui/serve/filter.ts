import { typeFromText } from '../../../lib/rr/types.ts';
import type { QueryRecord } from '../../../lib/server/query-record.ts';
import { filterWords, patternOf } from '../model/filter-words.ts';
import { type QueryRow, rowOf } from './query-row.ts';

/** Whether a query is such. */
type Holds = (record: QueryRecord) => boolean;

/** A filter as it was typed, and its conditions, which all have to hold. */
export interface LiveFilter {
  readonly text: string;
  readonly terms: readonly Holds[];
}

/** The filter that lets every query through. */
export const NO_FILTER: LiveFilter = { text: '', terms: [] };

/** Words that begin a condition, with what they mean, for help. */
export const LIVE_FILTER_WORDS: readonly (readonly [word: string, meaning: string])[] = [
  ['mx1', 'anything in the row, a regular expression'],
  ['t:mx', 'queries for a type'],
  ['n:mx1', 'names, a regular expression'],
  ['rcode:servfail', 'the response code, or its beginning; rcode:no-reply for none'],
  ['fault:', 'queries that a fault acted on; fault:slow those of one fault'],
  ['client:192.0.2.', 'clients by the start of their address'],
  ['via:tcp', 'udp, tcp, tls or https'],
  ['ms:50', 'answers that took so long or longer'],
  ['!', 'before a condition: queries for which it does not hold'],
];

/** Makes the condition of what follows a sign; a problem is a sentence. */
type Maker = (value: string) => Holds | { readonly problem: string };

const startsWith =
  (pick: (row: QueryRow) => string): Maker =>
  (value) => {
    const wanted = value.toLowerCase();
    return (record) => pick(rowOf(record)).toLowerCase().startsWith(wanted);
  };

const matches =
  (pick: (row: QueryRow) => string): Maker =>
  (value) => {
    const pattern = patternOf(value);
    if ('problem' in pattern) return pattern;
    // Unlike patterns for whole files these look at one line each.
    const regex = new RegExp(pattern.regex.source, pattern.regex.flags.replace('g', ''));
    return (record) => regex.test(pick(rowOf(record)));
  };

const ofType: Maker = (value) => {
  const type = typeFromText(value);
  if (type === undefined) return startsWith((row) => row.type)(value);
  return ({ summary }) => summary.question?.type === type;
};

const fault: Maker = (value) => {
  const wanted = value.toLowerCase();
  return ({ faults }) => faults.some((id) => id.toLowerCase().includes(wanted));
};

const slow: Maker = (value) => {
  const least = Number(value);
  if (!(least >= 0)) return { problem: `ms: needs a number of milliseconds, not "${value}".` };
  return ({ ms }) => ms >= least;
};

const rcode = startsWith((row) => row.rcode.replace(' ', '-'));
const transport = startsWith((row) => row.transport);

const MAKERS: Readonly<Record<string, Maker>> = {
  't:': ofType,
  'type:': ofType,
  'n:': matches((row) => row.name),
  'name:': matches((row) => row.name),
  'r:': rcode,
  'rcode:': rcode,
  'f:': fault,
  'fault:': fault,
  'c:': startsWith((row) => row.address),
  'client:': startsWith((row) => row.address),
  'via:': transport,
  'ms:': slow,
};

const anything = matches(({ name, type, rcode: code, address, transport: via, faults }) =>
  [name, type, code, address, via, faults].join(' '),
);

/** Reads a filter: words that all have to hold, quoted where blanks belong to them; a problem is a sentence. */
export function parseLiveFilter(text: string): { readonly filter: LiveFilter } | { readonly problem: string } {
  const terms: Holds[] = [];
  for (const word of filterWords(text)) {
    const inverse = word.startsWith('!');
    const bare = inverse ? word.slice(1) : word;
    const [sign = ''] = /^[a-z]+:/u.exec(bare) ?? [];
    const maker = Object.hasOwn(MAKERS, sign) ? MAKERS[sign] : undefined;
    const value = maker === undefined ? bare : bare.slice(sign.length);
    // Still being typed: the condition says nothing yet, but for the fault that may be any.
    if (value === '' && maker !== fault) continue;
    const holds = (maker ?? anything)(value);
    if ('problem' in holds) return holds;
    terms.push(inverse ? (record) => !holds(record) : holds);
  }
  return { filter: { text: text.trim(), terms } };
}

/** Whether a query passes. */
export function passes(record: QueryRecord, { terms }: LiveFilter): boolean {
  return terms.every((holds) => holds(record));
}
