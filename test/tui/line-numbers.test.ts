import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineAt, offsetOfLine } from '../../cli/tui/model/line-numbers.ts';

/** Lines of up to so many octets, so that some files are longer than what is counted at once. */
const files = fc
  .array(fc.integer({ min: 0, max: 9000 }), { maxLength: 24 })
  .map((lengths) => new TextEncoder().encode(lengths.map((length) => 'x'.repeat(length)).join('\n')));

test('lines and offsets are those that counting line by line finds', () => {
  fc.assert(
    fc.property(files, fc.double({ min: 0, max: 1, noNaN: true }), (bytes, share) => {
      const starts = [0, ...[...bytes.keys()].filter((at) => bytes[at] === 0x0a).map((at) => at + 1)];
      const offset = Math.floor(bytes.length * share);
      const line = starts.filter((start) => start <= offset).length;
      expect(lineAt(bytes, offset)).toBe(line);
      expect(offsetOfLine(bytes, line)).toBe(starts[line - 1]);
      expect(offsetOfLine(bytes, starts.length + 5)).toBe(starts.at(-1));
    }),
    { numRuns: 60 },
  );
});
