import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Input, KeyReader } from '../../cli/tui/run/key-reader.ts';

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Everything a reader makes of octets that come at once, then of the quiet behind them. */
function read(text: string): Input[] {
  const reader = new KeyReader();
  return [...reader.feed(octets(text)), ...reader.quiet()];
}

const keys = (...names: readonly string[]): Input[] => names.map((key) => ({ kind: 'key', key }));

describe('keys', () => {
  test.each<[string, string, string[]]>([
    ['letters', 'jG', ['j', 'G']],
    ['a space', ' ', [' ']],
    ['letters beyond ASCII', 'ä漢😀', ['ä', '漢', '😀']],
    ['enter, tab and backspace', '\r\t\x7f\b', ['enter', 'tab', 'backspace', 'backspace']],
    ['control keys', '\x04\x15\x03', ['ctrl-d', 'ctrl-u', 'ctrl-c']],
    ['arrows', '\x1b[A\x1bOB\x1b[C\x1b[D', ['up', 'down', 'right', 'left']],
    ['ends and pages', '\x1b[H\x1b[4~\x1b[5~\x1b[6~', ['home', 'end', 'pageup', 'pagedown']],
    ['keys with others held', '\x1b[1;5A\x1b[1;2B\x1b[3;5~', ['ctrl-up', 'shift-down', 'ctrl-delete']],
    ['back tab', '\x1b[Z', ['shift-tab']],
    ['alt', '\x1bb\x1b\x7f', ['alt-b', 'alt-backspace']],
    ['escape alone', '\x1b', ['escape']],
    ['escape before an arrow', '\x1b\x1b[A', ['escape', 'up']],
    ['an unknown sequence', '\x1b[99;9x', []],
    ['a sequence that is cut off', '\x1b[', ['alt-[']],
  ])('%s', (_, text, names) => {
    expect(read(text)).toEqual(keys(...names));
  });

  test('focus', () => {
    expect(read('\x1b[I\x1b[O')).toEqual([
      { kind: 'focus', focused: true },
      { kind: 'focus', focused: false },
    ]);
  });

  test('a paste is one piece of text, whatever it holds', () => {
    expect(read('a\x1b[200~x\r\ny\rz \x1b[A\x1b[201~b')).toEqual([
      ...keys('a'),
      { kind: 'paste', text: 'x\ny\nz \x1b[A' },
      ...keys('b'),
    ]);
  });

  test('an escape waits for what may follow', () => {
    const reader = new KeyReader();
    expect(reader.feed(octets('\x1b'))).toEqual([]);
    expect(reader.waiting).toBe(true);
    expect(reader.feed(octets('[A'))).toEqual(keys('up'));
    expect(reader.waiting).toBe(false);
  });

  test('are the same however the octets are cut', () => {
    const piece = fc.constantFrom(
      'j',
      'ä',
      '😀',
      '\x1b[A',
      '\x1b[1;5C',
      '\x1b[200~a\r\nb\x1b[201~',
      '\r',
      '\x1b[I',
      '\x1bb',
    );
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(9)), (pieces, cuts) => {
        const all = octets(pieces.join(''));
        const reader = new KeyReader();
        const found: Input[] = [];
        let at = 0;
        for (const cut of cuts) {
          found.push(...reader.feed(all.subarray(at, at + cut)));
          at += cut;
        }
        found.push(...reader.feed(all.subarray(at)), ...reader.quiet());
        expect(found).toEqual(read(pieces.join('')));
      }),
    );
  });
});
