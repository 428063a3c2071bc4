import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as lines from '../../cli/tui/model/line-input.ts';

const split = (text: string): string[] =>
  [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);

/** The simplest line there is: characters as people see them before and behind the cursor. */
interface Model {
  readonly before: string;
  readonly behind: string;
}

type Step = readonly [name: string, real: (line: lines.LineInput) => lines.LineInput, model: (model: Model) => Model];

const STEPS: readonly Step[] = [
  ['left', lines.left, ({ before, behind }) => at(before + behind, split(before).slice(0, -1).join('').length)],
  ['right', lines.right, ({ before, behind }) => at(before + behind, before.length + (split(behind)[0] ?? '').length)],
  ['home', lines.home, ({ before, behind }) => at(before + behind, 0)],
  ['end', lines.end, ({ before, behind }) => at(before + behind, before.length + behind.length)],
  ['backspace', lines.backspace, ({ before, behind }) => joined(split(before).slice(0, -1).join(''), behind)],
  ['delete', lines.deleteAt, ({ before, behind }) => joined(before, split(behind).slice(1).join(''))],
  ['kill', lines.killAfter, ({ before }) => at(before, before.length)],
  ['kill before', lines.killBefore, ({ behind }) => at(behind, 0)],
];

/** A text with the cursor at an offset. */
function at(text: string, cursor: number): Model {
  return { before: text.slice(0, cursor), behind: text.slice(cursor) };
}

/** Two parts put together: where they become one character, the cursor stands before it. */
function joined(before: string, behind: string): Model {
  const text = before + behind;
  let length = 0;
  for (const each of split(text)) {
    if (length + each.length > before.length) break;
    length += each.length;
  }
  return at(text, length);
}

/** Text put in at the cursor: where its end joins what stands behind, the cursor stands behind both. */
function inserted({ before, behind }: Model, text: string): Model {
  const whole = before + text + behind;
  let length = 0;
  for (const each of split(whole)) {
    if (length >= before.length + text.length) break;
    length += each.length;
  }
  return at(whole, length);
}

const PIECES = [
  'a',
  'Z',
  '0',
  ' ',
  '.',
  'é',
  'e\u0301',
  '\u0301',
  '日',
  '本',
  '👩‍🚀',
  '👍🏽',
  '🇩🇪',
  '\u200d',
  'ß',
  '한',
  '\u{1100}',
];

describe('a line that is typed', () => {
  test('is what a plain text with a cursor is', () => {
    const step = fc.oneof(
      fc.constantFrom(...STEPS),
      fc
        .constantFrom(...PIECES)
        .map((text): Step => [text, (line) => lines.insert(line, text), (model) => inserted(model, text)]),
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES)), fc.array(step), (start, steps) => {
        let line = lines.lineOf(start.join(''));
        let model = at(line.text, line.text.length);
        for (const [name, real, plain] of steps) {
          line = real(line);
          model = plain(model);
          expect([name, line.text.slice(0, line.cursor), line.text.slice(line.cursor)]).toEqual([
            name,
            model.before,
            model.behind,
          ]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('moves by words and labels', () => {
    const line = lines.lineOf('10 mx1.example.net. 日本');
    const stops = [line.cursor];
    for (let each = lines.wordLeft(line); each.cursor < (stops.at(-1) as number); each = lines.wordLeft(each))
      stops.push(each.cursor);
    expect(stops).toEqual([22, 20, 15, 7, 3, 0]);
    expect(lines.wordRight(lines.home(line)).cursor).toBe(2);
  });

  test('gives back what was cut', () => {
    const cut = lines.killWord(lines.lineOf('one two'));
    expect(cut).toMatchObject({ text: 'one ', killed: 'two' });
    expect(lines.yank(lines.home(cut))).toMatchObject({ text: 'twoone ', cursor: 3 });
    expect(lines.killWord(lines.lineOf('')).killed).toBe('');
  });

  test('is drawn in three parts', () => {
    expect(lines.splitAtCursor(lines.left(lines.lineOf('ab日')))).toEqual({ before: 'ab', at: '日', after: '' });
    expect(lines.splitAtCursor(lines.lineOf('ab'))).toEqual({ before: 'ab', at: '', after: '' });
  });
});
