import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cli, folderOf, zone } from './run.ts';

const record = 'www A 192.0.2.300\n';
const folder = folderOf({
  'zones/example.net.zone': zone(),
  'zones/db.example.org': zone('', 'example.org'),
  'zones/deep/er/plain-name': zone('', 'example.com'),
  'zones/notes.txt': 'An SOA record is needed.\n  SOA of our zone 1\n; @ SOA a b 1\n',
  'zones/README.md': `A zone:\n${zone()}`,
  'zones/thumbs.db': new Uint8Array([0, 1]),
  'zones/.hidden/x.zone': zone(),
  'zones/node_modules/y.zone': zone(),
  'zones/backup.zone~': zone(),
  'named/records': '$ORIGIN example.net.\nwww A 192.0.2.300\n',
  'secret/keys': 'root top-secret 0\n',
  'site/main.zone': zone('$INCLUDE hosts\n'),
  'site/hosts': record,
  'site/up.zone': zone('$INCLUDE ../secret/keys\n'),
  'site/up-missing.zone': zone('$INCLUDE ../secret/none\n'),
  'site/absolute.zone': zone('$INCLUDE /etc/passwd\n'),
  'site/link.zone': zone('$INCLUDE link\n'),
  'site/folder.zone': zone('$INCLUDE sub\n'),
  'site/binary.zone': zone('$INCLUDE bin\n'),
  'site/self.zone': zone('$INCLUDE self.zone\n'),
  'site/bin': new Uint8Array([1, 0]),
  'site/sub/inner.zone': zone('$INCLUDE beside\n$INCLUDE hosts\n'),
  'site/sub/beside': 'b A 192.0.2.9\n',
});
symlinkSync('../secret/keys', join(folder.path, 'site/link'));
symlinkSync('.', join(folder.path, 'zones/circle'));
symlinkSync('example.net.zone', join(folder.path, 'zones/linked.zone'));
afterAll(() => folder.remove());

/** Lints and gives the linted files, one for each error the reader made. */
async function lint(line: string, given = {}): ReturnType<typeof cli> {
  return cli(['lint', '--format', 'concise', '--select', 'syntax', ...line.split(' ')], { cwd: folder.path, ...given });
}

describe('files to lint', () => {
  test.each([
    ['zones', 4],
    ['zones/deep', 1],
    ['zones/example.net.zone', 1],
    ['zones/example.net.zone ./zones/example.net.zone zones', 4],
    ['zones/*.zone', 1],
    ['zones/example.net.zone zones/linked.zone', 2],
    ['zones/**/{plain,db}*', 2],
    ['zones/README.md --origin example.net', 1],
  ])('%s means %i', async (line, count) => {
    const { stderr } = await lint(line);
    expect(stderr).toMatch(new RegExp(`Checked ${count} zones?,`));
  });

  test('without a path the working folder is meant', async () => {
    const { stderr } = await cli(['lint', '--format', 'concise'], { cwd: join(folder.path, 'zones') });
    expect(stderr).toMatch(/^skipped: thumbs\.db is a binary file .*\n.*\nChecked 4 zones,/);
  });

  test('standard input has the name it is given', async () => {
    const stdin = zone(record);
    const given = await lint('- --stdin-filename zones/new.zone', { stdin });
    expect(given.stdout).toMatch(/^zones\/new\.zone:8:7: error syntax-parse-error: /);
    expect((await lint('-', { stdin })).stdout).toMatch(/^<stdin>:8:7: /);
    const named = await lint('- --stdin-filename example.net.zone', { stdin: '@ A 192.0.2.300\n' });
    expect(named.stdout).toMatch(/^example\.net\.zone:1:5: /);
  });

  test('a folder that cannot be listed is named, the rest is linted', async () => {
    const closed = folderOf({ 'a.zone': zone() });
    mkdirSync(join(closed.path, 'x'));
    writeFileSync(join(closed.path, 'x/b.zone'), zone());
    const { createIo } = await import('../../cli/io.ts');
    const { findTargets } = await import('../../cli/lint/paths.ts');
    const { FileError } = await import('../../cli/io.ts');
    const { world } = await import('./run.ts');
    const { io } = world({ cwd: closed.path });
    const guarded: ReturnType<typeof createIo> = {
      ...io,
      listFolder(path) {
        if (path === 'x') throw new FileError(path, 'permission denied');
        return io.listFolder(path);
      },
    };
    const problems = [{ path: 'x', problem: 'x: permission denied' }];
    for (const path of ['.', '**/*.zone']) {
      const found = await findTargets([path], undefined, () => false, guarded);
      expect(found).toEqual({ targets: [{ path: 'a.zone', named: false }], problems });
    }
    const alone = await findTargets(['x/*.zone'], undefined, () => false, guarded);
    expect(alone).toEqual({ targets: [], problems });
    closed.remove();
  });

  test('a zone that is a link to nothing is named, the rest is linted', async () => {
    const linked = folderOf({ 'a.zone': zone() });
    for (const name of ['gone.zone', 'gone.txt', '.gone.zone']) symlinkSync('nowhere', join(linked.path, name));
    symlinkSync('round.zone', join(linked.path, 'round.zone'));
    const { code, stderr } = await cli(['lint'], { cwd: linked.path });
    expect(stderr).toMatch(/^error: gone\.zone: no such file or folder\nerror: round\.zone: [^\n]+\n$/);
    expect(code).toBe(2);
    linked.remove();
  });
});

describe('includes', () => {
  const outside = 'it lies outside the folder of the zone file; --include-root DIR allows another';

  test('are read beside the including file, then below the root', async () => {
    expect((await lint('site/main.zone')).stdout).toMatch(/^site\/hosts:1:7: error syntax-parse-error/);
    const { stdout } = await lint('site/sub/inner.zone --include-root site');
    expect(stdout).toMatch(/^site\/hosts:1:7: error syntax-parse-error.*\n$/);
    expect((await lint('site/sub/inner.zone')).stdout).toMatch(/:9:10: error syntax-include-problem: .*no such file/);
  });

  test.each([
    ['up', 'leads up'],
    ['up-missing', 'leads up to nothing'],
    ['absolute', 'is absolute'],
    ['link', 'is a link that leads out'],
  ])('one that %s: refused, and nothing of it is shown', async (name) => {
    const { stdout, code } = await lint(`site/${name}.zone`);
    expect(stdout).toContain(`site/${name}.zone:8:10: error syntax-include-problem`);
    expect(stdout).toMatch(/outside the folder site; --include-root DIR allows another/);
    expect(stdout).not.toMatch(/top-secret|root:/);
    expect(code).toBe(1);
  });

  test('says where it is when the zone is in the working folder', async () => {
    const { stdout } = await cli(['lint', 'up.zone', '--format', 'concise', '--select', 'syntax'], {
      cwd: join(folder.path, 'site'),
    });
    expect(stdout).toContain(outside);
  });

  test('--include-root allows more', async () => {
    const { stdout } = await lint('site/up.zone --include-root .');
    expect(stdout).toMatch(/^secret\/keys:1:/);
    const absolute = await lint(`${folder.path}/site/main.zone --include-root ${folder.path}`);
    expect(absolute.stdout.startsWith(`${folder.path}/site/hosts:1:7: `)).toBe(true);
  });

  test.each([
    ['folder', 'it is a folder'],
    ['binary', 'it is a binary file'],
    ['self', 'the file includes itself'],
  ])('a %s is a finding', async (name, why) => {
    expect((await lint(`site/${name}.zone`)).stdout).toContain(why);
  });

  test('many includes of one file are one file to read', async () => {
    const lines = '$INCLUDE part\n'.repeat(300);
    const busy = folderOf({ 'a.zone': zone(lines), part: `; ${'x'.repeat(100_000)}\n` });
    const { code, stderr } = await cli(['lint', 'a.zone', '--format', 'concise'], { cwd: busy.path });
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('Checked 1 zone, 5 records') });
    busy.remove();
  });
});
