import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { makeChain, set, soundChain } from '../certs/chains.ts';
import { pem } from '../certs/maker.ts';
import { folderWith } from './folders.ts';
import { cli } from './run.ts';

const example = fileURLToPath(new URL('../example/', import.meta.url));
const read = (name: string): string => readFileSync(join(example, name), 'utf8');
const certificate = (name: string): string => read(`certificates/${name}.pem`);
const blocks = (name: string): string[] => certificate(name).split(/(?<=-----END CERTIFICATE-----\n)/u);

const GOOD: Readonly<Record<string, string>> = {
  'example.net.zone': read('example.net.zone'),
  'root.pem': certificate('root'),
  'mx1.pem': certificate('mx1'),
  'mx2.pem': certificate('mx2'),
  'out1.pem': certificate('out1'),
};
const ROLES: Readonly<Record<string, string>> = { mx1: 'server', mx2: 'server', out1: 'client' };

/** One thing that goes wrong with the example domain: files, roles or arguments that change. */
interface Change {
  readonly files?: Readonly<Record<string, string>>;
  /** Roles that differ; a certificate without one is not given. */
  readonly roles?: Readonly<Record<string, string | undefined>>;
  readonly args?: readonly string[];
}

/** Lints the example domain after a change: the exit code, and each finding as `severity rule`. */
async function lint({ files = {}, roles = {}, args = [] }: Change): Promise<{ code: number; found: string[] }> {
  const folder = folderWith({ ...GOOD, ...files });
  const certificates = Object.entries({ ...ROLES, ...roles }).flatMap(([name, role]) =>
    role === undefined ? [] : ['--cert', `${name}.pem:${role}`],
  );
  const usual = ['--trust', 'root.pem', '--now', '2026-11-21', '--format', 'json'];
  const { code, stdout, stderr } = await cli(['lint', 'example.net.zone', ...certificates, ...usual, ...args], {
    cwd: folder,
  });
  expect(stderr).toBe('');
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { rule: string; severity: string }[] };
  return { code, found: diagnostics.map(({ rule, severity }) => `${severity} ${rule}`) };
}

const selfSigned = pem(makeChain(set('leaf', { issuer: soundChain.leaf.subject, signer: 4 })(soundChain)).leaf.der);
const privateChain = makeChain(soundChain);
const ofPrivateCa = pem(privateChain.leaf.der, ...privateChain.others.map(({ der }) => der).toReversed());
const foreignKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
  type: 'pkcs8',
  format: 'pem',
});

describe('a change of the certificates of the example domain turns it red', () => {
  const mx1 = (text: string): Change => ({ files: { 'mx1.pem': text } });
  const out1 = (text: string): Change => ({ files: { 'out1.pem': text } });
  const table: readonly (readonly [what: string, change: Change, found: readonly string[]])[] = [
    ['nothing', {}, []],
    [
      'a name is taken out of a certificate',
      { files: { 'mx2.pem': certificate('wrong-mx2') } },
      ['error cert-server-name-not-in-mx'],
    ],
    [
      'the roles are swapped',
      { roles: { mx1: 'client', out1: 'server' } },
      [
        'error cert-server-name-not-in-mx',
        'error cert-client-name-not-in-client-mx',
        'warning cert-eku-client-missing',
      ],
    ],
    ['the certificates expire', { args: ['--now', '2027-04-20'] }, ['error cert-expired']],
    ['nobody has renewed them', { args: ['--now', '2027-04-10'] }, ['warning cert-expires-soon']],
    ['one has expired', mx1(certificate('old-mx1')), ['error tlsa-cert-mismatch', 'error cert-expired']],
    [
      'a wildcard stands for the host',
      mx1(certificate('wildcard')),
      ['warning cert-wildcard-not-exact', 'error tlsa-cert-mismatch'],
    ],
    ['the name stands in the subject only', out1(certificate('cn-only')), ['warning cert-cn-only']],
    ['a client has a certificate for servers', out1(certificate('server-only')), ['warning cert-eku-client-missing']],
    [
      'and receivers are strict',
      { ...out1(certificate('server-only')), args: ['--eku', 'strict'] },
      ['error cert-eku-client-missing'],
    ],
    ['the key is weak', mx1(certificate('weak')), ['error tlsa-cert-mismatch', 'error cert-key-weak']],
    ['the certificate is its own issuer', mx1(selfSigned), ['error tlsa-cert-mismatch', 'error cert-self-signed']],
    ['a private CA has issued it', mx1(ofPrivateCa), ['error tlsa-cert-mismatch', 'error cert-not-public-ca']],
    ['the intermediate is missing', mx1(blocks('mx1').at(0) ?? ''), ['error cert-chain-incomplete']],
    ['the chain is upside down', mx1(blocks('mx1').toReversed().join('')), ['warning cert-chain-order']],
    [
      'the key is that of another certificate',
      { ...mx1(foreignKey + certificate('mx1')), args: ['--ignore', 'cert-key-permissions'] },
      ['error cert-key-mismatch'],
    ],
    ['one host has no certificate', { roles: { mx2: undefined } }, ['error smtp-tls-srv-cert-lacks-target']],
    [
      'the zone has the key of an older certificate',
      { files: { 'example.net.zone': read('example.net.zone').replaceAll('a1e034fc', '00e034fc') } },
      ['error tlsa-cert-mismatch'],
    ],
    [
      'mail is sent from another host',
      {
        files: {
          'example.net.zone': read('example.net.zone').replaceAll('out1', 'out9').replace('6f757431', '6f757439'),
        },
      },
      ['error cert-client-name-not-in-client-mx'],
    ],
  ];

  test.each(table)('%s', async (_, change, expected) => {
    const { code, found } = await lint(change);
    expect([...new Set(found)]).toEqual(expected);
    expect(code).toBe(expected.some((each) => each.startsWith('error')) ? 1 : 0);
  });
});
