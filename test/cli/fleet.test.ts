import { describe, expect, test } from 'vitest';
import { REPORT_FORMATS } from '../../cli/report/formats.ts';
import { folderWith } from './folders.ts';
import { type Exit, program, steady, TELLING_THREADS, threads } from './program.ts';
import { cli, type Ran, world, zone } from './run.ts';

/** The findings of a run as `file:line rule`. */
async function found(args: readonly string[], cwd: string): Promise<string[]> {
  const { stdout } = await cli(['lint', '--format', 'json', ...args], { cwd });
  return findingsOf(stdout);
}

function findingsOf(json: string): string[] {
  const { diagnostics } = JSON.parse(json) as {
    diagnostics: { file: string; rule: string; range: { start: { line: number } } }[];
  };
  return diagnostics.map(({ file, rule, range }) => `${file}:${range.start.line} ${rule}`);
}

const child = (servers: string): string => `$ORIGIN sub.example.net.
$TTL 3600
@ SOA ns1.example.net. hostmaster.example.net. 1 7200 1800 1209600 3600
${servers}`;
const bothServers = '@ NS ns1.example.net.\n@ NS ns2.example.net.\n';
const delegation = 'sub NS ns1\nsub NS ns2\n';

describe('zones of one run know each other', () => {
  const select = ['--select', 'deleg-parent-mismatch,mtasts-host-missing'];

  test('a delegation is held against the zone it leads to', async () => {
    const cwd = folderWith({
      'parent.zone': zone(delegation),
      'child.zone': child(`${bothServers}@ NS ns3.example.org.\n`),
    });
    expect(await found([...select, '.'], cwd)).toEqual(['parent.zone:8 deleg-parent-mismatch']);
    expect(await found([...select, 'child.zone', 'parent.zone'], cwd)).toEqual(['parent.zone:8 deleg-parent-mismatch']);
    expect(await found([...select, 'parent.zone'], cwd)).toEqual([]);
  });

  test('a shard sees the zones of the others', async () => {
    const cwd = folderWith({
      'parent.zone': zone(delegation),
      'child.zone': child(`${bothServers}@ NS ns3.example.org.\n`),
    });
    expect(await found([...select, '.', '--shard', '2/2'], cwd)).toEqual(['parent.zone:8 deleg-parent-mismatch']);
    expect(await found([...select, '.', '--shard', '1/2'], cwd)).toEqual([]);
  });

  test('a host of a sibling zone is looked for there', async () => {
    const text = '_mta-sts TXT "v=STSv1; id=20261121"\nmta-sts NS ns1\nmta-sts NS ns2\n';
    const sts = (lines: string): string => child(bothServers + lines).replaceAll('sub.', 'mta-sts.');
    const bad = folderWith({ 'a.zone': zone(text), 'b.zone': sts('') });
    const good = folderWith({ 'a.zone': zone(text), 'b.zone': sts('@ A 192.0.2.5\n') });
    expect(await found([...select, '.'], bad)).toEqual(['a.zone:8 mtasts-host-missing']);
    expect(await found([...select, '.'], good)).toEqual([]);
  });

  test('of two views of a zone that in the same folder counts', async () => {
    const cwd = folderWith({
      'inside/parent.zone': zone(delegation),
      'inside/child.zone': child(bothServers),
      'outside/parent.zone': zone(delegation),
      'outside/child.zone': child('@ NS ns1.example.net.\n@ NS ns3.example.net.\n'),
    });
    expect(await found([...select, '.'], cwd)).toEqual(['outside/parent.zone:8 deleg-parent-mismatch']);
  });

  test('of two views elsewhere nobody knows which is meant', async () => {
    const cwd = folderWith({
      'parent.zone': zone(delegation),
      'inside/child.zone': child('@ NS ns1.example.net.\n'),
      'outside/child.zone': child('@ NS ns3.example.net.\n'),
    });
    expect(await found([...select, '.'], cwd)).toEqual([]);
  });

  test('a zone that cannot be read is no zone that says no', async () => {
    const cwd = folderWith({ 'parent.zone': zone(delegation), 'child.zone': new Uint8Array([0, 1]) });
    expect(await found([...select, '.'], cwd)).toEqual([]);
  });

  test('a file that several zones include is reported for each of them', async () => {
    const cwd = folderWith({
      'a.zone': zone('$INCLUDE shared.inc\n', 'a.example'),
      'b.zone': zone('$INCLUDE shared.inc\n', 'b.example'),
      'shared.inc': 'www A 192.0.2.256\n',
    });
    const { stdout, code } = await cli(['lint', '.', '--format', 'json', '--select', 'syntax'], { cwd });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { file: string; zone: string }[] };
    expect(diagnostics.map((each) => [each.file, each.zone])).toEqual([
      ['shared.inc', 'a.example.'],
      ['shared.inc', 'b.example.'],
    ]);
    expect(code).toBe(1);
  });
});

describe('bad files among good ones', () => {
  const good = { 'a.zone': zone('x A 192.0.2.999\n', 'a.example'), 'z.zone': zone('x A 192.0.2.999\n', 'z.example') };
  const table: readonly (readonly [name: string, bad: Record<string, string | Uint8Array>, paths: string[], RegExp])[] =
    [
      [
        'a binary file by name',
        { 'm.zone': new Uint8Array([1, 0]) },
        ['a.zone', 'm.zone', 'z.zone'],
        /^error: m\.zone is a binary/,
      ],
      [
        'a file of no zone',
        { 'm.zone': '@ SOA a b 1 2 3 4 5\n' },
        ['.'],
        /^error: cannot tell which zone m\.zone holds/,
      ],
      ['nothing but NUL octets', { 'm.zone': new Uint8Array(512) }, ['.'], /^error: m\.zone holds nothing but NUL/],
      ['a PEM file', { 'm.zone': '-----BEGIN CERTIFICATE-----\n' }, ['.'], /^error: m\.zone is a PEM file/],
      ['JSON', { 'm.zone': '{ "a": 1 }' }, ['.'], /^error: m\.zone is JSON/],
    ];
  test.each(table)('%s', async (_, bad, paths, sentence) => {
    const cwd = folderWith({ ...good, ...bad });
    const ran = await cli(['lint', ...paths, '--format', 'json'], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(sentence);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(findingsOf(ran.stdout)).toEqual(['a.zone:8 syntax-parse-error', 'z.zone:8 syntax-parse-error']);
    const { failures, files } = JSON.parse(ran.stdout) as { failures: { file: string }[]; files: string[] };
    expect(failures.map(({ file }) => file)).toEqual(['m.zone']);
    expect(files).toEqual(['a.zone', 'z.zone']);
  });

  test('a binary file in a folder is skipped', async () => {
    const cwd = folderWith({ 'a.zone': zone(), 'm.zone': new Uint8Array([1, 0]) });
    const ran = await cli(['lint', '.'], { cwd });
    expect(ran).toMatchObject({
      code: 0,
      stderr: 'skipped: m.zone is a binary file (octet 1 is NUL), not a zone file\n',
    });
  });

  test.each([
    [
      'a NUL octet in it',
      ['z.zone', 'zone', 'z.db'],
      `${zone()}x TXT "a\0b"\n`,
      'has a NUL octet in line 8, where text has none: take it out',
    ],
    [
      'UTF-16',
      ['z.zone', 'zone', 'z.db'],
      Buffer.from(`\ufeff${zone()}`, 'utf16le'),
      'is UTF-16 text: save it as UTF-8',
    ],
    [
      'UTF-16 the other way',
      ['zone'],
      Buffer.from(`\ufeff${zone()}`, 'utf16le').swap16(),
      'is UTF-16 text: save it as UTF-8',
    ],
  ])('a damaged zone in a folder is not skipped: %s', async (_, names, content, why) => {
    for (const name of names) {
      const cwd = folderWith({ 'a.zone': zone(), [name]: content });
      for (const command of ['lint', 'ci', 'fmt --check']) {
        const { code, stderr } = await cli([...command.split(' '), '.'], { cwd });
        expect(code).toBe(2);
        expect(stderr).toContain(`error: ${name} ${why}\n`);
      }
    }
  });

  test('a file that goes away or may not be read', async () => {
    const cwd = folderWith(good);
    const { io, written } = world({ cwd });
    const { run } = await import('../../cli/app.ts');
    const { FileError } = await import('../../cli/io.ts');
    const readFile = (path: string): Uint8Array => {
      if (path === 'a.zone') throw new FileError(path, 'permission denied');
      return io.readFile(path);
    };
    expect(await run(['lint', '.', '--format', 'concise'], { ...io, readFile })).toBe(2);
    expect(written.stderr.join('')).toMatch(/^error: a\.zone: permission denied\n/);
    expect(written.stdout.join('')).toMatch(/^z\.zone:8:/);
  });
});

const many = folderWith(
  Object.fromEntries(
    Array.from({ length: 24 }, (_, index) => {
      const lines = [delegation, 'bad A x\n', 'a 300 A 192.0.2.1\na 60 A 192.0.2.2\n', '@ MX 10 nowhere\n'][index % 4];
      return [
        `z${String(index).padStart(2, '0')}.zone`,
        index === 13 ? '@ SOA a b 1 2 3 4 5\n' : zone(lines, `z${index}.example`),
      ];
    }),
  ),
);

describe('--jobs', () => {
  const args = ['lint', '.', '--now', '2026-11-21', '--format'];
  const same = ({ stdout, stderr, code }: Ran | Exit): unknown => [code, steady(stdout), steady(stderr)];

  test.each(REPORT_FORMATS.map((format, index) => [format, 2 + (index % 2)] as const))(
    '%s: %i threads write the bytes of one',
    async (format, jobs) => {
      const one = await cli([...args, format], { cwd: many });
      expect(one.code).toBe(2);
      expect(one.stdout).toContain('z01.zone');
      expect(same(await threads(jobs, [...args, format], { cwd: many }))).toEqual(same(one));
    },
  );

  test('in a process of one thread as well', async () => {
    const one = await program([...args, 'json', '--jobs', '1'], { cwd: many });
    expect(same(one)).toEqual(same(await threads(5, [...args, 'json'], { cwd: many })));
  });

  test('no thread is started for what one does in a moment', async () => {
    const { stderr } = await program([...args, 'concise', '--jobs', '3'], { cwd: many, env: TELLING_THREADS });
    expect(stderr).not.toContain('a thread');
  });
});

describe('--shard', () => {
  test('parts add up to the whole', async () => {
    const whole = await found(['.'], many);
    for (const of of [1, 2, 5, 23]) {
      const parts: string[] = [];
      for (let part = 1; part <= of; part++) parts.push(...(await found(['.', '--shard', `${part}/${of}`], many)));
      expect(parts.sort()).toEqual([...whole].sort());
    }
  });

  test('merged reports of parts are the report of the whole', async () => {
    const cwd = folderWith({ 'a.zone': zone('x A 1\n', 'a.example'), 'b.zone': zone('@ MX 1 x\n', 'b.example') });
    for (const part of [1, 2, 3]) {
      await cli(['lint', '.', '--shard', `${part}/3`, '--format', 'json', '--output', `r${part}.json`], { cwd });
    }
    const merged = await cli(['merge-reports', 'r1.json', 'r2.json', 'r3.json', '--format', 'json'], { cwd });
    const whole = await cli(['lint', '.', '--format', 'json'], { cwd });
    expect(JSON.parse(merged.stdout)).toEqual(JSON.parse(whole.stdout));
    expect(merged.code).toBe(whole.code);
  });

  test('a configuration that is wrong is told by each part, and once by all', async () => {
    const cwd = folderWith({
      'a.zone': zone('', 'a.example'),
      'b.zone': zone('', 'b.example'),
      'bad/zonewright.json': '{ "rules": 1 }',
      'bad/c.zone': zone('', 'c.example'),
    });
    const codes: number[] = [];
    for (const part of ['1', '2']) {
      const args = ['--shard', `${part}/2`, '--format', 'json', '--output', `r${part}.json`];
      codes.push((await cli(['lint', '.', ...args], { cwd })).code);
    }
    expect(codes).toEqual([2, 2]);
    const merged = await cli(['merge-reports', 'r1.json', 'r2.json', '--format', 'json'], { cwd });
    const whole = await cli(['lint', '.', '--format', 'json'], { cwd });
    expect(JSON.parse(merged.stdout)).toEqual(JSON.parse(whole.stdout));
    expect(merged.code).toBe(2);
  });

  test('a part without files is clean', async () => {
    const cwd = folderWith({ 'a.zone': zone('x A 1\n') });
    expect(await cli(['lint', '.', '--shard', '2/2', '--format', 'concise'], { cwd })).toMatchObject({
      code: 0,
      stdout: '',
    });
    const json = await cli(['lint', '.', '--shard', '2/2', '--format', 'json'], { cwd });
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({ diagnostics: [], files: [], summary: { zones: 0 } });
  });

  test.each(['0/2', '3/2', '1/0', '1/10001', '1', '/2', '1/', 'a/b', '1/2/3', '1.5/2', '-1/2', ' 1/2', ''])(
    "'%s' is refused",
    async (text) => {
      const ran = await cli(['lint', '.', `--shard=${text}`], { cwd: many });
      expect(ran).toEqual({
        code: 2,
        stdout: '',
        stderr: `error: --shard needs I/N with I from 1 to N, such as 2/8, not '${text}'\n`,
      });
    },
  );
});
