import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyBaseline,
  type Baseline,
  baselineKey,
  baselineText,
  countRules,
  type FileFindings,
  goneFiles,
  sayExceeded,
  sayGone,
  sayStale,
  updatedBaseline,
} from '../../cli/lint/baseline.ts';
import { readBaseline } from '../../cli/lint/baseline-file.ts';
import type { Diagnostic } from '../../lib/text/diagnostic.ts';

const read = (text: string): Baseline => readBaseline(new TextEncoder().encode(text), 'known.json');
const baseline = (files: Readonly<Record<string, Readonly<Record<string, number>>>>): Baseline =>
  new Map(Object.entries(files).map(([file, counts]) => [file, new Map(Object.entries(counts))]));

function findings(...rules: readonly string[]): Diagnostic[] {
  const place = { file: { name: 'z', bytes: new Uint8Array() }, span: { start: 0, end: 0 } };
  return rules.map((rule) => ({ rule, severity: 'error', args: {}, place, zone: 'z.', related: [], fixes: [] }));
}

describe('the text of a baseline', () => {
  test('is sorted, a number a line, and read as it was', () => {
    const known = baseline({ 'b.zone': { y: 2, x: 1 }, 'a/é.zone': { 'core-ttl-zero': 30 }, none: {} });
    const text = baselineText(known);
    expect(text).toBe(`{
  "version": 1,
  "files": {
    "a/é.zone": {
      "core-ttl-zero": 30
    },
    "b.zone": {
      "x": 1,
      "y": 2
    }
  }
}
`);
    expect(baselineText(read(text))).toBe(text);
    expect(baselineText(new Map())).toBe('{\n  "version": 1,\n  "files": {}\n}\n');
    expect(read(baselineText(new Map())).size).toBe(0);
  });

  test('any baseline survives writing and reading', () => {
    const counts = fc.dictionary(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 1e9 }), { minKeys: 1 });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), counts), (files) => {
        const known = baseline(files);
        const sorted = (all: Baseline): unknown => [...all].map(([file, of]) => [file, [...of].sort()]).sort();
        expect(sorted(read(baselineText(known)))).toEqual(sorted(known));
      }),
    );
  });

  test.each([
    ['{', 'known.json:1:1: the { that stands here is never closed'],
    ['[]', 'known.json:1:1: in this baseline the document is an array, expected an object'],
    ['{"version": 1}', 'known.json:1:1: in this baseline the document lacks the member "files"'],
    ['{"version": 2, "files": {}}', 'known.json:1:13: in this baseline /version is 2, expected 1'],
    [
      '{"version": 1,\n "files": {"a": {"x": 0}}}',
      'known.json:2:23: in this baseline /files/a/x is 0, which must be >= 1',
    ],
    [
      '{"version": 1,\n "files": {"a": {"x": "1"}}}',
      'known.json:2:23: in this baseline /files/a/x is "1", expected an integer',
    ],
    [
      '{"version": 1, "file": {}, "files": {}}',
      'known.json:1:1: in this baseline the document has the unknown member "file"; did you mean "files"?',
    ],
    ['{"version": 1, "files": {"a": {"x": 1}, "a": {}}}', 'known.json:1:41: "a" stands here for the second time'],
    [
      '{\n<<<<<<< HEAD\n',
      'known.json:2:1: this is the mark of a merge conflict: settle it, or write the baseline anew with --update-baseline',
    ],
  ])('%j is refused', (text, message) => expect(() => read(text)).toThrow(message));

  test('octets that are no text are refused', () => {
    expect(() => readBaseline(Uint8Array.of(0xff), 'known.json')).toThrow(
      'known.json is no baseline: it is not UTF-8 text',
    );
  });

  test.each([
    ['zones/a.zone', 'known.json', 'zones/a.zone'],
    ['zones/a.zone', 'ci/known.json', '../zones/a.zone'],
    ['/srv/zones/./a.zone', 'zones/known.json', 'a.zone'],
  ])('names %s beside %s %s', (path, beside, key) => expect(baselineKey(path, beside, { cwd: '/srv' })).toBe(key));
});

describe('a baseline', () => {
  const active = new Set(['x', 'y', 'z']);
  const known = new Map([
    ['x', 2],
    ['y', 1],
    ['off', 9],
  ]);
  const applied = (...rules: readonly string[]): unknown => {
    const { kept, hidden, exceeded, stale } = applyBaseline(findings(...rules), known, active);
    const words = (file: 'exceeded' | 'stale'): unknown =>
      (file === 'stale' ? stale : exceeded).map((each) => `${each.rule} ${each.known} ${each.found}`);
    return { kept: kept.map(({ rule }) => rule), hidden, exceeded: words('exceeded'), stale: words('stale') };
  };

  test.each<[about: string, rules: readonly string[], expected: unknown]>([
    ['hides what is known', ['x', 'y', 'x'], { kept: [], hidden: 3, exceeded: [], stale: [] }],
    ['shows other rules', ['x', 'z', 'y', 'x'], { kept: ['z'], hidden: 3, exceeded: [], stale: [] }],
    [
      'shows all of a rule with more',
      ['x', 'y', 'x', 'x'],
      { kept: ['x', 'x', 'x'], hidden: 1, exceeded: ['x 2 3'], stale: [] },
    ],
    ['hides fewer, and says so', ['x', 'y'], { kept: [], hidden: 2, exceeded: [], stale: ['x 2 1'] }],
    ['says what is mended', ['x', 'x'], { kept: [], hidden: 2, exceeded: [], stale: ['y 1 0'] }],
  ])('%s', (_, rules, expected) => expect(applied(...rules)).toEqual(expected));

  test('that does not know the file hides nothing', () => {
    expect(applyBaseline(findings('x'), undefined, active).kept).toHaveLength(1);
  });

  test('made of findings hides exactly those, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('x', 'y', 'z')),
        fc.array(fc.constantFrom('x', 'y', 'z')),
        (before, more) => {
          const of = countRules(findings(...before));
          expect(applyBaseline(findings(...before), of, active)).toMatchObject({ kept: [], exceeded: [], stale: [] });
          const later = applyBaseline(findings(...before, ...more), of, active);
          expect(new Set(later.kept.map(({ rule }) => rule))).toEqual(new Set(more));
          expect(later.stale).toEqual([]);
        },
      ),
    );
  });
});

describe('an updated baseline', () => {
  const old = baseline({ 'a.zone': { x: 2, off: 1 }, 'b.zone': { x: 1 }, 'gone.zone': { x: 1 } });
  const exists = (file: string): boolean => file !== 'gone.zone';
  const run = (counts: Readonly<Record<string, number>>): FileFindings => ({
    counts: new Map(Object.entries(counts)),
    active: new Set(['x', 'y']),
  });

  test('has what was found, keeps what was not looked at, and forgets what is gone', () => {
    const updated = updatedBaseline(
      old,
      new Map([
        ['a.zone', run({ y: 3 })],
        ['c.zone', run({})],
      ]),
      exists,
    );
    expect(updated.get('a.zone')).toEqual(
      new Map([
        ['off', 1],
        ['y', 3],
      ]),
    );
    expect(updated.get('b.zone')).toEqual(new Map([['x', 1]]));
    expect(updated.has('gone.zone')).toBe(false);
    expect(baselineText(updated)).not.toContain('c.zone');
    expect(goneFiles(old, exists)).toEqual(['gone.zone']);
  });
});

test('sentences', () => {
  expect(sayExceeded('a.zone', { rule: 'x', known: 2, found: 3 })).toBe(
    'a.zone: 3 findings of x, the baseline knows 2; all are shown',
  );
  expect(sayStale('a.zone', { rule: 'x', known: 2, found: 0 })).toBe(
    'a.zone: no finding of x left, the baseline knows 2; --update-baseline takes the rest out',
  );
  expect(sayStale('a.zone', { rule: 'x', known: 2, found: 1 })).toContain('1 finding of x left');
  expect(sayGone('a.zone')).toContain('does not exist any more');
});
