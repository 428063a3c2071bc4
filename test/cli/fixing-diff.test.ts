import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unifiedDiff } from '../../cli/lint/diff.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const diff = (name: string, before: string, after: string, cwd = '/srv'): string =>
  Buffer.from(unifiedDiff([{ name, before: bytes(before), after: bytes(after) }], { cwd })).toString('latin1');
const without = (command: string): boolean => spawnSync(command, ['--version']).status !== 0;

const LINES = Array.from({ length: 12 }, (_, index) => `l${index}\n`);
const text = (change: (lines: string[]) => void): string => {
  const lines = [...LINES];
  change(lines);
  return lines.join('');
};

describe('a unified diff', () => {
  test('shows what changed with three lines around it', () => {
    const after = text((lines) => lines.splice(5, 1, 'new\n'));
    expect(diff('zones/a.zone', LINES.join(''), after)).toBe(`--- a/zones/a.zone
+++ b/zones/a.zone
@@ -3,7 +3,7 @@
 l2
 l3
 l4
-l5
+new
 l6
 l7
 l8
`);
  });

  test('joins changes near each other and parts those that are not', () => {
    const near = diff(
      'a',
      LINES.join(''),
      text((lines) => lines.splice(2, 1) && lines.splice(7, 0, 'new\n')),
    );
    expect(near.match(/^@@.*/gm)).toEqual(['@@ -1,11 +1,11 @@']);
    const far = diff(
      'a',
      LINES.join(''),
      text((lines) => lines.splice(0, 1) && lines.splice(10, 1)),
    );
    expect(far.match(/^@@.*/gm)).toEqual(['@@ -1,4 +1,3 @@', '@@ -9,4 +8,3 @@']);
  });

  test('says where the final newline is missing', () => {
    expect(diff('a', 'a\nb', 'a\nb\n')).toBe(
      '--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n',
    );
  });

  test.each([
    ['/srv/zones/a.zone', 'a/zones/a.zone'],
    ['./zones/../a.zone', 'a/a.zone'],
    ['../other/a.zone', 'a/other/a.zone'],
    ['my zone', 'a/my zone\t'],
    ['a"b\\c\nd', '"a/a\\"b\\\\c\\012d"'],
    ['é.zone', 'a/Ã©.zone'],
  ])('names %j as %j', (name, shown) => expect(diff(name, 'a\n', 'b\n').split(/\n(?=\+)/)[0]).toBe(`--- ${shown}`));

  test('of files with many changes takes linear time', () => {
    const many = (end: string): string => Array.from({ length: 100_000 }, (_, index) => `w${index} ${end}\n`).join('');
    const start = performance.now();
    expect(diff('a', many('A'), many('B')).length).toBeGreaterThan(1_900_000);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

if (without('patch')) console.log('patch is not installed: its tests are skipped');

describe.skipIf(without('patch'))('the patch program makes of it the octets that were meant', () => {
  const apply = (name: string, before: Uint8Array, after: Uint8Array): Buffer => {
    const folder = mkdtempSync(join(tmpdir(), 'zonewright-'));
    try {
      writeFileSync(join(folder, name), before);
      const input = unifiedDiff([{ name: join(folder, name), before, after }], { cwd: folder });
      const { status, stdout, stderr } = spawnSync('patch', ['-p1', '--binary'], { cwd: folder, input });
      if (status !== 0) throw new Error(`${stdout}${stderr}`);
      return readFileSync(join(folder, name));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test.each([
    ['no UTF-8', 'a', '\xff\xfe\n\x80a\n', '\xff\xfe\n\x80b\n'],
    ['CRLF', 'a', 'a\r\nb\r\n', 'a\r\nc\r\n'],
    ['lone carriage returns', 'a', 'a\rx\nb\n', 'a\rx\nc\n'],
    ['a final newline', 'a', 'a\nb', 'a\nb\n'],
    ['no final newline any more', 'a', 'a\nb\n', 'a\nb'],
    ['nothing before', 'a', '', 'a\n'],
    ['nothing after', 'a', 'a\nb', ''],
    ['lines that look like a diff', 'a', '--- a\n+++ b\n@@ -1 +1 @@\nx\n', '--- a\n+++ b\n@@ -1 +1 @@\ny\n'],
    ['a name with blanks', 'my zone file', 'a\n', 'b\n'],
    ['a name that is not ASCII', 'zürich', 'a\n', 'b\n'],
    ['a name with a quote', 'a"b', 'a\n', 'b\n'],
  ])('with %s', (_, name, before, after) => {
    expect(apply(name, bytes(before), bytes(after)).toString('latin1')).toBe(after);
  });

  test('whatever the lines are', () => {
    const line = fc.constantFrom('a\n', 'b\n', '\n', 'c\r\n', '\xff\n', '-\n', '+\n', ' \n', '\\ No newline\n', 'end');
    const file = fc.array(line, { maxLength: 30 }).map((lines) => lines.join(''));
    fc.assert(
      fc.property(file, file, (before, after) => {
        fc.pre(before !== after && after !== '' && before !== '');
        expect(apply('z', bytes(before), bytes(after)).toString('latin1')).toBe(after);
      }),
      { numRuns: 60 },
    );
  });
});
