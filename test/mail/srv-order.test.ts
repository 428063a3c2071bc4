import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SrvRecord } from '../../lib/mail/mail-rdata.ts';
import { seededRandom } from '../../lib/mail/seeded-random.ts';
import { orderServices, shuffled } from '../../lib/mail/srv-order.ts';

const records = fc.array(
  fc.record({
    priority: fc.integer({ min: 0, max: 3 }),
    weight: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 65_535 })),
    port: fc.constant(842),
    target: fc.domain(),
  }),
  { maxLength: 12 },
);

/** A source that gives these numbers, over and over. */
function giving(...numbers: readonly number[]): () => number {
  let at = 0;
  return () => numbers[at++ % numbers.length] ?? 0;
}

function weighted(...weights: readonly number[]): SrvRecord[] {
  return weights.map((weight, index) => ({ priority: 0, weight, port: 842, target: `h${index}` }));
}

/** How often each record comes first in so many orders. */
function shares(given: readonly SrvRecord[], rounds: number): number[] {
  const random = seededRandom(2782);
  const first = given.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    const at = given.indexOf(orderServices(given, random)[0] as SrvRecord);
    first[at] = (first[at] ?? 0) + 1;
  }
  return first.map((count) => count / rounds);
}

describe('the order of SRV records (RFC 2782, SRV-2-p, SRV-4-h1)', () => {
  test('is a permutation with ascending priorities', () => {
    fc.assert(
      fc.property(records, fc.integer(), (given, seed) => {
        const order = orderServices(given, seededRandom(seed));
        expect(order).toHaveLength(given.length);
        expect(new Set(order)).toEqual(new Set(given));
        const priorities = order.map(({ priority }) => priority);
        expect(priorities).toEqual([...priorities].sort((one, other) => one - other));
      }),
      { numRuns: 200 },
    );
  });

  test('is a permutation whatever the numbers, the least and the greatest among them', () => {
    fc.assert(
      fc.property(records, fc.array(fc.constantFrom(0, 0.5, 1 - 2 ** -32, 1), { minLength: 1 }), (given, numbers) => {
        expect(new Set(orderServices(given, giving(...numbers)))).toEqual(new Set(given));
      }),
      { numRuns: 200 },
    );
  });

  test.each([[[1, 1]], [[1, 3]], [[10, 20, 70]], [[65535, 65535]], [[0, 0, 0, 0]], [[0, 99]], [[0, 0, 4, 5]]])(
    'weights %j come first as often as they should',
    (weights) => {
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const zeros = weights.filter((weight) => weight === 0).length;
      // One number of sum + 1 is 0: it falls to the records of weight 0, or without any to whoever stands first.
      const ofZero = 1 / (sum + 1);
      for (const [index, share] of shares(weighted(...weights), 20_000).entries()) {
        const weight = weights[index] ?? 0;
        const lucky = zeros === 0 ? ofZero / weights.length : weight === 0 ? ofZero / zeros : 0;
        expect(Math.abs(share - weight * ofZero - lucky)).toBeLessThan(0.015);
      }
    },
  );

  test('a weight of 0 comes first only when the number drawn is 0', () => {
    const given = weighted(0, 5);
    expect(orderServices(given, giving(0))[0]?.weight).toBe(0);
    for (const number of [1 / 6, 0.5, 0.999]) expect(orderServices(given, giving(number))[0]?.weight).toBe(5);
  });

  test('a weight of 0 far behind in the list is drawn as one in front', () => {
    expect(orderServices(weighted(5, 0), giving(0))[0]?.weight).toBe(0);
  });
});

test('a shuffle keeps every item and gives every order', () => {
  const random = seededRandom(1);
  const orders = new Set(Array.from({ length: 200 }, () => shuffled(['a', 'b', 'c'], random).join('')));
  expect([...orders].sort()).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
});

test('seeded numbers are the same for one seed, differ for others, and lie from 0 up to 1', () => {
  const numbers = (seed: number): number[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 1000 }, random);
  };
  expect(numbers(5)).toEqual(numbers(5));
  expect(numbers(5)).not.toEqual(numbers(6));
  expect(numbers(5).every((number) => number >= 0 && number < 1)).toBe(true);
  const mean = numbers(5).reduce((sum, number) => sum + number, 0) / 1000;
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
});
