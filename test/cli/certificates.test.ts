import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { cli, folderOf, zone } from './run.ts';

const examples = fileURLToPath(new URL('../example/certificates/', import.meta.url));
const pem = (name: string): string => readFileSync(join(examples, name), 'utf8');
const hosts = 'mx1 A 192.0.2.10\n';
const folder = folderOf({
  'example.net.zone': zone(`@ MX 10 mx1\n${hosts}`),
  'own.example.zone': zone(`@ MX 10 mx1\n${hosts}`, 'own.example'),
  'hosted.example.zone': zone('@ MX 10 MX1.Example.NET.\n', 'hosted.example'),
  'typo.example.zone': zone('@ MX 10 mx2.example.net.\n', 'typo.example'),
  'mx1.pem': pem('mx1.pem'),
  'mx2.pem': pem('mx2.pem'),
  'a:b.pem': pem('mx1.pem'),
  'both.pem': `-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n${pem('old-mx1.pem')}`,
  'repeated.pem': pem('mx1.pem') + pem('mx1.pem'),
});
afterAll(() => folder.remove());
const lint = (line: string): ReturnType<typeof cli> =>
  cli(['lint', '--select', 'certificates', ...line.split(' ')], { cwd: folder.path });

describe('certificates', () => {
  test.each([
    ['mx1.pem:server', 0],
    ['a:b.pem', 0],
    ['a:b.pem:server', 0],
    ['mx2.pem:server', 1],
  ])('--cert %s', async (argument, code) => {
    const { stderr, ...ran } = await lint(`example.net.zone --cert ${argument} --severity error`);
    expect(stderr).toBe('');
    expect(ran.code, ran.stdout).toBe(code);
  });

  test('one file has all the roles it is given', async () => {
    const { stdout } = await lint('example.net.zone --server-cert mx1.pem --client-cert mx1.pem --format json');
    const rules = JSON.parse(stdout).diagnostics.map(({ rule }: { rule: string }) => rule);
    expect(rules).not.toContain('cert-role-unknown');
    const separate = await lint('example.net.zone --cert mx1.pem:server,client --format json');
    expect(separate.stdout).toBe(stdout);
  });

  test('an odd but harmless file is a warning on stderr', async () => {
    const { stderr, code } = await lint('example.net.zone --cert repeated.pem:server --severity error');
    expect(stderr).toMatch(/^warning: repeated\.pem: the certificate '.*' stands in this file already/);
    expect(code).toBe(0);
  });

  test('no octet of a file with a key is shown', async () => {
    const { stdout, code } = await lint('example.net.zone --cert both.pem:server --format pretty');
    expect(stdout).toContain('both.pem:4:1: error cert-expired');
    expect(stdout).not.toMatch(/c2VjcmV0|PRIVATE|BEGIN/);
    expect(code).toBe(1);
  });

  test('with several zones a certificate is held against those it belongs to', async () => {
    const zones = 'example.net.zone own.example.zone hosted.example.zone typo.example.zone';
    const { stdout } = await lint(`${zones} --cert mx1.pem:server --severity warning --format concise`);
    expect(stdout).toBe('');
    const wrong = await lint(`${zones} --cert mx2.pem:server --severity warning --format concise`);
    expect(wrong.stdout).toMatch(/^example\.net\.zone:\d+:\d+: error cert-server-name-not-in-mx: /);
    expect(wrong.stdout).not.toMatch(/^(own|hosted|typo)/m);
  });
});
