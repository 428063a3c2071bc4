import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRaised, nextSerial, type SerialStyle, serialStyle } from '../../lib/zone/serial.ts';

const NOW = Date.parse('2026-11-21T10:00:00Z');
const SECONDS = NOW / 1000;
const serial: fc.Arbitrary<number> = fc.integer({ min: 0, max: 0xffffffff });
const moment: fc.Arbitrary<number> = fc.integer({ min: 0, max: Date.UTC(2200) });

describe('the circle of serials (RFC 1982 §3.2)', () => {
  test.each<[number, number, boolean]>([
    [1, 2, true],
    [2, 1, false],
    [1, 1, false],
    [0xffffffff, 0, true],
    [0, 0xffffffff, false],
    [0, 0x7fffffff, true],
    [0, 0x80000000, false],
    [0x80000000, 0, false],
    [4_000_000_000, 100, true],
  ])('from %i to %i is raised: %s', (from, to, raised) => expect(isRaised(from, to)).toBe(raised));

  test('never raises both ways', () => {
    fc.assert(fc.property(serial, serial, (a, b) => !(isRaised(a, b) && isRaised(b, a))));
  });
});

describe('the next serial', () => {
  test.each<[SerialStyle, number, number]>([
    ['date', 2026112001, 2026112100],
    ['date', 2026112100, 2026112101],
    ['date', 2026112199, 2026112200],
    ['date', 2026122401, 2026122402],
    ['date', 1999123199, 2026112100],
    ['unix', SECONDS - 86_400, SECONDS],
    ['unix', SECONDS, SECONDS + 1],
    ['counter', 2026132201, 2026132202],
    ['counter', 20261120, 20261121],
    ['counter', 0, 1],
    ['counter', 41, 42],
    ['counter', 0xffffffff, 1],
    ['counter', 2027022901, 2027022902],
  ])('in the style %s of %i is %i', (style, from, next) => {
    expect(serialStyle(from, NOW)).toBe(style);
    expect(nextSerial(from, NOW)).toBe(next);
  });

  test('comes after it, and is never 0', () => {
    fc.assert(
      fc.property(serial, moment, (from, clock) => {
        const next = nextSerial(from, clock);
        return isRaised(from, next) && next > 0 && next <= 0xffffffff && Number.isInteger(next);
      }),
    );
  });
});
