import { afterAll, describe, expect, test } from 'vitest';
import { hostileFolder } from './hostile.ts';
import { cli, folderOf, zone } from './run.ts';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number; readonly end?: number } };
}

const bad = 'mx MX 10 alias\nalias CNAME ns1\na 300 A 192.0.2.1\na 600 A 192.0.2.2\nx A y\nx A y\n';
const folder = folderOf({
  'bad.zone': zone(bad),
  'clean.zone': zone(),
  'unknown.txt': 'www 60 IN A 192.0.2.1\n',
  'moved/bad.zone': zone(`; a line\n\n${bad}`),
});
const hostile = hostileFolder();
afterAll(() => {
  folder.remove();
  hostile.remove();
});

const chosen = ['--select', 'mx-target-cname,core-ttl-mismatch,syntax-*'];
async function gitlab(paths: string, given = {}): Promise<Issue[]> {
  const args = ['lint', ...paths.split(' '), ...chosen, '--format', 'gitlab'];
  return JSON.parse((await cli(args, { cwd: folder.path, ...given })).stdout) as Issue[];
}

describe('gitlab', () => {
  test('is a list of issues with what GitLab asks for', async () => {
    const issues = await gitlab('bad.zone clean.zone');
    expect(issues.map(({ check_name, severity, location }) => [check_name, severity, location.lines.begin])).toEqual([
      ['mx-target-cname', 'critical', 8],
      ['core-ttl-mismatch', 'minor', 11],
      ['syntax-parse-error', 'critical', 12],
      ['syntax-parse-error', 'critical', 13],
    ]);
    expect(issues[0]).toEqual({
      description: expect.stringMatching(/^MX of mx\.example\.net names /),
      check_name: 'mx-target-cname',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      severity: 'critical',
      location: { path: 'bad.zone', lines: { begin: 8, end: 8 } },
    });
  });

  test('is an empty list without findings', async () => {
    expect(await gitlab('clean.zone')).toEqual([]);
  });

  test('a file that cannot be read is a blocker', async () => {
    const blocker = {
      check_name: 'unreadable-file',
      severity: 'blocker',
      location: { path: 'unknown.txt', lines: { begin: 1 } },
    };
    expect((await gitlab('bad.zone unknown.txt')).at(-1)).toMatchObject(blocker);
    expect(await gitlab('clean.zone unknown.txt')).toMatchObject([blocker]);
  });

  test('paths begin at the root of the project', async () => {
    const [first] = await gitlab('./bad.zone', { env: { CI_PROJECT_DIR: folder.path.replace(/\/[^/]*$/, '') } });
    expect(first?.location.path).toBe(`${folder.path.replace(/^.*\//, '')}/bad.zone`);
    expect((await gitlab('./bad.zone'))[0]?.location.path).toBe('bad.zone');
  });

  test('fingerprints stay when lines move, and tell equal findings apart', async () => {
    const before = (await gitlab('bad.zone')).map(({ fingerprint }) => fingerprint);
    const after = (await gitlab('bad.zone', { cwd: `${folder.path}/moved` })).map(({ fingerprint }) => fingerprint);
    expect(after).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
  });

  test('no two findings of a hostile zone have the same fingerprint', async () => {
    const args = ['lint', '.', '--format', 'gitlab', '--profile', 'strict'];
    const issues = JSON.parse((await cli(args, { cwd: hostile.path })).stdout) as Issue[];
    expect(issues.length).toBeGreaterThan(20);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  });
});
