import { afterAll, describe, expect, test } from 'vitest';
import { cli, folderOf, zone } from './run.ts';

const folder = folderOf({
  'a.zone': zone('@ MX 10 alias\nalias CNAME ns1\n'),
  'good/b.zone': zone('', 'b.example'),
});
afterAll(() => folder.remove());

const select = ['--select', 'mx-target-cname'];

describe('ci', () => {
  const formats: readonly (readonly [string, Record<string, string>, readonly string[], RegExp])[] = [
    ['one line a finding', {}, [], /^a\.zone:8:9: error mx-target-cname: [^\n]+\n$/u],
    ['one line where CI is another', { CI: 'true', GITLAB_CI: 'true' }, [], /^a\.zone:8:9: error mx-target-cname: /u],
    ['annotations in GitHub Actions', { CI: 'true', GITHUB_ACTIONS: 'true' }, [], /^::error file=a\.zone,line=8,/mu],
    ['the format asked for', { GITHUB_ACTIONS: 'true' }, ['--format', 'json'], /^\{\n {2}"version": 1/u],
    ['no annotations when GitHub is said to be none', { GITHUB_ACTIONS: 'false' }, [], /^a\.zone:8:9: /u],
  ];
  test.each(formats)('%s', async (_, env, args, expected) => {
    const { code, stdout } = await cli(['ci', '.', ...select, ...args], { cwd: folder.path, env });
    expect(stdout).toMatch(expected);
    expect(code).toBe(1);
  });

  test('a clean folder is 0 and has a summary on stderr', async () => {
    const ran = await cli(['ci', 'good', ...select], { cwd: folder.path });
    expect([ran.code, ran.stdout]).toEqual([0, '']);
    expect(ran.stderr).toMatch(/^No problems found\.\nChecked 1 zone, /u);
  });

  test.each(['--fix', '--fix-dry-run', '--unsafe-fixes', '--bump-serial', '--update-baseline', '--watch'])(
    '%s is unknown',
    async (option) => {
      const ran = await cli(['ci', '.', option], { cwd: folder.path });
      expect([ran.code, ran.stdout]).toEqual([2, '']);
      expect(ran.stderr).toMatch(new RegExp(`^error: unknown option '${option}' of ci; [^\\n]+\\n$`, 'u'));
    },
  );
});

describe('options that contradict each other', () => {
  const table: readonly (readonly [string, string])[] = [
    ['--fix --fix-dry-run', '--fix and --fix-dry-run contradict each other: give one'],
    ['--fix --update-baseline --baseline b', '--fix and --update-baseline contradict each other: give one'],
    [
      '--fix-dry-run --update-baseline --baseline b',
      '--fix-dry-run and --update-baseline contradict each other: give one',
    ],
    ['--watch --fix', '--watch and --fix contradict each other: give one'],
    ['--watch --output x', '--watch and --output contradict each other: give one'],
    ['--fix --new-only --since x', '--new-only and --fix contradict each other: give one'],
    ['--unsafe-fixes', '--unsafe-fixes means nothing without --fix or --fix-dry-run'],
    ['--bump-serial', '--bump-serial means nothing without --fix or --fix-dry-run'],
    ['--new-only', '--new-only means nothing without --since'],
    ['--update-baseline', '--update-baseline needs the file: give --baseline FILE'],
    ['- --watch', '--watch cannot watch standard input'],
    ['--stdin-filename a --watch', '--watch cannot watch standard input'],
    ['a.zone --output a.zone', '--output a.zone: this is one of the zone files; give another file'],
    ['. --output ./a.zone', '--output ./a.zone: this is one of the zone files; give another file'],
    ['--output missing/report.txt', 'cannot write missing/report.txt: no such file or folder'],
    ['--cache --cache-location', 'option --cache-location needs a value: --cache-location <file>'],
    ['--jobs 65', "--jobs needs a whole number, 1 to 64, not '65'"],
    [
      '--mta-sts-policy policy.txt',
      "--mta-sts-policy needs DOMAIN=FILE such as example.net=mta-sts.txt, not 'policy.txt'",
    ],
    [
      '--mta-sts-policy example.net=',
      "--mta-sts-policy needs DOMAIN=FILE such as example.net=mta-sts.txt, not 'example.net='",
    ],
  ];
  test.each(table)('%s', async (line, sentence) => {
    const ran = await cli(['lint', ...line.split(' ')], { cwd: folder.path });
    expect(ran).toEqual({ code: 2, stdout: '', stderr: `error: ${sentence}\n` });
  });

  test('a policy file that is missing keeps the zone from being linted', async () => {
    const ran = await cli(['lint', 'a.zone', '--mta-sts-policy', 'example.net=none.txt'], { cwd: folder.path });
    expect(ran).toEqual({ code: 2, stdout: '', stderr: 'error: none.txt: no such file or folder\n' });
  });

  const twice: readonly (readonly [string, RegExp])[] = [
    ['--format json --format concise', /^a\.zone:8:9: error/u],
    ['--format concise --rule mx-target-cname=off --rule mx-target-cname=info', /^a\.zone:8:9: info/u],
    ['--format concise --severity error --severity info', /^a\.zone:8:9: error/u],
    ['--format concise --no-config --config none.json --no-config', /^a\.zone:8:9: error/u],
  ];
  test.each(twice)('of %s the last counts', async (line, expected) => {
    const { stdout } = await cli(['lint', 'a.zone', ...select, ...line.split(' ')], { cwd: folder.path });
    expect(stdout).toMatch(expected);
  });

  test('selections add up', async () => {
    const args = ['lint', 'a.zone', '--format', 'concise', '--select', 'syntax', '--select', 'dane,mx-target-cname'];
    expect((await cli(args, { cwd: folder.path })).stdout).toMatch(/^a\.zone:8:9: error/u);
  });
});
