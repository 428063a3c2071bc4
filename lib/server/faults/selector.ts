import { lowerName, nameFromText } from '../../rr/name.ts';
import { classFromBytes, nearestType, typeFromText } from '../../rr/types.ts';
import { nearest } from '../../text/nearest.ts';
import { OPCODE } from '../../wire/codes.ts';
import { type AddressPrefix, addressPrefix, inPrefixes } from '../addresses.ts';
import type { Answered, AnswerOutcome, Exchange, Transport } from '../exchange.ts';
import type { QuerySelector } from './fault.ts';
import { type FaultProblems, shownValue } from './problems.ts';
import type { QueryView } from './query-view.ts';

/** Characters of a regular expression at most. */
const LONGEST_PATTERN = 200;

/** Whether a query is one that is meant. */
export type Fits = (view: QueryView, exchange: Exchange, answered: Answered) => boolean;

/** A selector ready to be held against queries. */
export interface CompiledSelector {
  /** Types asked for; undefined for all. */
  readonly types: ReadonlySet<number> | undefined;
  /** All have to hold, the quickest come first. */
  readonly checks: readonly Fits[];
}

const TRANSPORTS: readonly Transport[] = ['udp', 'tcp', 'tls', 'https'];

const OUTCOMES: readonly AnswerOutcome[] = [
  'answer',
  'forwarded',
  'nodata',
  'nxdomain',
  'referral',
  'alias',
  'too-long',
  'outside',
  'prohibited',
  'chaos',
  'bad-version',
  'bad-cookie',
  'cookie-only',
  'transfer',
  'notify',
  'not-implemented',
  'malformed',
];

/** Makes a selector ready; what is wrong with it is told. */
export function compileSelector(match: QuerySelector, problems: FaultProblems): CompiledSelector {
  const checks: Fits[] = [];
  const { recursionDesired, edns, dnssecOk } = match;
  if (recursionDesired !== undefined) checks.push((view) => view.recursionDesired === recursionDesired);
  const transports = problems.each('match.transport', match.transport, (path, text) =>
    problems.word(path, text, TRANSPORTS),
  );
  if (transports !== undefined) checks.push((_, { transport }) => transports.includes(transport));
  const opcodes = problems.each('match.opcode', match.opcode, (path, text) => opcodeOf(path, text, problems));
  if (opcodes !== undefined) checks.push((view) => opcodes.includes(view.opcode));
  const classes = problems.each('match.class', match.class, (path, text) => classOf(path, text, problems));
  if (classes !== undefined) checks.push((view) => classes.includes(view.class));
  checks.push(...nameChecks(match, problems), ...clientChecks(match, problems));
  if (edns !== undefined) checks.push((_, __, { summary }) => (summary.edns !== undefined) === edns);
  if (dnssecOk !== undefined) checks.push((_, __, { summary }) => (summary.edns?.dnssecOk ?? false) === dnssecOk);
  const outcomes = problems.each('match.outcome', match.outcome, (path, text) => problems.word(path, text, OUTCOMES));
  if (outcomes !== undefined) checks.push((_, __, { summary }) => outcomes.includes(summary.outcome));
  const types = problems.each('match.type', match.type, (path, text) => typeOf(path, text, problems));
  return { types: types && new Set(types), checks };
}

function nameChecks(match: QuerySelector, problems: FaultProblems): Fits[] {
  const checks: Fits[] = [];
  const names = problems.each('match.name', match.name, (path, text) => nameOf(path, text, problems));
  if (names !== undefined) checks.push((view) => names.some((name) => view.isNamed(name)));
  const suffixes = problems.each('match.suffix', match.suffix, (path, text) => nameOf(path, text, problems));
  if (suffixes !== undefined) checks.push((view) => suffixes.some((suffix) => view.isWithin(suffix)));
  const pattern = match.pattern === undefined ? undefined : patternOf(match.pattern, problems);
  if (pattern !== undefined) checks.push((view) => view.nameLength > 0 && pattern.test(view.text));
  return checks;
}

function clientChecks(match: QuerySelector, problems: FaultProblems): Fits[] {
  const prefixes = problems.each('match.client', match.client, (path, text) => prefixOf(path, text, problems));
  if (prefixes === undefined) return [];
  const isNear = inPrefixes(prefixes);
  return [(_, { client: { address } }) => isNear(address)];
}

/** Number of a type as people write it; a problem when it is none. */
export function typeOf(path: string, text: string, problems: FaultProblems): number | undefined {
  const type = typeFromText(text);
  if (type !== undefined) return type;
  const near = nearestType(text);
  const hint = near === undefined ? 'expected an RR type such as MX, CLIENTMX or TYPE265' : `did you mean ${near}?`;
  return problems.say(path, `is ${shownValue(text)}, which is no RR type; ${hint}`);
}

/** The name that is meant, absolute with or without the final dot, in small letters. */
export function nameOf(path: string, text: string, problems: FaultProblems): Uint8Array | undefined {
  const read = nameFromText(text.endsWith('.') && !text.endsWith('\\.') ? text : `${text}.`);
  if ('name' in read && text !== '') return lowerName(read.name);
  return problems.say(path, `is ${shownValue(text)}, which is no domain name; expected one such as www.example.net`);
}

function classOf(path: string, text: string, problems: FaultProblems): number | undefined {
  const bytes = new TextEncoder().encode(text);
  const found = classFromBytes(bytes, 0, bytes.length);
  if (found >= 0) return found;
  return problems.say(path, `is ${shownValue(text)}, which is no class; expected IN, CH or CLASS3`);
}

function opcodeOf(path: string, text: string, problems: FaultProblems): number | undefined {
  const word = text.toUpperCase();
  const known = Object.entries(OPCODE).find(([name]) => name === word)?.[1];
  if (known !== undefined) return known;
  const digits = /^(?:OPCODE)?(\d{1,2})$/u.exec(word)?.[1];
  if (digits !== undefined && Number(digits) < 16) return Number(digits);
  const near = nearest(word, Object.keys(OPCODE));
  const hint = near === undefined ? 'expected one such as QUERY, NOTIFY or OPCODE7' : `did you mean ${near}?`;
  return problems.say(path, `is ${shownValue(text)}, which is no opcode; ${hint}`);
}

function prefixOf(path: string, text: string, problems: FaultProblems): AddressPrefix | undefined {
  const expected = 'expected one such as 192.0.2.1, 192.0.2.0/24 or 2001:db8::/32';
  return addressPrefix(text) ?? problems.say(path, `is ${shownValue(text)}, no address and no prefix; ${expected}`);
}

function patternOf(pattern: unknown, problems: FaultProblems): RegExp | undefined {
  const path = 'match.pattern';
  if (typeof pattern !== 'string' || pattern === '')
    return problems.say(path, `is ${shownValue(pattern)}, expected a regular expression`);
  if (pattern.length > LONGEST_PATTERN)
    return problems.say(path, `has ${pattern.length} characters; ${LONGEST_PATTERN} are the most it may have`);
  try {
    // Names are in small letters already.
    return new RegExp(pattern, /[A-Z]/u.test(pattern.replaceAll(/\\./gsu, '')) ? 'i' : '');
  } catch (error) {
    const why = String((error as Error).message).replace(/^Invalid regular expression: (?:\/.*\/\w*: )?/u, '');
    return problems.say(path, `is ${shownValue(pattern)}, no regular expression: ${why.toLowerCase()}`);
  }
}
