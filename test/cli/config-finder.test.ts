import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type ConfigChoice, ConfigError, ConfigFinder } from '../../cli/config/finder.ts';
import { folderOf, world } from './run.ts';

const made: { remove(): void }[] = [];

afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});

function finderIn(
  files: Readonly<Record<string, string>>,
  { below = '', choice = { kind: 'search' } }: { below?: string; choice?: ConfigChoice } = {},
): { finder: ConfigFinder; path: string } {
  const folder = folderOf(files);
  made.push(folder);
  return { finder: new ConfigFinder(choice, world({ cwd: join(folder.path, below) }).io), path: folder.path };
}

async function problemsOf(promise: Promise<unknown>): Promise<readonly string[]> {
  return await promise.then(
    () => [],
    (error: unknown) => {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    },
  );
}

describe('the configuration of a zone file', () => {
  const files = {
    'zonewright.json': '{"profile": "strict"}',
    'a/b/zonewright.yaml': 'profile: load\n',
    'a/b/c/x.zone': '',
    'other/x.zone': '',
  };

  test.each([
    ['x.zone', 'zonewright.json'],
    ['other/deep/not-there/x.zone', 'zonewright.json'],
    ['a/x.zone', 'zonewright.json'],
    ['a/b/x.zone', 'a/b/zonewright.yaml'],
    ['a/b/c/x.zone', 'a/b/zonewright.yaml'],
    ['a/b/../x.zone', 'zonewright.json'],
  ])('of %s is %s', async (path, expected) => {
    const { finder } = finderIn(files);
    expect((await finder.forFile(path))?.path).toBe(expected);
  });

  test('is named as from the working folder, and read once', async () => {
    const { finder, path } = finderIn(files, { below: 'a/b/c' });
    const config = await finder.forFile('x.zone');
    expect(config?.path).toBe(join('..', 'zonewright.yaml'));
    expect(config?.layers[0]?.profile).toEqual({ value: 'load', source: `${join('..', 'zonewright.yaml')}:1` });
    writeFileSync(join(path, 'a/b/zonewright.yaml'), 'profile: strict\n');
    expect(await finder.forFile(join(path, 'a/b/other.zone'))).toBe(config);
    expect(await finder.root()).toBe(config);
    const above = await finder.forFile('../../x.zone');
    expect(above?.path).toBe(join(path, 'zonewright.json'));
  });

  test('is none with --no-config, and one for all with --config', async () => {
    const none = finderIn(files, { choice: { kind: 'none' } });
    expect(await none.finder.forFile('a/b/x.zone')).toBeUndefined();
    expect(await none.finder.root()).toBeUndefined();
    const one = finderIn({ ...files, 'my.yml': 'severity: error\n' }, { choice: { kind: 'file', path: 'my.yml' } });
    expect((await one.finder.forFile('a/b/x.zone'))?.severity?.value).toBe('error');
    expect(await one.finder.root()).toBe(await one.finder.forFile('a/b/x.zone'));
    const missing = finderIn({}, { choice: { kind: 'file', path: 'gone.json' } });
    expect(await problemsOf(missing.finder.root())).toEqual(['gone.json: no such file or folder']);
    const folder = finderIn({ 'd/x': '' }, { choice: { kind: 'file', path: 'd' } });
    expect(await problemsOf(folder.finder.root())).toEqual(['d: this is a folder, not a file']);
  });

  test('is wrong when there are two in a folder', async () => {
    const { finder } = finderIn({ 'zonewright.json': '{}', 'zonewright.yml': '' });
    const expected = ['zonewright.json: zonewright.yml stands beside it; keep one configuration in a folder'];
    expect(await problemsOf(finder.forFile('x.zone'))).toEqual(expected);
    expect(await problemsOf(finder.forFile('y.zone'))).toEqual(expected);
  });

  test('is wrong for one folder without being so for others', async () => {
    const { finder } = finderIn({ 'a/zonewright.json': '{"x": 1,\n "y": 2}', 'b/zonewright.json': '{}' });
    expect(await problemsOf(finder.forFile('a/x.zone'))).toEqual([
      'a/zonewright.json:1:2: x: there is no such setting',
      'a/zonewright.json:2:2: y: there is no such setting',
    ]);
    expect((await finder.forFile('b/x.zone'))?.path).toBe('b/zonewright.json');
  });

  test('may be reached by a link; a folder of that name is none', async () => {
    const { finder, path } = finderIn({ 'shared.json': '{"profile": "load"}', 'a/x.zone': '', 'b/x.zone': '' });
    symlinkSync(join(path, 'shared.json'), join(path, 'a/zonewright.json'));
    mkdirSync(join(path, 'b/zonewright.json'));
    expect((await finder.forFile('a/x.zone'))?.layers[0]?.profile?.value).toBe('load');
    expect(await finder.forFile('b/x.zone')).toBeUndefined();
  });

  test('may not lead out of its folder by a link', async () => {
    const { finder, path } = finderIn({
      'secret/passwd': '',
      'a/zonewright.json': '{"baseline": "link", "includeRoot": "zones"}',
      'a/zones/x': '',
    });
    symlinkSync(join(path, 'secret/passwd'), join(path, 'a/link'));
    expect(await problemsOf(finder.forFile('a/x.zone'))).toEqual([
      'a/zonewright.json:1: a/link is a link that leads out of the folder of a/zonewright.json',
    ]);
    rmSync(join(path, 'a/link'));
    symlinkSync('zones/x', join(path, 'a/link'));
    expect(
      (await new ConfigFinder({ kind: 'search' }, world({ cwd: path }).io).forFile('a/x.zone'))?.baseline?.value,
    ).toBe('a/link');
  });
});
