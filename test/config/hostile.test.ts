import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { load } from './support.ts';

const NAMES = ['zonewright.json', 'zonewright.yaml'] as const;

/** What a configuration gives, which is never an exception; and how long it took. */
async function outcome(
  name: string,
  content: string | Uint8Array,
): Promise<{ problems: readonly string[]; took: number }> {
  const start = performance.now();
  const result = await load({ [name]: content });
  return { problems: 'problems' in result ? result.problems : [], took: performance.now() - start };
}

/** About this many octets of a text again and again. */
function much(text: string, octets = 1_000_000): string {
  return text.repeat(Math.floor(octets / text.length));
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

const HOSTILE: readonly (readonly [string, string])[] = [
  ['lists in lists', much('[')],
  ['maps in maps', much('{"a":')],
  ['flow maps in maps', much('{')],
  ['block lists in lists', much('- ')],
  ['keys in keys', much('? ')],
  ['maps on one line', much('a: ')],
  ['ever deeper lines', lines(1400, (index) => `${' '.repeat(index)}a:`)],
  ['ever deeper lists', lines(1400, (index) => `${' '.repeat(index)}-`)],
  ['anchors', much('&a ')],
  ['aliases', much('*a ')],
  ['tags', much('!a ')],
  ['marks', much('!')],
  ['directives', much('%a\n')],
  ['documents', much('---\n')],
  ['comments', much('#\n')],
  ['commas', much('[,')],
  ['brackets', much('[]')],
  ['closing braces', much('}')],
  ['quotes', much("''")],
  ['backslashes', `"${much('\\')}`],
  ['escapes', `{"a": "${much('\\u0041')}"}`],
  ['one long text', `{"profile": "${much('x')}"}`],
  ['one long number', `{"maxWarnings": ${much('9')}}`],
  ['one long name', `{"${much('x')}": 1}`],
  ['one long glob', `{"exclude": ["${much('*a')}"]}`],
  ['many members', `{${Array.from({ length: 60_000 }, (_, index) => `"k${index}": 1`).join(',')}}`],
  ['many lines of members', lines(60_000, (index) => `k${index}: 1`)],
  ['many rules', `{"rules": {${Array.from({ length: 50_000 }, (_, index) => `"mx-${index}": 1`).join(',')}}}`],
  ['many words', `{"select": [${Array.from({ length: 50_000 }, (_, index) => `"c${index}"`).join(',')}]}`],
  ['many overrides', `{"overrides": [${Array.from({ length: 50_000 }, () => '{"a":1}').join(',')}]}`],
  [
    'many faults in many braces',
    `{"exclude": [${Array.from({ length: 9000 }, () => `"${'{a,b}'.repeat(20)}"`).join(',')}]}`,
  ],
  [
    'a billion laughs',
    `a: &a [x,x,x,x,x,x,x,x,x]\n${lines(50, (index) => `b${index}: &b${index} [${`*${index === 0 ? 'a' : `b${index - 1}`},`.repeat(9)}]`)}`,
  ],
  ['a chain of aliases', lines(3000, (index) => `b${index}: &b${index} [${index === 0 ? '' : `*b${index - 1}`}]`)],
  ['an alias in itself', 'a: &a [*a]'],
  ['folded blanks', `a: >\n${much(' x\n\n')}`],
  ['open comments', much('/*')],
  ['comments and blanks', much('/**/ ')],
];

describe('a hostile configuration', () => {
  describe.each(NAMES)('called %s', (name) => {
    test.each(HOSTILE)('of %s is refused soon and in one sentence', async (_, content) => {
      const { problems, took } = await outcome(name, content);
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.length).toBeLessThanOrEqual(21);
      for (const problem of problems) {
        expect(problem).toMatch(
          /^zonewright\.(?:json|yaml):\d+:\d+: \S[^\n]*$|^zonewright\.(?:json|yaml): \d+ more faults/u,
        );
        expect(problem.length).toBeLessThan(500);
      }
      expect(took).toBeLessThan(5000);
    });

    test('of any octets is refused without an exception', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
          for (const problem of (await outcome(name, bytes)).problems)
            expect(problem).toMatch(/^zonewright\.[a-z]+[: ]/u);
        }),
        { numRuns: 500 },
      );
    });

    test('of any text that looks like one does not end in an exception', async () => {
      const word = fc.constantFrom(
        ...'{ } [ ] , : " \' # // /* */ \\ - ? & * ! | > % @ ` \n'.split(' '),
        ...'rules overrides extends select ignore files zones drafts profile strict mx-single off level a 1 -1 1e999 null true __proto__ constructor'.split(
          ' ',
        ),
        '"rules"',
        '"overrides"',
        '"a": ',
        '\n  ',
        '&x',
        '*x',
        '<<',
        '---',
        '...',
        '\u2028',
        '\ud800',
      );
      await fc.assert(
        fc.asyncProperty(fc.array(word, { maxLength: 40 }), fc.constantFrom('', ' '), async (words, between) => {
          await outcome(name, words.join(between));
        }),
        { numRuns: 1500 },
      );
    });

    test('of any values where settings belong does not end in an exception', async () => {
      const key = fc.constantFrom(
        'extends',
        'profile',
        'select',
        'ignore',
        'rules',
        'drafts',
        'origins',
        'includeRoot',
        'exclude',
        'certificates',
        'mtaStsPolicies',
        'baseline',
        'severity',
        'maxWarnings',
        'overrides',
        'x',
      );
      const value = fc.letrec((tie) => ({
        any: fc.oneof(
          { maxDepth: 4 },
          fc.constantFrom(
            '',
            '*',
            'mx-single',
            'example.net',
            '../x',
            'a.json',
            '_x',
            null,
            0,
            -1,
            5,
            0.5,
            true,
            'off',
          ),
          fc.array(tie('any'), { maxLength: 3 }),
          fc.dictionary(
            fc.oneof(
              key,
              fc.constantFrom('level', 'most', 'mx-single', 'core-ttl-long', 'path', 'files', 'zones', 'label'),
            ),
            tie('any'),
            { maxKeys: 3 },
          ),
        ),
      })).any;
      await fc.assert(
        fc.asyncProperty(fc.dictionary(key, value, { maxKeys: 3 }), async (content) => {
          await outcome(name, JSON.stringify(content));
        }),
        { numRuns: 1000 },
      );
    });
  });
});
