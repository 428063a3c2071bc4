import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { REPORT_FORMATS } from '../../cli/report/formats.ts';
import { cli, folderOf, type Ran, zone } from './run.ts';

const folder = folderOf({
  'a.zone': zone('mx MX 10 alias\nalias CNAME ns1\nx A y\nx A y\n', 'a.example'),
  'b.zone': zone('a 300 A 192.0.2.1\na 600 A 192.0.2.2\n$INCLUDE parts/more\n', 'b.example'),
  'c.zone': zone('', 'c.example'),
  'parts/more': 'y A 192.0.2.300\n',
  'unknown.txt': 'www 60 IN A 192.0.2.1\n',
  'secret.zone': 'first line\nsecond line\n',
});
afterAll(() => folder.remove());

const chosen = ['--select', 'mx-target-cname,core-ttl-mismatch,syntax-*'];
const run = (line: string, given = {}): Promise<Ran> => cli(line.split(' '), { cwd: folder.path, ...given });
const lint = (line: string): Promise<Ran> => cli(['lint', ...line.split(' '), ...chosen], { cwd: folder.path });
const merge = (line: string, given = {}): Promise<Ran> => run(`merge-reports ${line}`, given);
const steady = (text: string): string => text.replace(/, \d+ rules( in \d+ ms)?\./g, '.');

async function shards(): Promise<void> {
  await lint('a.zone c.zone --format json --output 1.json');
  await lint('b.zone --format json --output 2.json');
}

describe('merge-reports', () => {
  test.each(REPORT_FORMATS)('gives in %s what one run would have given', async (format) => {
    await shards();
    const whole = await lint(`a.zone b.zone c.zone --format ${format}`);
    for (const order of ['1.json 2.json', '2.json 1.json']) {
      const merged = await merge(`${order} --format ${format}`);
      expect(steady(merged.stdout)).toBe(steady(whole.stdout));
      expect(merged.code).toBe(1);
      expect(merged.stderr).toBe('');
    }
  });

  test('a merged report can be merged again', async () => {
    await shards();
    await merge('2.json 1.json --format json --output both.json');
    const again = await merge('both.json --format json');
    expect(again.stdout).toBe(readFileSync(join(folder.path, 'both.json'), 'utf8'));
  });

  test('ends as lint does', async () => {
    await shards();
    await lint('c.zone --format json --output clean.json');
    await lint('c.zone unknown.txt --format json --output failed.json');
    await lint('b.zone --format json --severity warning --ignore syntax-* --output warned.json');
    expect((await merge('clean.json')).code).toBe(0);
    expect((await merge('clean.json 1.json')).code).toBe(1);
    expect((await merge('1.json failed.json')).code).toBe(2);
    const failed = JSON.parse((await merge('1.json failed.json --format json')).stdout);
    expect(failed.failures).toMatchObject([{ file: 'unknown.txt', skipped: false }]);
    expect(failed.files).toEqual(['a.zone', 'c.zone']);
    expect((await merge('warned.json')).code).toBe(0);
    expect((await merge('warned.json --max-warnings 0')).code).toBe(1);
  });

  test('tells when shards overlap', async () => {
    await shards();
    await lint('c.zone --format json --output clean.json');
    expect((await merge('1.json clean.json --format json')).stderr).toBe(
      'warning: c.zone is in more than one of the reports\n',
    );
  });

  test.each([
    ['1/3 3/3', 'shard 2 of 3 is missing: give the reports of all'],
    ['2/4', 'shards 1, 3 and 4 of 4 are missing: give the reports of all'],
    ['1/2 1/2', 'shard 2 of 2 is missing: give the reports of all'],
    ['1/2 2/3', 'these are parts of different runs: one of 2 and one of 3 shards'],
  ])('says nothing of %s alone, as some zones were not looked at', async (parts, words) => {
    const files = parts.split(' ').map((part, index) => ({ part, file: `part${index}.json` }));
    for (const { part, file } of files) await lint(`. --shard ${part} --format json --output ${file}`);
    const merged = await merge(files.map(({ file }) => file).join(' '));
    expect(merged).toMatchObject({ code: 2, stdout: '', stderr: `error: ${words}\n` });
  });

  test('takes all shards, and a whole run beside them', async () => {
    for (const part of [1, 2]) await lint(`a.zone b.zone --shard ${part}/2 --format json --output part${part}.json`);
    await lint('c.zone --format json --output clean.json');
    const merged = await merge('part2.json clean.json part1.json --format json');
    expect(merged.code).toBe(1);
    expect(JSON.parse(merged.stdout)).not.toHaveProperty('shard');
    expect(JSON.parse(readFileSync(join(folder.path, 'part1.json'), 'utf8'))).toMatchObject({
      shard: { part: 1, of: 2 },
    });
  });

  test.each([
    ['{', 'is no JSON'],
    ['[]', 'is no report of zonewright lint: the document is an array, expected an object'],
    ['{"version":2,"summary":{},"diagnostics":[]}', '/version is 2, expected 1'],
    ['{"version":1,"diagnostics":[]}', 'lacks the member "summary"'],
  ])('refuses %s', async (text, words) => {
    writeFileSync(join(folder.path, 'wrong.json'), text);
    const { code, stdout, stderr } = await merge('wrong.json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: wrong\.json is no /);
    expect(stderr).toContain(words);
  });

  test('refuses a missing report, and one given twice', async () => {
    await shards();
    expect((await merge('1.json none.json')).stderr).toBe('error: none.json: no such file or folder\n');
    expect((await merge('1.json 1.json')).stderr).toBe('error: 1.json is given twice\n');
  });

  test('reads standard input', async () => {
    await shards();
    const stdin = readFileSync(join(folder.path, '1.json'));
    expect((await merge('- --format concise', { stdin })).stdout).toBe((await merge('1.json --format concise')).stdout);
  });

  test('takes reports of rules it does not know', async () => {
    await shards();
    const report = JSON.parse(readFileSync(join(folder.path, '1.json'), 'utf8'));
    report.diagnostics[0].rule = 'mx-from-tomorrow';
    writeFileSync(join(folder.path, 'new.json'), JSON.stringify(report));
    for (const format of REPORT_FORMATS) {
      const { code, stdout } = await merge(`new.json --format ${format}`);
      expect(code, format).toBe(1);
      expect(stdout, format).toContain('mx-from-tomorrow');
    }
  });
});

describe('frames in a merged report', () => {
  const frames = async (line: string, given = {}): Promise<number> =>
    (await merge(`${line} --max-diagnostics none`, given)).stdout.match(/^ +\d+ │/gm)?.length ?? 0;

  test('are there while the files are as they were', async () => {
    await shards();
    expect(await frames('1.json')).toBeGreaterThan(5);
    const before = readFileSync(join(folder.path, 'a.zone'), 'utf8');
    for (const changed of [`; new\n${before}`, before.replace('x A y', 'x A z'), before.replace('mx MX', 'mx Mx')]) {
      writeFileSync(join(folder.path, 'a.zone'), changed);
      expect(await frames('1.json'), changed).toBe(0);
    }
    writeFileSync(join(folder.path, 'a.zone'), before);
    expect(await frames('1.json')).toBeGreaterThan(5);
  });

  test('are not there where the files are not', async () => {
    await shards();
    const elsewhere = folderOf({ '1.json': readFileSync(join(folder.path, '1.json')) });
    try {
      const { stdout } = await merge('1.json', { cwd: elsewhere.path });
      expect(stdout).toContain('a.zone:8:10: error mx-target-cname: ');
      expect(stdout).not.toContain('│');
    } finally {
      elsewhere.remove();
    }
  });

  test('show nothing that a made-up report asks for', async () => {
    await shards();
    const report = JSON.parse(readFileSync(join(folder.path, '1.json'), 'utf8'));
    const [found] = report.diagnostics;
    const start = { line: 1, column: 1, offset: 0 };
    const range = { start, end: { line: 1, column: 6, offset: 5 } };
    const outside = join(folder.path, 'a.zone');
    for (const file of ['secret.zone', outside, '../a.zone', 'parts/../secret.zone', 'parts', '/dev/zero', 'none']) {
      report.diagnostics = [{ ...found, file, range, related: [], fixes: [] }];
      writeFileSync(join(folder.path, 'made-up.json'), JSON.stringify(report));
      expect(await frames('made-up.json'), file).toBe(0);
    }
    report.diagnostics = [{ ...found, related: [{ file: 'secret.zone', range, message: 'see here' }] }];
    writeFileSync(join(folder.path, 'made-up.json'), JSON.stringify(report));
    expect((await merge('made-up.json')).stdout).not.toContain('first line');
  });

  test('a file reached by a link that leads out of the folder is not shown', async () => {
    await shards();
    const inner = folderOf({ '1.json': readFileSync(join(folder.path, '1.json')) });
    try {
      const { symlinkSync } = await import('node:fs');
      symlinkSync(join(folder.path, 'a.zone'), join(inner.path, 'a.zone'));
      expect(await frames('1.json', { cwd: inner.path })).toBe(0);
    } finally {
      inner.remove();
    }
  });
});
