import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareNames,
  concatNames,
  equalNames,
  isHostName,
  isWithin,
  labelCount,
  labelsOf,
  looksLikeAddress,
  lowerName,
  nameFromText,
  nameKey,
  nameLength,
  nameToText,
  parentOf,
  ROOT,
  readNameWord,
} from '../../lib/rr/name.ts';
import type { Problem } from '../../lib/rr/problem.ts';
import { ByteSink } from '../../lib/text/sink.ts';
import { nameArbitrary } from './arbitrary.ts';
import { ORIGIN, toHex, wireName } from './rdata.ts';

const L63 = 'a'.repeat(63);

describe('reading', () => {
  it.each([
    ['.', '00'],
    ['@', '076578616d706c65036e657400'],
    ['mx1', '036d7831076578616d706c65036e657400'],
    ['mx1.', '036d783100'],
    ['MX1.Example.', '034d5831074578616d706c6500'],
    ['a\\.b.', '03612e6200'],
    ['\\097\\000\\255.', '036100ff00'],
    ['\\@.', '014000'],
    ['*.', '012a00'],
    [`${L63}.`, `3f${'61'.repeat(63)}00`],
    ['a b.', undefined],
    ['a;b.', undefined],
    ['"a".', undefined],
    ['(a).', undefined],
    ['', undefined],
  ])('%j is %s', (text, wire) => {
    const made = nameFromText(text, ORIGIN);
    expect('name' in made ? toHex(made.name) : undefined).toBe(wire);
  });

  it.each<[text: string, code: Problem['code'], start: number, end: number]>([
    ['a..b', 'empty-label', 1, 3],
    ['.a', 'empty-label', 0, 1],
    ['..', 'empty-label', 0, 1],
    ['a.b..', 'empty-label', 3, 5],
    [`ok.${L63}a.b`, 'label-too-long', 3, 67],
    [`${L63}.${L63}.${L63}.${L63}.`, 'name-too-long', 0, 256],
    [`${L63}.${L63}.${L63}.${'b'.repeat(50)}`, 'name-too-long', 0, 242],
    ['ab\\256c', 'bad-escape', 2, 6],
    ['ab\\25', 'bad-escape', 2, 5],
    ['ab\\2x5', 'bad-escape', 2, 6],
    ['ab\\', 'bad-escape', 2, 3],
    ['', 'parse-error', 0, 0],
  ])('%j is wrong: %s from %i to %i', (text, code, start, end) => {
    expect(nameFromText(text, ORIGIN)).toMatchObject({ problem: { code, start, end } });
  });

  it('a relative name needs an origin', () => {
    expect(nameFromText('a')).toMatchObject({ problem: { code: 'parse-error' } });
    expect(nameFromText('@')).toMatchObject({ problem: { code: 'parse-error' } });
    expect(nameFromText('a.')).toHaveProperty('name');
  });

  it('the longest name has 255 octets, and only whole words count', () => {
    const longest = nameFromText(`${L63}.${L63}.${L63}.${'b'.repeat(61)}.`);
    expect('name' in longest && longest.name.length).toBe(255);
    expect(nameFromText(`${L63}.${L63}.${L63}.${'b'.repeat(49)}`, ORIGIN)).toHaveProperty('name');
  });

  it.each<[text: string, notes: readonly string[]]>([
    ['plain-name_1/2*.', []],
    ['a+b.', ['nonportable 1 2']],
    ['a\\+b.', []],
    ['a\\043b.', []],
    ['a@b.', ['nonportable 1 2']],
    ['\\#', ['nonportable 0 2']],
    ['x.\\#.y', ['nonportable 2 4']],
    ['\\#x.x\\#.\\.\\#.\\035', []],
    ['@', []],
    ['müller.', ['non-ascii 0 8']],
  ])('notes what a server refuses in %j', (text, notes) => {
    const bytes = new TextEncoder().encode(text);
    const found: string[] = [];
    const report = (code: string, start: number, end: number) => found.push(`${code} ${start} ${end}`);
    expect(readNameWord(bytes, 0, bytes.length, ORIGIN, new ByteSink(), report)).toBe(true);
    expect(found).toEqual(notes);
  });

  it('a wrong name leaves what was written before', () => {
    const out = new ByteSink(1);
    out.u8(9);
    const bytes = new TextEncoder().encode('abc.def..');
    expect(readNameWord(bytes, 0, bytes.length, ORIGIN, out, () => {})).toBe(false);
    expect([...out.slice()]).toEqual([9]);
  });
});

describe('writing', () => {
  it.each([
    ['example.net.', '@'],
    ['mx1.example.net.', 'mx1'],
    ['a.b.Example.NET.', 'a.b'],
    ['example.org.', 'example.org.'],
    ['xexample.net.', 'xexample.net.'],
    ['net.', 'net.'],
    ['.', '.'],
    ['\\@.example.net.', '\\@'],
  ])('%s below example.net. is %s', (absolute, relative) => {
    expect(nameToText(wireName(absolute), ORIGIN)).toBe(relative);
    expect(nameToText(wireName(absolute))).toBe(absolute);
  });

  it('escapes what would be read otherwise', () => {
    const name = Uint8Array.from([10, ...Buffer.from('.\\"();@$ \u0007', 'latin1'), 0]);
    expect(nameToText(name)).toBe('\\.\\\\\\"\\(\\)\\;\\@\\$\\032\\007.');
  });

  it('any octets come back', () => {
    fc.assert(
      fc.property(nameArbitrary, nameArbitrary, (name, origin) => {
        expect(nameFromText(nameToText(name))).toEqual({ name });
        expect(nameFromText(nameToText(name, origin), origin)).toEqual({ name });
        const joined = concatNames(name, origin);
        if (joined === undefined) return;
        expect(isWithin(joined, origin)).toBe(true);
        expect(nameFromText(nameToText(joined, origin), origin)).toEqual({ name: joined });
      }),
    );
  });
});

describe('comparing', () => {
  /** RFC 4034 §6.1. */
  const canonical = [
    'example.',
    'a.example.',
    'yljkjljk.a.example.',
    'Z.a.example.',
    'zABC.a.EXAMPLE.',
    'z.example.',
    '\\001.z.example.',
    '*.z.example.',
    '\\200.z.example.',
  ];

  it('orders as the RFC says', () => {
    const names = canonical.map(wireName);
    for (const [i, a] of names.entries()) {
      for (const [j, b] of names.entries()) expect(Math.sign(compareNames(a, b))).toBe(Math.sign(i - j));
    }
    expect(compareNames(ROOT, wireName('a.'))).toBeLessThan(0);
    expect(compareNames(wireName('A.b.'), wireName('a.B.'))).toBe(0);
  });

  it('agrees with a plain comparison of reversed labels', () => {
    const plain = (name: Uint8Array) => {
      const labels: string[] = [];
      for (let at = 0; (name[at] ?? 0) > 0; at += 1 + (name[at] ?? 0)) {
        labels.push(Buffer.from(lowerName(name.slice(at + 1, at + 1 + (name[at] ?? 0)))).toString('latin1'));
      }
      return labels.reverse();
    };
    fc.assert(
      fc.property(nameArbitrary, nameArbitrary, (a, b) => {
        const [left, right] = [plain(a), plain(b)];
        const at = left.findIndex((label, index) => label !== right[index]);
        const first = left[at] ?? '';
        const second = right[at];
        const expected = at < 0 ? left.length - right.length : second === undefined ? 1 : first < second ? -1 : 1;
        expect(Math.sign(compareNames(a, b))).toBe(Math.sign(expected));
        expect(compareNames(a, a)).toBe(0);
        expect(equalNames(a, b)).toBe(nameKey(a) === nameKey(b));
        expect(equalNames(a, b)).toBe(compareNames(a, b) === 0);
      }),
    );
  });

  it.each([
    ['a.example.net.', 'example.net.', true],
    ['EXAMPLE.net.', 'example.NET.', true],
    ['example.net.', 'a.example.net.', false],
    ['xexample.net.', 'example.net.', false],
    ['a.', '.', true],
    ['\\008example.net.', 'example.net.', false],
  ])('%s is within %s: %s', (name, ancestor, within) => {
    expect(isWithin(wireName(name), wireName(ancestor))).toBe(within);
  });

  it('labels, parents and lengths', () => {
    const name = wireName('a.b\\.c.Net.');
    expect(labelsOf(name)).toEqual(['a', 'b\\.c', 'Net']);
    expect(labelCount(name)).toBe(3);
    expect(labelCount(ROOT)).toBe(0);
    expect(parentOf(ROOT)).toBeUndefined();
    expect(nameToText(parentOf(name) ?? ROOT)).toBe('b\\.c.Net.');
    expect(nameLength(name, 0)).toBe(name.length);
    expect(nameLength(name, 2)).toBe(name.length - 2);
    expect(nameLength(name.subarray(0, 5), 0)).toBe(-1);
    expect(nameLength(Uint8Array.of(0xc0, 0), 0)).toBe(-1);
    expect(nameLength(new Uint8Array(0), 0)).toBe(-1);
    expect(nameLength(Uint8Array.from([...Array.from({ length: 128 }, () => [1, 65]).flat(), 0]), 0)).toBe(-1);
    expect(concatNames(wireName(`${L63}.${L63}.`), wireName(`${L63}.${L63}.`))).toBeUndefined();
  });
});

describe('host names', () => {
  it.each([
    ['mx1.example.net.', true],
    ['3com.example.', true],
    ['a-b.x1.', true],
    ['mx_1.example.', false],
    ['-a.example.', false],
    ['a-.example.', false],
    ['*.example.', false],
    ['192.0.2.1.', false],
    ['a\\.b.example.', false],
    ['.', false],
    ['xn--mller-kva.example.', true],
  ])('%s: %s', (text, host) => {
    expect(isHostName(wireName(text))).toBe(host);
  });

  it.each([
    ['192.0.2.1', true],
    ['192.0.2.1.', true],
    ['2001:db8::1', true],
    ['::', true],
    ['192.0.2', false],
    ['mx1', false],
    ['fe80', false],
    ['a:b', false],
  ])('%s looks like an address: %s', (text, address) => {
    expect(looksLikeAddress(text)).toBe(address);
  });
});
