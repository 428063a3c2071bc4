import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Io } from '../../cli/io.ts';
import { type History, openHistory, resolveSince, zoneBefore } from '../../cli/lint/history.ts';
import { readZoneFile } from '../../cli/zone-file.ts';
import { folderOf, world, zone } from './run.ts';

let folder: ReturnType<typeof folderOf>;
let io: Io;
let calls: string[][];

/** The real world in a folder, with every call of git written down. */
function from(cwd: string, env: Readonly<Record<string, string>> = {}): Io {
  const real = world({ cwd, env: { PATH: process.env['PATH'] ?? '', HOME: folder.path, ...env } }).io;
  return {
    ...real,
    git: (args, call) => {
      calls.push([...args]);
      return real.git(args, call);
    },
  };
}

beforeEach(() => {
  folder = folderOf({
    'zones/a.zone': zone('w A 192.0.2.3\n$INCLUDE inc/shared\n', 'a.example'),
    'zones/b.zone': zone('', 'b.example'),
    'zones/inc/shared': 'old TXT a\n',
  });
  calls = [];
  io = from(folder.path);
});
afterEach(() => folder.remove());

const path = (name: string): string => join(folder.path, name);
const write = (name: string, text: string): void => {
  mkdirSync(dirname(path(name)), { recursive: true });
  writeFileSync(path(name), text);
};

function git(args: readonly string[], cwd = folder.path): string {
  const settings = ['-c', 'user.name=t', '-c', 'user.email=t@example.net', '-c', 'init.defaultBranch=main'];
  const { status, stdout, stderr } = spawnSync('git', [...settings, ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

function commit(): void {
  git(['add', '-A']);
  git(['commit', '-q', '-m', 'x']);
}

const TARGETS = ['zones/a.zone', 'zones/b.zone'];

function history(text: string, targets: readonly string[] = TARGETS, world: Io = io, paths = ['zones']): History {
  return openHistory(resolveSince({ text, paths, targets }, world), targets, world);
}

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString('latin1');

/** What the records of a zone file said, with those of its includes. */
function textBefore(past: History, target = 'zones/a.zone', world: Io = io): string | undefined {
  const old = zoneBefore(past, target, readZoneFile({ path: target }, {}, world), {});
  return old?.files.map(({ bytes }) => text(bytes)).join('|');
}

const refused = (since: string, targets: readonly string[] = TARGETS, world: Io = io): string => {
  try {
    resolveSince({ text: since, paths: ['zones'], targets }, world);
    return 'taken';
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(folder.path, '/F') : '';
  }
};

const noGit = spawnSync('git', ['--version']).status !== 0;
if (noGit) console.log('git is not installed: its tests are skipped');

describe.skipIf(noGit)('a git revision', () => {
  beforeEach(() => {
    git(['init', '-q']);
    commit();
    write('zones/a.zone', zone('w A 192.0.2.4\n$INCLUDE inc/shared\n', 'a.example'));
    write('zones/inc/shared', 'new TXT a\n');
  });

  test('gives zones and includes as they were', () => {
    expect(textBefore(history('HEAD'))).toBe(
      `${zone('w A 192.0.2.3\n$INCLUDE inc/shared\n', 'a.example')}|old TXT a\n`,
    );
    commit();
    expect(textBefore(history('HEAD'))).toContain('new TXT');
    expect(textBefore(history('HEAD~1'))).toContain('old TXT');
    expect(textBefore(history('main@{0}'))).toContain('new TXT');
  });

  test('knows no past of new files, and takes what git does not keep as it is', () => {
    write('zones/c.zone', zone('', 'c.example'));
    const past = history('HEAD', [...TARGETS, 'zones/c.zone']);
    expect(past.read('zones/c.zone')).toBeUndefined();
    expect(past.read('/etc/hostname')).toBeUndefined();
    expect(past.read('..')).toBeUndefined();
    write('zones/a.zone', zone('$INCLUDE inc/made\n', 'a.example'));
    write('zones/inc/made', 'made TXT a\n');
    git(['add', 'zones/a.zone']);
    git(['commit', '-q', '-m', 'x']);
    expect(textBefore(history('HEAD'))).toContain('made TXT');
  });

  test('finds includes in a folder that is gone', () => {
    rmSync(path('zones/inc'), { recursive: true });
    write('zones/a.zone', zone('', 'a.example'));
    expect(textBefore(history('HEAD'))).toContain('old TXT');
  });

  test('is found from a folder below, by other ways and in another work tree', () => {
    expect(
      textBefore(history('HEAD', ['a.zone'], from(path('zones')), ['.']), 'a.zone', from(path('zones'))),
    ).toContain('old TXT');
    symlinkSync('zones', path('linked'));
    expect(textBefore(history('HEAD', ['linked/a.zone']), 'linked/a.zone')).toContain('old TXT');
    commit();
    git(['worktree', 'add', '-q', path('tree'), 'HEAD~1']);
    write('tree/zones/inc/shared', 'newest TXT a\n');
    expect(
      textBefore(history('HEAD', ['a.zone'], from(path('tree/zones')), ['.']), 'a.zone', from(path('tree/zones'))),
    ).toContain('old TXT');
    expect(
      textBefore(
        history('HEAD', ['zones/a.zone'], from(path('tree'), { GIT_DIR: path('.git') })),
        'zones/a.zone',
        from(path('tree')),
      ),
    ).toContain('old TXT');
  });

  test('follows links that were committed', () => {
    rmSync(path('zones/b.zone'));
    symlinkSync('a.zone', path('zones/b.zone'));
    symlinkSync('loop', path('loop'));
    commit();
    const past = history('HEAD');
    expect(past.read('zones/b.zone')).toEqual(past.read('zones/a.zone'));
    expect(past.read('loop')).toBeUndefined();
  });

  test('gives every octet', () => {
    const octets = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
    writeFileSync(path('zones/big'), octets);
    writeFileSync(path('zones/empty'), '');
    commit();
    expect(history('HEAD').read('zones/big')).toEqual(octets);
    expect(history('HEAD').read('zones/empty')).toHaveLength(0);
  });

  test('of many files costs a few processes', () => {
    const names = Array.from({ length: 600 }, (_, index) => `many/z${index}.zone`);
    for (const [index, name] of names.entries()) write(name, `x TXT ${index}\n`);
    commit();
    calls = [];
    const past = history('HEAD', names);
    expect(names.map((name) => text(past.read(name)))).toEqual(names.map((_, index) => `x TXT ${index}\n`));
    expect(calls.length).toBeLessThan(12);
  });

  test('runs no program of the repository', () => {
    write('hook', `#!/bin/sh\ntouch ${path('ran')}\n`);
    chmodSync(path('hook'), 0o755);
    git(['config', 'core.fsmonitor', path('hook')]);
    git(['config', 'core.pager', path('hook')]);
    git(['config', 'filter.x.smudge', path('hook')]);
    write('.gitattributes', '* filter=x\n');
    rmSync(path('ran'), { force: true });
    expect(textBefore(history('HEAD'))).toContain('old TXT');
    expect(existsSync(path('ran'))).toBe(false);
  });

  test.each([
    ['--output=x', '--since --output=x: that is no revision, and there is no file or folder of that name'],
    ['-h', '--since -h: that is no revision, and there is no file or folder of that name'],
    ['a\nb', '--since a\nb: that is no revision, and there is no file or folder of that name'],
    ['', '--since : the repository /F has no such revision, and there is no file or folder of that name'],
    ['v1', '--since v1: the repository /F has no such revision, and there is no file or folder of that name'],
    [
      'HEAD:zones',
      '--since HEAD:zones: the repository /F has no such revision, and there is no file or folder of that name',
    ],
    ['HEAD~9', '--since HEAD~9: the repository /F has no such revision, and there is no file or folder of that name'],
    [
      'main; touch x',
      '--since main; touch x: the repository /F has no such revision, and there is no file or folder of that name',
    ],
  ])('%j is refused', (since, sentence) => {
    expect(refused(since)).toBe(sentence);
    expect(existsSync(path('x'))).toBe(false);
  });

  test('must not be the name of a folder too', () => {
    mkdirSync(path('main'));
    expect(refused('main')).toBe(
      '--since main: this is a revision and a folder; write ./main for the folder, or main~0 for the revision',
    );
    expect(refused('main~0')).toBe('taken');
  });

  test('missing in a shallow clone says so', () => {
    commit();
    git(['clone', '-q', '--depth', '1', `file://${folder.path}`, path('shallow')]);
    const sentence = refused('HEAD~1', ['zones/a.zone'], from(path('shallow')));
    expect(sentence).toContain('it is a shallow clone: fetch more of it (fetch-depth: 0 in GitHub workflows)');
  });

  test.skipIf(process.getuid?.() !== 0)('of somebody else is not read (needs root to give the folder away)', () => {
    chownSync(folder.path, 12_345, 12_345);
    chownSync(path('.git'), 12_345, 12_345);
    expect(refused('HEAD')).toContain('belongs to another user, and git does not read it');
    expect(refused('HEAD')).toContain('git config --global --add safe.directory');
  });

  test('without git is named', () => {
    expect(refused('HEAD', TARGETS, from(folder.path, { PATH: path('nowhere') }))).toBe(
      '--since HEAD: git is not installed, or not on the PATH, and there is no file or folder of that name',
    );
  });

  test('in a bare repository is named', () => {
    rmSync(path('.git'), { recursive: true });
    git(['init', '-q', '--bare', '.']);
    expect(refused('main')).toContain('has no work tree');
  });
});

test.skipIf(noGit)('outside of any repository a revision is refused', () => {
  expect(refused('HEAD')).toBe(
    '--since HEAD: /F/zones is in no git repository, and there is no file or folder of that name',
  );
});

describe('an older folder', () => {
  beforeEach(() => {
    renameSync(path('zones'), path('old'));
    write('zones/a.zone', zone('w A 192.0.2.4\n$INCLUDE inc/shared\n', 'a.example'));
    write('zones/inc/shared', 'new TXT a\n');
    write('zones/c.zone', zone('', 'c.example'));
  });

  test('has zones and includes under the names below the folder given', () => {
    const past = history('old', ['zones/a.zone', 'zones/c.zone']);
    expect(textBefore(past)).toContain('old TXT');
    expect(past.read('zones/c.zone')).toBeUndefined();
    expect(textBefore(history('./old', ['zones/a.zone'], io, ['zones/a.zone']))).toContain('old TXT');
  });

  test('may have the path of a file from here', () => {
    write('copy/zones/a.zone', zone('v TXT a\n', 'a.example'));
    expect(textBefore(history('copy', ['zones/a.zone']))).toBe(zone('v TXT a\n', 'a.example'));
  });

  test('takes includes that it has not as they are today', () => {
    rmSync(path('old/inc'), { recursive: true });
    expect(textBefore(history('old'))).toContain('192.0.2.3');
    expect(textBefore(history('old'))).toContain('new TXT');
  });

  test('is found through links', () => {
    symlinkSync('zones', path('linked'));
    expect(textBefore(history('old', ['linked/a.zone'], io, ['linked']), 'linked/a.zone')).toContain('old TXT');
  });

  test('with none of the zones is refused', () => {
    mkdirSync(path('empty'));
    expect(refused('empty')).toBe('--since empty: the folder has an older copy of none of the zone files');
    expect(refused('zones')).toBe('--since zones: the folder has an older copy of none of the zone files');
  });
});

describe('an older file', () => {
  test('is the past of one zone', () => {
    write('old/a.zone', zone('v TXT a\n$INCLUDE inc/shared\n', 'a.example'));
    write('old/inc/shared', 'older TXT a\n');
    expect(textBefore(history('old/a.zone', ['zones/a.zone']))).toBe(
      `${zone('v TXT a\n$INCLUDE inc/shared\n', 'a.example')}|older TXT a\n`,
    );
    write('zones/a.zone.old', zone('v TXT b\n$INCLUDE inc/shared\n', 'a.example'));
    expect(textBefore(history('zones/a.zone.old', ['zones/a.zone']))).toContain('old TXT a');
  });

  test('that is no zone file is no past', () => {
    write('old.zone', 'a\0b');
    expect(textBefore(history('old.zone', ['zones/a.zone']))).toBeUndefined();
  });

  test('of several zones, or the zone itself, is refused', () => {
    write('old.zone', '');
    expect(refused('old.zone')).toBe(
      '--since old.zone: one older file goes with one zone file; give a folder or a git revision',
    );
    expect(refused('zones/a.zone', ['zones/a.zone'])).toContain('this is the zone file itself');
  });
});
