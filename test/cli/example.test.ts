import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { cli } from './run.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, body = '']) => body);

/** A command line that a document shows, run in the repository. */
function shown(line: string): ReturnType<typeof cli> {
  const args = line.replace(/^.*?zonewright /, '').split(' ');
  return cli(args, { cwd: root, env: { NO_COLOR: '1', COLUMNS: '100' } });
}

const steady = (text: string): string => text.replaceAll(/\d+(\.\d+)? (ms|s)\b/g, '? $2');

describe('the example', () => {
  const certificates = ['mx1.pem:server', 'mx2.pem:server', 'out1.pem:client'].flatMap((file) => [
    '--cert',
    `test/example/certificates/${file}`,
  ]);

  test('the good zone and its certificates are clean', async () => {
    const zone = 'test/example/example.net.zone';
    const ran = await cli(['lint', zone, ...certificates, '--now', '2026-11-21T00:00:00Z', '--quiet'], { cwd: root });
    expect(ran).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await cli(['lint', zone, '--profile', 'load', '--quiet'], { cwd: root })).code).toBe(0);
  });

  test('the README starts with it', async () => {
    const [first = ''] = blocks('sh');
    const [install, build, lint = '', ...rest] = first.trim().split(' && ');
    expect([install, build, rest]).toEqual(['npm ci', 'npm run build', []]);
    const { code, stdout } = await shown(lint);
    expect(stdout).toMatch(/^No problems found\. Checked 1 zone, /);
    expect(code).toBe(0);
  });
});

describe('the README', () => {
  const steps = blocks('console').flatMap((block) => block.split(/^(?=\$ )/m));

  test('shows commands', () => expect(steps.length).toBeGreaterThan(1));

  test.each(steps)('shows what its command prints: %s', async (step) => {
    const [line = '', ...printed] = step.split('\n');
    const { stdout, stderr } = await shown(line);
    expect(steady(printed.join('\n'))).toBe(steady(stdout + stderr));
  });

  test('its library example runs', async () => {
    const [code = ''] = blocks('js');
    const local = (_: string, room: string): string => `'${pathToFileURL(join(root, `lib/${room}/index.ts`))}'`;
    const folder = mkdtempSync(join(root, 'test/cli/.readme-'));
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(String(line)));
    try {
      writeFileSync(join(folder, 'example.mjs'), code.replaceAll(/'zonewright\/(\w+)'/g, local));
      await import(join(folder, 'example.mjs'));
    } finally {
      rmSync(folder, { recursive: true });
      log.mockRestore();
    }
    const file = 'test/example/example.net-mistakes.zone';
    const { stdout } = await cli(['lint', file, '--format', 'concise', '--no-config'], { cwd: root });
    expect(lines).toEqual(stdout.trim().split('\n'));
  });

  test('its configuration is taken', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'zonewright-'));
    try {
      writeFileSync(join(folder, 'zonewright.json'), blocks('json').join(''));
      copyFileSync(join(root, 'test/example/example.net.zone'), join(folder, 'example.net.zone'));
      const ran = await cli(['lint', 'example.net.zone', '--quiet'], { cwd: folder });
      expect(ran).toEqual({ code: 0, stdout: '', stderr: '' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
