import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleProgram } from '../../bundle.js';
import { version } from '../../cli/version.ts';
import { root } from './sources.ts';

/** What is loaded before the first line of main.ts runs; more of it would be felt in `--version`. */
const startLimit = 20_000;

describe('the command line bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zonewright-bundle-'));
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

  beforeAll(() => bundleProgram(folder, { minify: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('starts without any package and stays small', () => {
    const start = loadedAtStart('main.js', read);
    expect(start).toContain('main.js');
    expect(start.map(read).join('')).not.toContain('CommanderError');
    expect(start.reduce((sum, file) => sum + read(file).length, 0)).toBeLessThan(startLimit);
  });

  test('holds the commands in files that are loaded when they are called', () => {
    const [app] = [...read('main.js').matchAll(/import\([`'"]\.\/([^`'"]+)[`'"]\)/g)].map(([, file = '']) => file);
    expect(
      loadedAtStart(app ?? '', read)
        .map(read)
        .join(''),
    ).toContain('CommanderError');
  });

  test('names the version of package.json', () => {
    expect(version).toBe((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version);
  });
});

/** The files that are loaded with one: those it imports by statements, and so on. */
function loadedAtStart(entry: string, read: (file: string) => string): string[] {
  const reached = new Set([entry]);
  for (const file of reached) {
    for (const [, next = ''] of read(file).matchAll(/(?:from|import) ?[`'"]\.\/([^`'"]+)[`'"]/g)) reached.add(next);
  }
  return [...reached];
}
