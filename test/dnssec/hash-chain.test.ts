import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HashChain } from '../../lib/dnssec/hash-chain.ts';

const hashes = fc.uniqueArray(fc.uint8Array({ minLength: 20, maxLength: 20 }), {
  minLength: 1,
  maxLength: 60,
  selector: (hash) => Buffer.from(hash).toString('hex'),
});

describe('the circle of hashes', () => {
  test('finds each hash, and for any other the one before it', () => {
    fc.assert(
      fc.property(hashes, fc.uint8Array({ minLength: 20, maxLength: 20 }), (all, other) => {
        const chain = new HashChain(all.length);
        for (const [index, hash] of all.entries()) chain.add(hash, index);
        chain.sort();
        const order = [...all.keys()].sort((a, b) => Buffer.compare(all[a] ?? other, all[b] ?? other));
        for (const [place, index] of order.entries()) {
          expect(chain.value(place)).toBe(index);
          expect(chain.placeOf(all[index] ?? other)).toBe(place);
          expect(chain.is(place, all[index] ?? other)).toBe(true);
          expect(chain.after(place)).toBe((place + 1) % all.length);
        }
        const before = order.filter((index) => Buffer.compare(all[index] ?? other, other) <= 0).length;
        expect(chain.placeOf(other)).toBe(before > 0 ? before - 1 : all.length - 1);
      }),
    );
  });

  test('tells equal hashes and hashes of another length', () => {
    const chain = new HashChain(2);
    chain.add(new Uint8Array(20), 1);
    chain.add(new Uint8Array(20), 2);
    chain.sort();
    expect([chain.same(0, 1), chain.is(0, new Uint8Array(19)), chain.size]).toEqual([true, false, 2]);
  });
});
