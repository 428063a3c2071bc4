import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import type { FindingJson } from '../../cli/report/html/finding-json.ts';
import { script } from '../../cli/report/html/script.ts';
import { style } from '../../cli/report/html/style.ts';
import { HOSTILE_NAME, hostileFolder } from './hostile.ts';
import { cli, folderOf, zone } from './run.ts';

const folder = folderOf({
  'bad.zone': zone('mx MX 10 alias\nalias CNAME ns1\n$INCLUDE more\n\t\tA\t192.0.2.300\n'),
  'clean.zone': zone('', 'example.org'),
  more: 'a 300 A 192.0.2.1\na 600 A 192.0.2.2\n',
  'unknown.txt': 'www 60 IN A 192.0.2.1\n',
});
const hostile = hostileFolder();
afterAll(() => {
  folder.remove();
  hostile.remove();
});

const chosen = ['--select', 'mx-target-cname,core-ttl-mismatch,syntax-*'];
async function page(line: string, given: object = {}): Promise<string> {
  return (await cli(['lint', ...line.split(' '), ...chosen, '--format', 'html'], { cwd: folder.path, ...given }))
    .stdout;
}

/** The text of the element with an id, or of the last script. */
const dataOf = (text: string, id: string): string =>
  new RegExp(`<script type="application/json" id="${id}">([^<]*)</script>`).exec(text)?.[1] ?? 'no such data';
const findingsOf = (text: string): FindingJson[] => JSON.parse(dataOf(text, 'findings')) as FindingJson[];

describe('the page', () => {
  test('allows its own script and style by their hashes, and nothing else', async () => {
    const text = await page('clean.zone');
    const hash = (code: string): string => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
    const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text) ?? [];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(text).toContain(`<script>${script}</script>`);
    expect(text).toContain(`<style>${style}</style>`);
  });

  test('needs nothing from elsewhere, and puts text into the page as text only', () => {
    expect(() => new Script(script)).not.toThrow();
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|fetch\(|import\(|https?:/,
    );
    expect(style).not.toMatch(/@import|url\(/);
  });

  test('is the same for the same input', async () => {
    expect(await page('bad.zone', { tick: 50 })).toBe(await page('bad.zone'));
  });

  test('has the findings with their frames, marks and fixes', async () => {
    const [first, second, third] = findingsOf(await page('bad.zone'));
    expect(first).toMatchObject({ severity: 'error', rule: 'mx-target-cname', file: 'bad.zone', line: 8, column: 10 });
    expect(first?.frame).toEqual([
      [6, 'ns1 A 192.0.2.1', []],
      [7, 'ns2 A 198.51.100.1', []],
      [8, 'mx MX 10 alias', [[9, 14, true, '']]],
      [9, 'alias CNAME ns1', [[0, 15, false, 'the alias, leading to ns1.example.net']]],
      [10, '$INCLUDE more', []],
    ]);
    expect(first?.fixes).toEqual([
      { title: 'name ns1.example.net itself', safe: false, line: 'mx MX 10 ns1.example.net.' },
    ]);
    expect(second).toMatchObject({ rule: 'syntax-parse-error', line: 11, column: 5 });
    expect(second?.frame.at(-1)).toEqual([11, '                A       192.0.2.300', [[24, 35, true, '']]]);
    expect(third).toMatchObject({ rule: 'core-ttl-mismatch', file: 'more', from: ['bad.zone:10'] });
  });

  test('tells of the run, of files that could not be read, and explains the rules that spoke', async () => {
    const run = JSON.parse(dataOf(await page('bad.zone unknown.txt'), 'run'));
    expect(run.found).toBe('Found 2 errors and 1 warning (2 fixable) in 1 zone.');
    expect(run.checked).toMatch(/^Checked 1 zone, \d+ records, \d+ rules\.$/);
    expect(run.failures).toMatchObject([{ file: 'unknown.txt', skipped: false }]);
    expect(Object.keys(run.rules)).toEqual(['syntax-parse-error', 'core-ttl-mismatch', 'mx-target-cname']);
    expect(run.rules['mx-target-cname']).toMatchObject({
      why: expect.any(String),
      bad: ['@ MX 10 mail  ; <-- here', expect.any(String), expect.any(String)],
    });
  });

  test('holds no markup that is not its own', async () => {
    const text = await page('. unknown.txt', { cwd: hostile.path });
    const own = await page('clean.zone');
    const tags = (of: string): string[] => of.replace(script, '').match(/<[^>]*>/g) ?? [];
    expect(tags(text)).toEqual(tags(own));
    const found = findingsOf(text);
    expect(found.length).toBeGreaterThan(10);
    expect(found.some(({ message }) => message.includes('<script>alert`1`</script>'))).toBe(true);
    expect(new Set(found.map(({ file }) => file))).toEqual(new Set([HOSTILE_NAME]));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
  });
});

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
);
if (browser === undefined) console.log('the page is not opened in a browser: no Chromium is installed');

describe.skipIf(browser === undefined)('in a browser', () => {
  /** The document after its script has run. */
  async function opened(line: string, cwd: string, hash = ''): Promise<string> {
    await cli(['lint', ...line.split(' '), ...chosen, '--format', 'html', '--output', 'report.html'], { cwd });
    const args = ['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=2000', '--dump-dom'];
    const url = `file://${join(cwd, 'report.html')}${hash}`;
    const { stdout } = spawnSync(browser ?? '', [...args, url], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      timeout: 60_000,
    });
    return stdout.replace(/<script.*?<\/script>/gs, '');
  }

  test('draws the findings', async () => {
    const text = await opened('bad.zone', folder.path);
    expect(text.match(/<article /g)).toHaveLength(3);
    expect(text).toContain('<output id="count" for="text rule zone" aria-live="polite">3 findings</output>');
    expect(text).toContain('mx MX 10 <mark class="main">alias</mark>');
    expect(text).toContain('>2 errors</button>');
  }, 60_000);

  test('filters by what its address says', async () => {
    const text = await opened('bad.zone', folder.path, '#rule=core-ttl-mismatch');
    expect(text.match(/<article /g)).toHaveLength(1);
    expect(text).toContain('>1 of 3 findings</output>');
  }, 60_000);

  test('says when there is nothing', async () => {
    expect(await opened('clean.zone', folder.path)).toContain('<p class="nothing">There is nothing to mend.</p>');
  }, 60_000);

  test('runs nothing that a zone says', async () => {
    const text = await opened('.', hostile.path);
    expect(text).toContain('<title>zonewright report</title>');
    expect(text).toContain('&lt;script&gt;alert`1`&lt;/script&gt;');
    expect(text).not.toMatch(/<img/);
    expect(readFileSync(join(hostile.path, 'report.html'), 'utf8')).not.toContain('<img');
  }, 60_000);
});
