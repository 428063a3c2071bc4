import { isDigit, lowerOctet } from './escapes.ts';

/** Largest TTL (RFC 2181 §8). */
export const MAX_TTL = 0x7fff_ffff;

/** Largest value of a 32-bit timer. */
export const MAX_PERIOD = 0xffff_ffff;

/** What readPeriod returns for a word that is no period. */
export const NO_PERIOD = -1;

/** What readPeriod returns for a period beyond 32 bits. */
export const PERIOD_OUT_OF_RANGE = -2;

/**
 * Seconds of a word such as `3600`, `1h` or `1w2d3h4m5s`: digits alone, or numbers each with a unit, in any case,
 * order and repetition. -1 when the word is no period, -2 when it is beyond 2^32-1.
 */
export function readPeriod(bytes: Uint8Array, start: number, end: number): number {
  let total = 0;
  let number = 0;
  let digits = 0;
  let units = 0;
  for (let at = start; at < end; at++) {
    const octet = bytes[at] ?? 0;
    if (isDigit(octet)) {
      if (number <= MAX_PERIOD) number = number * 10 + (octet - 0x30);
      digits++;
      continue;
    }
    const factor = secondsOf(lowerOctet(octet));
    if (factor === 0 || digits === 0) return NO_PERIOD;
    if (total <= MAX_PERIOD) total += number * factor;
    number = 0;
    digits = 0;
    units++;
  }
  if (digits > 0 === units > 0) return NO_PERIOD;
  total += number;
  return total > MAX_PERIOD ? PERIOD_OUT_OF_RANGE : total;
}

function secondsOf(unit: number): number {
  if (unit === 0x73) return 1;
  if (unit === 0x6d) return 60;
  if (unit === 0x68) return 3600;
  if (unit === 0x64) return 86_400;
  return unit === 0x77 ? 604_800 : 0;
}
