import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CertificateFile, readCertificateFile } from '../../lib/certs/load.ts';
import { describeCertificateProblem, isHarmless } from '../../lib/certs/problems.ts';
import { caseOf, der } from './cases.ts';

const pem = (name: string): string => caseOf(name).pem;
const block = (label: string): string => `-----BEGIN ${label}-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END ${label}-----\n`;
const key = block('PRIVATE KEY');

function load(content: string | Uint8Array): CertificateFile {
  return readCertificateFile('x.pem', typeof content === 'string' ? Buffer.from(content) : content, ['server']);
}

function outline({ certificates }: CertificateFile): [number, string, string[]][] {
  return certificates.map(({ index, facts, chain }) => [
    index,
    facts.subject.replace(/,.*/, ''),
    chain.map((issuer) => issuer.facts.subject.replace(/,.*/, '')),
  ]);
}

describe('readCertificateFile', () => {
  test.each<[string, string[], [number, string, string[]][], string[]]>([
    ['one leaf', ['eku-both'], [[0, 'CN=eku-both', []]], []],
    ['leaf and intermediate', ['eku-both', 'issuing'], [[0, 'CN=eku-both', ['CN=Example CA 1']]], []],
    [
      'leaf, intermediate and root',
      ['eku-both', 'issuing', 'root'],
      [[0, 'CN=eku-both', ['CN=Example CA 1', 'CN=Example Root']]],
      [],
    ],
    [
      'the same in the wrong order',
      ['root', 'issuing', 'eku-both'],
      [[2, 'CN=eku-both', ['CN=Example CA 1', 'CN=Example Root']]],
      [],
    ],
    [
      'two leaves of one issuer',
      ['eku-both', 'issuing', 'eku-client'],
      [
        [0, 'CN=eku-both', ['CN=Example CA 1']],
        [2, 'CN=eku-client', ['CN=Example CA 1']],
      ],
      [],
    ],
    [
      'leaves of different issuers',
      ['eku-both', 'issuing', 'constrained-leaf', 'constrained'],
      [
        [0, 'CN=eku-both', ['CN=Example CA 1']],
        [2, 'CN=mx1.example.org', ['CN=Example CA 2']],
      ],
      [],
    ],
    ['a leaf that is a CA certificate', ['ca-leaf'], [[0, 'CN=mx1.example.net', []]], []],
    ['a self-signed leaf', ['self-ed25519'], [[0, 'CN=mx1.example.net', []]], []],
    ['an intermediate and its root alone', ['issuing', 'root'], [[0, 'CN=Example CA 1', ['CN=Example Root']]], []],
    ['the intermediate of another leaf', ['eku-both', 'constrained'], [[0, 'CN=eku-both', []]], ['unrelated-issuer']],
    ['the same leaf twice', ['eku-both', 'eku-both'], [[0, 'CN=eku-both', []]], ['repeated']],
    ['CA certificates of several trees', ['issuing', 'constrained', 'rsa-root'], [], ['only-issuers']],
  ])('%s', (_, names, expected, codes) => {
    const file = load(names.map(pem).join(''));
    expect(outline(file)).toEqual(expected);
    expect(file.problems.map(({ code }) => code)).toEqual(codes);
  });

  test('gives roles, octet range and whether a key stands beside the certificate', () => {
    const bytes = Buffer.from(`${key}${pem('eku-both')}`);
    const [given] = readCertificateFile('dir/mx1.pem', bytes, ['server', 'client']).certificates;
    expect(given).toMatchObject({
      file: 'dir/mx1.pem',
      roles: ['server', 'client'],
      roleSource: 'given',
      hasKey: true,
    });
    expect(bytes.subarray(given!.span.start, given!.span.end).toString()).toBe(pem('eku-both').trimEnd());
    const [without] = readCertificateFile('mx1.pem', Buffer.from(pem('eku-both')), []).certificates;
    expect(without).toMatchObject({ roles: [], roleSource: 'none', hasKey: false });
  });

  test('reads a bare DER certificate, with a line end behind it too', () => {
    const octets = caseOf('eku-both').der;
    expect(outline(load(octets))).toEqual([[0, 'CN=eku-both', []]]);
    expect(outline(load(new Uint8Array([...octets, 0x0a])))).toEqual([[0, 'CN=eku-both', []]]);
  });

  test('reads a TRUSTED CERTIFICATE, whose DER goes on behind the certificate', () => {
    const trusted = Buffer.concat([caseOf('eku-both').der, der(0x30, der(0x0c, 'alias'))]).toString('base64');
    const file = load(`-----BEGIN TRUSTED CERTIFICATE-----\n${trusted}\n-----END TRUSTED CERTIFICATE-----\n`);
    expect(outline(file)).toEqual([[0, 'CN=eku-both', []]]);
    expect(file.problems).toEqual([]);
  });

  test('goes on behind a broken block', () => {
    const file = load(block('CERTIFICATE') + pem('eku-both'));
    expect(outline(file)).toEqual([[1, 'CN=eku-both', []]]);
    expect(file.problems.map(describeCertificateProblem)).toEqual([
      'x.pem: this is no X.509 certificate: the certificate says 46 octets but only 14 are left',
    ]);
  });

  test('two self-signed CA:TRUE certificates with their keys are host certificates', () => {
    const file = load(key + pem('root') + key + pem('rsa-root'));
    expect(outline(file).map(([index]) => index)).toEqual([0, 1]);
    expect(file.problems).toEqual([]);
  });

  test('every file of the example is read without a problem', () => {
    const folder = new URL('../example/certificates/', import.meta.url);
    const names = ['mx1', 'mx2', 'out1', 'old-mx1', 'wrong-mx2', 'wildcard', 'cn-only', 'weak', 'server-only'];
    for (const name of names) {
      const file = readCertificateFile(name, readFileSync(new URL(`${name}.pem`, folder)), []);
      expect(file.problems).toEqual([]);
      expect(file.certificates.map(({ chain }) => chain[0]?.facts.subject)).toEqual([
        'CN=Example Mail CA 1,O=Example Mail Trust',
      ]);
    }
    const hashes = readFileSync(new URL('README.md', folder), 'utf8').match(/[\da-f]{64}/g);
    const given = ['mx1', 'mx2'].map((name) => load(readFileSync(new URL(`${name}.pem`, folder))).certificates[0]);
    expect(hashes).toEqual(given.map((one) => one?.facts.spkiSha256));
  });
});

describe('what a file is instead of a certificate', () => {
  const begin = "'-----BEGIN CERTIFICATE-----'";
  const give = 'give the certificate file (often cert.pem or fullchain.pem)';
  const octets = caseOf('eku-both').der;
  const rsaKey = der(0x30, der(0x02, [0]), der(0x02, [5]), der(0x02, [3]));
  const pkcs8 = der(0x30, der(0x02, [0]), der(0x30, der(0x06, [0x2b, 0x65, 0x70])), der(0x04, [1]));
  const encrypted = der(0x30, der(0x30, der(0x06, [0x2a, 3])), der(0x04, [1, 2]));
  const name = der(0x30, der(0x31, der(0x30, der(0x06, [0x55, 4, 3]), der(0x0c, 'x'))));
  const algorithm = der(0x30, der(0x06, [0x2b, 0x65, 0x70]));
  const request = der(
    0x30,
    der(0x30, der(0x02, [0]), name, der(0x30, algorithm, der(0x03, [0, 1])), der(0xa0)),
    algorithm,
    der(0x03, [0, 1]),
  );
  const pfx = der(0x30, der(0x02, [3]), der(0x30, der(0x06, [0x2a, 3])));
  const cms = der(0x30, der(0x06, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2]), der(0xa0));

  test.each<[string, string | Uint8Array, string]>([
    ['PEM key', key, `x.pem is a private key, not a certificate: ${give}`],
    [
      'PEM key with parameters',
      block('EC PARAMETERS') + block('EC PRIVATE KEY'),
      `x.pem is a private key, not a certificate: ${give}`,
    ],
    ['DER PKCS#8 key', pkcs8, `x.pem is a private key, not a certificate: ${give}`],
    ['DER RSA key', rsaKey, `x.pem is a private key, not a certificate: ${give}`],
    ['DER encrypted key', encrypted, `x.pem is a private key, not a certificate: ${give}`],
    ['PEM public key', block('PUBLIC KEY'), `x.pem is a public key, not a certificate: ${give}`],
    [
      'PEM request',
      block('CERTIFICATE REQUEST'),
      'x.pem is a certificate request, not a certificate: give the certificate that the CA returned for it',
    ],
    [
      'DER request',
      request,
      'x.pem is a certificate request, not a certificate: give the certificate that the CA returned for it',
    ],
    ['PKCS#12', pfx, 'x.pem is a PKCS#12 file: convert it with openssl pkcs12 -in x.pem -nokeys -out cert.pem'],
    [
      'DER PKCS#7',
      cms,
      'x.pem is a PKCS#7 file: convert it with openssl pkcs7 -in x.pem -print_certs -out cert.pem (with -inform DER if binary)',
    ],
    [
      'PEM PKCS#7',
      block('PKCS7'),
      'x.pem is a PKCS#7 file: convert it with openssl pkcs7 -in x.pem -print_certs -out cert.pem (with -inform DER if binary)',
    ],
    [
      'Java keystore',
      new Uint8Array([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]),
      'x.pem is a Java keystore: export the certificate with keytool -exportcert -rfc -keystore x.pem -alias NAME',
    ],
    [
      'UTF-16',
      Buffer.from(`\ufeff${pem('eku-both')}`, 'utf16le'),
      'x.pem is UTF-16 text, which mail servers cannot read: save it as ASCII or UTF-8',
    ],
    ['nothing', '', 'x.pem is empty: give a certificate file in PEM form'],
    ['a zone', '@ IN MX 10 mx1\n', `x.pem has no PEM certificate block: ${give}, which holds a line ${begin}`],
    [
      'binary',
      new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]),
      `x.pem has no PEM certificate block: ${give}, which holds a line ${begin}`,
    ],
    [
      'some other DER',
      der(0x30, der(0x01, [0xff])),
      `x.pem has no PEM certificate block: ${give}, which holds a line ${begin}`,
    ],
    [
      'base64 alone',
      pem('eku-both').replace(/-----.*-----\n/g, ''),
      `x.pem has no PEM certificate block, only base64 text: put it between the lines ${begin} and '-----END CERTIFICATE-----'`,
    ],
    ['revocation list', block('X509 CRL'), `x.pem holds 'X509 CRL', not a certificate: ${give}`],
    [
      'cut short',
      pem('eku-both').slice(0, 300),
      "x.pem: the 'CERTIFICATE' block has no END line: the file is cut short; copy it again",
    ],
    ['cut DER', octets.subarray(0, 200), `x.pem has no PEM certificate block: ${give}, which holds a line ${begin}`],
    [
      'damaged',
      pem('eku-both').replace('M', '*'),
      "x.pem: the 'CERTIFICATE' block is not base64 text from here on: copy the file again",
    ],
    [
      'END alone',
      '-----END CERTIFICATE-----\n',
      "x.pem: this END 'CERTIFICATE' line has no BEGIN line before it: copy the file again",
    ],
  ])('%s', (_, content, sentence) => {
    const { certificates, problems } = load(content);
    expect(certificates).toEqual([]);
    expect(problems.map(describeCertificateProblem)).toEqual([sentence]);
    expect(problems.some(({ code }) => isHarmless(code))).toBe(false);
  });

  test.each<[string, string, string]>([
    [
      'joined files',
      pem('eku-both').trimEnd() + pem('eku-client'),
      'x.pem: a BEGIN or END line must stand alone at the start of its line, or mail servers do not find the block: when joining files, put a line end between them',
    ],
    [
      'an issuer of nothing',
      pem('eku-both') + pem('constrained'),
      "x.pem: the CA certificate 'CN=Example CA 2,O=Example Trust' issued no certificate of this file: remove it, or put the right intermediate in its place",
    ],
    [
      'several issuers of nothing',
      pem('eku-both') + pem('constrained') + pem('rsa-root'),
      "x.pem: the CA certificate 'CN=Example CA 2,O=Example Trust' and 1 more issued no certificate of this file: remove it, or put the right intermediate in its place",
    ],
    [
      'a copy',
      pem('eku-both') + pem('eku-both'),
      "x.pem: the certificate 'CN=eku-both' stands in this file already: remove the second copy",
    ],
  ])('%s is only a warning', (_, content, sentence) => {
    const { certificates, problems } = load(content);
    expect(certificates).not.toEqual([]);
    expect(problems.map(describeCertificateProblem)).toEqual([sentence]);
    expect(problems.every(({ code }) => isHarmless(code))).toBe(true);
  });

  test('no sentence holds octets of a key', () => {
    const secret = 'c2VjcmV0IG9jdGV0cyBvZiBhIGtleQ';
    const broken = `-----BEGIN PRIVATE KEY-----\n${secret}\n-----BEGIN PRIVATE KEY-----\n${secret}!\n-----END RSA PRIVATE KEY-----\n`;
    const { problems } = load(broken);
    expect(problems.map(({ code }) => code)).toEqual(['unterminated', 'label-mismatch', 'private-key']);
    expect(JSON.stringify(problems) + problems.map(describeCertificateProblem).join('')).not.toContain(secret);
  });
});
