import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findRule } from '../../lib/lint/rules.ts';
import { soundChain } from '../certs/chains.ts';
import { makeDer, pem } from '../certs/maker.ts';
import { cli, folderOf, type Ran, zone } from './run.ts';

const cwd = fileURLToPath(new URL('../example', import.meta.url));
const records = ['--zone', 'example.net.zone'];
const trust = ['--trust', 'certificates/root.pem'];

function client(file: string, ...more: readonly string[]): Promise<Ran> {
  const from = more.includes('--mail-from') ? [] : ['--mail-from', 'user@example.net'];
  return cli(['verify', '--client-cert', `certificates/${file}.pem`, ...from, ...records, ...trust, ...more], { cwd });
}

function server(file: string, ...more: readonly string[]): Promise<Ran> {
  const to = ['--domain', 'example.net'];
  return cli(['verify', '--server-cert', `certificates/${file}.pem`, ...to, ...records, ...trust, ...more], { cwd });
}

const valid = new Ajv2020({ allErrors: true, strict: true }).compile(
  JSON.parse(readFileSync(new URL('../../schemas/verdict.schema.json', import.meta.url), 'utf8')),
);

/** Result, fault codes and warnings of the only verdict, and the rules it points to; the JSON fits its schema. */
async function shortly(
  ran: Promise<Ran>,
): Promise<{ code: number; result: string; faults: string[]; warnings: string[] }> {
  const { stdout, code, stderr } = await ran;
  expect(stderr).toBe('');
  const report = JSON.parse(stdout);
  expect(valid(report), JSON.stringify(valid.errors)).toBe(true);
  const [{ result, faults, warnings }] = report.verdicts;
  for (const { rules } of [...faults, ...warnings])
    for (const id of rules) expect(findRule(id), `${id} is a rule`).toBeDefined();
  const flags = warnings.map(({ flag }: { flag: string }) => flag);
  const codes = faults.map((fault: { code: string; rules: string[] }) => `${fault.code}: ${fault.rules.join(' ')}`);
  return { code, result, faults: codes, warnings: flags.filter((flag: string) => flag !== 'insecure-client-mx') };
}

describe('verify --client-cert', () => {
  test.each([
    ['out1', [], 0, 'pass', [], []],
    ['server-only', [], 0, 'pass', [], ['server-purpose']],
    ['server-only', ['--eku', 'strict'], 1, 'fail', ['extended-key-usage: cert-eku-client-missing'], []],
    ['cn-only', [], 0, 'pass', [], ['common-name']],
    ['wildcard', [], 1, 'fail', ['wildcard-only: cert-wildcard-not-exact'], []],
    ['mx1', [], 1, 'fail', ['name-not-listed: cert-client-name-not-in-client-mx'], ['server-purpose']],
    ['out1', ['--now', '2027-05-01'], 1, 'fail', ['expired: cert-expired'], []],
    ['out1', ['--now', '2026-09-01'], 1, 'fail', ['not-yet-valid: cert-not-yet-valid'], []],
    ['out1', ['--trust', 'certificates/mx1.pem'], 1, 'fail', ['issuer-missing: cert-not-public-ca'], []],
    ['old-mx1', ['--mail-from', 'mx1.example.net'], 1, 'none', ['expired: cert-expired'], []],
    ['out1', ['--mail-from', '<>'], 1, 'none', [], []],
  ])('%s %j: exit %d, %s', async (file, more, code, result, faults, warnings) => {
    const found = await shortly(client(file, '--format', 'json', ...more));
    expect(found).toEqual({ code, result, faults, warnings });
  });

  test('tells what is wrong, what to do, what was compared and what comes next', async () => {
    const { stdout, code } = await client('mx1', '--dmarc-from', 'example.net', '--authserv-id', 'mx.example.org');
    expect(code).toBe(1);
    const text = stdout.replace(/\s+/gu, ' ');
    for (const part of [
      'mtls FAIL certificates/mx1.pem for mail from example.net',
      'the certificate is for mx1.example.net; expected out1.example.net (Client MX of example.net), and no name is equal',
      'is this the certificate of the other role?',
      'To do: issue the certificate for out1.example.net',
      '§1.2.3 (CMX-1.2.3-a, CMX-1.2.3-e, AMB-6); lint: cert-client-name-not-in-client-mx',
      'Client MX of example.net: out1.example.net',
      'Next take the mail',
      'DMARC fail; without mtls fail',
      'Authentication-Results: mx.example.org; mtls=fail reason="certificate name mx1.example.net not in Client MX" smtp.mailfrom=example.net; dmarc=fail',
    ])
      expect(text).toContain(part);
  });

  test('shows the reply of a receiver that refuses, and then no header', async () => {
    const { stdout } = await client('wildcard', '--on-fail', 'reject');
    expect(stdout).toContain('550 5.7.1 mtls: certificate names out1.example.net by a wildcard only');
    expect(stdout).not.toContain('Authentication-Results:');
  });

  test('a pass makes DMARC pass by mtls', async () => {
    const { stdout } = await client('out1', '--format', 'json', '--dmarc-from', 'example.net');
    expect(JSON.parse(stdout).verdicts[0]).toMatchObject({
      dmarc: { result: 'pass', by: ['mtls'], without: 'fail', aligned: true, policy: 'reject' },
      header: expect.stringContaining('dmarc=pass header.from=example.net policy.dmarc=reject'),
    });
  });

  test('judges the null reverse-path by EHLO when it is told', async () => {
    const { stdout, code } = await client('out1', '--mail-from', '<>', '--helo', 'example.net');
    expect(code).toBe(0);
    expect(stdout).toContain('smtp.helo=example.net');
  });
});

describe('verify --server-cert', () => {
  const names = 'cert-server-name-not-in-mx cert-srv-target-mismatch smtp-tls-srv-cert-lacks-target';
  const dane = 'dane: tlsa-cert-mismatch';
  test.each([
    ['mx1', [], 0, 'verified', [], ['insecure-reference']],
    ['mx2', ['--host', 'mx1.example.net'], 1, 'close', [dane], ['own-host', 'insecure-reference']],
    ['old-mx1', [], 1, 'close', ['expired: cert-expired', dane], ['insecure-reference']],
    ['wrong-mx2', ['--host', 'mx2.example.net'], 1, 'close', [`name-not-listed: ${names}`, dane], []],
    ['out1', [], 1, 'close', [`name-not-listed: ${names}`], []],
    ['wildcard', [], 1, 'close', ['wildcard-only: cert-wildcard-not-exact', dane], []],
  ])('%s %j: exit %d, %s', async (file, more, code, result, faults, warnings) => {
    const found = await shortly(server(file, '--format', 'json', ...more));
    expect(found).toEqual({ code, result, faults, warnings });
  });

  test('tells when CAA keeps the CA from issuing the certificate again', async () => {
    const text = readFileSync(`${cwd}/example.net.zone`, 'utf8').replace('issue "ca.example.org"', 'issue ";"');
    const folder = folderOf({ 'example.net.zone': text });
    onTestFinished(() => folder.remove());
    const records = ['--zone', `${folder.path}/example.net.zone`];
    const line = ['verify', '--server-cert', 'certificates/mx1.pem', '--domain', 'example.net', ...records, ...trust];
    const { result, code, faults } = await shortly(cli([...line, '--format', 'json'], { cwd }));
    expect({ result, code, faults }).toEqual({ result: 'verified', code: 1, faults: ['caa: caa-forbids-issuer'] });
    expect((await cli(line, { cwd })).stdout).toContain('CAA of example.net allows nobody');
  });

  test('goes on when nobody asked for validation', async () => {
    const folder = folderOf({ 'a.zone': zone('@ MX 10 mx1\nmx1 A 192.0.2.10\n') });
    onTestFinished(() => folder.remove());
    const file = `${cwd}/certificates/old-mx1.pem`;
    const ran = cli(
      ['verify', '--server-cert', file, '--domain', 'example.net', '--zone', 'a.zone', '--format', 'json'],
      {
        cwd: folder.path,
      },
    );
    const { result, code, faults } = await shortly(ran);
    expect({ result, code, faults: faults.length }).toEqual({ result: 'continue', code: 1, faults: 2 });
  });
});

describe('verify', () => {
  const wanted = ['--zone', 'example.net.zone'];
  test.each([
    [[], /^error: no certificate is given: name one with --client-cert or --server-cert$/],
    [['--client-cert', 'a', '--server-cert', 'b'], /exclude each other/],
    [['--client-cert', 'a'], /needs --mail-from/],
    [['--server-cert', 'a'], /needs --domain/],
    [['--server-cert', 'a', '--domain', 'b', '--mail-from', 'c'], /go with --client-cert/],
    [['--client-cert', 'a', '--mail-from', 'b', '--host', 'c'], /go with --server-cert/],
    [['--client-cert', 'certificates/out1.pem', '--mail-from', 'example.net'], /nothing tells what is in DNS/],
    [
      [
        '--client-cert',
        'certificates/out1.pem',
        '--mail-from',
        'example.net',
        ...wanted,
        '--dmarc-from',
        'example.org',
      ],
      /--dmarc-from example\.org lies in none of the zones/,
    ],
    [['--client-cert', 'no.pem', '--mail-from', 'example.net', ...wanted], /no\.pem/],
    [['--client-cert', 'README.md', '--mail-from', 'example.net', ...wanted], /README\.md/],
    [
      ['--client-cert', 'certificates/out1.pem', '--mail-from', 'a b', ...wanted],
      /--mail-from needs a domain or an address/,
    ],
    [
      ['--client-cert', 'certificates/out1.pem', '--mail-from', 'example.org', ...wanted],
      /example\.org lies in none of the zones/,
    ],
    [['--server-cert', 'certificates/mx1.pem', '--domain', '192.0.2.1', ...wanted], /--domain needs a domain name/],
    [
      ['--client-cert', 'certificates/out1.pem', '--mail-from', '<>', '--helo', 'a', ...wanted],
      /--helo needs a host name/,
    ],
    [['--client-cert', 'certificates/out1.pem', '--mail-from', 'example.net', ...wanted, '--trust', 'no'], /no/],
  ])('%j is wrong use', async (args, message) => {
    const { code, stdout, stderr } = await cli(['verify', ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trim()).toMatch(message);
    expect(stderr.trim()).not.toContain('\n');
  });

  test('says every certificate of a file, and lets hostile names steer no terminal', async () => {
    const evil = makeDer({ ...soundChain.leaf, subject: 'CN=a\u001b[31m\u202e' });
    const folder = folderOf({ 'two.pem': readFileSync(`${cwd}/certificates/out1.pem`, 'utf8') + pem(evil) });
    onTestFinished(() => folder.remove());
    const { stdout, code } = await client(`${'../'.repeat(20)}${folder.path}/two`, '--color', 'never');
    expect(code).toBe(1);
    expect(stdout).toContain('mtls pass');
    expect(stdout).toContain('mtls FAIL');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
  });

  test('speaks ASCII where the terminal knows nothing else', async () => {
    const given = { cwd, env: { LANG: 'C' } };
    const line = [
      'verify',
      '--client-cert',
      'certificates/out1.pem',
      '--mail-from',
      'example.net',
      ...records,
      ...trust,
    ];
    const { stdout } = await cli(line, given);
    expect(stdout).toMatch(/^[\n\x20-\x7e]+$/u);
    expect(stdout).toContain('<- CN=Example Mail CA 1');
  });
});

describe('lint names the same rules as verify', () => {
  test.each([
    ['server', 'old-mx1', 'it has expired'],
    ['server', 'wrong-mx2', 'a name is missing'],
    ['server', 'weak', 'its key is not in TLSA'],
    ['server', 'out1', 'it is that of a client'],
    ['server', 'wildcard', 'it has a wildcard'],
    ['client', 'mx1', 'it is that of a server'],
    ['client', 'wildcard', 'it has a wildcard'],
    ['client', 'cn-only', 'it has a common name'],
    ['client', 'server-only', 'it is for servers'],
  ] as const)('%s %s: %s', async (role, file, _) => {
    const eku = ['--eku', 'strict'];
    const judged = await (role === 'client' ? client : server)(file, ...eku, '--format', 'json');
    const [{ faults, warnings }] = JSON.parse(judged.stdout).verdicts;
    const cert = ['--cert', `certificates/${file}.pem:${role}`];
    const { stdout } = await cli(
      ['lint', 'example.net.zone', ...cert, ...trust, ...eku, '--format', 'json', '--profile', 'strict'],
      { cwd },
    );
    const found = new Set(JSON.parse(stdout).diagnostics.map(({ rule }: { rule: string }) => rule));
    const told: { rules: string[] }[] = [...faults, ...warnings];
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter(({ rules }) => !rules.some((id) => found.has(id))).map(({ rules }) => rules)).toEqual([]);
  });
});
