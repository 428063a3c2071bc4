import type { Args } from '../text/diagnostic.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { MAX_TTL } from './ttl.ts';
import { classToText } from './types.ts';

/** What the sentence of a code is made from: args as text, empty when not given. Looked up when asked for, as most sentences ask for one or two. */
class Said {
  readonly args: Args;

  constructor(args: Args) {
    this.args = args;
  }

  get found(): string {
    return String(this.args.found ?? '');
  }

  get what(): string {
    return String(this.args.what ?? '');
  }

  get expected(): string {
    return String(this.args.expected ?? '');
  }

  get limit(): string {
    return String(this.args.limit ?? '');
  }

  get nearest(): string {
    return String(this.args.nearest ?? '');
  }

  get hint(): string {
    return String(this.args.hint ?? '');
  }
}

/** The sentence of each code. Args not named in a sentence are free. */
const SENTENCES: Readonly<Record<ProblemCode, (said: Said) => string>> = {
  'parse-error': sayParseError,
  'unbalanced-paren': ({ what }) => PARENTHESES[what] ?? 'parentheses do not match',
  'unclosed-quote': () => 'quoted string does not end on its line; add the closing quote',
  'unknown-directive': ({ found, nearest }) =>
    `unknown directive ${quoted(found)}${didYouMean(nearest, '; expected $ORIGIN, $TTL, $INCLUDE or $GENERATE')}`,
  'include-problem': ({ found, what }) => `cannot include ${quoted(found)}: ${what || 'it is not to be had'}`,
  'generate-nonportable': () =>
    '$GENERATE is an extension of BIND; other servers may not read it, so write the records out',
  'unknown-type': ({ found, nearest }) =>
    `unknown RR type ${quoted(found)}${didYouMean(nearest, '; expected a mnemonic such as MX, or TYPEn')}`,
  'meta-type-in-zone': ({ found, what }) =>
    `${found || what} is a query or meta type and cannot be zone data; remove the record`,
  'class-mismatch': ({ found, args }) =>
    `class ${found} differs from the class of the zone, ${classToText(Number(args.expected ?? 1))}`,
  'no-owner': () => 'the first record has no owner to take over; start its line with a name or @',
  'label-too-long': ({ found, limit, args }) =>
    `label ${quoted(found)} has ${args.length ?? 'too many'} octets; a label has at most ${limit || 63}`,
  'name-too-long': ({ found, limit, args }) =>
    `name ${quoted(found)} has ${args.length ?? 'too many'} octets on the wire; a name has at most ${limit || 255}`,
  'empty-label': ({ found }) => `name ${quoted(found)} has an empty label; write one dot between two labels`,
  'bad-escape': ({ found }) =>
    `escape ${quoted(found)} is not valid; write \\ and three digits from 000 to 255, or \\ and the character itself`,
  'string-too-long': ({ limit, args }) =>
    `string has ${args.length ?? 'too many'} octets; one string has at most ${limit || 255}, so split it into several quoted ones`,
  'non-ascii': ({ found, what }) =>
    what === 'name'
      ? `name ${quoted(found)} has characters beyond ASCII; write its A-labels (xn--…) or \\DDD`
      : `${what || 'text'} ${quoted(found)} has characters beyond ASCII; write each octet as \\DDD`,
  'integer-range': ({ found, what, limit, args }) =>
    `${what || 'number'} ${found} is out of range (${args.least ?? 0} to ${limit})`,
  'ttl-invalid': sayTtl,
  'ttl-too-large': ({ found }) => `TTL ${found} is above ${MAX_TTL} and counts as 0 (RFC 2181 §8); write a smaller one`,
  'ttl-missing': ({ args }) =>
    `record has no TTL and none comes before it, so ${args.assumed ?? 'a default'} is assumed; add a TTL or a $TTL line`,
  'rfc3597-length': ({ found, args }) =>
    `generic data says ${octets(found)} but has ${args.length ?? 'another number'}; write the number it has`,
  'rfc3597-hex': ({ found, args }) =>
    args.odd === undefined
      ? `${quoted(found)} is no hexadecimal digit; generic data has only 0 to 9 and a to f`
      : 'generic data has an odd number of hexadecimal digits; each octet takes two',
  'rfc3597-known-type': ({ what }) =>
    `${what || 'the type'} is written in the generic form though it has a form of its own`,
  'rfc3597-split-hex': ({ args }) =>
    `generic data is split into ${args.words ?? 'several'} words, which some servers read wrongly; write it as one`,
  'mnemonic-nonportable': ({ found, args }) =>
    `${found || 'CLIENTMX'} is understood by no name server; write ${args.written ?? 'TYPE265'} \\# with its length and octets`,
  nonportable: sayNonportable,
};

const PARENTHESES: Readonly<Record<string, string>> = {
  'unclosed-paren': 'parenthesis is never closed; add a ) at the end of the record',
  'nested-paren': 'parenthesis inside another one; parentheses cannot be nested, so remove it',
  'stray-paren': 'parenthesis closes none; remove it or open one before',
};

/** The sentence of a problem: what was found, what was expected, what to do. */
export function sayProblem(problem: Pick<Problem, 'code' | 'args'>): string {
  return SENTENCES[problem.code](new Said(problem.args));
}

/** `expected <expected> as <what> [after <after>], found "<found>"[; did you mean <nearest>?][; <hint>]`. */
function sayParseError({ found, what, expected, nearest, hint, args }: Said): string {
  const place = `${what && ` as ${what}`}${args.after === undefined ? '' : ` after ${args.after}`}`;
  const there = args.found === undefined ? 'but the record ends here' : `found ${quoted(found)}`;
  const rest = `${nearest && `; did you mean ${nearest}?`}${hint && `; ${hint}`}`;
  return expected === ''
    ? `cannot read ${quoted(found)}${place}${rest}`
    : `expected ${expected}${place}, ${there}${rest}`;
}

function sayTtl({ found, limit }: Said): string {
  return `TTL ${quoted(found)} is not valid; expected seconds from 0 to ${limit || MAX_TTL}, or a period such as 1h30m`;
}

/** `<server> refuses <found>; <hint>`. */
function sayNonportable({ found, hint, args }: Said): string {
  const servers = String(args.refusedBy ?? 'some server');
  return `${servers} ${/ and |,/.test(servers) ? 'refuse' : 'refuses'} ${found}${hint && `; ${hint}`}`;
}

function quoted(text: string): string {
  return `"${text}"`;
}

function didYouMean(nearest: string, otherwise: string): string {
  return nearest === '' ? otherwise : `; did you mean ${nearest}?`;
}

function octets(count: string): string {
  return count === '1' ? '1 octet' : `${count} octets`;
}
