import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { command } from '../../cli/commands/init.ts';
import { UsageError } from '../../cli/errors.ts';
import { version } from '../../cli/version.ts';
import { problemsOf } from '../config/support.ts';
import { root } from '../house/sources.ts';
import { cli, folderOf, world } from './run.ts';

const made: { remove(): void }[] = [];

afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});

const ZONE = readFileSync(join(root, 'test/example/example.net.zone'), 'utf8');

function folder(files: Readonly<Record<string, string>> = { 'zones/example.net.zone': ZONE }): string {
  const one = folderOf({ ...files, '.git/HEAD': 'ref: refs/heads/main\n' });
  made.push(one);
  return one.path;
}

async function init(
  cwd: string,
  options: Readonly<Record<string, true>> = {},
): Promise<{ code: number; out: string; err: string }> {
  const { io, written } = world({ cwd });
  const code = await command.run([], options, io);
  return { code, out: written.stdout.join(''), err: written.stderr.join('') };
}

const read = (cwd: string, path: string): string => readFileSync(join(cwd, path), 'utf8');

/** Runs what a job runs, with the program of this checkout; its exit code. */
async function runAsWritten(line: string, cwd: string): Promise<number> {
  const words = line.replace(`npx --yes zonewright@${version} `, '').replace(/^zonewright /u, '');
  expect(words).not.toMatch(/npx|zonewright/u);
  return (await cli(words.split(' '), { cwd })).code;
}

describe('zonewright init', () => {
  test('is a command', async () => {
    const cwd = folder();
    expect(await cli(['init', '--github'], { cwd })).toMatchObject({ code: 0, stderr: '' });
    expect(existsSync(join(cwd, '.github/workflows/zonewright.yml'))).toBe(true);
    expect((await cli(['init', '--githab'], { cwd })).stderr).toContain('did you mean --github?');
  });

  test('writes a configuration and says what to do next', async () => {
    const cwd = folder();
    expect(await init(cwd)).toEqual({
      code: 0,
      out: 'wrote zonewright.json\n\nNext: npx zonewright lint zones\n',
      err: '',
    });
    expect(existsSync(join(cwd, '.github'))).toBe(false);
    expect(await runAsWritten('zonewright lint zones', cwd)).toBe(0);
  });

  test('writes a configuration in which every comment can be made a setting', async () => {
    const cwd = folder();
    await init(cwd);
    const text = read(cwd, 'zonewright.json');
    expect(await problemsOf({ 'zonewright.json': text })).toEqual([]);
    const uncommented = text.replace(/^( *)\/\/ (?=")/gmu, '$1');
    expect(uncommented.length).toBeLessThan(text.length - 20);
    expect(await problemsOf({ 'zonewright.json': uncommented })).toEqual([]);
  });

  test('writes what the folder suggests', async () => {
    const cwd = folder({ 'example.net.zone': ZONE, '.github/CODEOWNERS': '' });
    expect((await init(cwd)).out).toBe(
      'wrote zonewright.json\nwrote .github/workflows/zonewright.yml\n\nNext: npx zonewright lint .\n',
    );
    expect(existsSync(join(cwd, '.gitlab-ci.yml'))).toBe(false);
  });

  test('writes a GitHub workflow that works as written', async () => {
    const cwd = folder();
    await init(cwd, { github: true });
    const workflow = parse(read(cwd, '.github/workflows/zonewright.yml')) as {
      on: object;
      jobs: Record<string, { 'runs-on': string; steps: { uses?: string; run?: string }[] }>;
    };
    expect(Object.keys(workflow.on)).toEqual(['push', 'pull_request']);
    const { steps = [] } = workflow.jobs['zonewright'] ?? {};
    expect(steps.map(({ uses }) => uses?.replace(/@v\d+$/u, ''))).toEqual([
      'actions/checkout',
      'actions/setup-node',
      undefined,
    ]);
    const line = steps.at(-1)?.run ?? '';
    expect(await runAsWritten(line, cwd)).toBe(0);
    const mistakes = readFileSync(join(root, 'test/example/example.net-mistakes.zone'), 'utf8');
    writeFileSync(join(cwd, 'zones/example.net.zone'), mistakes);
    const ran = await cli(line.split(' ').slice(3), { cwd, env: { GITHUB_ACTIONS: 'true' } });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/^::error file=zones\/example\.net\.zone,/mu);
  });

  test('writes a GitLab job that works as written', async () => {
    const cwd = folder();
    await init(cwd, { gitlab: true });
    const { zonewright } = parse(read(cwd, '.gitlab-ci.yml')) as {
      zonewright: { script: string[]; artifacts: { reports: { codequality: string } } };
    };
    for (const line of zonewright.script) expect(await runAsWritten(line, cwd)).toBe(0);
    expect(JSON.parse(read(cwd, zonewright.artifacts.reports.codequality))).toEqual([]);
  });

  test('leaves a GitLab configuration as it is and tells what to add', async () => {
    const cwd = folder({ 'zones/a.zone': ZONE, '.gitlab-ci.yml': 'stages: [x]\n' });
    const { out } = await init(cwd);
    expect(out).toContain(
      'wrote .gitlab/zonewright.yml\nadd to .gitlab-ci.yml:\n\ninclude:\n  - local: .gitlab/zonewright.yml\n',
    );
    expect(read(cwd, '.gitlab-ci.yml')).toBe('stages: [x]\n');
    const merged = parse(`${read(cwd, '.gitlab-ci.yml')}${/include:.*\n.*\n/u.exec(out)?.[0] ?? ''}`) as {
      include: { local: string }[];
    };
    expect(existsSync(join(cwd, merged.include[0]?.local ?? ''))).toBe(true);
  });

  test('writes a pre-commit entry that works as written', async () => {
    const cwd = folder({ 'my.zones/example.net.zone': ZONE });
    await init(cwd, { preCommit: true });
    const { repos } = parse(read(cwd, '.pre-commit-config.yaml')) as {
      repos: {
        repo: string;
        hooks: { entry: string; files: string; additional_dependencies: string[]; pass_filenames: boolean }[];
      }[];
    };
    const hook = repos[0]?.hooks[0];
    expect(repos[0]?.repo).toBe('local');
    expect(hook?.additional_dependencies).toEqual([`zonewright@${version}`]);
    expect('my.zones/example.net.zone').toMatch(new RegExp(hook?.files ?? '^$', 'u'));
    expect('myxzones/example.net.zone').not.toMatch(new RegExp(hook?.files ?? '', 'u'));
    expect(await runAsWritten(hook?.entry ?? '', cwd)).toBe(0);
  });

  test('leaves a pre-commit configuration as it is, even with --force, and tells an entry that fits in', async () => {
    const before = 'repos:\n  - repo: local\n    hooks: []\n';
    const cwd = folder({ 'a.zone': ZONE, '.pre-commit-config.yaml': before });
    const { out } = await init(cwd, { preCommit: true, force: true });
    expect(read(cwd, '.pre-commit-config.yaml')).toBe(before);
    const entry = /:\n\n(.*)\n\nNext/su.exec(out)?.[1] ?? '';
    expect((parse(before + entry) as { repos: object[] }).repos).toHaveLength(2);
  });

  test('overwrites nothing without --force', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'zonewright.json'), '{}');
    const again = await init(cwd);
    expect(again).toMatchObject({ code: 2, out: 'kept zonewright.json, which is there already\n' });
    expect(again.err).toContain('nothing was written');
    expect(read(cwd, 'zonewright.json')).toBe('{}');
    expect((await init(cwd, { github: true })).code).toBe(0);
    expect((await init(cwd, { force: true })).out).toMatch(/^overwrote zonewright\.json\n/u);
    expect(read(cwd, 'zonewright.json')).not.toBe('{}');
  });

  test('writes no second configuration', async () => {
    const cwd = folder({ 'zonewright.yaml': 'profile: strict\n' });
    expect(await init(cwd, { force: true })).toMatchObject({
      code: 2,
      out: 'kept zonewright.yaml, which is there already\n',
    });
  });

  test('names the schema where it is', async () => {
    const cwd = folder();
    await init(cwd);
    expect(read(cwd, 'zonewright.json')).toContain('"./node_modules/zonewright/schemas/config.schema.json"');
    mkdirSync(join(cwd, 'node_modules/zonewright/schemas'), { recursive: true });
    cpSync(join(root, 'schemas/config.schema.json'), join(cwd, 'node_modules/zonewright/schemas/config.schema.json'));
    const below = join(cwd, 'zones');
    await init(below);
    const [, path = ''] = /"\$schema": "(.*)"/u.exec(read(below, 'zonewright.json')) ?? [];
    expect(path).toBe('../node_modules/zonewright/schemas/config.schema.json');
    expect(existsSync(join(below, path))).toBe(true);
  });

  test('refuses to write jobs where they would never run', async () => {
    const cwd = folder();
    await expect(init(join(cwd, 'zones'), { github: true })).rejects.toThrow(UsageError);
    await expect(init(join(cwd, 'zones'), { github: true })).rejects.toThrow(`run zonewright init in ${cwd}`);
  });
});
