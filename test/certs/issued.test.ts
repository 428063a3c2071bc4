import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { factsOf } from './cases.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const purposes = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '2.5.29.37.0', '1.2.3.4.5'];

const wishes = fc.record({
  serial: fc.bigInt({ min: 1n, max: (1n << 152n) - 1n }),
  commonNames: fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), { maxLength: 3 }),
  dnsNames: fc.array(fc.domain(), { maxLength: 5 }),
  addresses: fc.array(fc.ipV4(), { maxLength: 2 }),
  purposes: fc.uniqueArray(fc.constantFrom(...purposes), { maxLength: 4 }),
  keyUsage: fc.integer({ min: 1, max: 511 }),
  isCa: fc.boolean(),
  pathLength: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined }),
  start: fc.integer({ min: 0, max: 4_000_000_000 }),
  days: fc.integer({ min: 1, max: 40_000 }),
});

test('a certificate issued by another library gives back what was asked of it', async () => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  await fc.assert(
    fc.asyncProperty(wishes, async (wish) => {
      const names = [
        ...wish.dnsNames.map((value) => ({ type: 'dns' as const, value })),
        ...wish.addresses.map((value) => ({ type: 'ip' as const, value })),
      ];
      const notBefore = new Date(wish.start * 1000);
      const notAfter = new Date(notBefore.getTime() + wish.days * 86_400_000);
      const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        serialNumber: wish.serial.toString(16),
        name: new x509.Name(wish.commonNames.map((value) => ({ CN: [{ utf8String: value }] }))),
        notBefore,
        notAfter,
        signingAlgorithm: algorithm,
        keys,
        extensions: [
          new x509.BasicConstraintsExtension(wish.isCa, wish.isCa ? wish.pathLength : undefined, true),
          new x509.KeyUsagesExtension(wish.keyUsage as x509.KeyUsageFlags, true),
          ...(wish.purposes.length > 0 ? [new x509.ExtendedKeyUsageExtension(wish.purposes)] : []),
          ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
        ],
      });
      const facts = factsOf(new Uint8Array(certificate.rawData));
      expect(facts).toMatchObject({
        subjectCommonNames: wish.commonNames,
        dnsNames: wish.dnsNames,
        ipAddresses: wish.addresses,
        hasSan: names.length > 0,
        extendedKeyUsage: wish.purposes.length > 0 ? wish.purposes : undefined,
        isCa: wish.isCa,
        pathLength: wish.isCa ? wish.pathLength : undefined,
        notBefore: notBefore.getTime(),
        notAfter: notAfter.getTime(),
        selfIssued: true,
        selfSigned: true,
        keyType: 'ec',
        curve: 'P-256',
      });
      expect(BigInt(`0x${facts.serialHex}`)).toBe(wish.serial);
      expect(facts.keyUsage).toHaveLength([...wish.keyUsage.toString(2)].filter((bit) => bit === '1').length);
    }),
    { numRuns: 60 },
  );
});
