import { describe, expect, test } from 'vitest';
import type { CertificateFacts } from '../../lib/certs/facts.ts';
import { readCertificate } from '../../lib/certs/facts.ts';
import { caseOf, cases, factsOf } from './cases.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);
const leaf = { isCa: false, keyUsage: ['digitalSignature'], selfIssued: false, selfSigned: false };
const mx1 = { dnsNames: ['mx1.example.net'], invalidDnsNames: [], hasSan: true };
const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';
const authority = { isCa: true, keyUsage: ['keyCertSign', 'cRLSign'], hasSan: false };

function invalidName(name: string, reason: string): Partial<CertificateFacts> {
  return { dnsNames: [name], invalidDnsNames: [{ name, reason }] };
}

const table: Readonly<Record<string, Partial<CertificateFacts>>> = {
  root: { ...authority, subject: 'CN=Example Root,O=Example Trust', selfIssued: true, selfSigned: true },
  issuing: { ...authority, issuer: 'CN=Example Root,O=Example Trust', pathLength: 0, selfSigned: false },
  constrained: { ...authority, pathLength: undefined, criticalUnknownExtensions: [] },
  'rsa-root': {
    selfSigned: true,
    keyType: 'rsa',
    signatureAlgorithm: 'sha256WithRSAEncryption',
    signatureHash: 'sha256',
  },
  'rsa-1024': { ...leaf, ...mx1, keyType: 'rsa', keyBits: 1024, rsaExponent: 65537n, extendedKeyUsage: [serverAuth] },
  'rsa-2048': { keyBits: 2048, curve: undefined },
  'rsa-2050': { keyBits: 2050 },
  'rsa-4096': { keyBits: 4096 },
  'rsa-exponent-3': { keyType: 'rsa', rsaExponent: 3n },
  'rsa-pss': { keyType: 'rsa', keyBits: 2048 },
  'ec-P-256': { keyType: 'ec', keyBits: 256, curve: 'P-256', rsaExponent: undefined },
  'ec-P-384': { keyType: 'ec', keyBits: 384, curve: 'P-384' },
  'ec-P-521': { keyType: 'ec', keyBits: 521, curve: 'P-521' },
  'ec-secp256k1': { keyBits: 256, curve: 'secp256k1' },
  'ec-brainpoolP256r1': { keyBits: 256, curve: 'brainpoolP256r1' },
  'ec-sect283k1': { keyBits: 288, curve: '1.3.132.0.16' },
  'ec-explicit': { keyBits: 256, curve: 'explicit' },
  ed25519: { keyType: 'ed25519', keyBits: 256 },
  ed448: { keyType: 'ed448', keyBits: 456 },
  dsa: { keyType: 'dsa', keyBits: 2048 },
  'self-ed25519': { selfIssued: true, selfSigned: true, signatureAlgorithm: 'ED25519', signatureHash: undefined },
  sha1: { signatureAlgorithm: 'sha1WithRSAEncryption', signatureHash: 'sha1' },
  md5: { signatureAlgorithm: 'md5WithRSAEncryption', signatureHash: 'md5' },
  sha512: { signatureAlgorithm: 'sha512WithRSAEncryption', signatureHash: 'sha512' },
  'ecdsa-sha384': { signatureAlgorithm: 'ecdsa-with-SHA384', signatureHash: 'sha384' },
  'pss-sha384': { signatureAlgorithm: 'rsassaPss', signatureHash: 'sha384' },
  'pss-sha1': { signatureAlgorithm: 'rsassaPss', signatureHash: 'sha1' },
  'san-kinds': {
    dnsNames: ['mx1.example.net', 'MX2.Example.NET'],
    invalidDnsNames: [],
    ipAddresses: ['192.0.2.10', '2001:db8::10', '2001:0:0:1::'],
    emailAddresses: ['postmaster@example.net'],
    srvNames: ['_smtp-tls.example.net'],
  },
  'san-wildcard': { dnsNames: ['*.example.net'], invalidDnsNames: [] },
  'san-ip-only': { hasSan: true, dnsNames: [], ipAddresses: ['192.0.2.10'] },
  'san-email-only': { hasSan: true, dnsNames: [], emailAddresses: ['postmaster@example.net'] },
  'san-idn': { dnsNames: ['xn--exmple-cua.net'], invalidDnsNames: [] },
  'san-trailing-dot': invalidName('mx1.example.net.', 'ends with a dot'),
  'san-space': invalidName('mx1 .example.net', 'holds a space'),
  'san-empty-label': invalidName('mx1..example.net', 'has an empty label'),
  'san-underscore': invalidName('mx_1.example.net', 'has an underscore, which host names do not hold'),
  'san-partial-wildcard': invalidName('mx*.example.net', 'has a wildcard that is not the whole left-most label'),
  'san-latin1': invalidName(
    'mx\u00e4.example2',
    'holds a character outside ASCII: an internationalised name must stand as A-labels',
  ),
  'san-nul': invalidName('mx1.example\u0000x.y', 'holds a control character'),
  'san-bad-ip': { ipAddresses: ['#01020304ff'] },
  'no-san': { hasSan: false, dnsNames: [], subjectCommonNames: ['no-san'] },
  'several-common-names': {
    subjectCommonNames: ['mx1.example.net', 'mx2.example.net', 'Mail'],
    subject: 'CN=Mail,CN=mx2.example.net,CN=mx1.example.net',
  },
  'no-subject': { subject: '', subjectCommonNames: [], ...mx1 },
  'eku-none': { extendedKeyUsage: undefined },
  'eku-server': { extendedKeyUsage: [serverAuth] },
  'eku-client': { extendedKeyUsage: [clientAuth] },
  'eku-both': { extendedKeyUsage: [serverAuth, clientAuth] },
  'eku-any': { extendedKeyUsage: ['2.5.29.37.0'] },
  'eku-critical': { extendedKeyUsage: [serverAuth, '1.2.3.4.5'], criticalUnknownExtensions: [] },
  expired: { notBefore: utc('2025-01-01T00:00:00'), notAfter: utc('2025-04-01T00:00:00') },
  future: { notBefore: utc('2030-01-01T00:00:00'), notAfter: utc('2030-04-01T00:00:00') },
  'last-century': { notBefore: utc('1960-01-01T00:00:00'), notAfter: utc('1999-12-31T23:59:59') },
  'no-end': { notBefore: utc('2050-01-01T00:00:00'), notAfter: utc('9999-12-31T23:59:59') },
  'ca-leaf': { isCa: true, pathLength: 3, keyUsage: undefined },
  'all-key-usages': {
    keyUsage: [
      'digitalSignature',
      'nonRepudiation',
      'keyEncipherment',
      'dataEncipherment',
      'keyAgreement',
      'keyCertSign',
      'cRLSign',
      'encipherOnly',
      'decipherOnly',
    ],
  },
  'constrained-leaf': { ...leaf, issuer: 'CN=Example CA 2,O=Example Trust' },
  'version-1': {
    hasSan: false,
    isCa: false,
    keyUsage: undefined,
    extendedKeyUsage: undefined,
    subjectKeyId: undefined,
  },
  'must-staple': { mustStaple: true, hasScts: false },
  timestamps: { mustStaple: false, hasScts: true },
  'unknown-critical': { criticalUnknownExtensions: ['1.2.3.4.5.6'] },
  policies: { policies: ['2.23.140.1.2.1', '1.3.6.1.4.1.44947.1.1.1'] },
  'name-escapes': {
    subject: String.raw`CN=Döner ☃,OU=\ #lead and trail\ ,O=Sue\, Grabbit \+ \"Runn\" \<x\>\;=\\,C=DE`,
    subjectCommonNames: ['Döner ☃'],
  },
  'name-kinds': {
    subject:
      'CN=mx1.example.net,SN=Lee,givenName=Ann,title=Dr,serialNumber=42,emailAddress=a@example.net,' +
      'STREET=Weg 1,ST=NRW,L=Köln,UID=u1,DC=example,DC=net',
  },
  'name-pairs': { subject: 'CN=mx1.example.net,O=Example+OU=Mail' },
};

describe('readCertificate', () => {
  test('every certificate of cases.pem has its row, and every row its certificate', () => {
    expect(cases.map(({ name }) => name)).toEqual(Object.keys(table));
  });

  test.each(Object.entries(table))('%s', (name, expected) => {
    expect(factsOf(caseOf(name).der)).toMatchObject(expected);
  });

  test('chains the key identifiers', () => {
    expect(factsOf(caseOf('eku-none').der).authorityKeyId).toBe(factsOf(caseOf('issuing').der).subjectKeyId);
  });

  test('the offset of a problem points into the DER', () => {
    const { der } = caseOf('eku-none');
    expect(readCertificate(der.subarray(0, 100))).toEqual({
      problem: `the certificate says ${der.length - 4} octets but only 96 are left`,
      offset: 0,
    });
  });
});
