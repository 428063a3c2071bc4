import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderWith } from './folders.ts';
import { cli, type Ran, zone } from './run.ts';

const mx1 = readFileSync(new URL('../example/certificates/mx1.pem', import.meta.url));

const alias = '@ MX 10 alias\nalias CNAME ns1\n';
const off = '{ "rules": { "mx-target-cname": "off" } }';

/** Lints a folder of files; findings as `file severity rule`. */
async function lint(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[] = [],
  cwd = '.',
): Promise<Ran & { found: string[] }> {
  const folder = folderWith(files);
  const given = args.some((each) => /zone|^\.|-$/u.test(each) && !each.startsWith('--')) ? [] : ['.'];
  const ran = await cli(
    ['lint', ...given, '--format', 'concise', ...args, '--ignore', 'style,spf-missing,dmarc-missing'],
    {
      cwd: `${folder}/${cwd}`,
    },
  );
  const found = [...ran.stdout.matchAll(/^([^:]+):\d+:\d+: (\w+) ([\w-]+):/gmu)].map(([, ...parts]) => parts.join(' '));
  return { ...ran, found };
}

const cname = (file: string, severity = 'error'): string => `${file} ${severity} mx-target-cname`;

describe('the nearest configuration holds', () => {
  const table: readonly (readonly [string, Record<string, string>, readonly string[], readonly string[], string?])[] = [
    ['none', { 'a.zone': zone(alias) }, [], [cname('a.zone')]],
    ['one', { 'a.zone': zone(alias), 'zonewright.json': off }, [], []],
    ['one above the working folder', { 'in/a.zone': zone(alias), 'zonewright.json': off }, [], [], 'in'],
    [
      'of two the nearest',
      {
        'a.zone': zone(alias, 'a.example'),
        'in/a.zone': zone(alias, 'b.example'),
        'in/zonewright.yaml': 'rules:\n  mx-target-cname: warning\n',
        'zonewright.json': off,
      },
      [],
      [cname('in/a.zone', 'warning')],
    ],
    ['--no-config', { 'a.zone': zone(alias), 'zonewright.json': off }, ['--no-config'], [cname('a.zone')]],
    [
      '--config',
      { 'a.zone': zone(alias), 'zonewright.json': off, 'other.json': '{ "rules": { "mx-target-cname": "info" } }' },
      ['--config', 'other.json'],
      [cname('a.zone', 'info')],
    ],
    [
      'the command line wins',
      { 'a.zone': zone(alias), 'zonewright.json': off },
      ['--rule', 'mx-target-cname=info'],
      [cname('a.zone', 'info')],
    ],
    [
      'an override by file',
      {
        'a.zone': zone(alias, 'a.example'),
        'old/a.zone': zone(alias, 'b.example'),
        'zonewright.json': '{ "overrides": [{ "files": ["old/**"], "rules": { "mx-target-cname": "off" } }] }',
      },
      [],
      [cname('a.zone')],
    ],
    [
      'an override by zone',
      {
        'a.zone': zone(alias, 'a.example'),
        'b.zone': zone(alias, 'b.example'),
        'zonewright.json': '{ "overrides": [{ "zones": ["a.example"], "rules": { "mx-target-cname": "info" } }] }',
      },
      [],
      [cname('a.zone', 'info'), cname('b.zone')],
    ],
    [
      'extends',
      {
        'a.zone': zone(alias),
        'base.json': '{ "rules": { "mx-target-cname": "info" }, "severity": "warning" }',
        'zonewright.json': '{ "extends": "base.json" }',
      },
      [],
      [],
    ],
    [
      'exclude, and not what is named',
      { 'a.zone': zone(alias, 'a.example'), 'old/b.zone': zone(alias), 'zonewright.json': '{ "exclude": ["old"] }' },
      [],
      [cname('a.zone')],
    ],
    [
      'exclude of a file that is named',
      { 'a.zone': zone(alias, 'a.example'), 'zonewright.json': '{ "exclude": ["a.zone"] }' },
      ['a.zone'],
      [cname('a.zone')],
    ],
    [
      'exclude in a folder below',
      {
        'in/a.zone': zone(alias),
        'in/old/b.zone': zone(alias, 'b.example'),
        'in/zonewright.json': '{ "exclude": ["old"] }',
      },
      [],
      [cname('in/a.zone')],
    ],
    [
      'severity',
      {
        'a.zone': zone(alias),
        'zonewright.json': '{ "severity": "error", "rules": { "mx-target-cname": "warning" } }',
      },
      [],
      [],
    ],
    [
      '--severity wins',
      {
        'a.zone': zone(alias),
        'zonewright.json': '{ "severity": "error", "rules": { "mx-target-cname": "warning" } }',
      },
      ['--severity', 'info'],
      [cname('a.zone', 'warning')],
    ],
  ];
  const cases = table.map(([what, files, args, expected, cwd = '.']) => ({ what, files, args, expected, cwd }));
  test.each(cases)('$what', async ({ files, args, expected, cwd }) => {
    const { found, stderr, code } = await lint(files, args, cwd);
    expect(found).toEqual(expected);
    expect(stderr).not.toMatch(/^error/mu);
    expect(code).toBe(expected.some((each) => each.includes(' error ')) ? 1 : 0);
  });
});

describe('what a configuration says about the run', () => {
  test('certificates and policies', async () => {
    const files = {
      'a.zone': zone('@ MX 10 mx9\nmx9 A 192.0.2.9\n_mta-sts TXT "v=STSv1; id=1"\nmta-sts A 192.0.2.3\n'),
      'sub/mx1.pem': mx1,
      'sub/policy.txt': 'version: STSv1\nmode: enforce\nmx: other.example\nmax_age: 604800\n',
      'zonewright.json': `{
        "certificates": [{ "path": "sub/mx1.pem", "roles": ["server"] }],
        "mtaStsPolicies": { "example.net": "sub/policy.txt" }
      }`,
    };
    const { found } = await lint(files);
    expect(found).toContain('a.zone error cert-server-name-not-in-mx');
    expect(found.join('\n')).toMatch(/^(?:sub\/policy\.txt|a\.zone) \w+ mtasts-policy-/mu);
    const { found: without } = await lint(files, ['--no-config']);
    expect(without.join()).not.toMatch(/cert-|policy/u);
  });

  test('a baseline, and the command line that names another', async () => {
    const files = {
      'a.zone': zone(alias),
      'known.json': '{ "version": 1, "files": { "a.zone": { "mx-target-cname": 1 } } }',
      'other.json': '{ "version": 1, "files": {} }',
      'zonewright.json': '{ "baseline": "known.json" }',
    };
    expect((await lint(files)).code).toBe(0);
    expect((await lint(files, ['--baseline', 'other.json'])).code).toBe(1);
    expect((await lint({ ...files, 'known.json': '' })).code).toBe(2);
  });

  test('the most warnings', async () => {
    const files = (most: number): Record<string, string> => ({
      'a.zone': zone(alias),
      'zonewright.json': `{ "maxWarnings": ${most}, "rules": { "mx-target-cname": "warning" } }`,
    });
    expect((await lint(files(1))).code).toBe(0);
    expect((await lint(files(0))).code).toBe(1);
    expect((await lint(files(0), ['--max-warnings', '5'])).code).toBe(0);
  });

  test('the name of a zone', async () => {
    const files = {
      'records.zone': '$TTL 60\n@ SOA a b 1 2 3 4 5\n',
      'zonewright.json': '{ "origins": { "records.zone": "example.org" } }',
    };
    expect((await lint(files)).stderr).not.toMatch(/^error/mu);
    expect((await lint(files, ['--no-config'])).code).toBe(2);
  });
});

describe('a configuration that is wrong', () => {
  const bad: readonly (readonly [what: string, text: string, sentence: RegExp])[] = [
    ['no JSON', '{ "rules": ', /^error: in\/zonewright\.json:1:1: /u],
    ['an unknown key', '{ "rulez": {} }', /^error: in\/zonewright\.json:1:3: .*did you mean "?rules"?\?/u],
    [
      'an unknown rule',
      '{ "rules": { "mx-target-cnam": "off" } }',
      /^error: in\/zonewright\.json:1:14: .*mx-target-cname/u,
    ],
    ['a wrong level', '{ "rules": { "mx-target-cname": "of" } }', /^error: in\/zonewright\.json:1:\d+: .*off/u],
    ['extends that is missing', '{ "extends": "none.json" }', /^error: in\/zonewright\.json:1: (?:in\/)?none\.json/u],
    [
      'extends itself',
      '{ "extends": "zonewright.json" }',
      /^error: in\/zonewright\.json:1: the files extend each other/u,
    ],
    ['two problems', '{ "a": 1, "b": 2 }', /^error: in\/zonewright\.json:1:3: .*\nerror: in\/zonewright\.json:1:11: /u],
  ];
  test.each(bad)('in one folder, %s: what is elsewhere is linted', async (_, text, sentence) => {
    const files = {
      'in/a.zone': zone(alias, 'a.example'),
      'in/b.zone': zone(alias, 'b.example'),
      'c.zone': zone(alias),
      'in/zonewright.json': text,
    };
    const { code, found, stderr } = await lint(files);
    expect([code, found]).toEqual([2, [cname('c.zone')]]);
    expect(stderr).toMatch(sentence);
    expect(stderr.match(/^error: /gmu)).toHaveLength(text.includes('"b"') ? 2 : 1);
  });

  test.each(bad)('of the run itself: %s', async (_, text, sentence) => {
    const { code, stdout, stderr } = await lint({ 'in/a.zone': zone(alias), 'in/zonewright.json': text }, [], 'in');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.replaceAll(' zonewright.json:', ' in/zonewright.json:').replace('; in/', '\nerror: in/')).toMatch(
      sentence,
    );
    expect(stderr).not.toMatch(/\n {2,}at |internal/u);
  });

  test('two in one folder', async () => {
    const { code, stderr } = await lint({ 'a.zone': zone(), 'zonewright.json': '{}', 'zonewright.yaml': '{}' });
    expect([code, stderr]).toEqual([
      2,
      'error: zonewright.json: zonewright.yaml stands beside it; keep one configuration in a folder\n',
    ]);
  });

  test('--config that is missing', async () => {
    const { code, stdout, stderr } = await lint({ 'a.zone': zone() }, ['--config', 'none.json']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: none\.json: .+\n$/u);
  });

  test('all zones excluded', async () => {
    const { code, stderr } = await lint({ 'a.zone': zone(), 'zonewright.json': '{ "exclude": ["**"] }' });
    expect([code, stderr]).toEqual([2, 'error: no zone files here: the configuration excludes all\n']);
  });

  test('a certificate that is missing', async () => {
    const { code, stderr } = await lint({
      'a.zone': zone(),
      'zonewright.json': '{ "certificates": [{ "path": "x.pem" }] }',
    });
    expect([code, stderr]).toEqual([2, 'error: no such file or folder: x.pem; check the path\n']);
  });
});

describe('--print-config', () => {
  test('says what holds and where it comes from', async () => {
    const files = {
      'in/a.zone': zone(),
      'in/zonewright.json': '{\n  "profile": "strict",\n  "rules": { "mx-target-cname": "info" }\n}',
    };
    const { code, stdout } = await lint(files, ['--print-config', 'in/a.zone', '--severity', 'error']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/strict.*in\/zonewright\.json:2/u);
    expect(stdout).toMatch(/mx-target-cname.*in\/zonewright\.json:3/u);
  });

  test.each([
    ['none.zone', /^error: no such file or folder: none\.zone/u],
    ['.', /^error: .+\n$/u],
    ['', /^error: .+\n$/u],
  ])("of '%s'", async (path, sentence) => {
    const { code, stdout, stderr } = await lint({ 'a.zone': zone() }, [`--print-config=${path}`]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(sentence);
  });
});
