import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { start } from '../cli/program.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'zonewright-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The blocks of one language. */
function blocks(language: string): string[] {
  return [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gmsu)].flatMap(([, of, text = '']) =>
    of === language ? text : [],
  );
}

test('the configuration is one that is taken', async () => {
  const [configuration, ...more] = blocks('json');
  expect([configuration === undefined, more]).toEqual([false, []]);
  writeFileSync(join(folder, 'zonewright.json'), configuration ?? '');
  copyFileSync(join(root, 'test/example/example.net.zone'), join(folder, 'example.net.zone'));
  const { code, stderr } = await (await start(['lint', 'example.net.zone', '--quiet'], { cwd: folder })).exit;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

test('the program that uses the library prints what the command line does', async () => {
  const [program = '', ...more] = blocks('js');
  expect([program === '', more]).toEqual([false, []]);
  const [source, bundle] = [join(folder, 'program.js'), join(folder, 'program.mjs')];
  writeFileSync(source, program);
  const alias = Object.fromEntries(
    ['lint', 'text', 'zone'].map((room) => [`zonewright/${room}`, `./lib/${room}/index.ts`]),
  );
  await build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile: bundle,
    alias,
    bundle: true,
    format: 'esm',
    platform: 'node',
  });
  const printed = execFileSync(process.execPath, [bundle], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  const args = ['lint', 'test/example/example.net-mistakes.zone', '--format', 'concise', '--no-config'];
  const { stdout } = await (await start(args, { cwd: root })).exit;
  expect(printed).toEqual(stdout.trim().split('\n'));
});
