import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { both, type Change, clientAuth, drop, makeChain, put, serverAuth, set, soundChain } from '../certs/chains.ts';
import { ext, general, pem } from '../certs/maker.ts';
import { cli, folderOf, zone } from './run.ts';

const examples = fileURLToPath(new URL('../example/certificates/', import.meta.url));
const example = (name: string): string => readFileSync(join(examples, name), 'utf8');
const example2 = (name: string): string[] => example(name).split(/(?<=-----END CERTIFICATE-----\n)/u);

/** PEM files of the sound chain with a change: the leaf with its issuers in this order, and the root. */
function files(change: Change = (chain) => chain, order = 'leaf lower upper'): { chain: string; root: string } {
  const { leaf, others, root } = makeChain(change(soundChain));
  const named: Record<string, Uint8Array> = { leaf: leaf.der, root: root.der };
  for (const { facts, der } of others) named[/CN=(\w+)/u.exec(facts.subject)?.[1]?.toLowerCase() ?? ''] = der;
  return { chain: pem(...order.split(' ').flatMap((name) => named[name] ?? [])), root: pem(root.der) };
}

const sound = files();
const optedIn = 'TYPE265 \\# 19 000a036d7831076578616d706c65036e657400';
const folder = folderOf({
  'example.net.zone': zone(`@ MX 10 mx1\nmx1 A 192.0.2.10\n`),
  'other.example.zone': zone(`@ MX 10 mx1.example.net.\n`, 'other.example'),
  'opted/example.net.zone': zone(`@ MX 10 mx1\n@ ${optedIn}\nmx1 A 192.0.2.10\n`),
  'root.pem': sound.root,
  'roots/a.pem': sound.root,
  'roots/README': 'Hello\n',
  'empty.pem': 'Hello\n',
  'mx1.pem': sound.chain,
});
afterAll(() => folder.remove());

/** The findings of one rule group of a zone with a certificate file, as `severity rule`. */
async function found(chain: string, args: readonly string[], file = 'example.net.zone'): Promise<string[]> {
  const own = folderOf({ 'mx1.pem': chain });
  const certificate = `${join(own.path, 'mx1.pem')}${args.includes('client') ? ':client' : ':server'}`;
  const rest = args.filter((each) => each !== 'client');
  const format = ['--select', 'certificates', '--ignore', 'cert-unused', '--format', 'json', '--no-config'];
  const ran = await cli(['lint', file, '--cert', certificate, ...format, ...rest], { cwd: folder.path });
  own.remove();
  expect(ran.code, ran.stderr).toBeLessThan(2);
  const { diagnostics } = JSON.parse(ran.stdout) as { diagnostics: { rule: string; severity: string }[] };
  return diagnostics.map(({ rule, severity }) => `${severity} ${rule}`);
}

const TRUST = ['--trust', 'root.pem'];

describe('--trust', () => {
  const table: readonly (readonly [what: string, files: { chain: string }, expected: readonly string[]])[] = [
    ['a sound chain', sound, []],
    ['with the root in the file', files(undefined, 'leaf lower upper root'), ['info cert-chain-extra']],
    ['issuers in the wrong order', files(undefined, 'leaf upper lower'), ['warning cert-chain-order']],
    ['the leaf behind its issuers', files(undefined, 'upper lower leaf'), ['warning cert-chain-order']],
    ['a missing issuer at the top', files(undefined, 'leaf lower'), ['warning cert-not-public-ca']],
    ['no issuer at all', files(undefined, 'leaf'), ['warning cert-not-public-ca']],
    ['another root', files(set('upper', { signer: 9 })), ['error cert-path-invalid']],
    ['a forged signature', files(set('leaf', { forged: true })), ['error cert-path-invalid']],
    ['an issuer that is none', files(put('lower', ext.basic(false))), ['error cert-path-invalid']],
    ['an issuer that may not sign', files(put('lower', ext.keyUsage('digitalSignature'))), ['error cert-path-invalid']],
    ['too short a path', files(put('upper', ext.basic(true, 0))), ['error cert-path-invalid']],
    ['an expired issuer', files(set('lower', { to: '261101000000Z' })), ['error cert-expired']],
    ['an issuer for clients only', files(put('lower', ext.purposes(clientAuth))), ['error cert-path-invalid']],
    [
      'names that are not permitted',
      files(put('lower', ext.constraints([general.dns('example.org')]))),
      ['error cert-name-constraints'],
    ],
    [
      'an extension nobody knows',
      files(put('leaf', { id: '1.2.3.4', critical: true, value: new Uint8Array([5, 0]) })),
      ['error cert-path-invalid'],
    ],
    [
      'a certificate of its own',
      files(set('leaf', { issuer: soundChain.leaf.subject, signer: 4 }), 'leaf'),
      ['warning cert-self-signed'],
    ],
  ];
  const usual = ['--ignore', 'cert-same-key-both-roles,cert-key-quantum-note'];

  test.each(table)('%s', async (_, { chain }, expected) => {
    expect(await found(chain, [...TRUST, ...usual])).toEqual(expected);
  });

  test('without it everything is judged that stands in the file itself', async () => {
    for (const [what, { chain }, expected] of table) {
      const inFile = expected.filter((each) => !each.includes('cert-not-public-ca') && what !== 'another root');
      expect(await found(chain, usual), what).toEqual(inFile);
    }
  });

  test('what is in another file is found, and said to be missing in this one', async () => {
    const [leaf = '', issuer = ''] = example2('mx1.pem');
    const own = folderOf({
      'mx1.pem': leaf,
      'out1.pem': example('out1.pem'),
      'private.pem': files(undefined, 'leaf lower').chain,
      'upper.pem': files(undefined, 'leaf upper').chain,
    });
    const args = [
      '--cert',
      'mx1.pem:server',
      '--cert',
      'out1.pem',
      '--format',
      'concise',
      '--select',
      'cert-chain-incomplete,cert-not-public-ca',
    ];
    const ran = await cli(
      ['lint', join(folder.path, 'example.net.zone'), ...args, '--trust', join(examples, 'root.pem')],
      { cwd: own.path },
    );
    own.remove();
    expect(issuer).toContain('BEGIN');
    expect(ran.stdout.split('\n').filter((line) => line !== '')).toEqual([
      expect.stringMatching(
        /^mx1\.pem:1:1: error cert-chain-incomplete: mx1\.pem lacks the issuer CN=Example Mail CA 1,O=Example Mail Trust, which is in out1\.pem;/,
      ),
    ]);
  });

  test('an expired cross-signed certificate that the path does without is no fault', async () => {
    const cross = { ...soundChain.root, issuer: 'O=Example/CN=Old', signer: 9, serial: 7, to: '261101000000Z' };
    const { chain } = files((sound) => ({ ...sound, extra: [cross] }), 'leaf lower upper root');
    expect(await found(chain, [...TRUST, ...usual])).toEqual([]);
    expect(await found(chain, usual)).toEqual(['error cert-expired']);
  });

  test('opting in makes a private CA an error', async () => {
    const { chain } = files(undefined, 'leaf lower');
    expect(await found(chain, [...TRUST, ...usual], 'opted/example.net.zone')).toContain('error cert-not-public-ca');
  });

  test.each([
    ['a folder', 'roots'],
    ['a file', 'root.pem'],
  ])('takes %s', async (_, where) => expect(await found(sound.chain, ['--trust', where, ...usual])).toEqual([]));

  test('the trust store of the operating system does not have it', async () => {
    expect(await found(sound.chain, ['--trust', 'system', ...usual])).toEqual(['warning cert-not-public-ca']);
  });

  test.each([
    ['empty.pem', /^error: --trust empty\.pem holds no certificate.*\n$/u],
    ['none.pem', /^error: --trust none\.pem: .*\n$/u],
  ])('%s is wrong use', async (where, sentence) => {
    const ran = await cli(['lint', 'example.net.zone', '--cert', 'mx1.pem:server', '--trust', where], {
      cwd: folder.path,
    });
    expect(ran).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(sentence) });
  });

  test('threads and the cache give the same, and the cache sees another trust store and another policy', async () => {
    const own = folderOf({
      'example.net.zone': zone('@ MX 10 mx1\nmx1 A 192.0.2.10\n'),
      'other.example.zone': zone('@ MX 10 mx1.example.net.\n', 'other.example'),
      'mx1.pem': sound.chain,
      'root.pem': sound.root,
      'other.pem': example('root.pem'),
    });
    const lint = async (...args: string[]): Promise<string> => {
      const line = ['lint', '.', '--cert', 'mx1.pem:server,client', '--format', 'concise', '--select', 'certificates'];
      const ran = await cli([...line, ...args], { cwd: own.path });
      return ran.stdout;
    };
    const alone = await lint('--trust', 'other.pem');
    expect(alone.match(/cert-not-public-ca/gu)).toHaveLength(2);
    expect(await lint('--trust', 'other.pem', '--cache')).toBe(alone);
    expect(await lint('--trust', 'other.pem', '--cache')).toBe(alone);
    expect(await lint('--trust', 'root.pem', '--cache')).not.toContain('cert-not-public-ca');
    expect(await lint('--cache')).not.toContain('cert-not-public-ca');
    expect(await lint('--trust', 'other.pem', '--cache')).toBe(alone);
    own.remove();
  });
});

describe('--eku', () => {
  const forServers = files(both(put('leaf', ext.purposes(serverAuth)), (chain) => chain));
  const forNone = files(drop('leaf', '2.5.29.37'));
  test.each([
    ['accept-server-auth', forServers, 'client', ['warning cert-eku-client-missing']],
    ['strict', forServers, 'client', ['error cert-eku-client-missing']],
    ['ignore', forServers, 'client', []],
    ['strict', forNone, 'client', []],
    ['ignore', files(put('leaf', ext.purposes(clientAuth))), 'server', []],
    ['accept-server-auth', files(put('leaf', ext.purposes(clientAuth))), 'server', ['error cert-eku-server-missing']],
  ] as const)('%s', async (policy, { chain }, role, expected) => {
    const ignored = [
      '--ignore',
      'cert-same-key-both-roles,cert-key-quantum-note,cert-name-*,cert-missing-*,cert-client-*',
    ];
    const args = [...TRUST, '--eku', policy, ...(role === 'client' ? ['client'] : []), ...ignored];
    expect(await found(chain, args, 'opted/example.net.zone')).toEqual(expected);
  });

  test('says who demands it', async () => {
    const own = folderOf({ 'mx1.pem': forServers.chain });
    const args = [
      '--cert',
      'mx1.pem:client',
      '--eku',
      'strict',
      '--select',
      'cert-eku-client-missing',
      '--format',
      'concise',
    ];
    const ran = await cli(['lint', join(folder.path, 'opted/example.net.zone'), ...args], { cwd: own.path });
    own.remove();
    expect(ran.stdout).toContain('is for serverAuth only; expected clientAuth, which --eku strict demands\n');
    expect(ran.code).toBe(1);
  });

  test('another word is wrong use', async () => {
    const { code, stderr } = await cli(['lint', 'example.net.zone', '--eku', 'strct'], { cwd: folder.path });
    expect([code, stderr]).toEqual([2, "error: --eku cannot be 'strct'; did you mean strict?\n"]);
  });
});

describe('the configuration', () => {
  const configured = async (config: unknown, ...args: string[]): Promise<Awaited<ReturnType<typeof cli>>> => {
    const own = folderOf({
      'zones/example.net.zone': zone(`@ MX 10 mx1\n@ ${optedIn}\nmx1 A 192.0.2.10\n`),
      'tls/mx1.pem': files(put('leaf', ext.purposes(serverAuth))).chain,
      'tls/root.pem': sound.root,
      'tls/other.pem': example('root.pem'),
      'zonewright.json': JSON.stringify(config),
    });
    const line = ['lint', 'zones', '--format', 'concise', '--select', 'cert-eku-*,cert-not-public-ca', ...args];
    const ran = await cli(line, { cwd: own.path });
    own.remove();
    return ran;
  };
  const certificates = [{ path: 'tls/mx1.pem', roles: ['client'] }];

  test('names the trust store and the policy; the command line wins', async () => {
    const { stdout } = await configured({ certificates, trust: 'tls/other.pem', eku: 'strict' });
    expect([...stdout.matchAll(/: (\w+ cert-[\w-]+):/gu)].map(([, each]) => each)).toEqual([
      'error cert-eku-client-missing',
      'error cert-not-public-ca',
    ]);
    const other = await configured(
      { certificates, trust: 'tls/other.pem', eku: 'strict' },
      '--eku',
      'ignore',
      '--trust',
      'tls/root.pem',
    );
    expect([other.code, other.stdout]).toEqual([0, '']);
  });

  test('a trust store that is none is wrong', async () => {
    const { code, stderr } = await configured({ certificates, trust: 'zonewright.json' });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error: zonewright\.json:1: trust zonewright\.json holds no certificate/u),
    ]);
  });

  test('without certificates no trust store is opened', async () => {
    expect(await configured({ trust: 'none.pem' })).toEqual({
      code: 0,
      stdout: '',
      stderr: expect.not.stringContaining('error'),
    });
  });

  test('is printed', async () => {
    const { stdout } = await configured({ trust: 'system' }, '--print-config', 'zones/example.net.zone');
    expect(stdout).toMatch(/^ {2}"trust": "system", +\/\/ zonewright\.json:1$/mu);
    expect(stdout).toMatch(/^ {2}"eku": "accept-server-auth", +\/\/ default$/mu);
  });
});
