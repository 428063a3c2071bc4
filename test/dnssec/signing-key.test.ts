import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { generateSigningKey, readSigningKey, SIGNING_ALGORITHMS, strangerTo } from '../../lib/dnssec/signing-key.ts';
import { printRdata } from '../../lib/rr/codec.ts';
import { TYPE } from '../../lib/rr/types.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const OPTIONS = {
  privateKeyEncoding: { format: 'pem', type: 'pkcs8' },
  publicKeyEncoding: { format: 'pem', type: 'spki' },
} as const;

/** The private key of a pair, which is asked for in PEM. */
const pemOf = ({ privateKey }: { readonly privateKey: unknown }): string => String(privateKey);

/** Private keys in PEM. */
const PEM = {
  p256: pemOf(generateKeyPairSync('ec', { namedCurve: 'prime256v1', ...OPTIONS })),
  p384: pemOf(generateKeyPairSync('ec', { namedCurve: 'secp384r1', ...OPTIONS })),
  p521: pemOf(generateKeyPairSync('ec', { namedCurve: 'secp521r1', ...OPTIONS })),
  rsa: pemOf(generateKeyPairSync('rsa', { modulusLength: 2048, ...OPTIONS })),
  ed25519: pemOf(generateKeyPairSync('ed25519', OPTIONS)),
  x25519: pemOf(generateKeyPairSync('x25519', OPTIONS)),
  sealed: pemOf(
    generateKeyPairSync('ed25519', {
      ...OPTIONS,
      privateKeyEncoding: { ...OPTIONS.privateKeyEncoding, cipher: 'aes-256-cbc', passphrase: 'secret' },
    }),
  ),
};

/** The key of RFC 6605 §6.1 as its authors wrote it down. */
const P256 = `Private-key-format: v1.2
Algorithm: 13 (ECDSAP256SHA256)
PrivateKey: GU6SnQ/Ou+xC5RumuIUIuJZteXT2z0O/ok1s38Et6mQ=
`;
const P256_PUBLIC = '257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==';

/** The key of RFC 8080 §6.1. */
const ED25519 = `Private-key-format: v1.2
Algorithm: 15 (ED25519)
PrivateKey: ODIyNjAzODQ2MjgwODAxMjI2NDUxOTAyMDQxNDIyNjI=
`;
const ED25519_PUBLIC = '257 3 15 l02Woi0iS8Aa25FQkUd9RMzZHJpBoRQwAQEX1SxZJA4=';

/** The first key of RFC 8080 §6.2. */
const ED448 = `Private-key-format: v1.2
Algorithm: 16 (ED448)
PrivateKey: xZ+5Cgm463xugtkY5B0Jx6erFTXp13rYegst0qRtNsOYnaVpMx0Z/c5EiA9x8wWbDDct/U3FhYWA
`;
const ED448_PUBLIC = '257 3 16 3kgROaDjrh0H2iuixWBrc8g2EpBBLCdGzHmn+G2MpTPhpj/OiBVHHSfPodx1FYYUcJKm1MDpJtIA';

test.each([
  ['ECDSA (RFC 6605 §6.1)', P256, P256_PUBLIC, 55648],
  ['Ed25519 (RFC 8080 §6.1)', ED25519, ED25519_PUBLIC, 3613],
  ['Ed448 (RFC 8080 §6.2)', ED448, ED448_PUBLIC, 9713],
])('reads a key of %s', (_, file, dnskey, tag) => {
  const read = readSigningKey(bytes(file));
  if ('problem' in read) throw new Error(read.problem);
  expect(printRdata(TYPE.DNSKEY, read.key.dnskey)).toBe(dnskey);
  expect(read.key.tag).toBe(tag);
});

const KEYGEN = 'dnssec-keygen';
const keygen = spawnSync(KEYGEN, ['-h']).error === undefined;
if (!keygen) console.log('no dnssec-keygen: its keys are not read');

describe.skipIf(!keygen)('reads what dnssec-keygen has made', () => {
  test.each(SIGNING_ALGORITHMS)('for %s', (algorithm) => {
    const folder = mkdtempSync(join(tmpdir(), 'zonewright-keys-'));
    try {
      const bits = algorithm.startsWith('rsa') ? ['-b', '2048'] : [];
      const made = spawnSync(KEYGEN, ['-q', '-f', 'KSK', '-a', algorithm, ...bits, 'example.net'], {
        cwd: folder,
        encoding: 'utf8',
      });
      const base = join(folder, made.stdout.trim());
      const read = readSigningKey(readFileSync(`${base}.private`), algorithm);
      if ('problem' in read) throw new Error(read.problem);
      const line = readFileSync(`${base}.key`, 'utf8').split('\n').at(-2)?.split(' DNSKEY ')[1] ?? '';
      expect(printRdata(TYPE.DNSKEY, read.key.dnskey).replaceAll(' ', '')).toBe(line.replaceAll(' ', ''));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test.each([
  [PEM.p256, undefined, 13],
  [PEM.p384, undefined, 14],
  [PEM.ed25519, undefined, 15],
  [PEM.rsa, undefined, 8],
  [PEM.rsa, 'rsasha512', 10],
] as const)('takes PEM for the algorithm that it fits', (pem, algorithm, number) => {
  expect(readSigningKey(bytes(pem), algorithm)).toMatchObject({ key: { algorithm: number, flags: 257 } });
});

test.each([
  ['', undefined, 'no private key in PEM is in it, and none of dnssec-keygen'],
  ['-----BEGIN CERTIFICATE-----\nAAAA\n', undefined, 'no private key in PEM is in it, and none of dnssec-keygen'],
  [PEM.p256.slice(0, 90), undefined, 'the key cannot be read'],
  [PEM.sealed, undefined, 'the key has a passphrase'],
  [PEM.p521, undefined, 'the key is of type ec (secp521r1), not one that signs zones'],
  [PEM.x25519, undefined, 'the key is of type x25519, not one that signs zones'],
  [PEM.p256, 'ed25519', 'the key is of type ec (prime256v1), not for ed25519'],
  [P256, 'rsasha256', 'the key is for 13 (ECDSAP256SHA256), not for rsasha256'],
  [P256.replace(/: GU.*/u, ': AA=='), undefined, 'the key cannot be read'],
  [P256.replace('13', '5'), undefined, 'keys of algorithm 5 sign nothing here'],
  [P256.replace(/^Algorithm.*$/mu, ''), undefined, 'keys of algorithm  sign nothing here'],
] as const)('tells what is wrong with a key', (text, algorithm, problem) => {
  expect(readSigningKey(bytes(text), algorithm)).toEqual({ problem });
});

test.each(SIGNING_ALGORITHMS)('a key of %s tells nothing that is secret, and its stranger is another', (algorithm) => {
  const key = generateSigningKey(algorithm);
  expect(Object.keys(key).sort()).toEqual(['algorithm', 'dnskey', 'flags', 'sign', 'tag']);
  expect(inspect(key, { depth: 9, showHidden: true })).not.toMatch(/PRIVATE|KeyObject/u);
  const stranger = strangerTo(key);
  expect(stranger).toMatchObject({ algorithm: key.algorithm, flags: key.flags });
  expect(stranger.dnskey).not.toEqual(key.dnskey);
});
