import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, describe, expect, test } from 'vitest';
import { findRule } from '../../lib/lint/rules.ts';
import { cli, folderOf, zone } from './run.ts';

const folder = folderOf({
  'clean.zone': zone(),
  'bad.zone': zone('mx MX 10 alias\nalias CNAME ns1\nwww A 192.0.2.300\n'),
  'warning.zone': zone('a 300 A 192.0.2.1\na 600 A 192.0.2.2\n'),
  'many.zone': zone(Array.from({ length: 60 }, (_, index) => `h${index} A x\n`).join('')),
  'mixed.zone': zone(
    `${Array.from({ length: 15 }, (_, index) => `t${index} 300 A 192.0.2.1\nt${index} 600 A 192.0.2.2\n`).join('')}last A x\n`,
  ),
  'top.zone': zone('$INCLUDE parts/hosts\n'),
  'parts/hosts': '\nwww A 192.0.2.300\n',
});
afterAll(() => folder.remove());
const lint = (line: string, given = {}): ReturnType<typeof cli> =>
  cli(['lint', ...line.split(' ')], { cwd: folder.path, ...given });

describe('json', () => {
  const ajv = new Ajv2020({ allErrors: true, strict: true });
  addFormats.default(ajv);
  const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8'));
  const valid = ajv.compile(schema);

  test.each([
    'clean.zone',
    'bad.zone',
    'warning.zone --severity error',
    'clean.zone bad.zone',
    'many.zone',
    'top.zone',
  ])('%s fits the schema', async (line) => {
    const { stdout, stderr } = await lint(`${line} --format json`);
    const report = JSON.parse(stdout);
    expect(valid(report), JSON.stringify(valid.errors)).toBe(true);
    expect(stderr).toBe('');
    const { errors, warnings, infos } = report.summary;
    expect(report.diagnostics).toHaveLength(errors + warnings + infos);
  });

  test('says everything about a finding', async () => {
    const { stdout, code } = await lint('bad.zone --format json --select mx-target-cname');
    const report = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(report.summary).toEqual({ files: 1, zones: 1, records: 7, errors: 1, warnings: 0, infos: 0, fixable: 1 });
    const [found] = report.diagnostics;
    expect(found).toMatchObject({
      rule: 'mx-target-cname',
      severity: 'error',
      file: 'bad.zone',
      zone: 'example.net.',
      name: 'mx.example.net.',
      type: 'MX',
      range: { start: { line: 8, column: 10 }, end: { line: 8, column: 15 } },
      related: [{ file: 'bad.zone', range: { start: { line: 9, column: 1 } } }],
      source: 'RFC 2181 §10.3, RFC 5321 §5.1',
      docs: 'docs/rules/mx-target-cname.md',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    const text = readFileSync(`${folder.path}/bad.zone`, 'latin1');
    expect(text.slice(found.range.start.offset, found.range.end.offset)).toBe('alias');
    const [edit] = found.fixes[0].edits;
    expect(text.slice(edit.range.start.offset, edit.range.end.offset)).toBe('alias');
  });

  test('leaves nothing out and counts included files', async () => {
    expect(JSON.parse((await lint('many.zone --format json')).stdout).diagnostics).toHaveLength(60);
    const report = JSON.parse((await lint('top.zone --format json')).stdout);
    expect(report.summary.files).toBe(2);
    expect(report.diagnostics[0].file).toBe('parts/hosts');
  });
});

describe('concise', () => {
  test('is one line for each finding, the summary goes to stderr', async () => {
    const { stdout, stderr } = await lint('bad.zone --format concise --select mx-target-cname,syntax');
    expect(stdout.split('\n').map((line) => line.replace(/: [^:]*$/, ''))).toEqual([
      'bad.zone:8:10: error mx-target-cname',
      'bad.zone:10:7: error syntax-parse-error',
      '',
    ]);
    expect(stderr).toMatch(
      /^Found 2 errors \(1 fixable\) in 1 zone\.\nChecked 1 zone, 7 records, \d+ rules in 0 ms\.\n$/,
    );
  });
});

describe('pretty', () => {
  test('says on a clean run that there is nothing', async () => {
    const { stdout, stderr, code } = await lint('clean.zone');
    expect(stdout).toMatch(/^No problems found\. Checked 1 zone, 5 records, \d+ rules in 0 ms\.\n$/);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  });

  test('shows 20 findings of one rule and says how many more there are', async () => {
    const { stdout } = await lint('many.zone');
    expect(stdout.match(/error syntax-parse-error/g)).toHaveLength(20);
    expect(stdout).toContain(
      '\n\n… 40 more of syntax-parse-error not shown (--max-diagnostics none shows all)\n\nFound 60 errors in 1 zone.\n',
    );
  });

  test('--max-diagnostics none shows all, a number that many, the worst first', async () => {
    expect((await lint('many.zone --max-diagnostics none')).stdout.match(/error syntax/g)).toHaveLength(60);
    expect((await lint('many.zone --max-diagnostics 30')).stdout.match(/error syntax/g)).toHaveLength(30);
    const { stdout } = await lint('mixed.zone --max-diagnostics 1');
    expect(stdout).toMatch(/^mixed\.zone:38:8: error syntax-parse-error: /);
    expect(stdout).toContain('… 15 more of core-ttl-mismatch not shown');
    expect(stdout).toContain('Found 1 error and 15 warnings');
    expect((await lint('mixed.zone --max-diagnostics 0')).stdout).toMatch(/^\n… 15 more of/);
  });

  test('takes the width and the colours of a terminal', async () => {
    const { stdout } = await lint('bad.zone', { columns: 40 });
    expect(stdout).toContain('\u001b[1;31merror');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect((await lint('bad.zone', { columns: 80, env })).stdout).not.toContain('\u001b');
    }
    expect((await lint('bad.zone', { env: { FORCE_COLOR: '1' } })).stdout).toContain('\u001b');
    expect((await lint('bad.zone --color always', { env: { NO_COLOR: '1' } })).stdout).toContain('\u001b');
    expect((await lint('bad.zone --color never', { env: { FORCE_COLOR: '1' }, columns: 80 })).stdout).not.toContain(
      '\u001b',
    );
  });
});

describe('what is counted', () => {
  test.each([
    ['clean.zone', 0],
    ['bad.zone', 1],
    ['warning.zone', 0],
    ['warning.zone --max-warnings 0', 1],
    ['warning.zone --max-warnings 1', 0],
    ['warning.zone --severity error --max-warnings 0', 0],
    ['warning.zone --rule core-ttl-mismatch=error', 1],
    ['warning.zone --rule core-ttl-mismatch=info --max-warnings 0', 0],
    ['bad.zone --rule mx-target-cname=off --ignore syntax-*', 0],
    ['bad.zone --select core-ttl-*', 0],
    ['warning.zone --profile load', 0],
    ['bad.zone --profile load', 1],
    ['clean.zone bad.zone', 1],
  ])('%s ends with %i', async (line, code) => {
    expect((await lint(line)).code).toBe(code);
  });

  test('--quiet leaves the summary out', async () => {
    expect(await lint('clean.zone --quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
    const { stdout } = await lint('bad.zone --quiet --select mx-target-cname');
    expect(stdout).toMatch(/^bad\.zone:8:10: .*\n {2}see: .*\n$/s);
    expect((await lint('bad.zone --quiet --format concise')).stderr).toBe('');
  });

  test('--statistics counts by rule', async () => {
    const { stdout } = await lint('mixed.zone --statistics');
    const what = (id: string): string => findRule(id)?.what ?? '';
    expect(stdout).toContain(
      `\n\n15  warning  core-ttl-mismatch   ${what('core-ttl-mismatch')}\n 1  error    syntax-parse-error  ${what('syntax-parse-error')}\n`,
    );
    const json = await lint('mixed.zone --statistics --format json');
    expect(JSON.parse(json.stdout).summary.warnings).toBe(15);
    expect(json.stderr).toContain('15  warning  core-ttl-mismatch');
  });

  test('--output writes the same report to a file, and the summary to stderr', async () => {
    const direct = await lint('bad.zone');
    const { stdout, stderr, code } = await lint('bad.zone --output report.txt');
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
    expect(readFileSync(`${folder.path}/report.txt`, 'utf8')).toBe(direct.stdout);
    expect(stderr).toMatch(/^Found 2 errors .*\nChecked 1 zone, /);
  });

  test('a long run shows where it is, on a terminal only', async () => {
    const slow = { columns: 80, tick: 600 };
    const { stderr } = await lint('clean.zone bad.zone warning.zone', slow);
    const [before, ...bars] = stderr.split('\r\u001b[K');
    const [two, three] = [
      `[${'#'.repeat(20)}${'.'.repeat(10)}] 2 of 3 files`,
      `[${'#'.repeat(30)}] 3 of 3 files, 0 s left`,
    ];
    expect([before, ...bars]).toEqual(['', expect.stringContaining(two), three, '']);
    expect((await lint('clean.zone bad.zone', { tick: 600 })).stderr).toBe('');
    expect((await lint('clean.zone bad.zone --quiet', slow)).stderr).toBe('');
  });
});
