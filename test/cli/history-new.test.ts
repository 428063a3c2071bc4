import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countFingerprints, fingerprintOf, onlyNew } from '../../cli/lint/history-fingerprint.ts';
import type { Diagnostic } from '../../lib/text/diagnostic.ts';

const finding = (rule: string, more: Partial<Diagnostic> = {}, start = 0): Diagnostic => ({
  rule,
  severity: 'error',
  args: {},
  place: { file: { name: 'z', bytes: new Uint8Array() }, span: { start, end: start } },
  zone: 'example.net.',
  related: [],
  fixes: [],
  ...more,
});

describe('the fingerprint of a finding', () => {
  test('does not depend on where it stands', () => {
    const here = finding('x', { name: 'a.example.net.', type: 'A', args: { found: 'b', line: 3, offset: 9 } });
    const there = finding('x', { name: 'A.example.net.', type: 'A', args: { offset: 2, found: 'b', line: 4 } }, 70);
    expect(fingerprintOf(there)).toBe(fingerprintOf(here));
  });

  test.each<[string, Partial<Diagnostic>]>([
    ['zone', { zone: 'example.org.' }],
    ['owner', { name: 'a.example.net.' }],
    ['type', { type: 'A' }],
    ['sentence', { args: { found: 'c' } }],
  ])('depends on the %s', (_, more) => expect(fingerprintOf(finding('x', more))).not.toBe(fingerprintOf(finding('x'))));
});

describe('new findings', () => {
  test('of those alike are the last', () => {
    const now = [finding('x', {}, 1), finding('y', {}, 2), finding('x', {}, 3), finding('x', {}, 4)];
    expect(onlyNew(now, [finding('x', {}, 9), finding('x', {}, 8)])).toEqual([now[1], now[3]]);
    expect(onlyNew(now, now)).toEqual([]);
    expect(onlyNew(now, [])).toEqual(now);
  });

  test('and those from before make up all', () => {
    const some = fc.array(fc.constantFrom('x', 'y', 'z').map((rule) => finding(rule)));
    fc.assert(
      fc.property(some, some, (now, before) => {
        const [all, old, fresh] = [now, before, onlyNew(now, before)].map((each) => countFingerprints(each));
        for (const [key, count] of all ?? []) {
          expect(fresh?.get(key) ?? 0).toBe(Math.max(0, count - (old?.get(key) ?? 0)));
        }
      }),
    );
  });
});
