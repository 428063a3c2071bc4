import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type Edit, inverse, planEdits } from '../../lib/text/edits.ts';
import { latin1 } from './entries.ts';

const edit = (start: number, end: number, text: string): Edit => ({ start, end, text });

/** The file after the edits, as text. */
function applied(file: string, ...edits: Edit[]): string {
  return Buffer.from(applyEdits(latin1(file), edits)).toString('utf8');
}

describe('applying edits', () => {
  it.each<[result: string, ...edits: Edit[]]>([
    ['abcdef'],
    ['Xabcdef', edit(0, 0, 'X')],
    ['abcdefX', edit(6, 6, 'X')],
    ['aXYf', edit(3, 5, 'Y'), edit(1, 3, 'X')],
    ['aXdef', edit(1, 3, 'X'), edit(2, 4, 'Y')],
    ['aXYdef', edit(1, 1, 'X'), edit(1, 3, 'Y')],
    ['aXbcdef', edit(1, 1, 'X'), edit(1, 1, 'Y')],
    ['abcdef', edit(4, 7, 'X'), edit(5, 4, 'Y')],
    ['aü€f', edit(1, 5, 'ü€')],
  ])('%s', (result, ...edits) => {
    expect(applied('abcdef', ...edits)).toBe(result);
  });

  it('equals replacing from the end backwards when no edits touch', () => {
    const cuts = fc.uniqueArray(fc.nat({ max: 40 }), { maxLength: 8 }).map((places) => places.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 40, maxLength: 60 }), cuts, fc.string(), (bytes, places, text) => {
        const edits: Edit[] = [];
        for (let i = 0; i + 1 < places.length; i += 2) edits.push(edit(places[i] ?? 0, places[i + 1] ?? 0, text));
        let expected = Buffer.from(bytes);
        for (const { start, end } of [...edits].reverse()) {
          expected = Buffer.concat([expected.subarray(0, start), Buffer.from(text), expected.subarray(end)]);
        }
        expect(Buffer.from(applyEdits(bytes, [...edits].reverse())).equals(expected)).toBe(true);
        expect(planEdits(edits, bytes.length).conflicting).toEqual([]);
      }),
    );
  });

  it('takes each edit or sets it aside, and those taken do not overlap', () => {
    const some = fc.record({
      start: fc.integer({ min: -2, max: 22 }),
      end: fc.integer({ min: -2, max: 22 }),
      text: fc.constantFrom('', 'x'),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 10 }), (edits) => {
        const { applied: taken, conflicting } = planEdits(edits, 20);
        expect(taken.length + conflicting.length).toBe(edits.length);
        let free = 0;
        for (const { start, end } of taken) {
          expect(start).toBeGreaterThanOrEqual(free);
          expect(end).toBeGreaterThanOrEqual(start);
          free = end;
        }
        expect(free).toBeLessThanOrEqual(20);
        const bytes = new Uint8Array(20).fill(0x61);
        const grown = taken.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 20);
        expect(applyEdits(bytes, edits).length).toBe(grown);
      }),
    );
  });
});

describe('taking edits back', () => {
  it.each<[what: string, ...edits: Edit[]]>([
    ['deletions beside each other', edit(1, 3, ''), edit(3, 5, '')],
    ['an edit that changes nothing before a deletion', edit(1, 1, ''), edit(1, 3, '')],
    ['three deletions beside an insertion', edit(0, 1, ''), edit(1, 2, ''), edit(2, 2, 'X'), edit(2, 3, '')],
  ])('restores %s', (_, ...edits) => {
    const bytes = latin1('abcdef');
    const changed = applyEdits(bytes, edits);
    const back = inverse(edits, bytes);
    expect(planEdits(back, changed.length).conflicting).toEqual([]);
    expect(applyEdits(changed, back)).toEqual(bytes);
  });

  it('restores the file whatever the edits', () => {
    const some = fc.record({
      start: fc.integer({ min: 0, max: 20 }),
      length: fc.integer({ min: 0, max: 5 }),
      text: fc.constantFrom('', '', 'x', 'ü€', 'abcdef'),
    });
    const bytes = Uint8Array.from({ length: 20 }, (_, index) => index + 0x61);
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (all) => {
        const edits = all.map(({ start, length, text }) => edit(start, start + length, text));
        const changed = applyEdits(bytes, edits);
        const back = inverse(edits, bytes);
        expect(applyEdits(changed, back)).toEqual(bytes);
        expect(applyEdits(bytes, inverse(back, changed))).toEqual(changed);
      }),
      { numRuns: 500 },
    );
  });
});
