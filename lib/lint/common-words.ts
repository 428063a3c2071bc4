import { nameToText } from '../rr/name.ts';
import { counted, listed as listedUpTo } from '../text/words.ts';

export { counted } from '../text/words.ts';

/** A name as sentences show it: without its final dot, the root as `.`. */
export function bare(text: string): string {
  return text.length > 1 && text.endsWith('.') ? text.slice(0, -1) : text;
}

/** A wire name as sentences show it. */
export function bareName(wire: Uint8Array): string {
  return bare(nameToText(wire));
}

/** Names in a sentence, three of them unless told otherwise. */
export function listed(names: readonly string[], limit = 3, word = 'and'): string {
  return listedUpTo(names, limit, word);
}

const UNITS: readonly (readonly [string, number])[] = [
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** Seconds in the largest unit that gives a whole number of at least one: `2 days`, `90 minutes`. */
export function period(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['second', 1];
  return counted(seconds / size, unit);
}

/** A time as a date in UTC: `2026-11-21`. */
export function date(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
