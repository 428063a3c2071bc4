import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../cli/app.ts';
import { FileError } from '../../cli/io.ts';
import { folderWith } from './folders.ts';
import { start } from './program.ts';
import { cli, type Ran, world, zone } from './run.ts';

const read = (cwd: string, name: string): string => readFileSync(join(cwd, name), 'utf8');
const SELECT = ['--select', 'spf-*,mx-target-cname,syntax-*'];
const fix = (cwd: string, ...args: string[]): Promise<Ran> => cli(['lint', '.', ...SELECT, ...args], { cwd });

/** An SPF record with a term that stands twice: the safe fix takes the second out. */
const twice = '@ TXT "v=spf1 mx mx -all" ; keep  this\n@ MX 10 ns1\n';
const once = '@ TXT "v=spf1 mx -all" ; keep  this\n@ MX 10 ns1\n';

describe('--fix', () => {
  test('writes the safe fixes and nothing else', async () => {
    const cwd = folderWith({ 'a.zone': zone(twice), 'b.zone': zone(once, 'b.example') });
    const inode = statSync(join(cwd, 'b.zone')).ino;
    const ran = await fix(cwd, '--fix', '--format', 'concise');
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(ran.stderr).toContain('Fixed 1 finding in 1 file.\n');
    expect(read(cwd, 'a.zone')).toBe(zone(once));
    expect(statSync(join(cwd, 'b.zone')).ino).toBe(inode);
  });

  test('a second run finds nothing to fix', async () => {
    const cwd = folderWith({ 'a.zone': zone(twice) });
    await fix(cwd, '--fix');
    const fixed = read(cwd, 'a.zone');
    expect((await fix(cwd, '--fix')).stderr).toContain('Fixed 0 findings in 0 files.\n');
    expect(read(cwd, 'a.zone')).toBe(fixed);
  });

  test('keeps carriage returns, tabs, comments and octets of no encoding', async () => {
    const text = `${zone('').replaceAll('\n', '\r\n')}; caf\u00e9\t\r\n${twice.replaceAll('\n', '\r\n')}`;
    const cwd = folderWith({ 'a.zone': Buffer.from(text, 'latin1') });
    await fix(cwd, '--fix');
    expect(readFileSync(join(cwd, 'a.zone'), 'latin1')).toBe(text.replace('mx mx', 'mx'));
  });

  test('leaves unsafe fixes alone unless they are asked for', async () => {
    const text = zone('@ TXT "v=spf1 mx -all"\n@ MX 10 alias\nalias CNAME ns1\n');
    const cwd = folderWith({ 'a.zone': text });
    expect((await fix(cwd, '--fix')).code).toBe(1);
    expect(read(cwd, 'a.zone')).toBe(text);
    expect((await fix(cwd, '--fix', '--unsafe-fixes')).code).toBe(0);
    expect(read(cwd, 'a.zone')).toBe(text.replace('MX 10 alias', 'MX 10 ns1.example.net.'));
  });

  test('--bump-serial raises the serial of what changed', async () => {
    const cwd = folderWith({ 'a.zone': zone(twice), 'b.zone': zone(once, 'b.example') });
    await fix(cwd, '--fix', '--bump-serial');
    expect(read(cwd, 'a.zone')).toBe(zone(once).replace('hostmaster 1 ', 'hostmaster 2 '));
    expect(read(cwd, 'b.zone')).toBe(zone(once, 'b.example'));
  });

  test.each(['part.inc', './part.inc', '"part.inc"'])(
    'a file that two zones include as %s is fixed once',
    async (name) => {
      const including = (origin: string): string => zone(`$INCLUDE ${name}\n`, origin);
      const cwd = folderWith({ 'a.zone': including('a.example'), 'b.zone': including('b.example'), 'part.inc': twice });
      const ran = await fix(cwd, '--fix');
      expect(ran.stderr).toContain(' in 1 file.\n');
      expect(ran.code).toBe(0);
      expect(read(cwd, 'part.inc')).toBe(once);
      expect(read(cwd, 'a.zone')).toBe(including('a.example'));
    },
  );

  test('a file that two zones reach by different ways is fixed once', async () => {
    const cwd = folderWith({
      'a.zone': zone('$INCLUDE part.inc\n', 'a.example'),
      'b.zone': zone('$INCLUDE link.inc\n', 'b.example'),
      'part.inc': twice,
    });
    symlinkSync('part.inc', join(cwd, 'link.inc'));
    const ran = await fix(cwd, '--fix', '--format', 'concise');
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    expect(read(cwd, 'part.inc')).toBe(once);
    expect(lstatSync(join(cwd, 'link.inc')).isSymbolicLink()).toBe(true);
  });

  test('a file given by two paths', async () => {
    const cwd = folderWith({ 'a.zone': zone(twice) });
    const ran = await cli(['lint', 'a.zone', join(cwd, 'a.zone'), ...SELECT, '--fix'], { cwd });
    expect(ran.code).toBe(0);
    expect(read(cwd, 'a.zone')).toBe(zone(once));
  });

  test('a link stays a link, and the mode stays', async () => {
    const cwd = folderWith({ 'real/a.zone': zone(twice) });
    chmodSync(join(cwd, 'real/a.zone'), 0o640);
    symlinkSync('real/a.zone', join(cwd, 'a.zone'));
    const ran = await cli(['lint', 'a.zone', ...SELECT, '--fix'], { cwd });
    expect(ran.code).toBe(0);
    expect(lstatSync(join(cwd, 'a.zone')).isSymbolicLink()).toBe(true);
    expect(read(cwd, 'real/a.zone')).toBe(zone(once));
    expect(statSync(join(cwd, 'real/a.zone')).mode & 0o777).toBe(0o640);
  });

  test('a file changed meanwhile is left as it is', async () => {
    const cwd = folderWith({ 'a.zone': zone(twice) });
    const { io, written } = world({ cwd });
    const other = zone('changed A 192.0.2.9\n');
    let reads = 0;
    const readFile = (path: string, limit?: number): Uint8Array => {
      const bytes = io.readFile(path, limit);
      if (path === 'a.zone' && reads++ === 0) writeFileSync(join(cwd, 'a.zone'), other);
      return bytes;
    };
    expect(await run(['lint', 'a.zone', ...SELECT, '--fix'], { ...io, readFile })).toBe(2);
    expect(read(cwd, 'a.zone')).toBe(other);
    expect(written.stderr.join('')).toContain('error: a.zone was changed by somebody else while it was being fixed');
  });

  test('a file that cannot be written: the others are, and the code is 2', async () => {
    const cwd = folderWith({ 'a.zone': zone(twice, 'a.example'), 'b.zone': zone(twice, 'b.example') });
    const { io, written } = world({ cwd });
    const createFile = (path: string): ReturnType<typeof io.createFile> => {
      if (path === 'a.zone') throw new FileError(`cannot write ${path}`, 'permission denied');
      return io.createFile(path);
    };
    expect(await run(['lint', '.', ...SELECT, '--fix'], { ...io, createFile })).toBe(2);
    expect(written.stderr.join('')).toContain('error: cannot write a.zone: permission denied\n');
    expect(written.stderr.join('')).toContain('Wrote 1 of 2 fixed files.\n');
    expect(read(cwd, 'a.zone')).toBe(zone(twice, 'a.example'));
    expect(read(cwd, 'b.zone')).toBe(zone(once, 'b.example'));
  });

  test('a bad file among good ones: the good ones are fixed', async () => {
    const cwd = folderWith({ 'a.zone': '{ "json": 1 }', 'b.zone': zone(twice, 'b.example') });
    expect((await fix(cwd, '--fix')).code).toBe(2);
    expect(read(cwd, 'b.zone')).toBe(zone(once, 'b.example'));
  });

  test('standard input cannot be fixed', async () => {
    const ran = await cli(['lint', '-', '--fix'], { stdin: zone(twice) });
    expect(ran).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: what comes from standard input cannot be fixed: give a file\n',
    });
  });
});

describe('--fix-dry-run', () => {
  const table: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
    ['a zone', { 'a.zone': zone(twice) }, []],
    ['CRLF', { 'a.zone': zone(twice).replaceAll('\n', '\r\n') }, []],
    ['no newline at the end', { 'a.zone': zone('@ MX 10 ns1\n@ TXT "v=spf1 mx mx -all"') }, []],
    [
      'zones and what they share',
      {
        'in/a.zone': zone('$INCLUDE p.inc\n', 'a.example'),
        'in/b.zone': zone(`${twice}$INCLUDE p.inc\n`, 'b.example'),
        'in/p.inc': `sub ${twice.replace('@ MX', 'sub MX')}`,
      },
      [],
    ],
    ['serials', { 'a.zone': zone(twice), 'b.zone': zone(twice, 'b.example') }, ['--bump-serial']],
    ['unsafe fixes', { 'a.zone': zone('@ MX 10 alias\nalias CNAME ns1\n') }, ['--unsafe-fixes']],
    ['a space in a name', { 'a b.zone': zone(twice) }, []],
  ];
  const noPatch = spawnSync('patch', ['--version']).status !== 0;
  test.skipIf(noPatch).each(table)('patch makes of %s what --fix writes (needs patch)', async (_, files, args) => {
    const [fixed, patched] = [folderWith(files), folderWith(files)];
    const { code, stdout } = await cli(['lint', '.', ...SELECT, '--fix-dry-run', ...args], { cwd: patched });
    expect(code).toBe(1);
    for (const name of Object.keys(files)) expect(read(patched, name)).toBe(files[name]);
    await cli(['lint', '.', ...SELECT, '--fix', ...args], { cwd: fixed });
    const input = Buffer.from(stdout, 'latin1');
    execFileSync('patch', ['-p1', '--binary', '--quiet'], { cwd: patched, input });
    for (const name of Object.keys(files)) expect(read(patched, name)).toBe(read(fixed, name));
    expect(Object.keys(files).some((name) => read(fixed, name) !== files[name])).toBe(true);
  });

  test('with nothing to fix', async () => {
    const cwd = folderWith({ 'a.zone': zone(once) });
    const ran = await fix(cwd, '--fix-dry-run');
    expect(ran).toEqual({ code: 0, stdout: '', stderr: 'Would fix 0 findings in 0 files.\n' });
  });
});

describe('a run that is killed', () => {
  test('leaves every file as it was, or fixed', { timeout: 60_000 }, async () => {
    const names = Array.from({ length: 60 }, (_, index) => `z${index}`);
    const padding = `${'; padding\n'.repeat(2000)}`;
    const unfixed = (name: string): string => zone(padding + twice, `${name}.example`);
    const mended = (name: string): string => zone(padding + once, `${name}.example`);
    const original = folderWith(Object.fromEntries(names.map((name) => [`${name}.zone`, unfixed(name)])));
    const outcomes = new Set<string>();
    for (let round = 0; round < 4; round++) {
      const cwd = folderWith({});
      cpSync(original, cwd, { recursive: true });
      const { child, exit } = await start(['lint', '.', ...SELECT, '--fix'], { cwd });
      const isFixed = (name: string): boolean => read(cwd, `${name}.zone`) === mended(name);
      // From the moment the first files are written on: that is when it could do harm.
      while (child.exitCode === null && !isFixed(['z0', 'z30', 'z9', 'z0'][round % 4] ?? '')) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      child.kill('SIGKILL');
      await exit;
      for (const name of names) {
        const text = read(cwd, `${name}.zone`);
        expect([unfixed(name), mended(name)]).toContain(text);
        outcomes.add(text === mended(name) ? 'fixed' : 'as it was');
      }
      expect(readdirSync(cwd).filter((name) => !name.endsWith('.zone') && !/^\..*\.tmp$/u.test(name))).toEqual([]);
      expect((await cli(['lint', '.', ...SELECT, '--fix'], { cwd })).code).toBe(0);
      expect(names.every(isFixed)).toBe(true);
    }
    expect(outcomes).toContain('fixed');
  });
});
