import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../cli/app.ts';
import { folderWith } from './folders.ts';
import { threads } from './program.ts';
import { cli, type Ran, world, zone } from './run.ts';

const WHO = ['-c', 'user.name=Test', '-c', 'user.email=test@example.net', '-c', 'commit.gpgsign=false'];
// Git looks for its executable and nothing else: no settings of whoever runs the tests.
const env = { PATH: process.env['PATH'] ?? '', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

const noGit = spawnSync('git', ['--version']).status !== 0;

/** A repository with one commit of these files. */
function repository(files: Readonly<Record<string, string>>): string {
  const cwd = folderWith(files);
  git(cwd, 'init', '--quiet');
  commit(cwd);
  return cwd;
}

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', args, { cwd, env, stdio: 'ignore' });
}

function commit(cwd: string): void {
  git(cwd, 'add', '--all');
  git(cwd, ...WHO, 'commit', '--quiet', '--allow-empty', '-m', 'zones');
}

function edit(cwd: string, name: string, text: string): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), text);
}

const lint = (cwd: string, ...args: string[]): Promise<Ran> =>
  cli(['lint', '.', '--format', 'concise', '--select', 'syntax,mx-target-cname,core-serial-*,mtasts-id-*', ...args], {
    cwd,
    env,
  });

const found = ({ stdout }: Pick<Ran, 'stdout'>): string[] =>
  [...stdout.matchAll(/^([^:]+:\d+):\d+: \w+ ([\w-]+):/gmu)].map(([, ...parts]) => parts.join(' '));

const bad = 'bad A 192.0.2.999\n';
const raised = (text: string): string => text.replace('hostmaster 1 ', 'hostmaster 2 ');

describe.skipIf(noGit)('--since a revision (needs git)', () => {
  test('a zone that changed without its serial', async () => {
    const cwd = repository({ 'a.zone': zone('', 'a.example'), 'b.zone': zone('', 'b.example') });
    edit(cwd, 'a.zone', zone('www A 192.0.2.1\n', 'a.example'));
    edit(cwd, 'b.zone', raised(zone('www A 192.0.2.1\n', 'b.example')));
    expect(found(await lint(cwd, '--since', 'HEAD'))).toEqual(['a.zone:3 core-serial-not-raised']);
    expect(found(await lint(cwd))).toEqual([]);
    commit(cwd);
    expect(found(await lint(cwd, '--since', 'HEAD'))).toEqual([]);
    expect(found(await lint(cwd, '--since', 'HEAD~1'))).toEqual(['a.zone:3 core-serial-not-raised']);
  });

  test('from a folder below and for a zone elsewhere', async () => {
    const cwd = repository({ 'zones/a.zone': zone('', 'a.example') });
    edit(cwd, 'zones/a.zone', zone('www A 192.0.2.1\n', 'a.example'));
    expect(found(await lint(join(cwd, 'zones'), '--since', 'HEAD'))).toEqual(['a.zone:3 core-serial-not-raised']);
    const elsewhere = folderWith({});
    const ran = await cli(['lint', join(cwd, 'zones'), '--since', 'HEAD', '--format', 'concise'], {
      cwd: elsewhere,
      env,
    });
    expect(ran.stdout).toContain('core-serial-not-raised');
  });

  test('an MTA-STS policy that changed without its id', async () => {
    const text = zone('_mta-sts TXT "v=STSv1; id=1"\nmta-sts A 192.0.2.3\n@ MX 10 ns1\n');
    const policy = (age: number): string => `version: STSv1\nmode: enforce\nmx: ns1.example.net\nmax_age: ${age}\n`;
    const cwd = repository({ 'a.zone': text, 'policy.txt': policy(604800) });
    const args = ['--since', 'HEAD', '--mta-sts-policy', 'example.net=policy.txt'];
    expect(found(await lint(cwd, ...args))).toEqual([]);
    edit(cwd, 'policy.txt', policy(1209600));
    expect(found(await lint(cwd, ...args))).toEqual(['a.zone:8 mtasts-id-not-changed']);
  });

  test('standard input under the name of a file', async () => {
    const cwd = repository({ 'a.zone': zone() });
    const args = ['lint', '-', '--stdin-filename', 'a.zone', '--since', 'HEAD', '--format', 'concise'];
    const ran = await cli(args, { cwd, env, stdin: zone('www A 192.0.2.1\n') });
    expect(ran.stdout).toMatch(/^a\.zone:3:\d+: error core-serial-not-raised/mu);
  });
});

describe.skipIf(noGit)('--new-only (needs git)', () => {
  const table: readonly (readonly [string, (cwd: string) => void, readonly string[]])[] = [
    ['nothing changed', () => {}, []],
    ['lines moved', (cwd) => edit(cwd, 'a.zone', raised(zone(`; one\n; more\n${bad}`, 'a.example'))), []],
    [
      'a fault more',
      (cwd) => edit(cwd, 'a.zone', raised(zone(`${bad}x A y\n`, 'a.example'))),
      ['a.zone:9 syntax-parse-error'],
    ],
    [
      'a fault in place of another',
      (cwd) => edit(cwd, 'a.zone', raised(zone('x A y\n', 'a.example'))),
      ['a.zone:8 syntax-parse-error'],
    ],
    ['a new file', (cwd) => edit(cwd, 'n.zone', zone(bad, 'n.example')), ['n.zone:8 syntax-parse-error']],
    ['a file renamed', (cwd) => renameSync(join(cwd, 'a.zone'), join(cwd, 'n.zone')), ['n.zone:8 syntax-parse-error']],
    ['a file gone', (cwd) => rmSync(join(cwd, 'a.zone')), []],
    ['a fault in an include', (cwd) => edit(cwd, 'part.inc', `${bad}x A y\n`), ['part.inc:2 syntax-parse-error']],
  ];
  test.each(table)('%s', async (_, change, expected) => {
    const files = {
      'a.zone': zone(bad, 'a.example'),
      'b.zone': zone('$INCLUDE part.inc\n', 'b.example'),
      'part.inc': bad,
    };
    const cwd = repository(files);
    change(cwd);
    const args = ['--since', 'HEAD', '--new-only', '--ignore', 'core-serial-*'];
    const ran = await lint(cwd, ...args);
    expect(found(ran)).toEqual(expected);
    expect(ran.code).toBe(expected.length === 0 ? 0 : 1);
    const old = folderWith(files);
    expect(found(await lint(cwd, '--since', old, '--new-only', '--ignore', 'core-serial-*'))).toEqual(expected);
  });

  test('from threads', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `z${String(index).padStart(2, '0')}`);
    const cwd = repository(Object.fromEntries(names.map((name) => [`${name}.zone`, zone(bad, `${name}.example`)])));
    for (const name of names.slice(4, 8)) edit(cwd, `${name}.zone`, zone(`${bad}x A y\n`, `${name}.example`));
    const args = ['lint', '.', '--since', 'HEAD', '--new-only', '--format', 'concise'];
    const one = await cli(args, { cwd, env });
    expect(found(one)).toHaveLength(4);
    const two = await threads(2, args, { cwd, env });
    expect([two.code, two.stdout]).toEqual([one.code, one.stdout]);
  });
});

describe.skipIf(noGit)('--since that cannot be used (needs git)', () => {
  const plain = { 'a.zone': zone() };
  const table: readonly (readonly [string, () => string, string, RegExp])[] = [
    [
      'no repository',
      () => folderWith(plain),
      'HEAD',
      /^error: --since HEAD: .* is in no git repository, and there is no file or folder of that name\n$/u,
    ],
    [
      'no such revision',
      () => repository(plain),
      'v9',
      /^error: --since v9: the repository .* has no such revision, and there is no file or folder of that name\n$/u,
    ],
    [
      'an option of git',
      () => repository(plain),
      '--output=x',
      /^error: --since --output=x: that is no revision.+\n$/u,
    ],
    ['nothing', () => repository(plain), '', /^error: --since : .+\n$/u],
    [
      'the zone itself',
      () => folderWith(plain),
      'a.zone',
      /^error: --since a\.zone: this is the zone file itself; give an older one\n$/u,
    ],
    [
      'a folder of other files',
      () => folderWith({ ...plain, 'old/b.txt': '' }),
      'old',
      /^error: --since old: the folder has an older copy of none of the zone files\n$/u,
    ],
  ];
  test.each(table)('%s', async (_, made, since, sentence) => {
    const ran = await cli(['lint', 'a.zone', `--since=${since}`], { cwd: made(), env });
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(sentence);
  });

  test('no git', async () => {
    const ran = await cli(['lint', 'a.zone', '--since', 'HEAD'], { cwd: folderWith(plain), env: { PATH: '/nowhere' } });
    expect(ran).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'error: --since HEAD: git is not installed, or not on the PATH, and there is no file or folder of that name\n',
    });
  });

  test('one older file for several zones', async () => {
    const cwd = folderWith({ 'a.zone': zone('', 'a.example'), 'b.zone': zone('', 'b.example'), 'old.txt': zone() });
    const ran = await lint(cwd, '--since', 'old.txt');
    expect([ran.code, ran.stderr]).toEqual([
      2,
      'error: --since old.txt: one older file goes with one zone file; give a folder or a git revision\n',
    ]);
  });

  test('git that breaks off in the middle', async () => {
    const cwd = repository(plain);
    const { io, written } = world({ cwd, env });
    const broken: typeof io.git = (args, call) =>
      args.includes('ls-tree') ? { failed: 'too slow', why: 'it was ended' } : io.git(args, call);
    expect(await run(['lint', '.', '--since', 'HEAD'], { ...io, git: broken })).toBe(2);
    expect(written.stderr.join('')).toBe('error: git takes too long to answer\n');
  });

  test('a raise of serials needs no git', async () => {
    const cwd = folderWith({ 'a.zone': zone('@ TXT "v=spf1 mx mx -all"\n@ MX 10 ns1\n') });
    const ran = await cli(['lint', '.', '--fix', '--bump-serial'], { cwd, env: { PATH: '/nowhere' } });
    expect(ran.stderr).toContain('Fixed 1 finding in 1 file.\n');
  });
});
