import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Entry, scanEntry } from '../../lib/text/entry.ts';
import { entriesOf, latin1 } from './entries.ts';

/** Files of octets that mean something to the scanner, and of any octets. */
const files = fc.oneof(
  fc
    .array(
      fc.constantFrom('a', ' ', '\t', '\n', '\r\n', '(', ')', '"', ';', '\\', '\\"', '\\\n', 'b c', '\u00ff', '\0'),
      { maxLength: 60 },
    )
    .map((parts) => latin1(parts.join(''))),
  fc.uint8Array({ maxLength: 80 }),
);

describe('any octets', () => {
  it('the tokens of all entries join to the file', () => {
    fc.assert(
      fc.property(files, (bytes) => {
        const entries = entriesOf(bytes);
        const joined = entries.flatMap(({ tokens }) => tokens.map(([, text]) => text)).join('');
        expect(joined).toBe(Buffer.from(bytes).toString('latin1'));
        let at = 0;
        for (const { start, end } of entries) {
          expect(start).toBe(at);
          at = end;
        }
        expect(at).toBe(bytes.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('tokens are never empty, words are the word tokens, and faults lie in their entry', () => {
    fc.assert(
      fc.property(files, (bytes) => {
        for (const { start, end, tokens, words, faults } of entriesOf(bytes)) {
          expect(tokens.every(([, text]) => text.length > 0)).toBe(true);
          expect(words).toEqual(
            tokens.filter(([kind]) => kind === 'word' || kind === 'quoted').map(([, text]) => text),
          );
          for (const [, from, to] of faults) {
            expect(from).toBeGreaterThanOrEqual(start);
            expect(to).toBeGreaterThanOrEqual(from);
            expect(to).toBeLessThanOrEqual(end);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('tokens are what their kind says', () => {
    const shapes: Readonly<Record<string, RegExp>> = {
      word: /^(?:[^\s"();\\]|[\v\f\u00a0\u0085\ufeff]|\\(?:[\s\S]|$))+$/,
      quoted: /^"(?:[^"\\\n]|\\(?!\n)[\s\S]|\\$)*"?$/,
      space: /^[ \t\r]+$/,
      newline: /^\n$/,
      comment: /^;[^\n]*$/,
      open: /^\($/,
      close: /^\)$/,
    };
    fc.assert(
      fc.property(files, (bytes) => {
        for (const [kind, text] of entriesOf(bytes).flatMap(({ tokens }) => tokens))
          expect(text).toMatch(shapes[kind] ?? /^$/);
      }),
      { numRuns: 2000 },
    );
  });

  it('an entry ends at its newline, at the end of the file, or where an unclosed parenthesis lets go', () => {
    fc.assert(
      fc.property(files, (bytes) => {
        for (const { end, tokens, faults } of entriesOf(bytes)) {
          const unclosed = faults.some(([fault]) => fault === 'unclosed-paren');
          const newlines = tokens.filter(([kind]) => kind === 'newline').length;
          const paired = tokens.some(([kind]) => kind === 'open');
          if (!paired) expect(newlines).toBe(end === bytes.length && tokens.at(-1)?.[0] !== 'newline' ? 0 : 1);
          if (end < bytes.length && !unclosed) expect(tokens.at(-1)?.[0]).toBe('newline');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('entries', () => {
  it.each<[file: string, ...entries: string[][]]>([
    ['a b\nc d\n', ['a', 'b'], ['c', 'd']],
    ['a b', ['a', 'b']],
    ['a (\n b\n c ) d\ne\n', ['a', 'b', 'c', 'd'], ['e']],
    ['a "b c" d\n', ['a', '"b c"', 'd']],
    ['a "b;c" ; d "e\nf\n', ['a', '"b;c"'], ['f']],
    ['a ( ; ) still open\n b )\nc\n', ['a', 'b'], ['c']],
    ['a "b\\"c" d\n', ['a', '"b\\"c"', 'd']],
    ['a\\ b\\(c\n', ['a\\ b\\(c']],
    ['a"b"c\n', ['a', '"b"', 'c']],
    ['\r\na\r\n', [], ['a']],
    ['a "b\nc\n', ['a', '"b'], ['c']],
    ['a ( b\nc d\n', ['a', 'b'], ['c', 'd']],
    ['a ( b\n c\nd ( e )\n', ['a', 'b', 'c'], ['d', 'e']],
    ['a ) b\n', ['a', 'b']],
    ['a ( ( b ) )\nc\n', ['a', 'b'], ['c']],
    [''],
  ])('%j', (file, ...entries) => {
    expect(entriesOf(latin1(file)).map(({ words }) => words)).toEqual(entries);
  });

  it.each<[file: string, ...faults: [string, number, number][]]>([
    ['a "b\nc\n', ['unclosed-quote', 2, 4]],
    ['a "b\r\nc\n', ['unclosed-quote', 2, 4]],
    ['a "', ['unclosed-quote', 2, 3]],
    ['a ( b\nc\n', ['unclosed-paren', 2, 3]],
    ['a ( ( b ) )\n', ['nested-paren', 4, 5]],
    ['a ) ) b\n', ['stray-paren', 2, 3]],
    ['a ( "b\n )\n', ['unclosed-quote', 4, 6]],
  ])('the faults of %j', (file, ...faults) => {
    expect(entriesOf(latin1(file)).flatMap((entry) => entry.faults)).toEqual(faults);
  });

  it('knows whether words adjoin, are quoted, and whether the line starts with a blank', () => {
    const entry = new Entry();
    scanEntry(latin1(' a="b" c\n'), 0, entry);
    expect(entry.blankStart).toBe(true);
    expect([0, 1, 2].map((word) => entry.wordAdjoins(word))).toEqual([false, true, false]);
    expect([0, 1, 2].map((word) => entry.wordQuoted(word))).toEqual([false, true, false]);
    scanEntry(latin1('a b\n'), 0, entry);
    expect(entry.blankStart).toBe(false);
  });
});

describe('linear time', () => {
  const inputs: Readonly<Record<string, (size: number) => string>> = {
    'nested parentheses': (size) => '('.repeat(size),
    'closing parentheses': (size) => ')'.repeat(size),
    'opened and left on every line': (size) => 'a (\n'.repeat(size / 4),
    'opened, then lines that start with words': (size) => `a (\n${'b c\n'.repeat(size / 4)}`,
    'opened again and again behind blanks': (size) => 'a (\n b\n'.repeat(size / 7),
    backslashes: (size) => '\\'.repeat(size),
    'one quoted string': (size) => `a "${'x'.repeat(size)}"\n`,
    'quotes that never close': (size) => 'a "b\n'.repeat(size / 5),
    'quotes that never close inside parentheses': (size) => `( ${' "b\n'.repeat(size / 4)}`,
    'escaped quotes': (size) => `"${'\\"'.repeat(size / 2)}`,
    comments: (size) => ';\n'.repeat(size / 2),
    'one comment': (size) => ';'.repeat(size),
    blanks: (size) => ' '.repeat(size),
    newlines: (size) => '\n'.repeat(size),
    'carriage returns': (size) => '\r'.repeat(size),
    'quotes and words without blanks': (size) => 'a""'.repeat(size / 3),
    'no octet of ASCII': (size) => '\u00ff'.repeat(size),
  };

  it.each(Object.entries(inputs))('%s', (_name, make) => {
    const time = (size: number): number => {
      const bytes = latin1(make(size));
      const entry = new Entry();
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 2; round++) {
        const start = performance.now();
        for (let at = 0; at < bytes.length; at = entry.end) scanEntry(bytes, at, entry);
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    const small = time(1 << 18);
    expect(time(1 << 20)).toBeLessThan(Math.max(4 * 4 * small, 500));
  });
});
