import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CertificateFacts, readCertificate } from '../../lib/certs/facts.ts';
import { readCertificateFile } from '../../lib/certs/load.ts';
import { certificateNames, matchNames, normalizeHostName } from '../../lib/certs/names.ts';
import { describeCertificateProblem } from '../../lib/certs/problems.ts';
import { caseOf, cases, der, factsOf } from './cases.ts';

const name = (text: string): Uint8Array => der(0x30, der(0x31, der(0x30, der(0x06, [0x55, 4, 3]), der(0x0c, text))));
const ecdsa = der(0x30, der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]));
const ed25519Key = der(0x30, der(0x30, der(0x06, [0x2b, 0x65, 0x70])), der(0x03, new Uint8Array(33)));
const mlDsa65 = [0x60, 0x86, 0x48, 1, 0x65, 3, 4, 3, 0x12];

interface Parts {
  readonly serial?: Uint8Array;
  readonly subject?: Uint8Array;
  readonly key?: Uint8Array;
  readonly algorithm?: Uint8Array;
  readonly extensions?: readonly Uint8Array[];
  readonly uniqueIdentifiers?: readonly Uint8Array[];
}

/** A certificate put together by hand, with a signature that is none. */
function handMade(parts: Parts): Uint8Array {
  const extensions = parts.extensions === undefined ? [] : [der(0xa3, der(0x30, ...parts.extensions))];
  const algorithm = parts.algorithm ?? ecdsa;
  const validity = der(0x30, der(0x17, '261001000000Z'), der(0x17, '270418235959Z'));
  const issuer = name('Hand');
  const head = [der(0xa0, der(0x02, [2])), parts.serial ?? der(0x02, [1]), algorithm, issuer, validity];
  const tail = [parts.subject ?? name('a'), parts.key ?? ed25519Key, ...(parts.uniqueIdentifiers ?? []), ...extensions];
  return der(0x30, der(0x30, ...head, ...tail), algorithm, der(0x03, [0, 1, 2]));
}

const extension = (identifier: readonly number[], value: Uint8Array, ...critical: Uint8Array[]): Uint8Array =>
  der(0x30, der(0x06, identifier), ...critical, der(0x04, value));

function facts(parts: Parts): CertificateFacts {
  return factsOf(handMade(parts));
}

function problem(octets: Uint8Array): string {
  const read = readCertificate(octets);
  return 'problem' in read ? read.problem : 'none';
}

describe('unusual certificates', () => {
  test('a post-quantum key keeps its object identifier and never throws', () => {
    const key = der(0x30, der(0x30, der(0x06, mlDsa65)), der(0x03, new Uint8Array(1953)));
    const octets = handMade({ key, algorithm: der(0x30, der(0x06, mlDsa65)), subject: name('Hand') });
    expect(factsOf(octets)).toMatchObject({
      keyType: 'ml-dsa-65',
      keyBits: 1952 * 8,
      signatureAlgorithm: 'ML-DSA-65',
      signatureHash: undefined,
      selfIssued: true,
    });
    // Where this Node knows ML-DSA it sees the false signature; elsewhere the question stays open.
    expect(factsOf(octets).selfSigned).toBe(nodeCanRead(octets) ? false : undefined);
  });

  test.each<[string, Parts, Partial<CertificateFacts>]>([
    ['negative serial number', { serial: der(0x02, [0xfe]) }, { serialHex: '-2' }],
    ['serial number with the top bit', { serial: der(0x02, [0, 0x80]) }, { serialHex: '80' }],
    ['serial number zero', { serial: der(0x02, [0]) }, { serialHex: '00' }],
    ['unknown signature algorithm', { algorithm: der(0x30, der(0x06, [0x2a, 3])) }, { signatureAlgorithm: '1.2.3' }],
    ['a forged self-signature', { subject: name('Hand') }, { selfIssued: true, selfSigned: false }],
    ['explicit FALSE', { extensions: [extension([0x55, 29, 19], der(0x30, der(0x01, [0])))] }, { isCa: false }],
    ['critical FALSE', { extensions: [extension([0x2a, 3], der(5), der(1, [0]))] }, { criticalUnknownExtensions: [] }],
    [
      'empty TLS feature list',
      { extensions: [extension([0x2b, 6, 1, 5, 5, 7, 1, 24], der(0x30))] },
      { mustStaple: false },
    ],
    [
      'TLS feature 17',
      { extensions: [extension([0x2b, 6, 1, 5, 5, 7, 1, 24], der(0x30, der(2, [17])))] },
      { mustStaple: true },
    ],
    ['empty keyUsage', { extensions: [extension([0x55, 29, 15], der(0x03, [0]))] }, { keyUsage: [] }],
    ['unique identifiers', { uniqueIdentifiers: [der(0x81, [0, 1]), der(0x82, [0, 1])] }, { subject: 'CN=a' }],
    [
      'DSA without parameters',
      { key: der(0x30, der(0x30, der(0x06, [0x2a, 0x86, 0x48, 0xce, 0x38, 4, 1])), der(3, [0, 2])) },
      { keyType: 'dsa', keyBits: 0 },
    ],
    [
      'RSASSA-PSS without parameters',
      { algorithm: der(0x30, der(0x06, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 10])) },
      { signatureAlgorithm: 'rsassaPss', signatureHash: 'sha1' },
    ],
  ])('%s', (_, parts, expected) => {
    expect(facts(parts)).toMatchObject(expected);
  });

  test.each<[string, Uint8Array, string]>([
    ['empty', new Uint8Array(), 'the certificate is missing'],
    ['no SEQUENCE', Uint8Array.of(4, 0), 'the certificate has tag 0x04 where 0x30 belongs'],
    ['octets behind it', Uint8Array.from([...caseOf('root').der, 0]), 'the certificate has octets left over'],
    [
      'an extension twice',
      handMade({ extensions: [extension([0x2a, 3], der(5)), extension([0x2a, 3], der(5))] }),
      'extension 1.2.3 stands twice',
    ],
    [
      'another type in an extension',
      handMade({ extensions: [extension([0x55, 29, 14], der(5))] }),
      'subjectKeyIdentifier has tag 0x05 where 0x04 belongs',
    ],
    [
      'two values in an extension',
      handMade({ extensions: [der(0x30, der(6, [0x55, 29, 14]), der(4, der(4), der(4)))] }),
      'extension 2.5.29.14 has octets left over',
    ],
    [
      'an RSA key that is none',
      handMade({ key: der(0x30, der(0x30, der(0x06, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1])), der(3, [0, 2])) }),
      'the RSA key has tag 0x02 where 0x30 belongs',
    ],
    [
      'a BIT STRING without octets',
      handMade({ key: der(0x30, der(0x30, der(0x06, [0x2b, 0x65, 0x70])), der(3)) }),
      'the public key is not a BIT STRING',
    ],
    [
      'a BOOLEAN of two octets',
      handMade({ extensions: [extension([0x55, 29, 19], der(0x30, der(1, [0, 0])))] }),
      'cA is not a BOOLEAN',
    ],
    [
      'a name of no kind',
      handMade({ extensions: [extension([0x55, 29, 17], der(0x30, der(0x0c, 'a')))] }),
      'a name of subjectAltName has no known kind',
    ],
  ])('%s is a problem', (_, octets, expected) => {
    expect(problem(octets)).toBe(expected);
  });
});

describe('any octets', () => {
  const mutated = fc
    .record({
      octets: fc.constantFrom(...cases.map((one) => one.der)),
      changes: fc.array(
        fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.integer({ min: 0, max: 255 }) }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      cut: fc.double({ min: 0.5, max: 3, noNaN: true }),
    })
    .map(({ octets, changes, cut }) => {
      const copy = Uint8Array.from(octets.subarray(0, Math.ceil(octets.length * Math.min(1, cut))));
      for (const { at, to } of changes) copy[Math.floor(at * (copy.length - 1))] = to;
      return copy;
    });

  test('changed certificates give facts or a problem inside the octets', () => {
    fc.assert(
      fc.property(mutated, (octets) => {
        const read = readCertificate(octets);
        if ('problem' in read) {
          expect(read.problem).not.toBe('');
          expect(read.offset).toBeLessThanOrEqual(octets.length);
        } else {
          expect(read.facts.notAfter).not.toBeNaN();
          expect(certificateNames(read.facts).names.every((one) => !one.includes(' '))).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('changed and random files give certificates or a sentence', () => {
    const files = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      mutated,
      mutated.map((octets) =>
        Buffer.from(
          `-----BEGIN CERTIFICATE-----\n${Buffer.from(octets).toString('base64')}\n-----END CERTIFICATE-----\n`,
        ),
      ),
    );
    fc.assert(
      fc.property(files, (octets) => {
        const { certificates, problems } = readCertificateFile('f', octets, []);
        expect(certificates.length + problems.length).toBeGreaterThan(0);
        for (const one of problems) expect(describeCertificateProblem(one)).toMatch(/^f[: ]./);
      }),
      { numRuns: 1000 },
    );
  });

  test('any text is a host name or none, and normal forms stay as they are', () => {
    const facts = factsOf(caseOf('eku-both').der);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.domain()), (text) => {
        const normal = normalizeHostName(text);
        if (normal === undefined) return;
        expect(normal).toMatch(/^[a-z\d_.-]{1,253}$/);
        expect(normalizeHostName(normal)).toBe(normal);
        expect(matchNames([text], { ...facts, dnsNames: [normal.toUpperCase()] }).host).toBe(
          /^-|-\.|\.-|-$/.test(normal) ? undefined : normal,
        );
      }),
      { numRuns: 1000 },
    );
  });
});

describe('time grows with the size only', () => {
  const certificates = (size: number): Uint8Array => Buffer.from(caseOf('eku-both').pem.repeat(size / 1000));
  const repeated = (text: string) => (size: number) => Buffer.from(text.repeat(size / text.length));
  const manyNames = (size: number): Uint8Array => {
    const names = Buffer.alloc(size - (size % 4), Buffer.from([0x82, 2, 0x61, 0x62]));
    return handBuilt(names);
  };

  test.each<[string, (size: number) => Uint8Array]>([
    ['copies of a certificate', certificates],
    ['BEGIN lines', repeated('-----BEGIN CERTIFICATE-----\n')],
    ['BEGIN without line ends', repeated('-----BEGIN CERTIFICATE-----')],
    ['END lines', repeated('-----END CERTIFICATE-----\n')],
    ['unfinished BEGIN', repeated('-----BEGIN ')],
    ['dashes', repeated('-')],
    ['dashes and B', repeated('-----B')],
    ['empty lines', repeated('\n')],
    ['names in one certificate', manyNames],
    ['nested SEQUENCEs', (size) => Buffer.alloc(size, Buffer.from([0x30, 0x80]))],
  ])('%s', (_, make) => {
    const small = fastest(make(100_000));
    const large = fastest(make(800_000));
    // Eight times the octets; a quadratic reader would take sixty-four times as long.
    expect(large).toBeLessThan(Math.max(small, 5) * 8 * 3);
  });
});

function fastest(octets: Uint8Array): number {
  const times = [1, 2].map(() => {
    const start = performance.now();
    readCertificateFile('f', octets, []);
    readCertificate(octets);
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** A DER value of any size; `der` writes two length octets at most. */
function large(tagOctet: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(parts);
  const length = Buffer.alloc(5);
  length.writeUInt32BE(body.length, 1);
  length[0] = 0x84;
  const short = body.length >= 0x1000000 ? length : Buffer.concat([Buffer.of(0x83), length.subarray(2)]);
  return Buffer.concat([Buffer.of(tagOctet), short, body]);
}

function handBuilt(names: Uint8Array): Uint8Array {
  const san = large(0x30, der(0x06, [0x55, 29, 17]), large(0x04, large(0x30, names)));
  const validity = der(0x30, der(0x17, '261001000000Z'), der(0x17, '270418235959Z'));
  const head = [der(0xa0, der(0x02, [2])), der(0x02, [1]), ecdsa, name('Hand'), validity, name('a'), ed25519Key];
  return large(0x30, large(0x30, ...head, large(0xa3, large(0x30, san))), ecdsa, der(0x03, [0, 1]));
}

function nodeCanRead(octets: Uint8Array): boolean {
  try {
    return new X509Certificate(octets).publicKey.asymmetricKeyType !== undefined;
  } catch {
    return false;
  }
}
