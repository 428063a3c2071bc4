import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { threads } from './program.ts';
import { cli, folderOf, type Ran, zone } from './run.ts';

const bad = 'a A 192.0.2.999\n';
const FILES = {
  'zones/a.zone': zone(`${bad}b A 192.0.2.998\n@ MX 10 alias\nalias CNAME ns1\n`, 'a.example'),
  'zones/b.zone': zone(bad, 'b.example'),
};

let folder = folderOf({});
beforeEach(() => {
  folder.remove();
  folder = folderOf(FILES);
});
afterAll(() => folder.remove());

function lint(...args: string[]): Promise<Ran> {
  return cli(['lint', 'zones', '--format', 'concise', '--select', 'syntax,mx-target-cname', ...args], {
    cwd: folder.path,
  });
}

const update = (...args: string[]): Promise<Ran> => lint('--baseline', 'known.json', '--update-baseline', ...args);
const known = (): unknown => JSON.parse(readFileSync(join(folder.path, 'known.json'), 'utf8')).files;
const edit = (name: string, text: string): void => writeFileSync(join(folder.path, name), text);

describe('a baseline', () => {
  test('is written, and hides what it knows', async () => {
    expect(await update()).toEqual({
      code: 0,
      stdout: 'Wrote 4 known findings of 2 zones to known.json.\n',
      stderr: '',
    });
    expect(known()).toEqual({
      'zones/a.zone': { 'mx-target-cname': 1, 'syntax-parse-error': 2 },
      'zones/b.zone': { 'syntax-parse-error': 1 },
    });
    const ran = await lint('--baseline', 'known.json');
    expect(ran.code).toBe(0);
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toContain('note: 4 findings known to known.json not shown\n');
  });

  test('shows all findings of a rule that has more than known', async () => {
    await update();
    edit('zones/b.zone', zone(`${bad}c A x\n`, 'b.example'));
    const { code, stdout, stderr } = await lint('--baseline', 'known.json');
    expect(code).toBe(1);
    expect(stdout.match(/^zones\/b\.zone:\d+:\d+: error syntax-parse-error/gmu)).toHaveLength(2);
    expect(stdout).not.toContain('a.zone');
    expect(stderr).toContain(
      'note: zones/b.zone: 2 findings of syntax-parse-error, the baseline knows 1; all are shown\n',
    );
  });

  test('says what is stale and what is gone, and an update takes it out', async () => {
    await update();
    edit('zones/a.zone', zone(bad, 'a.example'));
    rmSync(join(folder.path, 'zones/b.zone'));
    const { code, stdout, stderr } = await lint('--baseline', 'known.json');
    expect([code, stdout]).toEqual([0, '']);
    const notes = stderr.split('\n').filter((line) => line.startsWith('note: '));
    expect(notes).toEqual([
      'note: zones/a.zone: no finding of mx-target-cname left, the baseline knows 1; --update-baseline takes the rest out',
      'note: zones/a.zone: 1 finding of syntax-parse-error left, the baseline knows 2; --update-baseline takes the rest out',
      'note: 1 finding known to known.json not shown',
      'note: zones/b.zone is in the baseline and does not exist any more; --update-baseline takes it out',
    ]);
    await update();
    expect(known()).toEqual({ 'zones/a.zone': { 'syntax-parse-error': 1 } });
  });

  test('keeps what it knows of files and rules that a run leaves out', async () => {
    await update();
    edit('zones/a.zone', zone('', 'a.example'));
    await cli(
      ['lint', 'zones/a.zone', '--select', 'mx-target-cname', '--baseline', 'known.json', '--update-baseline'],
      {
        cwd: folder.path,
      },
    );
    expect(known()).toEqual({
      'zones/a.zone': { 'syntax-parse-error': 2 },
      'zones/b.zone': { 'syntax-parse-error': 1 },
    });
  });

  test('keeps what it knows of severities that a run leaves out', async () => {
    await update('--rule', 'mx-target-cname=warning');
    const hidden = await lint('--baseline', 'known.json', '--severity', 'error', '--rule', 'mx-target-cname=warning');
    expect(hidden.stderr).not.toContain('mx-target-cname');
    await update('--severity', 'error', '--rule', 'mx-target-cname=warning');
    expect(known()).toMatchObject({ 'zones/a.zone': { 'mx-target-cname': 1 } });
  });

  test('is not changed by a file that cannot be read', async () => {
    await update();
    edit('zones/b.zone', '{ "json": 1 }');
    expect((await update()).code).toBe(2);
    expect(known()).toMatchObject({ 'zones/b.zone': { 'syntax-parse-error': 1 } });
  });

  test('is the same from threads', async () => {
    for (let index = 0; index < 20; index++) edit(`zones/z${index}.zone`, zone(bad, `z${index}.example`));
    await update();
    const one = readFileSync(join(folder.path, 'known.json'), 'utf8');
    rmSync(join(folder.path, 'known.json'));
    const args = ['lint', 'zones', '--format', 'concise', '--select', 'syntax,mx-target-cname'];
    const ran = await threads(2, [...args, '--baseline', 'known.json', '--update-baseline'], { cwd: folder.path });
    expect(ran.code).toBe(0);
    expect(readFileSync(join(folder.path, 'known.json'), 'utf8')).toBe(one);
    edit('zones/b.zone', zone(`${bad}c A x\n`, 'b.example'));
    const plain = await lint('--baseline', 'known.json');
    const two = await threads(2, [...args, '--baseline', 'known.json'], { cwd: folder.path });
    expect([two.code, two.stdout]).toEqual([plain.code, plain.stdout]);
    expect(two.stderr.match(/^note: .*/gmu)).toEqual(plain.stderr.match(/^note: .*/gmu));
  });
});

describe('a baseline that cannot be used', () => {
  const table: readonly (readonly [what: string, content: string | undefined, sentence: RegExp])[] = [
    ['missing', undefined, /^error: no such baseline: known\.json; --update-baseline makes it\n$/],
    ['empty', '', /^error: known\.json:1:1: .+\n$/],
    ['no JSON', 'hello', /^error: known\.json:1:1: .+\n$/],
    [
      'of another shape',
      '{ "version": 1, "files": { "a": { "b": "c" } } }',
      /^error: known\.json:1:\d+: in this baseline .+\n$/,
    ],
    ['of another version', '{ "version": 2, "files": {} }', /^error: known\.json:1:\d+: in this baseline .+\n$/],
    ['a zone', zone(), /^error: known\.json:1:1: .+\n$/],
    ['with a conflict', '{\n<<<<<<< HEAD\n', /^error: known\.json:2:1: this is the mark of a merge conflict/],
    ['not UTF-8', '\u00ff\u00fe', /^error: known\.json(?:| is no baseline).+\n$/],
  ];
  test.each(table)('%s', async (_, content, sentence) => {
    if (content !== undefined) edit('known.json', content);
    const ran = await lint('--baseline', 'known.json');
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(sentence);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('an update does not write over a file that is no baseline', async () => {
    edit('known.json', 'my notes\n');
    expect((await update()).code).toBe(2);
    expect(readFileSync(join(folder.path, 'known.json'), 'utf8')).toBe('my notes\n');
  });

  test('an update into a missing folder', async () => {
    const ran = await lint('--baseline', 'no/known.json', '--update-baseline');
    expect(ran).toEqual({ code: 2, stdout: '', stderr: 'error: cannot write no/known.json: no such file or folder\n' });
    expect(existsSync(join(folder.path, 'no'))).toBe(false);
  });
});
