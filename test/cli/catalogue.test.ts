import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../lib/lint/rules.ts';
import { cli, folderOf } from './run.ts';

describe('rules', () => {
  test('lists every rule once, with its level and profiles', async () => {
    const { stdout, code } = await cli(['rules']);
    expect(code).toBe(0);
    for (const { id, level } of RULES)
      expect(stdout.match(new RegExp(`^  ${id} +${level} `, 'gm')), id).toHaveLength(1);
    expect(stdout).toMatch(/^ {2}mx-target-cname +error {4}ds- {2}An MX record names/m);
    expect(stdout).toContain(`\n${RULES.length} rules. `);
  });

  test('--select takes ids, groups and patterns', async () => {
    const { stdout } = await cli(['rules', '--select', 'mx-target-*,syntax', '--format', 'json']);
    const rules = JSON.parse(stdout) as { id: string; group: string }[];
    expect(rules.length).toBeGreaterThan(10);
    expect(rules.filter(({ id, group }) => group !== 'syntax' && !id.startsWith('mx-target-'))).toEqual([]);
  });

  test('json holds the whole rule', async () => {
    const rules = JSON.parse((await cli(['rules', '--format', 'json'])).stdout);
    expect(rules).toHaveLength(RULES.length);
    const one = rules.find(({ id }: { id: string }) => id === 'mx-target-cname');
    expect(one).toMatchObject({
      group: 'mail-mx',
      level: 'error',
      fix: 'unsafe',
      docs: 'docs/rules/mx-target-cname.md',
    });
    expect(one.profiles).toEqual(expect.arrayContaining(['default', 'strict']));
    expect(Object.keys(one).join(' ')).toBe('id group level profiles fix options cites docs what why help bad good');
    const short = rules.find(({ id }: { id: string }) => id === 'core-ttl-short');
    expect(short.options.least).toMatchObject({ default: 60, least: 1, most: 86_400 });
  });

  test('markdown is the index of the pages', async () => {
    const { stdout } = await cli(['rules', '--format', 'markdown']);
    for (const { id } of RULES) expect(stdout.split(`\n| [${id}](${id}.md) | `), id).toHaveLength(2);
    for (const group of new Set(RULES.map((rule) => rule.group))) expect(stdout).toContain(`\n## ${group}\n`);
  });

  test('--pages writes the index and a page for each rule, whose links lead to pages', async () => {
    const folder = folderOf({});
    try {
      const ran = await cli(['rules', '--pages', '.'], { cwd: folder.path });
      expect(ran).toEqual({ code: 0, stdout: '', stderr: '' });
      const files = readdirSync(folder.path).sort();
      expect(files).toEqual(['README.md', ...RULES.map(({ id }) => `${id}.md`)].sort());
      for (const file of files) {
        const text = readFileSync(join(folder.path, file), 'utf8');
        expect(text, file).not.toMatch(/; expect$/m);
        const links = [...text.matchAll(/\]\(([^):]+)\)/g)].map(([, link = '']) => link.replace(/#.*/, ''));
        expect(
          links.filter((link) => !files.includes(link)),
          file,
        ).toEqual([]);
      }
    } finally {
      folder.remove();
    }
  });

  test('--pages needs a folder, and no other output', async () => {
    const missing = await cli(['rules', '--pages', 'nowhere/at/all']);
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('--pages needs a folder') });
    expect((await cli(['rules', '--pages', '.', '--output', 'x'])).code).toBe(2);
  });
});

describe('explain', () => {
  test('tells what, why, what to do, where it is written, and shows examples', async () => {
    const { stdout, code } = await cli(['explain', 'mx-target-cname']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mx-target-cname \(mail-mx, error\)\n\nAn MX record names a host that is an alias/);
    expect(stdout).toMatch(/\nWhy: {9}\S[^\n]*\n {13}\S/);
    expect(stdout).toContain('\nSource:      RFC 2181 §10.3\n             RFC 5321 §5.1\n');
    expect(stdout).toContain('\nBad:\n    @ MX 10 mail  ; <-- here\n');
    expect(stdout).toContain('\nGood:\n    @ MX 10 mx1\n');
  });

  test('shows what requirements of the drafts say, and certificates of an example', async () => {
    const { stdout } = await cli(['explain', 'cert-client-name-not-in-client-mx']);
    expect(stdout).toMatch(/draft-chuang-mutual-tls-email-authentication-00 §1\.2\.3 \(CMX-1\.2\.3-e\): \S/);
    expect(stdout).toContain('    ; with out1.pem (client): DNS names out9.example.net\n');
  });

  test('takes several rules, in other forms too', async () => {
    const ids = ['core-soa-missing', 'syntax-parse-error'];
    const { stdout } = await cli(['explain', ...ids]);
    expect(ids.map((id) => stdout.indexOf(`${id} (`))).toEqual([0, expect.any(Number)]);
    const rules = JSON.parse((await cli(['explain', ...ids, '--format', 'json'])).stdout) as { id: string }[];
    expect(rules.map(({ id }) => id)).toEqual(ids);
    expect((await cli(['explain', ...ids, '--format', 'markdown'])).stdout).toMatch(/^# core-soa-missing\n/);
  });

  test('tells options with their bounds, how to switch the rule off, and what stands beside it', async () => {
    const { stdout } = await cli(['explain', 'core-ttl-short']);
    expect(stdout).toMatch(/\nOptions: {5}least: .* \(default 60; 1 to\s+86,400\)\n/);
    expect(stdout).toContain('\nSwitch off:  --rule core-ttl-short=off\n');
    expect(stdout).toContain('\n             ; zonewright-ignore core-ttl-short -- reason\n');
    expect(stdout).toMatch(/\nNeighbours: .*core-ttl-long/);
  });

  test('markdown has the same, with links to the standards', async () => {
    const { stdout } = await cli(['explain', 'mx-target-cname', '--format', 'markdown']);
    expect([...stdout.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title)).toEqual([
      'mx-target-cname',
      'Why',
      'What to do',
      'Bad',
      'Good',
      'Sources',
      'Switch it off',
      'Neighbours',
    ]);
    expect(stdout).toContain('\n- [RFC 2181 §10.3](https://www.rfc-editor.org/rfc/rfc2181#section-10.3)\n');
    expect(stdout).toContain('\n; zonewright-ignore mx-target-cname -- reason\n');
    expect(stdout).toContain('The fix is unsafe: `--fix --unsafe-fixes`');
    const options = await cli(['explain', 'core-ttl-short', '--format', 'markdown']);
    expect(options.stdout).toMatch(/\n\| `least` \| .* \| 60 \| 1 to 86,400 \|\n/);
  });

  test.each(RULES.map(({ id }) => id))('%s has an explanation that fits a terminal', async (id) => {
    const { stdout } = await cli(['explain', id], { columns: 80, env: { NO_COLOR: '1' } });
    const text = stdout.slice(0, stdout.indexOf('\nBad:'));
    expect(text.split('\n').filter((line) => line.length > 80 && line.includes(' ', 20))).toEqual([]);
  });
});

describe('help', () => {
  test.each(['', 'lint ', 'merge-reports ', 'rules ', 'explain ', 'convert '])(
    'zonewright %s--help shows examples',
    async (command) => {
      const { stdout, stderr, code } = await cli([...command.trim().split(' ').filter(Boolean), '--help']);
      expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
      expect(stdout).toMatch(/^Usage: zonewright /);
      expect(stdout).toMatch(/\nExamples:\n {2}(\S.* )?zonewright /);
    },
  );

  test('help COMMAND is COMMAND --help', async () => {
    expect((await cli(['help', 'lint'])).stdout).toBe((await cli(['lint', '--help'])).stdout);
  });

  test('-V and --version print the version', async () => {
    expect((await cli(['-V'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await cli(['--version'])).stdout).toBe((await cli(['-V'])).stdout);
  });
});
