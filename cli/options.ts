import { Option } from 'commander';
import { nearest } from '../lib/text/nearest.ts';
import { UsageError } from './errors.ts';
import { listed } from './report/words.ts';

/** An option whose value is one of some words, the first of them by default. */
export function choice(flags: string, description: string, words: readonly string[]): Option {
  return oneOf(flags, description, words).default(words[0]);
}

/** An option whose value, when it is given, is one of some words. */
export function oneOf(flags: string, description: string, words: readonly string[]): Option {
  const option = new Option(flags, description);
  return option.argParser((text: string) => {
    const word = words.find((each) => each === text.toLowerCase());
    if (word !== undefined) return word;
    throw new UsageError(`${option.long} cannot be '${text}'; ${guessOrAll(text, words)}`);
  });
}

/** `did you mean WORD?`, or all words when none is near. */
export function guessOrAll(text: string, words: readonly string[]): string {
  const guess = nearest(text, words);
  return guess === undefined ? `it is ${listed(words, 'or')}` : `did you mean ${guess}?`;
}

/** Reads a whole number from `least` to `most`. */
export function wholeNumber(option: string, least: number, most = 999_999_999): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d{1,9}$/u.test(text) && number >= least && number <= most) return number;
    const range = most === 999_999_999 ? `${least} or more` : `${least} to ${most}`;
    throw new UsageError(`${option} needs a whole number, ${range}, not '${text}'`);
  };
}

/** Collects the values of an option that may be given again and again. */
export function repeated(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Collects values separated by commas, over several uses of the option. */
export function commaList(text: string, before: readonly string[] = []): readonly string[] {
  const words = text.split(',').map((word) => word.trim());
  return [...before, ...words.filter((word) => word !== '')];
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/iu;

/** Reads a moment as ISO 8601 says it, in UTC unless an offset is given; milliseconds since 1970. */
export function moment(option: string): (text: string) => number {
  return (text) => {
    const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/iu.test(text.slice(10));
    const full = text.length <= 10 ? text : `${text.replace(' ', 'T')}${zoned ? '' : 'Z'}`;
    const time = ISO.test(text) ? Date.parse(full.toUpperCase()) : Number.NaN;
    const day = Number(text.slice(8, 10));
    // Date.parse takes the 31st of February for the 3rd of March.
    const real = !Number.isNaN(time) && day <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
    if (real) return time;
    throw new UsageError(`${option} needs a date such as 2026-11-21 or 2026-11-21T08:30:00Z, not '${text}'`);
  };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
