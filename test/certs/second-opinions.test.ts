import { execFileSync } from 'node:child_process';
import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { readCertificateFile } from '../../lib/certs/load.ts';
import { normalizeHostName } from '../../lib/certs/names.ts';
import { cases, factsOf } from './cases.ts';

const openssl = opensslVersion();
if (openssl === undefined) console.log('openssl is not installed: the comparison with openssl x509 -text is left out');

describe('the facts agree with node:crypto', () => {
  test.each(cases)('$name', ({ der }) => {
    const facts = factsOf(der);
    const node = new X509Certificate(der);
    expect(facts.serialHex).toBe(node.serialNumber.toLowerCase());
    expect(facts.fingerprintSha256).toBe(node.fingerprint256.replaceAll(':', '').toLowerCase());
    expect(facts.notBefore).toBe(Date.parse(node.validFrom));
    expect(facts.notAfter).toBe(Date.parse(node.validTo));
    expect(facts.isCa).toBe(node.ca);
    expect(facts.extendedKeyUsage).toEqual(node.keyUsage);
    expect(facts.selfSigned).toBe(node.checkIssued(node) && node.verify(node.publicKey));
    expect(facts.spkiSha256).toBe(
      createHash('sha256')
        .update(node.publicKey.export({ type: 'spki', format: 'der' }))
        .digest('hex'),
    );
    for (const name of facts.dnsNames) {
      const normal = normalizeHostName(name);
      if (normal !== undefined && facts.invalidDnsNames.length === 0) expect(node.checkHost(normal)).toBeDefined();
    }
    for (const address of facts.ipAddresses) {
      if (!address.startsWith('#')) expect(node.checkIP(address)).toBe(address);
    }
    expect(keyOf(node.publicKey)).toMatchObject({ keyType: facts.keyType });
    const { keyBits } = keyOf(node.publicKey);
    if (keyBits !== undefined) expect(facts.keyBits).toBe(keyBits);
  });
});

test('every root certificate that Node carries is read as Node reads it', () => {
  for (const pem of rootCertificates) {
    const { certificates, problems } = readCertificateFile('root', Buffer.from(pem), []);
    const node = new X509Certificate(pem);
    expect(problems).toEqual([]);
    expect(certificates[0]?.facts).toMatchObject({
      fingerprintSha256: node.fingerprint256.replaceAll(':', '').toLowerCase(),
      serialHex: node.serialNumber.toLowerCase().padStart(2, '0'),
      notBefore: Date.parse(node.validFrom),
      notAfter: Date.parse(node.validTo),
      isCa: node.ca,
      selfSigned: true,
      keyBits: keyOf(node.publicKey).keyBits,
    });
  }
});

describe.skipIf(openssl === undefined)('the facts agree with openssl x509 -text', () => {
  test.each(cases)('$name', ({ pem, der }) => {
    const facts = factsOf(der);
    const text = opensslText(pem);
    expect(facts.subject).toBe(rfc4514(line(text, 'Subject')));
    expect(facts.issuer).toBe(rfc4514(line(text, 'Issuer')));
    expect(facts.signatureAlgorithm).toBe(line(text, 'Signature Algorithm').trim());
    const bits = /Public-Key: \((\d+) bit\)/.exec(text)?.[1];
    // OpenSSL counts the bits of the group order of a binary curve, which may be fewer than those of the field.
    if (bits !== undefined && facts.curve !== '1.3.132.0.16') expect(facts.keyBits).toBe(Number(bits));
    expect(facts.rsaExponent?.toString()).toBe(/Exponent: (\d+)/.exec(text)?.[1]);
    expect(facts.keyUsage?.length).toBe(extensionLine(text, 'X509v3 Key Usage')?.split(', ').length);
    expect(facts.subjectKeyId).toBe(keyId(extensionLine(text, 'X509v3 Subject Key Identifier')));
    expect(facts.authorityKeyId).toBe(keyId(extensionLine(text, 'X509v3 Authority Key Identifier')));
    expect(facts.hasSan).toBe(text.includes('X509v3 Subject Alternative Name'));
    expect(facts.mustStaple).toBe(text.includes('TLS Feature'));
    expect(facts.hasScts).toBe(text.includes('CT Precertificate SCTs'));
    expect(facts.policies).toEqual([...text.matchAll(/Policy: (\S+)/g)].map((match) => match[1]));
    expect(facts.pathLength?.toString()).toBe(/pathlen:(\d+)/.exec(text)?.[1]);
  });
});

function keyOf(key: KeyObject): { keyType: string; keyBits: number | undefined } {
  const type = key.asymmetricKeyType === 'rsa-pss' ? 'rsa' : (key.asymmetricKeyType ?? '');
  const curveBits = /^(?:prime|secp|brainpoolP)(\d+)/.exec(key.asymmetricKeyDetails?.namedCurve ?? '')?.[1];
  const bits = key.asymmetricKeyDetails?.modulusLength ?? (curveBits === undefined ? undefined : Number(curveBits));
  return { keyType: type, keyBits: bits };
}

function opensslVersion(): string | undefined {
  try {
    return execFileSync('openssl', ['version'], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}

function opensslText(pem: string): string {
  return execFileSync('openssl', ['x509', '-noout', '-text', '-nameopt', 'RFC2253,utf8,-esc_msb'], {
    input: pem,
    encoding: 'utf8',
  });
}

function line(text: string, label: string): string {
  return new RegExp(`^ +${label}: ?(.*)$`, 'm').exec(text)?.[1] ?? '';
}

function extensionLine(text: string, label: string): string | undefined {
  return new RegExp(`^ +${label}: ?(?:critical)?\n +(.*)$`, 'm').exec(text)?.[1];
}

function keyId(text: string | undefined): string | undefined {
  return text?.replaceAll(':', '').toLowerCase();
}

function rfc4514(text: string): string {
  return text.replace('street=', 'STREET=').replace('GN=', 'givenName=');
}
