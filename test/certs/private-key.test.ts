import { execFileSync } from 'node:child_process';
import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyExportOptions,
  type KeyObject,
  type KeyPairKeyObjectResult,
} from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type GivenCertificate, readCertificateFile } from '../../lib/certs/load.ts';
import { keyFit, ownKeyFit } from '../../lib/certs/private-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'zonewright-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));

const openssl = (...args: string[]): Buffer =>
  execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });

interface Pair {
  readonly key: KeyObject;
  readonly pem: string;
  readonly certificate: string;
}

/** A key with a certificate of its own. */
function pair(name: string, { privateKey: key }: KeyPairKeyObjectResult): Pair {
  const pem = key.export({ type: 'pkcs8', format: 'pem' }) as string;
  writeFileSync(join(folder, `${name}.key`), pem);
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}.example.net`];
  const certificate = openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    `${name}.key`,
    ...subject,
    '-addext',
    'basicConstraints=CA:FALSE',
  );
  return { key, pem, certificate: certificate.toString() };
}

const pairs = {
  rsa: pair('rsa', generateKeyPairSync('rsa', { modulusLength: 2048 })),
  ec: pair('ec', generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  ed25519: pair('ed25519', generateKeyPairSync('ed25519')),
  other: pair('other', generateKeyPairSync('ec', { namedCurve: 'P-256' })),
};

const given = (...texts: string[]): readonly GivenCertificate[] =>
  readCertificateFile('file.pem', bytes(texts.join('')), []).certificates;

function bytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
}

function written(key: KeyObject, options: KeyExportOptions<'pem' | 'der'>): Uint8Array {
  return bytes(key.export(options as never) as string | Buffer);
}

describe('keyFit', () => {
  const { rsa, ec, ed25519, other } = pairs;
  const locked = { cipher: 'aes-256-cbc', passphrase: 'secret' };
  test.each<[string, Pair, Uint8Array, string]>([
    ['PKCS#8', rsa, bytes(rsa.pem), 'fits'],
    ['PKCS#8', ec, bytes(ec.pem), 'fits'],
    ['PKCS#8', ed25519, bytes(ed25519.pem), 'fits'],
    ['PKCS#1', rsa, written(rsa.key, { type: 'pkcs1', format: 'pem' }), 'fits'],
    ['SEC 1', ec, written(ec.key, { type: 'sec1', format: 'pem' }), 'fits'],
    ['DER of PKCS#8', rsa, written(rsa.key, { type: 'pkcs8', format: 'der' }), 'fits'],
    ['DER of PKCS#1', rsa, written(rsa.key, { type: 'pkcs1', format: 'der' }), 'fits'],
    ['DER of SEC 1', ec, written(ec.key, { type: 'sec1', format: 'der' }), 'fits'],
    ['SEC 1 behind its parameters', ec, openssl('ec', '-in', 'ec.key', '-param_enc', 'named_curve'), 'fits'],
    ['text around the block', ec, bytes(`Bag Attributes\n\n${ec.pem}\nend`), 'fits'],
    ['lines that end in CR LF', ec, bytes(ec.pem.replaceAll('\n', '\r\n')), 'fits'],
    ['the key behind its certificate', ec, bytes(ec.certificate + ec.pem), 'fits'],
    ['one of two keys', ec, bytes(other.pem + ec.pem), 'fits'],
    ['another key of the same kind', ec, bytes(other.pem), 'differs'],
    ['a key of another kind', ec, bytes(rsa.pem), 'differs'],
    ['DER of another key', rsa, written(ec.key, { type: 'pkcs8', format: 'der' }), 'differs'],
    ['encrypted PKCS#8', rsa, written(rsa.key, { type: 'pkcs8', format: 'pem', ...locked }), 'encrypted'],
    ['encrypted PKCS#1', rsa, written(rsa.key, { type: 'pkcs1', format: 'pem', ...locked }), 'encrypted'],
    ['encrypted SEC 1', ec, written(ec.key, { type: 'sec1', format: 'pem', ...locked }), 'encrypted'],
    ['encrypted DER', ec, written(ec.key, { type: 'pkcs8', format: 'der', ...locked }), 'encrypted'],
    ['an empty file', ec, bytes(''), 'unreadable'],
    ['a certificate', ec, bytes(ec.certificate), 'unreadable'],
    ['text', ec, bytes('Hello\n'), 'unreadable'],
    ['zeros', ec, new Uint8Array(1000), 'unreadable'],
    ['a cut block', ec, bytes(ec.pem.slice(0, 80)), 'unreadable'],
    ['a cut body', ec, bytes(ec.pem.replace(/\n.*\n/u, '\nMIGH\n')), 'unreadable'],
    ['a key of another program', ec, bytes(ec.pem.replaceAll('PRIVATE', 'OPENSSH PRIVATE')), 'unreadable'],
    ['a block of 200 kB', ec, bytes(ec.pem.replace('\n', `\n${'A'.repeat(200_000)}\n`)), 'unreadable'],
  ])('%s', (_, { certificate }, octets, fit) => {
    const [one] = given(certificate);
    expect(keyFit(octets, one!)).toBe(fit);
  });

  test('the same public key with a compressed point fits', () => {
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-conv_form', 'compressed', '-out', 'small.key');
    const certificate = openssl('req', '-x509', '-new', '-key', 'small.key', '-subj', '/CN=small').toString();
    const full = createPrivateKey(readFileSync(join(folder, 'small.key')));
    const jwk = createPrivateKey({ key: full.export({ format: 'jwk' }), format: 'jwk' });
    expect(keyFit(written(jwk, { type: 'pkcs8', format: 'pem' }), given(certificate)[0]!)).toBe('fits');
  });
});

describe('the key in the same file', () => {
  const { rsa, ec, other } = pairs;
  test.each<[string, readonly string[], readonly (string | undefined)[]]>([
    ['in front', [rsa.pem, rsa.certificate], ['fits']],
    ['behind', [rsa.certificate, rsa.pem], ['fits']],
    ['wrong', [other.pem, rsa.certificate], ['differs']],
    ['each in front of its own', [rsa.pem, rsa.certificate, ec.pem, ec.certificate], ['fits', 'fits']],
    ['each in front of the other', [ec.pem, rsa.certificate, rsa.pem, ec.certificate], ['differs', 'differs']],
    ['of the first only', [rsa.pem, rsa.certificate, ec.certificate], ['fits', undefined]],
    ['none', [rsa.certificate], [undefined]],
    ['behind two, which are not told apart', [rsa.certificate, ec.certificate, rsa.pem], [undefined, undefined]],
  ])('%s', (_, texts, fits) => {
    const all = given(...texts);
    expect(all.map((one) => ownKeyFit(bytes(texts.join('')), one, all))).toEqual(fits);
  });
});
