import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { version } from '../../cli/version.ts';
import { sharedProgram } from './bundle.ts';
import { program, steady, TELLING_THREADS, threads } from './program.ts';
import { folderOf, zone } from './run.ts';

const names = Array.from({ length: 300 }, (_, index) => `z${index}.example`);
const zones = names.map((name, index) => [
  `${name}.zone`,
  zone(index % 7 === 0 ? 'bad A x\nmx MX 10 alias\nalias CNAME ns1\n' : 'a 300 A 192.0.2.1\na 60 A 192.0.2.2\n', name),
]);
const folder = folderOf({
  ...Object.fromEntries(zones),
  'example.net.zone': zone('@ MX 10 mx2\nmx2 A 192.0.2.2\n'),
  'z5.db': new Uint8Array([1, 0]),
});
let main = '';

beforeAll(async () => {
  main = await sharedProgram();
}, 60_000);
afterAll(() => folder.remove());

function zonewright(
  args: readonly string[],
  input?: string,
): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, NO_COLOR: '1', ZONEWRIGHT_DEBUG: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder.path,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env,
    ...(input === undefined ? {} : { input }),
  });
  return { status, stdout, stderr };
}

describe('the program', () => {
  test('--version prints the version', () => {
    expect(zonewright(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('ends with the exit code of its command', () => {
    expect(zonewright(['lint', 'z1.example.zone', '--quiet', '--severity', 'error'])).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    });
    expect(zonewright(['lint', 'z0.example.zone']).status).toBe(1);
    expect(zonewright(['lint', 'none.zone']).status).toBe(2);
  });

  test('works in a folder that was removed', () => {
    const script = 'mkdir gone && cd gone && rmdir ../gone && exec "$@"';
    const ran = (path: string): ReturnType<typeof spawnSync> =>
      spawnSync('bash', ['-c', script, 'bash', process.execPath, main, 'lint', path, '--quiet'], { cwd: folder.path });
    const missing = ran('a.zone');
    expect(String(missing.stderr)).toBe('error: no such file or folder: a.zone; check the path\n');
    expect(missing.status).toBe(2);
    expect(ran(join(folder.path, 'z1.example.zone')).status).toBe(0);
  });

  test('reads standard input to its end', () => {
    const text = zone(`${'; padding\n'.repeat(50_000)}bad A x\n`);
    const { status, stdout } = zonewright(['lint', '-', '--format', 'concise'], text);
    expect(stdout).toMatch(/^<stdin>:50008:7: error syntax-parse-error: /);
    expect(status).toBe(1);
  });

  const full = existsSync('/dev/full');
  const shell: readonly (readonly [what: string, line: string, code: number, stderr: RegExp])[] = [
    [
      'standard output',
      '"$@" lint z0.example.zone > /dev/full',
      2,
      /^error: standard output: no space is left on the disk\n$/u,
    ],
    [
      'a long report',
      '"$@" lint . --format json > /dev/full',
      2,
      /error: standard output: no space is left on the disk\n$/u,
    ],
    ['the version', '"$@" --version > /dev/full', 2, /^error: standard output: no space is left on the disk\n$/u],
    ['help', '"$@" rules --help > /dev/full', 2, /^error: standard output: no space is left on the disk\n$/u],
    ['standard error', '"$@" lint none.zone 2> /dev/full', 2, /^$/u],
    [
      'the report',
      '"$@" lint . --format json --output /dev/full',
      2,
      /error: cannot write \/dev\/full: no space is left on the disk\n$/u,
    ],
    [
      'a file that may not grow',
      'trap \'\' XFSZ; ulimit -f 4; "$@" lint . --format json --output big.json',
      2,
      /error: cannot write big\.json: the file grows larger than is allowed\n$/u,
    ],
  ];
  test.skipIf(!full).each(shell)('says that there is no room for %s (needs /dev/full)', (_, line, code, sentence) => {
    const ran = spawnSync('bash', ['-c', line, 'bash', process.execPath, main], { cwd: folder.path, encoding: 'utf8' });
    expect(ran.stderr).toMatch(sentence);
    expect(ran.status).toBe(code);
    expect(readdirSync(folder.path).filter((name) => name.includes('big'))).toEqual([]);
  });

  test.skipIf(!existsSync('/dev/fd'))('writes into a pipe that has a path (needs /dev/fd)', () => {
    const line = '"$@" lint z0.example.zone --format json --output /dev/fd/3 3>&1 >&2 | cat';
    const ran = spawnSync('bash', ['-c', line, 'bash', process.execPath, main], { cwd: folder.path, encoding: 'utf8' });
    expect(ran.stderr).toMatch(/^Found /u);
    expect(JSON.parse(ran.stdout)).toMatchObject({ files: ['z0.example.zone'] });
  });

  test('says nothing when its reader goes away', async () => {
    const child = spawn(process.execPath, [main, 'lint', '.', '--format', 'json'], { cwd: folder.path });
    let stderr = '';
    child.stderr.on('data', (text) => (stderr += text));
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toMatch(/^skipped: z5\.db [^\n]*\n$/);
    expect(status).toBe(1);
    const gone = 'exec "$@" --version > >(exit)';
    const ran = spawnSync('bash', ['-c', gone, 'bash', process.execPath, main], { encoding: 'utf8' });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
  });

  test('an interrupted run leaves no half report', async () => {
    const args = [
      main,
      'lint',
      '-',
      '--output',
      'report.json',
      '--format',
      'json',
      '--stdin-filename',
      'a.example.zone',
    ];
    const child = spawn(process.execPath, args, { cwd: folder.path });
    child.stdin.write(zone());
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill('SIGINT');
    const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
    expect(signal).toBe('SIGINT');
    expect(readdirSync(folder.path).filter((name) => name.includes('report'))).toEqual([]);
  });
});

describe('--jobs', () => {
  const cwd = folder.path;

  test('any number of threads gives the same report', async () => {
    const args = ['lint', '.', '--max-diagnostics', '70', '--statistics'];
    const [one, three] = [await program(args, { cwd }), await threads(3, args, { cwd })];
    expect(one.stdout.match(/^z\d+\.example\.zone:/gm)).toHaveLength(70);
    expect(one.code).toBe(1);
    expect({ ...three, stdout: steady(three.stdout) }).toEqual({ ...one, stdout: steady(one.stdout) });
  });

  test('threads get the certificates as well', async () => {
    const certificate = new URL('../example/certificates/mx1.pem', import.meta.url).pathname;
    const args = ['lint', '.', '--cert', `${certificate}:server`, '--now', '2026-11-21', '--format', 'json'];
    const one = await program(args, { cwd });
    expect(one.stdout).toContain('"rule":"cert-');
    expect((await threads(2, args, { cwd })).stdout).toBe(one.stdout);
  });

  test('large files are shared from the beginning', async () => {
    const hosts = Array.from({ length: 280_000 }, (_, index) => `h${index} A 192.0.2.1\n`).join('');
    const large = folderOf({ 'a.zone': zone(hosts, 'a.example'), 'b.zone': zone(hosts, 'b.example') });
    const { code, stdout, stderr } = await program(['lint', '.', '--profile', 'load', '--jobs', '2'], {
      cwd: large.path,
      env: TELLING_THREADS,
    });
    large.remove();
    expect([code, stderr]).toEqual([0, 'a thread\n']);
    expect(stdout).toContain('2 zones, 560,010 records');
  });
});
