import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Binding } from '../../../lib/certs/load.ts';
import type { CertificateRole } from '../../../lib/certs/roles.ts';
import { FOLDER_LIMITS, readFolder } from '../../../lib/certs/sources/folder.ts';
import { withoutPrivateKeys } from '../../../lib/certs/sources/keys.ts';
import { type RoleStatement, type Statement, statedBinding, statedRoles } from '../../../lib/certs/sources/merge.ts';
import { recognise } from '../../../lib/certs/sources/read-source.ts';
import { disk, found, KEY, pem, problems, table } from './support.ts';

const leaf = pem('mx1');
const both = leaf + pem('mx2');
const root = pem('root');

describe('folders', () => {
  const certbot = {
    'le/live/mx1/fullchain.pem': '-> ../../archive/mx1/fullchain2.pem',
    'le/live/mx1/cert.pem': '-> ../../archive/mx1/cert2.pem',
    'le/live/mx1/chain.pem': '-> ../../archive/mx1/chain2.pem',
    'le/live/mx1/privkey.pem': '-> ../../archive/mx1/privkey2.pem',
    'le/archive/mx1/fullchain1.pem': pem('old-mx1'),
    'le/archive/mx1/fullchain2.pem': leaf,
    'le/archive/mx1/cert2.pem': leaf,
    'le/archive/mx1/chain2.pem': root,
    'le/archive/mx1/privkey2.pem': KEY,
    'le/renewal/mx1.conf': '[renewalparams]\n',
    'le/csr/0001_csr.pem': 'x',
  };
  test.each<[string, string, Readonly<Record<string, string>>, unknown[]]>([
    ['certbot', 'le', certbot, [{ file: 'le/live/mx1/fullchain.pem', key: 'le/live/mx1/privkey.pem' }]],
    ['live of certbot', 'le/live', certbot, [{ file: 'le/live/mx1/fullchain.pem', key: 'le/live/mx1/privkey.pem' }]],
    [
      'archive of certbot',
      'le/archive',
      certbot,
      [{ file: 'le/archive/mx1/fullchain2.pem', key: 'le/archive/mx1/privkey2.pem' }],
    ],
    [
      'lego',
      '.lego',
      {
        '.lego/certificates/mx1.example.net.crt': leaf,
        '.lego/certificates/mx1.example.net.issuer.crt': root,
        '.lego/certificates/mx1.example.net.key': KEY,
        '.lego/certificates/mx1.example.net.json': '{}',
        '.lego/certificates/mx1.example.net.pem': leaf + KEY,
        '.lego/certificates/_.example.net.crt': pem('wildcard'),
        '.lego/certificates/_.example.net.issuer.crt': root,
      },
      [
        { file: '.lego/certificates/_.example.net.crt' },
        { file: '.lego/certificates/mx1.example.net.crt', key: '.lego/certificates/mx1.example.net.key' },
      ],
    ],
    [
      'acme.sh',
      'a',
      {
        'a/mx1.example.net_ecc/mx1.example.net.cer': leaf,
        'a/mx1.example.net_ecc/mx1.example.net.key': KEY,
        'a/mx1.example.net_ecc/mx1.example.net.conf': 'Le_Domain=x',
        'a/mx1.example.net_ecc/ca.cer': root,
        'a/mx1.example.net_ecc/fullchain.cer': leaf + root,
        'a/account.conf': 'x',
      },
      [{ file: 'a/mx1.example.net_ecc/fullchain.cer', key: 'a/mx1.example.net_ecc/mx1.example.net.key' }],
    ],
    [
      'plain',
      'p',
      {
        'p/a.pem': both,
        'p/b/c.crt': leaf,
        'p/b/c.key': KEY,
        'p/a.key': 'no key',
        'p/ca.pem': root,
        'p/key.pem': KEY,
        'p/notes.txt': leaf,
        'p/x.pem': 'text',
      },
      [{ file: 'p/a.pem' }, { file: 'p/b/c.crt', key: 'p/b/c.key' }],
    ],
  ])('%s', (_, path, files, entries) => {
    const source = readFolder(path, table(files));
    const shown = found(source).map(({ file, key }) => ({ file, ...(key === undefined ? {} : { key }) }));
    expect(shown).toEqual(entries);
    expect(source.entries.every(({ roles }) => roles.length === 0)).toBe(true);
    expect(problems(source)).toEqual([]);
  });

  test('keys of trees are never read', () => {
    const port = table(certbot);
    readFolder('le', port);
    expect(port.reads).toEqual([]);
  });

  test('a folder without certificates says so', () => {
    expect(problems(readFolder('p', table({ 'p/key.pem': KEY })))).toEqual([
      'no-certificates no certificate of a host is in this folder: looked for PEM and DER files',
    ]);
  });

  test('the walk is bounded in depth and in files', () => {
    const deep = `p/${'d/'.repeat(FOLDER_LIMITS.depth + 1)}a.pem`;
    expect(problems(readFolder('p', table({ [deep]: leaf, 'p/a.pem': leaf })))).toEqual(['too-deep 8']);
    const entries = Array.from({ length: 10_001 }, (_, at) => ({ name: `f${at}`, kind: 'file' as const }));
    const wide = { ...table({ 'p/a.pem': leaf }), list: () => [{ name: 'a.pem', kind: 'file' as const }, ...entries] };
    expect(problems(readFolder('p', wide))).toEqual(['too-many-files 10000']);
  });

  test('links on the disk are followed to files and not round in circles', () => {
    const folder = mkdtempSync(join(tmpdir(), 'zonewright-links-'));
    try {
      mkdirSync(join(folder, 'archive/mx1'), { recursive: true });
      mkdirSync(join(folder, 'live/mx1'), { recursive: true });
      writeFileSync(join(folder, 'archive/mx1/fullchain1.pem'), leaf);
      writeFileSync(join(folder, 'archive/mx1/privkey1.pem'), KEY);
      symlinkSync('../../archive/mx1/fullchain1.pem', join(folder, 'live/mx1/fullchain.pem'));
      symlinkSync('../../archive/mx1/privkey1.pem', join(folder, 'live/mx1/privkey.pem'));
      symlinkSync('..', join(folder, 'live/again'));
      symlinkSync('gone', join(folder, 'live/dangling.pem'));
      const source = readFolder(folder, disk);
      expect(found(source, folder)).toMatchObject([{ file: 'live/mx1/fullchain.pem', key: 'live/mx1/privkey.pem' }]);
      expect(problems(source)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test.each<[string, string, string | undefined]>([
  ['main.cf', 'smtpd_tls_cert_file = x', 'postfix'],
  ['main.cf', '', 'postfix'],
  ['copy.txt', 'myhostname = mx1.example.net', 'postfix'],
  ['exim4.conf', 'tls_certificate = x', 'exim'],
  ['mail.conf', 'begin routers', 'exim'],
  ['smtpd.conf', 'listen on lo', 'opensmtpd'],
  ['smtpd.conf', 'pwcheck_method: saslauthd', undefined],
  ['configure', '#!/bin/sh', undefined],
  ['10-ssl.conf', 'ssl_cert = <x', 'dovecot'],
  ['certificates.json', '{}', 'inventory'],
  ['any', leaf, 'certificate'],
  ['main.cf', leaf, 'certificate'],
  ['key.pem', KEY, undefined],
  ['notes', 'Hello', undefined],
])('%s with %j is %s', (name, text, kind) => {
  expect(recognise(`/x/${name}`, new TextEncoder().encode(text))).toBe(kind);
});

test('the statement that counts most says the roles', () => {
  const server = { roles: ['server' as const], said: 'configuration' as const };
  const client = { roles: ['client' as const], said: 'configuration' as const };
  expect(statedRoles([server, client])).toEqual(['server', 'client']);
  expect(statedRoles([server, { ...client, said: 'command-line' }])).toEqual(['client']);
  expect(
    statedRoles([
      { ...client, said: 'command-line' },
      { ...server, said: 'inventory' },
    ]),
  ).toEqual(['server']);
  expect(statedRoles([{ roles: [], said: 'inventory' }, server])).toEqual(['server']);
  expect(statedRoles([{ roles: [], said: 'nobody' }])).toEqual([]);
});

describe('hosts, domains and ports', () => {
  const said = (who: RoleStatement, binding: Binding, ...roles: CertificateRole[]): Statement => ({
    roles: roles.length > 0 ? roles : ['server'],
    binding,
    said: who,
  });
  test.each<[string, Binding, readonly Statement[]]>([
    ['nobody says them', {}, [said('nobody', {}), said('configuration', {})]],
    [
      'one says them',
      { hosts: ['a'], ports: [25] },
      [said('nobody', {}), said('configuration', { hosts: ['a'], ports: [25] })],
    ],
    [
      'two say them',
      { ports: [25, 842] },
      [said('configuration', { ports: [25] }), said('configuration', { ports: [842, 25] })],
    ],
    ['one leaves them open', {}, [said('configuration', { hosts: ['a'] }), said('configuration', {})]],
    [
      'one that counts more',
      { hosts: ['b'] },
      [said('configuration', { hosts: ['a'] }), said('inventory', { hosts: ['b'] })],
    ],
    [
      'each by who counts most of those that say it',
      { hosts: ['b'], domains: ['d'], ports: [25] },
      [said('configuration', { hosts: ['a'], ports: [25] }), said('inventory', { hosts: ['b'], domains: ['d'] })],
    ],
    [
      'a client has no ports',
      { ports: [25] },
      [said('configuration', { ports: [25] }), said('configuration', {}, 'client')],
    ],
  ])('%s', (_, binding, statements) => {
    expect(statedBinding(statements)).toEqual(binding);
    expect(statedBinding([...statements].reverse())).toEqual(
      Object.fromEntries(Object.entries(binding).map(([name, values]) => [name, expect.arrayContaining([...values])])),
    );
  });
});

test('private keys are blanked and nothing else moves', () => {
  const text = `${KEY}${leaf}-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0`;
  const blanked = new TextDecoder().decode(withoutPrivateKeys(new TextEncoder().encode(text)));
  expect(blanked).not.toMatch(/PRIVATE|c2VjcmV0/);
  expect(blanked.length).toBe(text.length);
  expect(blanked.slice(KEY.length, KEY.length + leaf.length)).toBe(leaf);
});
