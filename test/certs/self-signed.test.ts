import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { checkServerIdentity as checkIdentity, connect, createServer, type PeerCertificate } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { derIdentifier, derInteger, derTime, derValue } from '../../lib/certs/der-write.ts';
import { readCertificate } from '../../lib/certs/facts.ts';
import { selfSigned } from '../../lib/certs/self-signed.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const made = selfSigned({
  names: ['localhost', 'dns.example.net.'],
  addresses: ['127.0.0.1', '::1', '2001:db8::a:0:1', 'fe80::1%lo', '::ffff:192.0.2.1', 'nonsense'],
  now,
});

describe('a certificate that signs itself', () => {
  test('says what it was asked to say', () => {
    const read = readCertificate(new Uint8Array(new X509Certificate(made.cert).raw));
    if ('problem' in read) throw new Error(read.problem);
    const { facts } = read;
    expect(facts).toMatchObject({
      dnsNames: ['localhost', 'dns.example.net'],
      invalidDnsNames: [],
      isCa: false,
      selfSigned: true,
      curve: 'P-256',
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
      signatureHash: 'sha256',
    });
    const shown = new X509Certificate(made.cert);
    expect(shown.subjectAltName?.split(', ')).toEqual([
      'DNS:localhost',
      'DNS:dns.example.net',
      'IP Address:127.0.0.1',
      'IP Address:0:0:0:0:0:0:0:1',
      'IP Address:2001:DB8:0:0:0:A:0:1',
      'IP Address:FE80:0:0:0:0:0:0:1',
      'IP Address:0:0:0:0:0:FFFF:C000:201',
    ]);
    expect([shown.ca, shown.subject, shown.issuer]).toEqual([
      false,
      'CN=zonewright test server',
      'CN=zonewright test server',
    ]);
    expect([Date.parse(shown.validFrom), Date.parse(shown.validTo)]).toEqual([now - 3_600_000, now + 30 * 86_400_000]);
    expect(shown.verify(shown.publicKey)).toBe(true);
    expect(shown.checkPrivateKey(createPrivateKey(made.key))).toBe(true);
  });

  test('has the pin of its key, and another key each time', () => {
    const info = createPublicKey(made.cert).export({ type: 'spki', format: 'der' });
    expect(made.pin).toBe(createHash('sha256').update(info).digest('base64'));
    expect(selfSigned({ now }).pin).not.toBe(made.pin);
  });

  test.each([
    ['localhost', undefined],
    ['127.0.0.1', undefined],
    ['::1', undefined],
    ['other.example', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('is trusted as %s by those who have it as their root', async (name, code) => {
    const own = selfSigned({ names: ['localhost'], addresses: ['127.0.0.1', '::1'], now: Date.now() });
    const server = createServer({ cert: own.cert, key: own.key });
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const failure = await new Promise<string | undefined>((resolve) => {
      const checkServerIdentity = (_: string, shown: PeerCertificate) => checkIdentity(name, shown);
      const socket = connect({ port, host: '127.0.0.1', ca: own.cert, checkServerIdentity });
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
      socket.on('secureConnect', () => {
        resolve(undefined);
        socket.end();
      });
    });
    server.close();
    expect(failure).toBe(code);
  });
});

describe('DER', () => {
  const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

  test.each([
    [0, '020100'],
    [0x7f, '02017f'],
    [0x80, '02020080'],
  ])('INTEGER %i', (number, expected) => {
    expect(hex(derInteger([number]))).toBe(expected);
    expect(hex(derInteger([0, 0, number]))).toBe(expected);
  });

  test.each([
    ['1.2.840.10045.4.3.2', '06082a8648ce3d040302'],
    ['2.5.4.3', '0603550403'],
    ['2.999.3', '0603883703'],
  ])('OBJECT IDENTIFIER %s', (text, expected) => {
    expect(hex(derIdentifier(text))).toBe(expected);
  });

  test.each([
    ['2049-12-31T23:59:59Z', '170d3439313233313233353935395a'],
    ['2050-01-01T00:00:00Z', '180f32303530303130313030303030305a'],
  ])('time %s', (text, expected) => {
    expect(hex(derTime(Date.parse(text)))).toBe(expected);
  });

  test.each([
    [127, '047f'],
    [128, '048180'],
    [256, '04820100'],
    [65536, '0483010000'],
  ])('a length of %i', (length, head) => {
    expect(hex(derValue(0x04, new Uint8Array(length)).subarray(0, head.length / 2))).toBe(head);
  });
});
