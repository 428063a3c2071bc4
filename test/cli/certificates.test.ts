import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { cli, folderOf, zone } from './run.ts';

const examples = fileURLToPath(new URL('../example/certificates/', import.meta.url));
const pem = (name: string): string => readFileSync(join(examples, name), 'utf8');
const hosts = 'mx1 A 192.0.2.10\n';
const secret = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';
const inventory = (...certificates: unknown[]): string => JSON.stringify({ version: 1, certificates }, undefined, 1);
const otherKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const folder = folderOf({
  'example.net.zone': zone(`@ MX 10 mx1\n${hosts}`),
  'own.example.zone': zone(`@ MX 10 mx1\n${hosts}`, 'own.example'),
  'hosted.example.zone': zone('@ MX 10 MX1.Example.NET.\n', 'hosted.example'),
  'typo.example.zone': zone('@ MX 10 mx2.example.net.\n', 'typo.example'),
  'mx1.pem': pem('mx1.pem'),
  'mx2.pem': pem('mx2.pem'),
  'a:b.pem': pem('mx1.pem'),
  'both.pem': secret + pem('old-mx1.pem'),
  'repeated.pem': pem('mx1.pem') + pem('mx1.pem'),
  'mail/mx1.pem': pem('mx1.pem'),
  'mail/mx1.key': secret,
  'mail/main.cf': 'smtpd_tls_chain_files = $config_directory/mx1.key, $config_directory/mx1.pem\n',
  'client/main.cf': 'smtp_tls_cert_file = $config_directory/../mail/mx1.pem\n',
  'gone/main.cf': '# see\nsmtpd_tls_cert_file = $config_directory/none.pem\n',
  'tls.json': JSON.stringify({ version: 1, certificates: [{ path: 'mail/mx1.pem', roles: ['server'] }] }),
  'wrong.json': JSON.stringify({ version: 1, certificates: [{ path: 'mail/mx1.pem', roles: ['sever'] }] }),
  'broken.json': '{ "version": 1',
  'inline.json': inventory({ pem: pem('mx1.pem'), roles: ['server'], hosts: ['mx1.example.net.'] }),
  'inline-two.json': `\uFEFF${inventory({ path: 'mail/mx1.pem' }, { pem: pem('mx2.pem'), roles: ['server'] })}`,
  'inline-old.json': inventory({ pem: pem('old-mx1.pem'), roles: ['server'] }),
  'bound-host.json': inventory({ path: 'mx2.pem', roles: ['server'], hosts: ['mx1.own.example'] }),
  'bound-domain.json': inventory({ path: 'mx1.pem', roles: ['server'], domains: ['typo.example'] }),
  'inline-key.json': inventory({ pem: pem('mx1.pem') + secret }),
  'inline-both.json': inventory({ path: 'mail/mx1.pem', pem: pem('mx1.pem') }),
  'inline-none.json': inventory({ roles: ['server'] }),
  'inline-text.json': inventory({ pem: 'Hello' }),
  'inline-cut.json': inventory({ pem: pem('mx1.pem').replace('MI', '!I') }),
  'many/a.pem': pem('mx1.pem'),
  'many/b.pem': pem('mx1.pem'),
  'many/broken.pem': '-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n',
  'keys/a.pem': secret,
  'pair/mx1.pem': pem('mx1.pem'),
  'pair/mx1.key': otherKey,
  'front.pem': otherKey + pem('mx1.pem'),
  'keyed.json': inventory({ path: 'mx1.pem', key: 'pair/mx1.key', roles: ['server'] }),
  'notes.txt': 'Hello\n',
});
for (const name of ['mail/mx1.key', 'both.pem', 'keys/a.pem']) chmodSync(join(folder.path, name), 0o600);
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

  test('with several zones a certificate that is bound belongs to the zone of its host or domain', async () => {
    const zones = 'example.net.zone own.example.zone hosted.example.zone typo.example.zone';
    const found = async (name: string): Promise<string[]> => {
      const { stdout } = await lint(`${zones} --certs ${name} --severity warning --format concise`);
      return stdout
        .split('\n')
        .flatMap((line) => /^(\S+?):.*: (?:error|warning) (cert-\S+):/u.exec(line)?.slice(1).join(' ') ?? []);
    };
    expect(await found('bound-host.json')).toEqual(['own.example.zone cert-server-name-not-in-mx']);
    expect(await found('bound-domain.json')).toEqual(['typo.example.zone cert-server-name-not-in-mx']);
  });
});

describe('--certs', () => {
  const rules = async (line: string): Promise<string[]> => {
    const { stdout, stderr } = await lint(`example.net.zone ${line} --format json`);
    expect(stderr).toBe('');
    return JSON.parse(stdout).diagnostics.map(({ rule }: { rule: string }) => rule);
  };

  test.each([
    ['mail/main.cf', 'mail/mx1.pem:server'],
    ['client/main.cf', 'mail/mx1.pem:client'],
    ['tls.json', 'mail/mx1.pem:server'],
    ['inline.json', 'mail/mx1.pem:server'],
    ['mail', 'mail/mx1.pem'],
    ['mail/mx1.pem', 'mail/mx1.pem'],
  ])('%s finds what --cert %s finds', async (source, same) => {
    expect(await rules(`--certs ${source}`)).toEqual(await rules(`--cert ${same}`));
  });

  test('findings of a certificate in an inventory point to its entry there', async () => {
    const places = async (name: string): Promise<string[]> => {
      const { stdout } = await lint(`example.net.zone --certs ${name} --format concise`);
      return stdout.split('\n').flatMap((line) => /^(\S+): \w+ (cert-\S+): /u.exec(line)?.slice(1).join(' ') ?? []);
    };
    expect(await places('inline-old.json')).toContain('inline-old.json:5:4 cert-expired');
    expect(await places('inline-two.json')).toContain('mail/mx1.pem:1:1 cert-role-unknown');
    const { stdout } = await lint('example.net.zone --certs inline-two.json --format concise');
    expect(stdout).toContain('in server certificate inline-two.json#certificates[1];');
  });

  test.each(['--certs pair', '--certs keyed.json', '--cert front.pem'])(
    "%s: a key that is not the certificate's is found and not shown",
    async (source) => {
      const { stdout, stderr, code } = await lint(`example.net.zone ${source} --format pretty`);
      expect(stdout).toContain('cert-key-mismatch');
      expect(stdout).toContain('cert-key-permissions');
      expect(stdout + stderr).not.toContain(otherKey.split('\n')[1]);
      expect(code).toBe(1);
    },
  );

  test('an inventory counts more than the command line, and that more than a configuration', async () => {
    const server = await rules('--cert mail/mx1.pem:server');
    expect(await rules('--certs client/main.cf --cert mail/mx1.pem:server')).toEqual(server);
    expect(await rules('--certs tls.json --client-cert mail/mx1.pem')).toEqual(server);
    expect(await rules('--certs client/main.cf --certs mail')).toEqual(await rules('--cert mail/mx1.pem:client'));
  });

  test('a configuration may name the same sources, with roles or without', async () => {
    const both = folderOf({
      'example.net.zone': zone(`@ MX 10 mx1\n${hosts}`),
      'mail/mx1.pem': pem('mx1.pem'),
      'mail/main.cf': 'smtpd_tls_cert_file = $config_directory/mx1.pem\n',
      'zonewright.json': JSON.stringify({
        certificates: [{ path: 'mail/main.cf' }, { path: 'mail', roles: ['client'] }],
      }),
    });
    const { stdout, stderr } = await cli(['lint', 'example.net.zone', '--select', 'certificates', '--format', 'json'], {
      cwd: both.path,
    });
    both.remove();
    expect(stderr).toBe('');
    const found = JSON.parse(stdout).diagnostics.map(({ rule }: { rule: string }) => rule);
    expect(found).toEqual(await rules('--cert mail/mx1.pem:client'));
  });

  test('copies in a folder count once, and a broken file there is a warning', async () => {
    const { stdout, stderr } = await lint('example.net.zone --certs many --format concise');
    expect(stderr).toMatch(/^warning: many\/broken\.pem: .* is not base64 text/);
    expect(stdout.match(/cert-role-unknown/g)).toHaveLength(1);
    expect(stdout).not.toContain('many/b.pem');
  });

  test.each([
    ['none', 'no such file or folder: none'],
    ['gone/main.cf', 'gone/main.cf:2: smtpd_tls_cert_file names gone/none.pem, and no file is there'],
    ['wrong.json', 'wrong.json:1: this is no inventory of certificates: /certificates/0/roles/0'],
    ['broken.json', 'broken.json:1: this is no JSON: the { that stands here is never closed'],
    ['inline-key.json', 'inline-key.json:5: certificates[0].pem holds a private key: take it out'],
    [
      'inline-both.json',
      'inline-both.json:4: this is no inventory of certificates: /certificates/0 has both path and pem',
    ],
    [
      'inline-none.json',
      'inline-none.json:4: this is no inventory of certificates: /certificates/0 lacks the member "path" or "pem"',
    ],
    ['inline-text.json', 'inline-text.json:5: certificates[0].pem holds no PEM block of a certificate'],
    ['inline-cut.json', "inline-cut.json#certificates[0]: the 'CERTIFICATE' block is not base64 text"],
    ['keys', 'keys: no certificate of a host is in this folder'],
    ['keys/a.pem', 'keys/a.pem: this is a private key'],
    ['notes.txt', 'notes.txt: this is no source of certificates'],
  ])('--certs %s is a clear error', async (source, sentence) => {
    const { code, stdout, stderr } = await lint(`example.net.zone --certs ${source}`);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`error: ${sentence}`);
    expect(stderr).not.toMatch(/c2VjcmV0|\n {4}at /);
  });
});
