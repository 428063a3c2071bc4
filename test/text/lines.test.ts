import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineTable } from '../../lib/text/lines.ts';
import { latin1 } from './entries.ts';

describe('the line table', () => {
  it.each<[file: string, offset: number, line: number, column: number]>([
    ['', 0, 1, 1],
    ['abc', 0, 1, 1],
    ['abc', 3, 1, 4],
    ['a\nb', 1, 1, 2],
    ['a\nb', 2, 2, 1],
    ['a\nb\n', 4, 3, 1],
    ['a\r\nb', 3, 2, 1],
    ['\n\n\n', 2, 3, 1],
    ['abc', 99, 1, 4],
    ['abc', -5, 1, 1],
  ])('%j at %i is line %i, column %i', (file, offset, line, column) => {
    expect(new LineTable(latin1(file)).position(offset)).toMatchObject({ line, column });
  });

  it('counts columns in characters and offsets in octets', () => {
    const bytes = new TextEncoder().encode('ü€𝄞x');
    expect(new LineTable(bytes).position(9)).toEqual({ line: 1, column: 4, offset: 9 });
  });

  it.each([
    ['', 1],
    ['a', 1],
    ['a\n', 1],
    ['a\nb', 2],
    ['\n', 1],
    ['\n\n', 2],
  ])('%j has %i lines', (file, count) => {
    expect(new LineTable(latin1(file)).count).toBe(count);
  });

  it('gives lines without their ends', () => {
    const table = new LineTable(latin1('ab\r\ncd\ne'));
    expect([1, 2, 3, 4].map((line) => table.text(line))).toEqual(['ab', 'cd', 'e', '']);
    expect(table.range(2)).toEqual({ start: 4, end: 6 });
    expect(new LineTable(latin1('\xff')).text(1)).toBe('\ufffd');
  });

  it('finds the line that counting newlines finds, for any octets', () => {
    const octets = fc.array(fc.constantFrom(0x61, 0x0a, 0x0d, 0xc3, 0xbc), { maxLength: 60 });
    fc.assert(
      fc.property(octets, fc.nat({ max: 60 }), (values, place) => {
        const bytes = Uint8Array.from(values);
        const offset = Math.min(place, bytes.length);
        const table = new LineTable(bytes);
        const before = [...bytes.subarray(0, offset)];
        const lineStart = before.lastIndexOf(0x0a) + 1;
        const { line, column } = table.position(offset);
        expect(line).toBe(1 + before.filter((octet) => octet === 0x0a).length);
        expect(column).toBe(1 + before.slice(lineStart).filter((octet) => (octet & 0xc0) !== 0x80).length);
        const { start, end } = table.range(line);
        expect(start).toBe(lineStart);
        expect(end).toBeGreaterThanOrEqual(start);
      }),
      { numRuns: 1000 },
    );
  });
});
