import { afterAll, describe, expect, test } from 'vitest';
import { hostileFolder } from './hostile.ts';
import { cli, folderOf, type Ran, zone } from './run.ts';

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
const folder = folderOf({
  'bad.zone': zone('a 300 A 192.0.2.1\na 600 A 192.0.2.2\nmx MX 10 alias\nalias CNAME ns1\n'),
  'many.zone': zone(
    lines(12, (index) => `t${index} 300 A 192.0.2.1\nt${index} 600 A 192.0.2.2`) +
      lines(13, (index) => `h${index} A x`),
  ),
  'clean.zone': zone(),
  'unknown.txt': 'www 60 IN A 192.0.2.1\n',
});
const hostile = hostileFolder();
afterAll(() => {
  folder.remove();
  hostile.remove();
});

const chosen = ['--select', 'mx-target-cname,core-ttl-mismatch,syntax-*'];
const github = (path: string, given = {}): Promise<Ran> =>
  cli(['lint', ...path.split(' '), ...chosen, '--format', 'github'], { cwd: folder.path, ...given });

/** What the runner of GitHub does with a command: undo the escapes of its properties and of its text. */
function read(line: string): { name: string; properties: Record<string, string>; text: string } | undefined {
  const [, name = '', list = '', text = ''] = /^::(\w+) ?(.*?)::(.*)$/.exec(line) ?? [];
  if (name === '') return undefined;
  const undo = (value: string): string => value.replace(/%(0A|0D|25|3A|2C)/g, (all) => decodeURIComponent(all));
  const properties = list.split(',').filter(Boolean);
  return {
    name,
    properties: Object.fromEntries(
      properties.map((pair) => [pair.split('=', 1)[0], undo(pair.replace(/^[^=]*=/, ''))]),
    ),
    text: undo(text),
  };
}

const commands = (stdout: string): NonNullable<ReturnType<typeof read>>[] =>
  stdout.split('\n').flatMap((line) => read(line) ?? []);

describe('github', () => {
  test('is an annotation for each finding, errors first', async () => {
    const { stdout, code } = await github('bad.zone');
    expect(code).toBe(1);
    const [first, second, ...rest] = commands(stdout);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      name: 'error',
      properties: { file: 'bad.zone', line: '10', endLine: '10', col: '10', endColumn: '15', title: 'mx-target-cname' },
    });
    expect(first?.text).toMatch(/^MX of mx\.example\.net names .*\nhelp: \S.*\nsee: RFC 2181 §10\.3, RFC 5321 §5\.1$/);
    expect(second).toMatchObject({ name: 'warning', properties: { line: '9', title: 'core-ttl-mismatch' } });
    expect(stdout).toMatch(
      /\nFound 1 error and 1 warning \(2 fixable\) in 1 zone\. Checked 1 zone, 9 records, \d+ rules\.\n$/,
    );
  });

  test('shows ten of a kind, puts the others into the log and says how many they are', async () => {
    const { stdout } = await github('many.zone');
    const found = commands(stdout);
    expect(found.map(({ name }) => name)).toEqual([
      ...Array.from({ length: 10 }, () => 'error'),
      ...Array.from({ length: 10 }, () => 'warning'),
      'group',
      'endgroup',
    ]);
    const title = '3 errors and 2 warnings more, without annotation: GitHub shows 10 of a kind for each step';
    expect(found.at(-2)?.text).toBe(title);
    const [, inside = ''] = /::group::[^\n]*\n(.*?)::endgroup::\n/s.exec(stdout) ?? [];
    expect(inside.match(/^many\.zone:\d+:\d+: error syntax-parse-error: /gm)).toHaveLength(3);
    expect(inside.match(/^many\.zone:\d+:\d+: warning core-ttl-mismatch: /gm)).toHaveLength(2);
    expect(stdout).toContain(`\n${title}. They are in the log above.\n`);
  });

  test('a file that cannot be read comes first', async () => {
    const { stdout, code } = await github('bad.zone unknown.txt');
    expect(code).toBe(2);
    expect(commands(stdout)[0]).toMatchObject({
      name: 'error',
      properties: { file: 'unknown.txt', title: 'unreadable file' },
    });
  });

  test('says on a clean run that there is nothing, and the same twice', async () => {
    const { stdout } = await github('clean.zone');
    expect(stdout).toMatch(/^No problems found\. Checked 1 zone, 5 records, \d+ rules\.\n$/);
    expect((await github('clean.zone', { tick: 100 })).stdout).toBe(stdout);
  });

  test('paths are those of the repository, wherever in it the command runs', async () => {
    const at = (root: string): Promise<Ran> => github('bad.zone', { env: { GITHUB_WORKSPACE: root } });
    const parent = folder.path.replace(/\/[^/]*$/, '');
    const name = folder.path.slice(parent.length + 1);
    expect(commands((await at(parent)).stdout)[0]?.properties['file']).toBe(`${name}/bad.zone`);
    expect(commands((await at(folder.path)).stdout)[0]?.properties['file']).toBe('bad.zone');
    expect(commands((await at('/elsewhere')).stdout)[0]?.properties['file']).toBe('bad.zone');
    const absolute = await github(`${folder.path}/bad.zone`, { env: { GITHUB_WORKSPACE: parent } });
    expect(commands(absolute.stdout)[0]?.properties['file']).toBe(`${name}/bad.zone`);
  });

  test('nothing in a zone becomes a command', async () => {
    const { stdout } = await cli(['lint', '.', '--profile', 'strict', '--format', 'github'], { cwd: hostile.path });
    const report = JSON.parse(
      (await cli(['lint', '.', '--profile', 'strict', '--format', 'json'], { cwd: hostile.path })).stdout,
    );
    const names = commands(stdout).map(({ name }) => name);
    expect(names.filter((name) => !['error', 'warning', 'notice', 'group', 'endgroup'].includes(name))).toEqual([]);
    expect(names.filter((name) => name === 'error')).toHaveLength(Math.min(10, report.summary.errors));
    const logged = stdout.split('\n').filter((line) => !line.startsWith('::'));
    expect(logged.some((line) => line.includes('# #[error]'))).toBe(true);
    expect(logged.filter((line) => line.includes('##[') || line.trimStart().startsWith('::'))).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
  });
});
