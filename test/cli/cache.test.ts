import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../cli/app.ts';
import { ResultCache } from '../../cli/lint/cache.ts';
import type { Evidence, WholeReport } from '../../cli/lint/outcome.ts';
import { steady } from './program.ts';
import { folderOf, world, zone } from './run.ts';

const certificates = new URL('../example/certificates/', import.meta.url).pathname;
const pem = (name: string): Uint8Array => readFileSync(join(certificates, name));
const child = (server: string): string =>
  zone(`@ NS ${server}\n`, 'sub.example.net').replaceAll(' NS ns1\n', ' NS ns1.example.net.\n');

const FILES: Readonly<Record<string, string | Uint8Array>> = {
  'parent.zone': zone(
    'sub NS ns1\nsub NS ns9\n@ TXT "v=spf1 include:sub.example.net -all"\n_mta-sts TXT "v=STSv1; id=1"\nmta-sts A 192.0.2.3\n',
  ),
  'child.zone': child('ns3.example.org.'),
  'include.zone': zone('$INCLUDE part.inc\n$INCLUDE none.inc\n', 'include.example'),
  'part.inc': 'a A 192.0.2.1\n',
  'timed.zone': zone('@ MX 10 mx1.example.net.\n@ TXT "v=spf1 include:example.net -all"\n', 'timed.example'),
  'alone.zone': zone('x A 192.0.2.999\n', 'alone.example').replace(' 1 7200', ' 2026112101 7200'),
  'mx1.pem': pem('mx1.pem'),
  'policy.txt': 'version: STSv1\r\nmode: enforce\r\nmx: ns1.example.net\r\nmax_age: 604800\r\n',
  'zonewright.json': '{ "profile": "default" }',
};

let folder = folderOf({});
beforeEach(() => {
  folder.remove();
  folder = folderOf(FILES);
});
afterAll(() => folder.remove());

/** A line of the cache file behind its hash. */
interface CachedLine {
  readonly path: string;
  readonly settings: string;
  readonly evidence: Evidence;
  readonly report: Omit<WholeReport, 'rules'> & { readonly rules: readonly [string, number][] };
}

/** A key of no certificate here. */
const KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

/** What a run gave. */
interface Seen {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs lint in the folder. */
async function lint(args: readonly string[], now = '2026-11-21T10:00:00Z'): Promise<Seen> {
  const { io, written } = world({ cwd: folder.path, now });
  const code = await run(['lint', '.', ...args], io);
  return { code, stdout: steady(written.stdout.join('')), stderr: written.stderr.join('') };
}

/** The results that the cache would still use: for each zone file of it the line as written. */
function lines(): Map<string, string> {
  const [, ...rest] = readFileSync(cacheFile(), 'utf8').split('\n');
  return new Map(rest.filter((line) => line !== '').map((line) => [resultOf(line).path, line]));
}

/** The hash in front has its own tests. */
function resultOf(line: string): CachedLine {
  return JSON.parse(line.slice(16)) as CachedLine;
}

function cacheFile(): string {
  return join(folder.path, '.zonewright-cache');
}

/** Marks every result, so that a report shows which of them were used again. */
function mark(): void {
  const { io } = world({ cwd: folder.path });
  const cache = new ResultCache('.zonewright-cache', io);
  for (const [path, line] of lines()) {
    const { settings, evidence, report } = resultOf(line);
    const text = `kept ${path}\n`;
    cache.put(settings, {
      ...report,
      path,
      evidence,
      rules: new Map(report.rules),
      blocks: [{ rule: 'core-ttl-short', severity: 'info', text }],
    });
  }
  cache.save();
}

function edit(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder.path, name)), { recursive: true });
  writeFileSync(join(folder.path, name), content);
}

const ZONES = ['alone.zone', 'child.zone', 'include.zone', 'parent.zone', 'timed.zone'];
const FULL = ['--format', 'concise', '--cert', 'mx1.pem:server', '--mta-sts-policy', 'example.net=policy.txt'];

/** The zones whose results are used again by a run with `after` when one with `before` has filled the cache. */
async function kept(change: () => void, after: readonly string[] = FULL, now?: string): Promise<string[]> {
  await lint([...FULL, '--cache']);
  expect([...lines().keys()].sort()).toEqual(ZONES);
  mark();
  change();
  const { stdout } = await lint([...after, '--cache'], now);
  return [...stdout.matchAll(/^kept (.*)$/gmu)].map(([, path]) => path ?? '').sort();
}

const without = (...gone: string[]): string[] => ZONES.filter((path) => !gone.includes(path));

describe('a result is used again only when nothing it rests on has changed', () => {
  const table: readonly (readonly [what: string, change: () => void, kept: readonly string[]])[] = [
    ['nothing', () => {}, ZONES],
    ['the time of a file', () => edit('alone.zone', FILES['alone.zone'] ?? ''), ZONES],
    ['a zone', () => edit('alone.zone', zone('', 'alone.example')), without('alone.zone')],
    [
      'a zone that another one asks',
      () => edit('child.zone', child('ns4.example.org.')),
      without('child.zone', 'parent.zone', 'timed.zone'),
    ],
    ['an include', () => edit('part.inc', 'a A 192.0.2.2\n'), without('include.zone')],
    ['an include that was missing', () => edit('none.inc', 'b A 192.0.2.2\n'), without('include.zone')],
    ['an include that goes away', () => rmSync(join(folder.path, 'part.inc')), without('include.zone')],
    [
      'a policy file',
      () => edit('policy.txt', 'version: STSv1\nmode: none\nmax_age: 604800\n'),
      without('parent.zone'),
    ],
  ];
  test.each(table)('%s', async (_, change, expected) => {
    expect(await kept(change)).toEqual(expected);
  });

  const settings: readonly (readonly [what: string, args: readonly string[], change: () => void])[] = [
    ['a certificate', FULL, () => edit('mx1.pem', pem('mx2.pem'))],
    ['the role of a certificate', FULL.map((each) => each.replace(':server', ':client')), () => {}],
    ['no certificate', ['--format', 'concise', '--mta-sts-policy', 'example.net=policy.txt'], () => {}],
    ['no policy', ['--format', 'concise', '--cert', 'mx1.pem:server'], () => {}],
    ['a configuration', FULL, () => edit('zonewright.json', '{ "rules": { "core-ttl-short": "error" } }')],
    ['no configuration', [...FULL, '--no-config'], () => {}],
    ['a profile', [...FULL, '--profile', 'strict'], () => {}],
    ['a rule', [...FULL, '--rule', 'core-ttl-short=off'], () => {}],
    ['a selection', [...FULL, '--select', 'core-*'], () => {}],
    ['an ignored group', [...FULL, '--ignore', 'caa'], () => {}],
    ['the least severity', [...FULL, '--severity', 'error'], () => {}],
    ['a format', FULL.map((each) => (each === 'concise' ? 'checkstyle' : each)), () => {}],
    ['colours', [...FULL, '--color', 'always'], () => {}],
    ['the folder of includes', [...FULL, '--include-root', '..'], () => {}],
    ['a baseline', [...FULL, '--baseline', 'known.json'], () => edit('known.json', '{ "version": 1, "files": {} }')],
  ];
  test.each(settings)('%s', async (_, args, change) => {
    expect(await kept(change, args)).toEqual([]);
  });

  test.each<[string, string, string]>([
    [
      'the hosts of a certificate',
      'tls.json',
      '{"version":1,"certificates":[{"path":"mx1.pem","hosts":["a.example"]}]}',
    ],
    ['the private key of a certificate', 'mx1.key', '-----BEGIN PRIVATE KEY-----'],
    ['that a private key is gone', 'tls.json', '{"version":1,"certificates":[{"path":"mx1.pem"}]}'],
  ])('%s', async (_, file, text) => {
    edit('tls.json', '{"version":1,"certificates":[{"path":"mx1.pem","key":"mx1.key"}]}');
    edit('mx1.key', KEY);
    const bound = [...FULL.slice(0, 2), '--certs', 'tls.json'];
    await lint([...bound, '--cache']);
    mark();
    expect((await lint([...bound, '--cache'])).stdout).toContain('kept ');
    edit(file, text);
    expect((await lint([...bound, '--cache'])).stdout).not.toContain('kept ');
  });

  test.each([
    ['more.example', ZONES],
    ['mta-sts.example.net', without('parent.zone')],
  ])('a zone more, %s: those that have looked for it', async (origin, expected) => {
    expect(await kept(() => edit('more.zone', zone('', origin)))).toEqual(expected);
  });

  test('another view of a zone in another folder', async () => {
    expect(await kept(() => edit('view/child.zone', child('ns1.example.net.')))).toEqual(ZONES);
  });

  test('a zone less: those that have asked it', async () => {
    const used = await kept(() => rmSync(join(folder.path, 'child.zone')));
    expect(used).toEqual(without('child.zone', 'parent.zone', 'timed.zone'));
  });

  test('a zone under another name', async () => {
    const used = await kept(() => renameSync(join(folder.path, 'alone.zone'), join(folder.path, 'other.zone')));
    expect(used).not.toContain('other.zone');
  });

  test('the clock: another moment of the day, and another day', async () => {
    expect(await kept(() => {}, FULL, '2026-11-21T10:00:01Z')).toEqual(without('parent.zone', 'timed.zone'));
    // What has passed stays so, but not for one who sets the clock back.
    expect(await kept(() => {}, FULL, '2026-11-22T10:00:00Z')).toEqual(without('parent.zone', 'timed.zone'));
    expect(await kept(() => {}, FULL, '2026-11-20T10:00:00Z')).toEqual(
      without('parent.zone', 'timed.zone', 'alone.zone'),
    );
  });

  test('a run with --jobs uses the results of one without', async () => {
    await lint([...FULL, '--cache']);
    mark();
    const { stdout } = await lint([...FULL, '--cache', '--jobs', '2']);
    expect(stdout.match(/^kept /gmu)).toHaveLength(ZONES.length);
  });

  test('the zones of a part, and then all', async () => {
    await lint([...FULL, '--cache', '--shard', '1/2']);
    mark();
    const { stdout } = await lint([...FULL, '--cache']);
    expect([...stdout.matchAll(/^kept (.*)$/gmu)].map(([, path]) => path)).toEqual(
      ZONES.filter((_, index) => index % 2 === 0),
    );
  });

  test('with --since nothing is kept', async () => {
    const old = folderOf({ 'old/alone.zone': zone('', 'alone.example') });
    await lint([...FULL, '--cache', '--since', join(old.path, 'old')]);
    old.remove();
    expect(() => lines()).toThrow();
  });
});

describe('a damaged cache file', () => {
  const text = (): string => readFileSync(cacheFile(), 'utf8');
  const head = (): string => text().split('\n')[0] ?? '';
  const table: readonly (readonly [what: string, content: () => string | Uint8Array])[] = [
    ['empty', () => ''],
    ['random octets', () => Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 251)],
    ['no JSON', () => 'hello\n'],
    ['other JSON', () => '[1, 2, 3]\n'],
    ['null', () => 'null\n'],
    ['another version', () => text().replace(/^.*\n/u, '{"zonewright":"0.0.1","cache":1}\n')],
    ['an older format', () => text().replace(/^.*\n/u, '{"zonewright":1}\n')],
    ['cut short', () => text().slice(0, text().length / 2)],
    ['cut in its first line', () => text().slice(0, 8)],
    ['lines of another shape', () => `${head()}\n${'null\n{}\n[]\n1\n{"path":"alone.zone"}\n'}`],
    ['changed by a hand', () => text().replaceAll('192.0.2.999', '192.0.2.111')],
    ['with carriage returns', () => text().replaceAll('\n', '\r\n')],
    ['with a line twice', () => text() + text().split('\n')[1]],
    ['with nonsense behind', () => `${text()}\u0000\u0001garbage\n`],
  ];
  test.each(table)('%s', async (_, content) => {
    const plain = await lint([...FULL]);
    await lint([...FULL, '--cache']);
    edit('.zonewright-cache', content());
    expect(await lint([...FULL, '--cache'])).toEqual(plain);
    expect(await lint([...FULL, '--cache'])).toEqual(plain);
    edit('part.inc', 'a A 192.0.2.7\n');
    await lint([...FULL, '--cache']);
    mark();
    expect((await lint([...FULL, '--cache'])).stdout.match(/^kept /gmu)).toHaveLength(ZONES.length);
  });

  test('any octet of it changed', async () => {
    const plain = await lint(FULL);
    await lint([...FULL, '--cache']);
    const whole = readFileSync(cacheFile());
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, octet) => {
        const damaged = Uint8Array.from(whole);
        damaged[at] = octet;
        edit('.zonewright-cache', damaged);
        expect(await lint([...FULL, '--cache'])).toEqual(plain);
      }),
      { numRuns: 25 },
    );
  });

  test('another file of that name is not written over', async () => {
    edit('notes.txt', 'my notes\n');
    const { code, stdout, stderr } = await lint([...FULL, '--cache-location', 'notes.txt']);
    const plain = await lint(FULL);
    expect({ code, stdout }).toEqual({ code: plain.code, stdout: plain.stdout });
    expect(stderr).toContain(
      'warning: results are not kept: notes.txt is no cache of zonewright and stays as it is; delete it, or give another file\n',
    );
    expect(readFileSync(join(folder.path, 'notes.txt'), 'utf8')).toBe('my notes\n');
  });

  test.each([
    ['.', /^warning: results are not kept: \.: this is a folder/mu],
    ['no/such/cache', /^warning: results are not kept: cannot write no\/such\/cache: no such file or folder\n/mu],
    [
      'alone.zone/cache',
      /^warning: results are not kept: cannot write alone\.zone\/cache: a part of the path is a file/mu,
    ],
    ['', /^warning: results are not kept: /mu],
  ])("findings are told when '%s' cannot keep them", async (location, warning) => {
    const plain = await lint(FULL);
    const { code, stdout, stderr } = await lint([...FULL, `--cache-location=${location}`]);
    expect({ code, stdout }).toEqual({ code: plain.code, stdout: plain.stdout });
    expect(stderr).toMatch(warning);
  });
});

describe('with a cache and without', () => {
  const names = Object.keys(FILES).filter((name) => /\.(?:zone|inc)$/u.test(name));
  const contents = [
    ...['example.net', 'sub.example.net', 'include.example', 'alone.example'].map((origin) =>
      zone('$INCLUDE part.inc\n', origin),
    ),
    ...['ns9.example.org.', 'ns1.example.net.'].map(child),
    zone('sub NS ns1\nsub NS ns9\n$INCLUDE none.inc\n'),
    'b A 192.0.2.999\n',
    'www 60 A 192.0.2.1\n',
    '$INCLUDE none.inc\n',
    new Uint8Array([0]),
    undefined,
  ];
  const change = fc.record({
    name: fc.constantFrom(...names, 'none.inc', 'sub.zone'),
    content: fc.constantFrom(...contents),
    day: fc.integer({ min: 1, max: 2 }),
  });

  test('the same is said, whatever is edited', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        for (const [name, content] of Object.entries(FILES)) edit(name, content);
        rmSync(join(folder.path, 'none.inc'), { force: true });
        rmSync(join(folder.path, 'sub.zone'), { force: true });
        for (const { name, content, day } of changes) {
          if (content === undefined) rmSync(join(folder.path, name), { force: true });
          else edit(name, content);
          const now = `2026-11-2${day}T10:00:00Z`;
          const args = [
            '--format',
            'json',
            '--select',
            'core-*,deleg-*,syntax-*,mtasts-*,cert-*',
            '--cert',
            'mx1.pem:server',
          ];
          expect(await lint([...args, '--cache'], now)).toEqual(await lint(args, now));
        }
      }),
      { numRuns: 12 },
    );
  });
});
