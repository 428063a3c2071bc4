import { describe, expect, test } from 'vitest';
import { HashedName } from '../../lib/zone/hashed-name.ts';
import { NameTable } from '../../lib/zone/names.ts';
import { wire } from './zones.ts';

describe('a name hashed once', () => {
  test('finds itself and its ancestors in any letters', () => {
    const names = new NameTable(4, wire('example.net.').length);
    const ids = ['example.net.', 'a.example.net.', 'b.a.example.net.', '*.example.net.', '*.a.example.net.'].map(
      (name) => names.intern(wire(name)),
    );
    const name = new HashedName();
    const sent = Uint8Array.of(7, 7, ...wire('B.a.EXAMPLE.net.'), 7);
    expect(name.read(sent, 2)).toBe(true);
    expect(name.end).toBe(sent.length - 1);
    expect([0, 1, 2, 3].map((label) => name.find(names, label, 2))).toEqual([ids[2], ids[1], ids[0], -1]);
    expect([0, 1, 2].map((label) => name.findWildcard(names, label, 2))).toEqual([-1, ids[4], ids[3]]);
    expect(ids.map((id) => name.labelOf(names, id))).toEqual([2, 1, 0, -1, -1]);
    expect(name.read(wire('c.example.net.'), 0)).toBe(true);
    expect([0, 1].map((label) => name.find(names, label, 2))).toEqual([-1, ids[0]]);
    expect(name.labelOf(names, ids[1] ?? -1)).toBe(-1);
  });

  test.each([
    ['nothing', []],
    ['no end', [1, 0x61]],
    ['a label cut off', [3, 0x61, 0x62]],
    ['a label of 64 octets', [64, ...Array<number>(64).fill(0x61), 0]],
    ['a pointer', [1, 0x61, 0xc0, 0]],
    ['256 octets', [...Array.from({ length: 127 }, () => [1, 0x61]).flat(), 1, 0x61, 0]],
  ])('is not read from %s', (_, octets) => {
    const name = new HashedName();
    expect(name.read(Uint8Array.from(octets), 0)).toBe(false);
    // Whatever stands behind the limit.
    expect(name.read(Uint8Array.from([...octets, 0]), 0, octets.length)).toBe(false);
  });

  test('has at most 255 octets', () => {
    const longest = Uint8Array.from([...Array.from({ length: 127 }, () => [1, 0x61]).flat(), 0]);
    expect(new HashedName().read(longest, 0)).toBe(true);
    expect(new HashedName().read(longest, 0, 254)).toBe(false);
    expect(new HashedName().read(longest, 255)).toBe(false);
  });
});
