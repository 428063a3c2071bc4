import { describe, expect, test } from 'vitest';
import { readSource } from '../../../lib/certs/sources/read-source.ts';
import { type SourcePort, textOfFile } from '../../../lib/certs/sources/source.ts';
import { pem, problems, table } from './support.ts';

const noInventory = (): { problem: string } => ({ problem: 'no inventory is expected' });

/** A port in which every path is a file of the same text. */
function everywhere(text: string): SourcePort & { readonly count: () => number } {
  const bytes = new TextEncoder().encode(text);
  let reads = 0;
  return {
    read: () => {
      reads++;
      return bytes.slice();
    },
    list: () => Array.from({ length: 50 }, (_, at) => ({ name: `${at}.conf`, kind: 'file' as const })),
    kind: () => 'file',
    count: () => reads,
  };
}

const MILLION = 1_000_000;

describe('sources that are made to take long', () => {
  test.each<[string, string, string]>([
    ['Exim that includes itself', 'exim.conf', '.include x\n.include y\n.include z\ntls_certificate = /c\n'],
    ['OpenSMTPD that includes itself', 'smtpd.conf', 'include "x"\ninclude "y"\ninclude "z"\nlisten on lo pki a\n'],
    ['Dovecot that includes itself', 'dovecot.conf', '!include *.conf\n!include ?.conf\nssl_cert = </c\n'],
  ])('%s', (_, name, text) => {
    const port = everywhere(text);
    const source = readSource(`/p/${name}`, port, noInventory);
    expect(source.problems.map(({ code }) => code)).toContain('too-many-includes');
    expect(source.problems.length).toBeLessThan(250);
    expect(port.count()).toBeLessThan(2500);
  });

  test.each<[string, string, string]>([
    [
      'macros of Exim',
      'exim.conf',
      `${Array.from({ length: 60_000 }, (_, at) => `M${at}X = ${at}`).join('\n')}\ntls_certificate = /c\n${'x = y\n'.repeat(40_000)}`,
    ],
    [
      'macros that double each other',
      'exim.conf',
      `A0 = x\n${Array.from({ length: 200 }, (_, at) => `A${at + 1}E = A${at}EA${at}E`).join('\n')}\ntls_certificate = A200E\n`,
    ],
    [
      'conditions of Exim that hold',
      'exim.conf',
      `A = x\ntls_certificate = /c\n${'.ifdef A\n'.repeat(80_000)}${'x = y\n'.repeat(100_000)}`,
    ],
    ['conditions of Exim', 'exim.conf', `tls_certificate = /c\n${'.ifdef A\n'.repeat(100_000)}`],
    [
      'identities of OpenSMTPD',
      'smtpd.conf',
      Array.from({ length: 60_000 }, (_, at) => `pki p${at} cert "/c/${at}"\nlisten on lo pki p${at}`).join('\n'),
    ],
    ['one identity that is used often', 'smtpd.conf', `pki a cert "/c"\n${'listen on lo pki a\n'.repeat(100_000)}`],
    ['quotes of OpenSMTPD', 'smtpd.conf', `listen on "${'\\"'.repeat(MILLION)}`],
    ['blanks in a row of an inline table', 'main.cf', `tls_server_sni_maps = inline:{{k =${' '.repeat(60_000)}x}}\n`],
    ['braces in a list of tables', 'main.cf', `tls_server_sni_maps = ${'a:{'.repeat(20_000)}\n`],
    ['brackets of Postfix', 'main.cf', `smtpd_tls_cert_file = ${'${a?{'.repeat(20_000)}\n`],
    ['one long value', 'main.cf', `smtpd_tls_cert_file = ${'a'.repeat(8 * MILLION)}\n`],
    ['many values', 'main.cf', 'smtpd_tls_cert_file = /c\n'.repeat(200_000)],
    ['files of a chain', 'main.cf', `smtpd_tls_chain_files = ${'/c '.repeat(20_000)}\n`],
    [
      'certificates of Dovecot',
      'dovecot.conf',
      Array.from({ length: 60_000 }, (_, at) => `local_name h${at} {\nssl_cert = </c/${at}\n}`).join('\n'),
    ],
    ['blocks of Dovecot', 'dovecot.conf', `protocols = imap\n${'a {\n'.repeat(200_000)}`],
    ['blanks before a comment', 'dovecot.conf', `protocols = imap\n${' '.repeat(MILLION)}x\n`],
    ['octets of no text', 'main.cf', 'smtpd_tls_cert_file = /c\n\0\ufffe\ufffd'.repeat(100_000)],
  ])('%s', (_, name, text) => {
    const start = performance.now();
    const source = readSource(
      `/p/${name}`,
      { ...everywhere(pem('mx1')), read: (path) => new TextEncoder().encode(path.startsWith('/p/') ? text : '') },
      noInventory,
    );
    expect(source.problems.map(({ code }) => code)).not.toContain('not-recognised');
    expect(source.entries.length).toBeLessThanOrEqual(10_000);
    expect(source.problems.length).toBeLessThanOrEqual(250);
    expect(performance.now() - start).toBeLessThan(4000);
  });

  test('services of master.cf', () => {
    const master = Array.from(
      { length: 5000 },
      (_, at) => `${at} inet n - y - - smtpd -o smtpd_tls_cert_file=/c/${at} { ${'{'.repeat(20)}`,
    ).join('\n');
    const files = { '/p/main.cf': 'smtpd_tls_cert_file = /c/a.pem\n', '/p/master.cf': master, '/c/a.pem': pem('mx1') };
    const source = readSource('/p/main.cf', table(files), noInventory);
    expect(source.entries).toEqual([]);
    expect(problems(source).length).toBeLessThanOrEqual(1001);
  });

  test('text that is no text is read without a fault', () => {
    expect(textOfFile(new Uint8Array([0xff, 0xfe, 0x00])).length).toBe(3);
  });
});
