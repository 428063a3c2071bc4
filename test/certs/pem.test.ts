import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPem } from '../../lib/certs/pem.ts';
import { caseOf } from './cases.ts';

const { pem, der } = caseOf('eku-none');
const other = caseOf('eku-both');
const key = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n';

function read(text: string): { kinds: string[]; decoded: boolean[]; codes: string[] } {
  const { blocks, faults } = readPem(Buffer.from(text));
  return {
    kinds: blocks.map(({ kind }) => kind),
    decoded: blocks.map((block) => block.der !== undefined),
    codes: faults.map(({ code }) => code),
  };
}

describe('readPem', () => {
  test('gives label, octet range and DER of every block, and skips the text between', () => {
    const bytes = Buffer.from(`subject=/CN=ä\n${pem}\nissuer=x\n${other.pem}`);
    const { blocks, faults } = readPem(bytes);
    expect(faults).toEqual([]);
    expect(blocks.map(({ label }) => label)).toEqual(['CERTIFICATE', 'CERTIFICATE']);
    expect(blocks.map((block) => Buffer.from(block.der ?? []).toString('hex'))).toEqual(
      [der, other.der].map((octets) => Buffer.from(octets).toString('hex')),
    );
    expect(bytes.subarray(blocks[1]!.start, blocks[1]!.end).toString()).toBe(other.pem.trimEnd());
  });

  test.each<[string, string, string[], string[]]>([
    ['line ends of Windows', pem.replaceAll('\n', '\r\n'), ['certificate'], []],
    ['no final line end', pem.trimEnd(), ['certificate'], []],
    ['spaces behind the lines', pem.replaceAll('\n', ' \t\n'), ['certificate'], []],
    ['one long base64 line', pem.replace(/(?<=[^-])\n(?=[^-])/g, ''), ['certificate'], []],
    ['empty lines inside', pem.replaceAll('\n', '\n\n'), ['certificate'], []],
    ['joined without a line end', pem.trimEnd() + other.pem, ['certificate', 'certificate'], ['boundary-not-alone']],
    ['END behind base64 text', pem.replace('\n-----END', '-----END'), ['certificate'], ['boundary-not-alone']],
    ['indented', `  ${pem.replaceAll('\n', '\n  ')}`, ['certificate'], ['boundary-not-alone', 'boundary-not-alone']],
    ['byte order mark', `\ufeff${pem}`, ['certificate'], ['boundary-not-alone']],
    ['words about PEM', `use a -----BEGIN CERTIFICATE----- line\n${pem}`, ['certificate'], []],
    ['cut short', pem.slice(0, 200), [], ['unterminated']],
    [
      'cut short before the next',
      pem.slice(0, 200) + other.pem,
      ['certificate'],
      ['boundary-not-alone', 'unterminated'],
    ],
    ['next BEGIN before END', `${pem.slice(0, 93)}\n${other.pem}`, ['certificate'], ['unterminated']],
    ['END alone', pem.slice(60), [], ['end-without-begin']],
    ['other END', pem.replace('END CERT', 'END TRUSTED CERT'), ['certificate'], ['label-mismatch']],
    ['a character that is no base64', pem.replace(/.\n-----END/, '!\n-----END'), ['certificate'], ['bad-base64']],
    ['a character left out', pem.replace(/.\n-----END/, '\n-----END'), ['certificate'], ['bad-base64']],
    ['text behind padding', pem.replace(/\n-----END/, '=A\n-----END'), ['certificate'], ['bad-base64']],
    ['key and certificate', key + pem, ['private-key', 'certificate'], []],
    ['request', key.replaceAll('PRIVATE KEY', 'CERTIFICATE REQUEST'), ['certificate-request'], []],
    ['old request', key.replaceAll('PRIVATE KEY', 'NEW CERTIFICATE REQUEST'), ['certificate-request'], []],
    ['encrypted key', key.replaceAll('PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'), ['private-key'], []],
    ['OpenSSH key', key.replaceAll('PRIVATE KEY', 'OPENSSH PRIVATE KEY'), ['private-key'], []],
    ['PGP key', key.replaceAll('PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'), ['private-key'], []],
    ['public key', key.replaceAll('PRIVATE KEY', 'PUBLIC KEY'), ['public-key'], []],
    ['parameters', key.replaceAll('PRIVATE KEY', 'DH PARAMETERS'), ['other'], []],
    ['revocation list', key.replaceAll('PRIVATE KEY', 'X509 CRL'), ['other'], []],
    ['trusted certificate', pem.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE'), ['certificate'], []],
    ['PKCS#7', key.replaceAll('PRIVATE KEY', 'PKCS7'), ['pkcs7'], []],
    ['a line of dashes', `${'-'.repeat(70)}\n${pem}`, ['certificate'], []],
    ['nothing', '', [], []],
  ])('%s', (_, text, kinds, codes) => {
    expect(read(text)).toMatchObject({ kinds, codes });
  });

  test('never decodes a private key', () => {
    expect(read(key + pem).decoded).toEqual([false, true]);
  });

  test('shows where the base64 text breaks', () => {
    const text = `${pem.slice(0, 100)}!${pem.slice(101)}`;
    expect(readPem(Buffer.from(text)).faults).toEqual([
      { code: 'bad-base64', label: 'CERTIFICATE', start: 100, end: 101 },
    ]);
  });

  test('any octets are accepted, and blocks lie in order inside the file', () => {
    const pieces = fc.constantFrom(
      '-----BEGIN CERTIFICATE-----',
      '-----END CERTIFICATE-----',
      '\n',
      '-',
      'QUJD',
      ' ',
      'x',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(pieces, { maxLength: 30 }).map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(bytes, (octets) => {
        let last = 0;
        for (const { start, end } of readPem(octets).blocks) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(octets.length);
      }),
    );
  });
});
