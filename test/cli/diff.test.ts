import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, folderOf, type Given, type Ran, zone } from './run.ts';
import { schemaFaults } from './schemas.ts';

const OLD = zone('@ MX 10 mx1\n@ TYPE265 10 Out\nmx1 A 192.0.2.10\n_25._tcp.mx1 TXT t\nwww 300 A 192.0.2.20\n');
const NEW = zone(
  '@ MX 10 mail\n@ TYPE265 20 Out\nmail A 192.0.2.10\n_25._tcp.mail TXT t\nwww 600 A 192.0.2.20\nnew TXT "\\027[31m"\n',
).replace('hostmaster 1 7200', 'hostmaster 2 7201');

let files: ReturnType<typeof folderOf>;
beforeAll(() => {
  files = folderOf({
    'old.zone': OLD,
    'new.zone': NEW,
    'same.zone': OLD.replaceAll('mx1', 'MX1').replace('$TTL 3600\n', '$TTL 1h ; an hour\n'),
    'serial.zone': OLD.replace('hostmaster 1', 'hostmaster 2'),
    'other.zone': zone('', 'example.org'),
    'broken.zone': `${OLD}bad A 1.2.3\n`,
    'relative/a': '@ 60 SOA ns host 1 2 3 4 5\n',
    'relative/example.net.zone': '@ 60 SOA ns host 1 2 3 4 5\n',
    'plain.txt': 'no zone at all\n',
    'strange.zone': `${OLD}x.example.org. A 192.0.2.1\n`,
  });
});
afterAll(() => files.remove());

const diff = (args: readonly string[], given: Given = {}): Promise<Ran> =>
  cli(['diff', ...args], { cwd: files.path, ...given });

describe('zonewright diff', () => {
  test('tells people what differs', async () => {
    const { code, stdout, stderr } = await diff(['old.zone', 'new.zone']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toBe(`example.net.
~   3600 SOA serial 1 → 2, refresh 7200 → 7201
~   3600 MX 10 mx1.example.net. → mail.example.net.
~   3600 TYPE265 10 → 20 Out.example.net.

renamed mx1.example.net. → mail.example.net.
    3600 A 192.0.2.10

renamed _25._tcp.mx1.example.net. → _25._tcp.mail.example.net.
    3600 TXT "t"

new.example.net.
+   3600 TXT "\\027[31m"

www.example.net.
~   A TTL 300 → 600 of the record that stayed

3 RRsets added, 2 removed and 4 changed (6 records added and 5 removed, 1 TTL); 1 host renamed; serial 1 → 2.
`);
  });

  test('in colours when they are wanted', async () => {
    const { stdout } = await diff(['old.zone', 'new.zone', '--color', 'always']);
    expect(stdout).toContain(
      '\u001b[33m~\u001b[0m   3600 TYPE265 \u001b[31m10\u001b[0m → \u001b[32m20\u001b[0m Out.example.net.',
    );
    expect((await diff(['old.zone', 'new.zone'])).stdout).not.toContain('\u001b');
  });

  test.each<[string, readonly string[], number, string]>([
    ['the same', ['old.zone', 'old.zone'], 0, 'No difference.\n'],
    ['another spelling', ['old.zone', 'same.zone'], 0, 'No difference.\n'],
    [
      'a serial',
      ['old.zone', 'serial.zone'],
      1,
      'example.net.\n~   3600 SOA serial 1 → 2\n\nNo difference but the serial 1 → 2.\n',
    ],
    [
      'a serial that goes back',
      ['serial.zone', 'old.zone'],
      1,
      'example.net.\n~   3600 SOA serial 2 → 1\n\nNo difference but the serial 2 → 1, which is not after it.\n',
    ],
    [
      'a serial that does not count',
      ['old.zone', 'serial.zone', '--ignore-serial'],
      0,
      'No difference but the serial 1 → 2.\n',
    ],
  ])('%s', async (_, args, code, stdout) => {
    expect(await diff(args)).toEqual({ code, stdout, stderr: '' });
  });

  test('as JSON that fits its schema', async () => {
    const { code, stdout } = await diff(['old.zone', 'new.zone', '--format', 'json', '--ignore-ttl']);
    const value = JSON.parse(stdout);
    expect(schemaFaults('diff', value)).toEqual([]);
    expect(code).toBe(1);
    expect(value).toMatchObject({
      equal: false,
      zones: [{ old: { file: 'old.zone' }, ignored: ['ttl'], renames: [{ from: 'mx1.example.net.' }] }],
    });
    const same = await diff(['old.zone', 'same.zone', '--format', 'json']);
    expect(schemaFaults('diff', JSON.parse(same.stdout))).toEqual([]);
    expect(JSON.parse(same.stdout)).toMatchObject({ equal: true, zones: [{ changes: [], serial: null }] });
  });

  test('as a script, into a file', async () => {
    const { code, stdout } = await diff(['old.zone', 'new.zone', '--format', 'nsupdate', '--output', 'script']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const script = readFileSync(join(files.path, 'script'), 'utf8');
    expect(script).toContain('\nprereq yxrrset example.net. IN TYPE265 \\# 19 000a034f7574');
    expect(script).toMatch(/\nsend\n$/u);
  });

  test('reads standard input and zone JSON', async () => {
    const { stdout } = await cli(['convert', 'old.zone', '--to', 'json'], { cwd: files.path });
    expect(await diff(['-', 'same.zone'], { stdin: stdout })).toMatchObject({ code: 0, stderr: '' });
    expect(await diff(['same.zone', '-', '--stdin-filename', 'x.zone'], { stdin: OLD })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test('entries that cannot be read are named and nothing else is said', async () => {
    const broken = await diff(['old.zone', 'broken.zone']);
    expect(broken).toMatchObject({ code: 2, stdout: '' });
    expect(broken.stderr).toContain('broken.zone:13:7: error syntax-parse-error:');
    expect(broken.stderr).toContain('--partial compares the rest');
    const partial = await diff(['old.zone', 'broken.zone', '--partial']);
    expect(partial).toMatchObject({ code: 0, stdout: 'No difference.\n' });
    expect(partial.stderr).toContain('broken.zone:13:7');
  });

  test('records outside the zone are noted', async () => {
    const { code, stderr } = await diff(['old.zone', 'strange.zone']);
    expect(code).toBe(0);
    expect(stderr).toBe('note: strange.zone: 1 record outside the zone not compared\n');
  });

  test('the name of one side serves both', async () => {
    expect(await diff(['relative/a', 'relative/example.net.zone'])).toMatchObject({ code: 0, stderr: '' });
  });

  test.each<[string, readonly string[], string]>([
    [
      'different zones',
      ['old.zone', 'other.zone'],
      'old.zone holds the zone example.net., other.zone the zone example.org.',
    ],
    ['no name at all', ['relative/a', 'relative/a'], 'give --origin NAME'],
    ['standard input twice', ['-', '-'], 'OLD or NEW, not both'],
    ['no such file', ['olt.zone', 'new.zone'], 'did you mean old.zone?'],
    ['a folder and a file', ['relative', 'new.zone'], 'relative is a folder'],
    ['no revision', ['HEAD:old.zone', 'new.zone'], 'is in no git repository'],
    [
      'a script of half a zone',
      ['old.zone', 'new.zone', '--format', 'nsupdate', '--partial'],
      '--partial goes not with',
    ],
    [
      'a script that cannot be',
      ['old.zone', 'relative/a', '--origin', 'example.net', '--format', 'nsupdate'],
      'no NS at example.net.',
    ],
    ['one argument', ['old.zone'], 'an argument of diff is missing'],
  ])('refuses %s', async (_, args, words) => {
    const { code, stdout, stderr } = await diff(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});

describe('two folders', () => {
  let folders: ReturnType<typeof folderOf>;
  beforeAll(() => {
    folders = folderOf({
      'a/x/example.net.zone': OLD,
      'b/x/example.net.zone': NEW,
      'a/example.org.zone': zone('', 'example.org'),
      'b/example.org.zone': zone('; a comment\n', 'example.org'),
      'a/gone.zone': OLD,
      'b/come.zone': OLD,
    });
  });
  afterAll(() => folders.remove());

  test('are compared file by file', async () => {
    const { code, stdout } = await cli(['diff', 'a', 'b', '--ignore-serial'], { cwd: folders.path });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^--- a\/x\/example\.net\.zone\n\+\+\+ b\/x\/example\.net\.zone\nexample\.net\.\n/u);
    expect(stdout).toContain(
      'only in the old folder: a/gone.zone\nonly in the new folder: b/come.zone\n\n1 zone different, 1 zone the same.\n',
    );
    expect(await cli(['diff', 'a', 'a'], { cwd: folders.path })).toMatchObject({
      code: 0,
      stdout: '0 zones different, 3 zones the same.\n',
    });
  });

  test('as JSON', async () => {
    const { stdout } = await cli(['diff', 'a', 'b', '--format', 'json'], { cwd: folders.path });
    const value = JSON.parse(stdout);
    expect(schemaFaults('diff', value)).toEqual([]);
    expect(value).toMatchObject({ equal: false, onlyOld: ['a/gone.zone'], onlyNew: ['b/come.zone'] });
    expect(value.zones).toHaveLength(2);
  });
});

const git = (cwd: string, ...args: readonly string[]): void => {
  const { status, stderr } = spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.net', ...args], {
    cwd,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
};
const noGit = spawnSync('git', ['--version']).error !== undefined;
if (noGit) console.log('no git: revisions are not compared');

describe.skipIf(noGit)('git revisions', () => {
  let repository: ReturnType<typeof folderOf>;
  const run = (args: readonly string[], folder = ''): Promise<Ran> =>
    cli(['diff', ...args], { cwd: join(repository.path, folder) });
  beforeAll(() => {
    repository = folderOf({ 'zones/x.zone': zone('$INCLUDE part\n'), 'zones/part': 'a A 192.0.2.1\n' });
    git(repository.path, 'init', '-q');
    git(repository.path, 'add', '.');
    git(repository.path, 'commit', '-q', '-m', 'one');
    writeFileSync(join(repository.path, 'zones/part'), 'a A 192.0.2.2\n');
    git(repository.path, 'add', '.');
    git(repository.path, 'commit', '-q', '-m', 'two');
  });
  afterAll(() => repository.remove());

  test('are read with what they included then', async () => {
    const { code, stdout, stderr } = await run(['HEAD~1:zones/x.zone', 'zones/x.zone']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('~   3600 A 192.0.2.1 → 192.0.2.2\n');
    expect((await run(['HEAD~1:zones/x.zone', 'HEAD:zones/x.zone'])).stdout).toBe(stdout);
    expect(await run(['HEAD:zones/x.zone', 'zones/x.zone'])).toMatchObject({ code: 0 });
  });

  test('from a folder below', async () => {
    expect(await run(['HEAD:./x.zone', 'x.zone'], 'zones')).toMatchObject({ code: 0, stderr: '' });
    expect((await run(['HEAD:x.zone', 'x.zone'], 'zones')).stderr).toContain('from this folder write HEAD:./x.zone');
  });

  test('an include that the revision has not is read as it is, and told', async () => {
    writeFileSync(join(repository.path, 'zones/new.zone'), zone('$INCLUDE late\n', 'example.com'));
    git(repository.path, 'add', 'zones/new.zone');
    git(repository.path, 'commit', '-q', '-m', 'three');
    writeFileSync(join(repository.path, 'zones/late'), 'b A 192.0.2.3\n');
    const { code, stderr } = await run(['HEAD:zones/new.zone', 'zones/new.zone']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: HEAD:zones\/new\.zone includes \S*zones\/late, which the revision has not/u);
  });

  test.each([
    ['NOPE:zones/x.zone', 'has no such revision'],
    ['HEAD:zones/y.zone', 'the revision has no such file'],
  ])('%s is refused', async (text, words) => {
    expect(await run([text, 'zones/x.zone'])).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  });
});
