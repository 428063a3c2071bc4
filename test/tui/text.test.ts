import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnsOf } from '../../cli/report/characters.ts';
import { fitLine, fitted, line, painted, seg, wrapped } from '../../cli/tui/view/text.ts';

const PLAIN = { color: false, unicode: true };

describe('text on the screen', () => {
  test.each<[string, number, string]>([
    ['abc', 5, 'abc  '],
    ['abc', 3, 'abc'],
    ['abcdef', 4, 'abc…'],
    ['漢字', 4, '漢字'],
    ['漢字', 3, '漢…'],
    ['漢字', 2, '… '],
    ['a漢', 2, 'a…'],
    ['e\u0301a', 1, '…'],
    ['e\u0301', 1, 'e\u0301'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('fits %j into %d columns', (text, width, result) => {
    expect(fitted(text, width)).toBe(result);
  });

  test('always has the width it is to have', () => {
    const words = fc.string({ unit: fc.constantFrom('a', ' ', '漢', '😀', 'e\u0301', '…', '\u200d') });
    fc.assert(
      fc.property(words, fc.nat(20), (text, width) => {
        expect(columnsOf(fitted(text, width))).toBe(width);
        const shown = fitLine([seg(text, 'strong'), seg(text)], width);
        expect(columnsOf(shown.map((each) => each.text).join(''))).toBe(width);
      }),
    );
  });

  test('shows what would steer the terminal', () => {
    expect(painted(line('a\x1b[2Jb\u202ec'), PLAIN)).toBe('a␛[2Jb�c');
  });

  test('has no colours without them, and marks the row at the cursor all the same', () => {
    expect(painted([seg('a', 'type'), seg('b', 'selected')], PLAIN)).toBe('a\x1b[7mb\x1b[0m');
  });

  test('keeps its width in ASCII', () => {
    expect(painted(line('a…│漢'), { color: false, unicode: false })).toBe('a~|??');
  });

  test('wraps at words, and cuts up what is longer', () => {
    expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapped('abcdefgh ij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrapped('', 4)).toEqual(['']);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '漢') }),
        fc.integer({ min: 2, max: 9 }),
        (text, width) => {
          const lines = wrapped(text, width);
          expect(lines.every((each) => columnsOf(each) <= width)).toBe(true);
          expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        },
      ),
    );
  });
});
