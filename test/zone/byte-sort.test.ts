import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ByteStrings, compareStrings, sortByBytes } from '../../lib/zone/byte-sort.ts';

test('sorts octet strings, a beginning before what it begins', () => {
  const few = fc.uint8Array({ max: 2, maxLength: 4 });
  const any = fc.uint8Array({ maxLength: 12 });
  fc.assert(
    fc.property(fc.array(fc.oneof(few, any), { maxLength: 200 }), (octets) => {
      const strings = inOneArena(octets);
      const ids = Uint32Array.from(octets.keys());
      sortByBytes(ids, 0, ids.length, strings);
      const sorted = Array.from(ids, (id) => octets[id] ?? new Uint8Array());
      expect(sorted).toEqual([...octets].sort((a, b) => Buffer.compare(a, b)));
      expect(Array.from(ids).sort((a, b) => a - b)).toEqual([...octets.keys()]);
    }),
  );
});

test('sorts the range it is given and nothing else', () => {
  const strings = inOneArena(Array.from({ length: 40 }, (_, i) => Uint8Array.of(40 - i)));
  const ids = Uint32Array.from({ length: 40 }, (_, i) => i);
  sortByBytes(ids, 10, 30, strings);
  expect(Array.from(ids.subarray(0, 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(Array.from(ids.subarray(10, 30))).toEqual(Array.from({ length: 20 }, (_, i) => 29 - i));
  expect(ids[30]).toBe(30);
});

test.each([
  [[1], [1], 0],
  [[1], [1, 0], -1],
  [[2], [1, 255], 1],
  [[], [0], -1],
])('compares %j and %j', (a, b, order) => {
  const strings = inOneArena([Uint8Array.from(a), Uint8Array.from(b)]);
  expect(Math.sign(compareStrings(strings, 0, 1))).toBe(order);
});

test('sorts strings that share a long beginning', () => {
  const shared = new Uint8Array(2000).fill(7);
  const strings = inOneArena(Array.from({ length: 2000 }, (_, i) => Uint8Array.of(...shared, i >> 8, i)));
  const ids = Uint32Array.from({ length: 2000 }, (_, i) => (i * 7919) % 2000);
  sortByBytes(ids, 0, ids.length, strings);
  expect(Array.from(ids)).toEqual(Array.from({ length: 2000 }, (_, i) => i));
});

function inOneArena(octets: readonly Uint8Array[]): ByteStrings {
  const starts = new Uint32Array(octets.length);
  const lengths = Uint16Array.from(octets, ({ length }) => length);
  let at = 0;
  for (const [index, { length }] of octets.entries()) {
    starts[index] = at;
    at += length;
  }
  return { bytes: Buffer.concat(octets), starts, lengths };
}
