import { expect, it } from 'vitest';
import { NO_PERIOD, PERIOD_OUT_OF_RANGE, readPeriod } from '../../lib/rr/ttl.ts';

it.each([
  ['0', 0],
  ['3600', 3600],
  ['00003600', 3600],
  ['1h', 3600],
  ['1H30M', 5400],
  ['30m1h', 5400],
  ['1h1h', 7200],
  ['1w2d3h4m5s', 788_645],
  ['5s', 5],
  ['4294967295', 4_294_967_295],
  ['4294967296', PERIOD_OUT_OF_RANGE],
  ['7101w', 4_294_684_800],
  ['7102w', PERIOD_OUT_OF_RANGE],
  ['99999999999999999999999999999999', PERIOD_OUT_OF_RANGE],
  ['99999999999999999999999999999999w1s', PERIOD_OUT_OF_RANGE],
  ['1h30', NO_PERIOD],
  ['h', NO_PERIOD],
  ['1hh', NO_PERIOD],
  ['1y', NO_PERIOD],
  ['-1', NO_PERIOD],
  ['', NO_PERIOD],
  ['1.5h', NO_PERIOD],
])('%j is %d', (text, seconds) => {
  const bytes = new TextEncoder().encode(`x${text}9`);
  expect(readPeriod(bytes, 1, bytes.length - 1)).toBe(seconds);
});
