import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeLines } from '../../lib/text/merge-lines.ts';

const octets = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();
const lines = (letters: string): Uint8Array => octets([...letters].map((letter) => `${letter}\n`).join(''));

function merged(base: string, ours: string, theirs: string): { text: string; conflicts: number } {
  const { bytes, conflicts } = mergeLines(lines(base), lines(ours), lines(theirs), (foreign) =>
    foreign.map((line) => `<${line}`),
  );
  return { text: text(bytes).replaceAll('\n', ''), conflicts: conflicts.length };
}

describe('merging lines', () => {
  test.each<[string, string, string, string, string, number]>([
    ['nothing changed', 'abc', 'abc', 'abc', 'abc', 0],
    ['ours alone', 'abc', 'aXc', 'abc', 'aXc', 0],
    ['theirs alone', 'abc', 'abc', 'abXc', 'abXc', 0],
    ['both, apart', 'abcde', 'Xbcde', 'abcdY', 'XbcdY', 0],
    ['both the same', 'abc', 'aXc', 'aXc', 'aXc', 0],
    ['both remove', 'abc', 'ac', 'ac', 'ac', 0],
    ['both add behind each other', 'abcd', 'aXbcd', 'abcYd', 'aXbcYd', 0],
    ['the same line differently', 'abc', 'aXc', 'aYc', 'aX<Yc', 1],
    ['one removes what the other changes', 'abc', 'ac', 'aYc', 'a<Yc', 1],
    ['both add at one place', 'ab', 'aXb', 'aYb', 'aX<Yb', 1],
    ['ours over several of theirs', 'abcdef', 'aXYZf', 'aBcDef', 'aXYZ<B<c<D<ef', 1],
    ['into nothing', '', 'X', 'Y', 'X<Y', 1],
  ])('%s', (_, base, ours, theirs, result, conflicts) => {
    expect(merged(base, ours, theirs)).toEqual({ text: result, conflicts });
  });

  test('tells where ours is', () => {
    const { conflicts } = mergeLines(lines('abc'), lines('aXc'), lines('aYc'));
    expect(conflicts).toEqual([{ line: 2, ours: ['X\n'], theirs: ['Y\n'] }]);
  });

  test('ends a last line that something comes behind', () => {
    expect(text(mergeLines(octets('a'), octets('a\nb'), octets('a')).bytes)).toBe('a\nb');
    expect(text(mergeLines(octets('a\n'), octets('X'), octets('Y'), (foreign) => foreign).bytes)).toBe('X\nY');
  });

  const some = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }).map((letters) => letters.join(''));

  test('is the other side where one has changed nothing', () => {
    fc.assert(
      fc.property(some, some, (base, ours) => {
        expect(merged(base, ours, base)).toEqual({ text: ours, conflicts: 0 });
        expect(merged(base, base, ours)).toEqual({ text: ours, conflicts: 0 });
        expect(merged(base, ours, ours)).toEqual({ text: ours, conflicts: 0 });
      }),
    );
  });

  test('loses no line that either side has added', () => {
    fc.assert(
      fc.property(some, some, some, (base, ours, theirs) => {
        const result = merged(
          base,
          ours.toUpperCase(),
          theirs.replaceAll(/./g, (letter) => letter.toUpperCase()),
        );
        for (const letter of ours.toUpperCase()) expect(result.text).toContain(letter);
        for (const letter of theirs.toUpperCase()) expect(result.text).toContain(letter);
      }),
    );
  });
});
