import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eachType, listsExactly, listsType } from '../../lib/dnssec/bitmaps.ts';
import { rdataFromText } from '../../lib/rr/codec.ts';
import { TYPE } from '../../lib/rr/types.ts';

/** A bitmap as an NSEC of the root writes it, behind its one octet of name. */
function bitmapOf(types: readonly number[]): Uint8Array {
  const read = rdataFromText(TYPE.NSEC, `. ${types.map((type) => `TYPE${type}`).join(' ')}`);
  if (!('rdata' in read)) throw new Error(types.join(' '));
  return read.rdata;
}

function typesIn(bytes: Uint8Array, start: number, end: number): number[] {
  const types: number[] = [];
  eachType(bytes, start, end, (type) => types.push(type));
  return types;
}

const someTypes = fc
  .uniqueArray(fc.integer({ min: 1, max: 65535 }), { minLength: 1, maxLength: 40 })
  .map((types) => types.sort((a, b) => a - b));

describe('type bitmaps', () => {
  test('say what was written into them', () => {
    fc.assert(
      fc.property(someTypes, fc.integer({ min: 1, max: 65535 }), (types, other) => {
        const bytes = bitmapOf(types);
        expect(typesIn(bytes, 1, bytes.length)).toEqual(types);
        expect(listsExactly(bytes, 1, bytes.length, types)).toBe(true);
        expect(listsExactly(bytes, 1, bytes.length, types.slice(1))).toBe(false);
        fc.pre(!types.includes(other));
        expect(listsExactly(bytes, 1, bytes.length, [...types.slice(1), other])).toBe(false);
        expect(listsType(bytes, 1, bytes.length, types[0] ?? 0)).toBe(true);
        expect(listsType(bytes, 1, bytes.length, other)).toBe(false);
      }),
    );
  });

  test('end where they are broken', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const types = typesIn(bytes, 0, bytes.length);
        for (const type of new Set(types)) expect(type).toBeLessThan(65536);
        expect(listsExactly(bytes, 0, bytes.length, [70000])).toBe(false);
      }),
    );
    expect(typesIn(Uint8Array.of(0, 4, 0x40), 0, 3)).toEqual([1]);
    expect(listsType(Uint8Array.of(0, 4, 0x40), 0, 3, 9)).toBe(false);
  });
});
