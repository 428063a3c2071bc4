import { chmodSync, readFileSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../cli/app.ts';
import { FileError } from '../../cli/io.ts';
import { cli, folderOf, type Given, type Ran, world } from './run.ts';

const messy = '$ORIGIN example.net.\n$TTL 1h\nwww.example.net. IN A 192.0.2.1;x\n';
const tidy = '$ORIGIN example.net.\n$TTL 1h\nwww IN A 192.0.2.1 ;x\n';

let folder: ReturnType<typeof folderOf>;
beforeEach(() => {
  folder = folderOf({
    'zones/a.zone': messy,
    'zones/b.zone': tidy,
    'zones/c.pem': 'x',
    'bad.zone': 'a  A\nb  A 192.0.2.1\n',
  });
});
afterEach(() => folder.remove());

const fmt = (line: string, given: Given = {}): Promise<Ran> =>
  cli(['fmt', ...line.split(' ').filter((word) => word !== '')], { cwd: folder.path, ...given });
const content = (path: string): string => readFileSync(`${folder.path}/${path}`, 'utf8');

describe('fmt', () => {
  test('prints one file and leaves it as it is', async () => {
    expect(await fmt('zones/a.zone')).toEqual({ code: 0, stdout: tidy, stderr: '' });
    expect(content('zones/a.zone')).toBe(messy);
    expect((await fmt('zones/b.zone')).stdout).toBe(tidy);
  });

  test('prints standard input', async () => {
    expect(await fmt('-', { stdin: messy })).toEqual({ code: 0, stdout: tidy, stderr: '' });
    const { stdout } = await fmt('- --diff --stdin-filename zones/x.zone', { stdin: messy });
    expect(stdout).toMatch(/^--- a\/zones\/x\.zone\n/u);
  });

  test('--check names the files that would change', async () => {
    expect(await fmt('--check zones')).toEqual({
      code: 1,
      stdout: 'zones/a.zone\n',
      stderr: '2 files, 1 would change\n',
    });
    expect(await fmt('--check -q zones/b.zone')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('--diff shows what would change, coloured when asked for', async () => {
    const { code, stdout } = await fmt('--diff zones');
    expect(code).toBe(1);
    expect(stdout).toContain('\n-www.example.net. IN A 192.0.2.1;x\n+www IN A 192.0.2.1 ;x\n');
    expect((await fmt('--diff zones --color always')).stdout).toContain('\u001b[32m+www IN A 192.0.2.1 ;x\u001b[0m\n');
  });

  test('--write writes what changes, keeping the mode', async () => {
    chmodSync(`${folder.path}/zones/a.zone`, 0o640);
    expect(await fmt('--write zones')).toEqual({ code: 0, stdout: '', stderr: '2 files, 1 formatted\n' });
    expect(content('zones/a.zone')).toBe(tidy);
    expect(statSync(`${folder.path}/zones/a.zone`).mode & 0o777).toBe(0o640);
    expect((await fmt('--check zones')).code).toBe(0);
  });

  test('--write counts no file that could not be written', async () => {
    const { io, written } = world({ cwd: folder.path });
    const full = (path: string): never => {
      throw new FileError(`cannot write ${path}`, 'no space is left on the disk');
    };
    expect(await run(['fmt', '--write', 'zones'], { ...io, createFile: full })).toBe(2);
    const why = 'error: cannot write zones/a.zone: no space is left on the disk\n';
    expect(written.stderr.join('')).toBe(`${why}2 files, 0 formatted\n`);
    expect(content('zones/a.zone')).toBe(messy);
  });

  test('--origin shortens names', async () => {
    const stdin = 'www.example.org. A 192.0.2.1\n';
    expect((await fmt('- --origin example.org', { stdin })).stdout).toBe('www A 192.0.2.1\n');
    expect((await fmt('-', { stdin })).stdout).toBe(stdin);
  });

  test('tells what it leaves, unless it is to be quiet', async () => {
    expect(await fmt('bad.zone')).toEqual({
      code: 0,
      stdout: 'a  A\nb A 192.0.2.1\n',
      stderr: expect.stringMatching(/^note: bad\.zone:1:5: left as it is: .+\n$/u),
    });
    expect((await fmt('-q bad.zone')).stderr).toBe('');
  });

  test.each([
    ['zones', /several files: give --check, --diff or --write/u],
    ['--write --check zones', /--write does not go with --check/u],
    ['--check --origin example.net zones', /--origin names one zone/u],
    ['nowhere.zone', /no such file/u],
    ['zones/c.pem --config nowhere.json', /nowhere\.json/u],
  ])('wrong use: %s', async (line, sentence) => {
    const { code, stdout, stderr } = await fmt(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
  });

  test('takes its settings from the configuration', async () => {
    folder.remove();
    const strings = '"aaaaaaaaaaaaaaaaaaaaaaaa" "bbbbbbbbbbbbbbbbbbbbbbb"';
    folder = folderOf({
      'zonewright.json':
        '{"format": {"lineWidth": 40, "blankLines": 2}, "drafts": {"clientMxType": 65280}, "exclude": ["x.zone"]}',
      'a.zone': `a TXT ${strings}\n\n\n\nb TYPE65280 \\# 3 000a00\n`,
      'x.zone': messy,
    });
    const { stdout } = await fmt('a.zone');
    expect(stdout).toBe(
      `a TXT ( ${strings.replace(' ', '\n        ')} )\n\n\nb TYPE65280 \\# 3 000a00 ; CLIENTMX 10 .\n`,
    );
    expect((await fmt('a.zone --no-config')).stdout).toContain(strings);
    expect((await fmt('--check .')).stdout).toBe('a.zone\n');
  });

  test('a file that is no zone ends with 2, the others are formatted', async () => {
    folder.remove();
    folder = folderOf({ 'a.zone': messy, 'b.zone': '-----BEGIN CERTIFICATE-----\n', 'c.zone': '\u0001\u0000' });
    const { code, stderr } = await fmt('--write .');
    expect(code).toBe(2);
    expect(stderr).toMatch(/error: b\.zone is a PEM file.*\nskipped: c\.zone is a binary file/u);
    expect(content('a.zone')).toBe(tidy);
  });

  test('shows how far it is on a terminal', async () => {
    const { stderr } = await fmt('--check zones', { columns: 80, tick: 600 });
    expect(stderr).toContain('of 2 files');
  });
});
