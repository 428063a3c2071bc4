import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type LintOptions, requestOf } from '../../cli/lint/options.ts';
import { watchLint } from '../../cli/lint/watch.ts';
import { type FileWatch, watchFiles } from '../../cli/watch-files.ts';
import { start } from './program.ts';
import { folderOf, world, zone } from './run.ts';

const examples = fileURLToPath(new URL('../example/certificates/', import.meta.url));
const pem = (name: string): string => readFileSync(join(examples, `${name}.pem`), 'utf8');
const service = 'smtp inet n - y - - smtpd\n';
const bad = zone('@ MX 10 alias\nalias CNAME ns1\n');

let folder = folderOf({});
beforeEach(() => {
  folder.remove();
  folder = folderOf({
    'a.zone': bad,
    'b.zone': zone('$INCLUDE part.inc\n', 'b.example'),
    'part.inc': 'x A 192.0.2.1\n',
  });
});
afterAll(() => folder.remove());

function edit(name: string, text: string | undefined): void {
  if (text === undefined) rmSync(join(folder.path, name));
  else {
    mkdirSync(dirname(join(folder.path, name)), { recursive: true });
    writeFileSync(join(folder.path, name), text);
  }
}

/** What one step of a watch has to say, with the changes before it. */
interface Step {
  readonly changes: Readonly<Record<string, string | undefined>>;
  readonly expected: RegExp;
}

class Ended extends Error {}

/** Watches while files change step by step; what was written after each. */
async function watched(
  steps: readonly Readonly<Record<string, string | undefined>>[],
  options: LintOptions = {},
): Promise<string[]> {
  const { io, written } = world({ cwd: folder.path });
  const said: string[] = [];
  let step = 0;
  const files: FileWatch = {
    next() {
      const text = [...written.stderr.splice(0), ...written.stdout.splice(0)].join('');
      said.push(text);
      const changes = steps[step++];
      if (changes === undefined) return Promise.reject(new Ended());
      for (const [name, content] of Object.entries(changes)) edit(name, content);
      return Promise.resolve(Object.keys(changes).map((name) => join(folder.path, name)));
    },
    add: () => {},
    close: () => Promise.resolve(),
  };
  const request = requestOf(['.'], { select: ['mx-target-cname', 'syntax'], ...options }, { format: 'concise' }, io);
  await expect(watchLint(request, io, files)).rejects.toThrow(Ended);
  return said;
}

describe('--watch', () => {
  const table: readonly (readonly [what: string, ...steps: Step[]])[] = [
    ['a zone that changes', { changes: { 'a.zone': zone() }, expected: /^\na\.zone changed\.\nNo problems found/u }],
    [
      'an include',
      {
        changes: { 'part.inc': 'x A y\n' },
        expected: /part\.inc changed[\s\S]*part\.inc:1:5: error syntax-parse-error/u,
      },
    ],
    ['a zone that is new', { changes: { 'n.zone': bad }, expected: /n\.zone:8:9: error/u }],
    ['a zone that goes', { changes: { 'a.zone': undefined }, expected: /No problems found/u }],
    [
      'a configuration that is new',
      { changes: { 'zonewright.json': '{ "rules": { "mx-target-cname": "info" } }' }, expected: /a\.zone:8:9: info/u },
    ],
    [
      'a configuration that breaks and is mended',
      { changes: { 'zonewright.json': '{ "rules": 1 }' }, expected: /error: zonewright\.json:1:\d+: /u },
      { changes: { 'zonewright.json': '{ "rules": { "mx-target-cname": "info" } }' }, expected: /a\.zone:8:9: info/u },
    ],
    [
      'a file that a configuration extends',
      {
        changes: { 'base.json': '{}', 'zonewright.json': '{ "extends": "base.json" }' },
        expected: /a\.zone:8:9: error/u,
      },
      {
        changes: { 'base.json': '{ "rules": { "mx-target-cname": "info" } }' },
        expected: /base\.json changed[\s\S]*a\.zone:8:9: info/u,
      },
    ],
    [
      'no zone at all, and one again',
      {
        changes: { 'a.zone': undefined, 'b.zone': undefined },
        expected: /and 1 more file changed\.\nerror: no zone files in this folder/u,
      },
      { changes: { 'a.zone': bad }, expected: /a\.zone:8:9: error/u },
    ],
    [
      'what is no business of it, and then a zone',
      { changes: { 'report.txt': 'report' }, expected: /^$/u },
      { changes: { 'a.zone': zone() }, expected: /No problems found/u },
    ],
  ];
  const cases = table.map(([what, ...steps]) => ({ what, steps }));
  test.each(cases)('$what', async ({ steps }) => {
    const [first, ...said] = await watched(steps.map(({ changes }) => changes));
    expect(first).toContain('a.zone:8:9: error mx-target-cname');
    expect(first).toContain('Waiting for changes (Ctrl-C ends) ...\n');
    for (const [index, { expected }] of steps.entries()) expect(said[index]).toMatch(expected);
  });

  const hosts = zone('@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.10\nmx2 A 198.51.100.10\n');
  test.each<[string, readonly Readonly<Record<string, string | undefined>>[], LintOptions, readonly RegExp[]]>([
    [
      'a certificate in a folder',
      [{ 'tls/mx1/fullchain.pem': pem('mx2') }],
      { certs: ['tls'], select: ['cert-role-unknown'] },
      [/fullchain\.pem changed[\s\S]*fullchain\.pem:1:1: info cert-role-unknown/u],
    ],
    [
      'a certificate that is new in a folder, and one that goes',
      [{ 'tls/mx1/new.crt': pem('mx2') }, { 'tls/mx1/new.crt': undefined }],
      { certs: ['tls'], select: ['cert-role-unknown'] },
      [/new\.crt:1:1: info cert-role-unknown/u, /new\.crt changed\.\n(?![\s\S]*new\.crt:)/u],
    ],
    [
      'what a configuration of a mail server names and includes',
      [{ 'mail/own.pem': pem('mx2') }, { 'mail/master.cf': service }, { 'mail/own.pem': undefined }],
      { certs: ['mail/main.cf'], select: ['cert-missing-for-host'] },
      [
        /own\.pem changed[\s\S]*a\.zone:8:9: warning cert-missing-for-host/u,
        /mail\/master\.cf changed\.\n/u,
        /names \S*mail\/own\.pem, and no file is there/u,
      ],
    ],
    [
      'a private key',
      [{ 'mail/own.key': pem('mx2') }],
      { certs: ['mail/main.cf'], select: ['cert-key-mismatch'] },
      [/mail\/own\.key changed\.\n/u],
    ],
  ])('%s', async (_, changes, options, expected) => {
    edit('a.zone', hosts);
    edit('tls/mx1/fullchain.pem', pem('mx1'));
    edit('mail/own.pem', pem('mx1'));
    edit('mail/own.key', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n');
    edit('mail/main.cf', 'smtpd_tls_chain_files = $config_directory/own.key, $config_directory/own.pem\n');
    const [, ...said] = await watched(changes, { ...options });
    expect(said.length).toBe(expected.length);
    for (const [index, pattern] of expected.entries()) expect(said[index]).toMatch(pattern);
  });

  test('a baseline that changes', async () => {
    edit('known.json', '{ "version": 1, "files": {} }');
    const known = '{ "version": 1, "files": { "a.zone": { "mx-target-cname": 1 } } }';
    const [, said] = await watched([{ 'known.json': known }], { baseline: 'known.json' });
    expect(said).toMatch(/^\nknown\.json changed\.\n[\s\S]*No problems found/u);
  });

  test('--quiet tells findings alone', async () => {
    const said = await watched([{ 'a.zone': zone() }], { quiet: true });
    expect(said).toEqual([expect.stringMatching(/^a\.zone:8:9: [^\n]+\n$/u), '']);
  });
});

describe('watching files', () => {
  test('a change while nobody waits is told to the next who does', async () => {
    const files = await watchFiles(['.'], folder.path);
    edit('a.zone', zone());
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await files.next()).toEqual([join(folder.path, 'a.zone')]);
    edit('.x.1.tmp', 'half');
    edit('b.zone', zone());
    expect(await files.next()).toEqual([join(folder.path, 'b.zone')]);
    await files.close();
  });

  test('a process lints again until it is ended', async () => {
    const { child, exit, stdout, stderr } = await start(
      ['lint', '.', '--watch', '--format', 'concise', '--select', 'mx-target-cname'],
      {
        cwd: folder.path,
      },
    );
    const until = async (isThere: () => boolean): Promise<void> => {
      for (let waits = 0; !isThere() && waits < 1000; waits++) await new Promise((resolve) => setTimeout(resolve, 10));
      expect([isThere(), stderr()]).toEqual([true, stderr()]);
    };
    await until(() => stderr().includes('Waiting for changes'));
    expect(stdout()).toMatch(/^a\.zone:8:9: error/u);
    edit('a.zone', zone());
    await until(() => stderr().includes('a.zone changed.\nNo problems found.'));
    child.kill('SIGINT');
    expect((await exit).signal).toBe('SIGINT');
  });
});
