import { describe, expect, test } from 'vitest';
import { readSource } from '../../../lib/certs/sources/read-source.ts';
import type { CertificateSource } from '../../../lib/certs/sources/source.ts';
import { disk, fixture, found, KEY, pem, problems, table } from './support.ts';

const noInventory = (): { problem: string } => ({ problem: 'no inventory is expected' });
const read = (path: string, files: Readonly<Record<string, string>>): CertificateSource =>
  readSource(path, table(files), noInventory);

describe.each<[string, string, unknown[], string[]]>([
  [
    'postfix',
    'main.cf',
    [
      {
        file: 'certificates/mx1.pem',
        roles: ['server'],
        ports: [25, 587],
        key: 'certificates/mx1.key',
        from: 'main.cf:11',
      },
      { file: 'certificates/mx2.pem', roles: ['server'], ports: [25, 587], from: 'main.cf:11' },
      {
        file: 'certificates/mx1.pem',
        roles: ['server'],
        ports: [25, 587],
        hosts: ['mx.hosted.example'],
        key: 'certificates/mx1.key',
        from: 'sni:2',
      },
      { file: 'certificates/mx2.pem', roles: ['server'], ports: [25, 587], from: 'sni:4' },
      {
        file: 'certificates/mx2.pem',
        roles: ['server'],
        ports: [842],
        key: 'certificates/mx2.key',
        from: 'master.cf:4',
      },
      {
        file: 'certificates/mx1.pem',
        roles: ['server'],
        ports: [842],
        hosts: ['mx.hosted.example'],
        key: 'certificates/mx1.key',
        from: 'sni:2',
      },
      { file: 'certificates/mx2.pem', roles: ['server'], ports: [842], from: 'sni:4' },
      { file: 'certificates/out1.pem', roles: ['client'], key: 'certificates/out1.key', from: 'main.cf:19' },
      { file: 'certificates/mx1.pem', roles: ['client'], key: 'certificates/mx1.key', from: 'master.cf:14' },
    ],
    [],
  ],
  [
    'exim',
    'exim.conf',
    [
      { file: 'certificates/mx1.pem', roles: ['server'], key: 'certificates/mx1.key', from: 'exim.conf:12' },
      { file: 'certificates/mx2.pem', roles: ['server'], key: 'certificates/mx2.key', from: 'exim.conf:12' },
      { file: 'certificates/out1.pem', roles: ['client'], key: 'certificates/out1.key', from: 'exim.conf:29' },
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expansion of Exim
    ['expansion ${if exists{/etc/special.pem}{/etc/special.pem}{FOLDER/certificates/out1.pem}}'],
  ],
  [
    'opensmtpd',
    'smtpd.conf',
    [
      {
        file: 'certificates/mx1.pem',
        roles: ['server'],
        ports: [25, 842],
        key: 'certificates/mx1.key',
        from: 'smtpd.conf:3',
      },
      { file: 'certificates/out1.pem', roles: ['client'], key: 'certificates/out1.key', from: 'smtpd.conf:5' },
      { file: 'certificates/mx2.pem', roles: [], key: 'certificates/mx2.key', from: 'smtpd.conf:7' },
    ],
    [],
  ],
  [
    'dovecot',
    'dovecot.conf',
    [
      { file: 'certificates/mx1.pem', roles: ['server'], key: 'certificates/mx1.key', from: 'conf.d/10-ssl.conf:1' },
      {
        file: 'certificates/mx2.pem',
        roles: ['server'],
        hosts: ['imap.hosted.example'],
        key: 'certificates/mx2.key',
        from: 'dovecot.conf:7',
      },
    ],
    [],
  ],
])('%s', (kind, name, entries, complaints) => {
  test('the fixture gives its certificates', () => {
    const folder = fixture(kind);
    try {
      const source = readSource(`${folder.path}/${name}`, disk, noInventory);
      expect(source.kind).toBe(kind);
      expect(found(source, folder.path)).toEqual(entries);
      expect(problems(source).map((each) => each.replaceAll(folder.path, 'FOLDER'))).toEqual(complaints);
    } finally {
      folder.remove();
    }
  });
});

describe('Postfix', () => {
  const files = { '/c/a.pem': pem('mx1'), '/c/b.pem': pem('mx2'), '/q/r.pem': pem('out1') };
  test.each<[string, string[], string[]]>([
    ['smtpd_tls_cert_file = /c/a.pem', ['/c/a.pem server'], []],
    ['smtpd_tls_cert_file = /c/a.pem\nsmtpd_tls_cert_file = /c/b.pem', ['/c/b.pem server'], []],
    ['smtp_tls_eccert_file=/c/a.pem\nlmtp_tls_dcert_file=/c/b.pem', ['/c/a.pem client', '/c/b.pem client'], []],
    ['smtpd_tls_chain_files=/c/a.pem\nsmtpd_tls_cert_file=/c/b.pem', ['/c/a.pem server'], []],
    ['queue_directory=/q\nsmtp_tls_cert_file=r.pem', ['/q/r.pem client'], []],
    ['smtpd_tls_cert_file = /c/$x.pem', [], ['unknown-parameter x', 'missing-file /c/.pem']],
    ['a=$b\nb=$a\nsmtpd_tls_cert_file = $a', [], ['refused-value its parameters name each other in a circle']],
    ['smtp_tls_cert_file=/c/a.pem\nsmtp_tls_key_file=/c/k', ['/c/a.pem client'], ['missing-key /c/k']],
    [
      'tls_server_sni_maps = inline:{ a.example=/c/a.pem, { B.example = /c/b.pem } }',
      ['/c/a.pem server a.example', '/c/b.pem server b.example'],
      [],
    ],
    ['smtpd_tls_cert_file=/c/a.pem\ntls_server_sni_maps=pcre:/x', ['/c/a.pem server'], ['unread-table pcre:/x']],
    [
      'smtpd_tls_cert_file = none',
      [],
      ['no-certificates this main.cf names no certificate: look for smtpd_tls_chain_files'],
    ],
  ])('%j', (text, entries, complaints) => {
    const source = read('/p/main.cf', { ...files, '/p/main.cf': text });
    const shown = source.entries.map(({ file, roles, hosts = [] }) => [file, ...roles, ...hosts].join(' '));
    expect(shown).toEqual(entries);
    expect(problems(source)).toEqual(complaints);
  });

  test.each<[string, readonly (readonly [string, string | undefined])[]]>([
    ['/c/k /c/a.pem', [['/c/a.pem', '/c/k']]],
    [
      '/c/k,/c/a.pem,/c/b.pem',
      [
        ['/c/a.pem', '/c/k'],
        ['/c/b.pem', undefined],
      ],
    ],
    ['/c/ka.pem', [['/c/ka.pem', undefined]]],
    [
      '/c/ak.pem /c/b.pem',
      [
        ['/c/ak.pem', undefined],
        ['/c/b.pem', '/c/ak.pem'],
      ],
    ],
    [
      '/c/ak.pem /c/ka.pem',
      [
        ['/c/ak.pem', undefined],
        ['/c/ka.pem', undefined],
      ],
    ],
  ])('the keys of the chain %j', (chain, entries) => {
    const more = { '/c/k': KEY, '/c/ka.pem': KEY + pem('mx1'), '/c/ak.pem': pem('mx1') + KEY };
    const source = read('/p/main.cf', { ...files, ...more, '/p/main.cf': `smtpd_tls_chain_files = ${chain}` });
    expect(source.entries.map(({ file, key }) => [file, key])).toEqual(entries);
  });

  const main = 'smtpd_tls_cert_file=/c/a.pem\nown=/c/a.pem\nsmtp_tls_cert_file=$own\n';
  const service = (name: string, args: string, command = 'smtpd', type = 'inet'): string =>
    `${name} ${type} n - y - - ${command} ${args}\n`;
  test.each<[string, string[]]>([
    ['', ['/c/a.pem server', '/c/a.pem client']],
    [service('smtp', ''), ['/c/a.pem server', '/c/a.pem client']],
    [
      service('smtp', '') + service('842', '-o smtpd_tls_cert_file=/c/b.pem'),
      ['/c/a.pem server 25', '/c/b.pem server 842', '/c/a.pem client'],
    ],
    [
      service('10025', '') + service('[::1]:submissions', '\n -o {smtpd_tls_cert_file = /c/b.pem}'),
      ['/c/a.pem server', '/c/b.pem server 465', '/c/a.pem client'],
    ],
    [service('192.0.2.1:smtp', '-o smtpd_tls_cert_file=/c/b.pem'), ['/c/b.pem server 25', '/c/a.pem client']],
    [service('odd', '-o smtpd_tls_cert_file=/c/b.pem'), ['/c/b.pem server', '/c/a.pem client']],
    [
      service('smtp', '', 'postscreen') + service('smtpd', '-o smtpd_tls_cert_file=/c/b.pem', 'smtpd', 'pass'),
      ['/c/b.pem server 25', '/c/a.pem client'],
    ],
    [
      service('smtp', '', 'smtp', 'unix') + service('out', '-o own=/c/b.pem', 'smtp', 'unix'),
      ['/c/a.pem server', '/c/a.pem client', '/c/b.pem client'],
    ],
    [service('out', '-o smtp_tls_cert_file=/c/b.pem', 'pipe', 'unix'), ['/c/a.pem server', '/c/a.pem client']],
  ])('the services %j', (master, entries) => {
    const source = read('/p/main.cf', { ...files, '/p/main.cf': main, '/p/master.cf': master });
    const shown = source.entries.map(({ file, roles, ports = [] }) => [file, ...roles, ...ports].join(' '));
    expect(shown).toEqual(entries);
    expect(problems(source)).toEqual([]);
  });

  test('parameters that double each other end in bounded time', () => {
    const doubling = Array.from({ length: 60 }, (_, at) => `p${at + 1} = $p${at}$p${at}`).join('\n');
    const text = `p0 = x\n${doubling}\nsmtpd_tls_cert_file = $p60`;
    expect(problems(read('/p/main.cf', { '/p/main.cf': text }))).toEqual(['refused-value its expansion does not end']);
  });
});

describe('Exim', () => {
  const files = { '/c/a.pem': pem('mx1'), '/e/more': 'tls_certificate = /c/a.pem\n' };
  const sections = 'begin transports\nt:\n  driver = smtp\n';
  test.each<[string, string[], string[]]>([
    ['tls_certificate = /c/a.pem\n', ['/c/a.pem server'], []],
    [`tls_certificate = /c/a.pem\n${sections}`, ['/c/a.pem server'], []],
    [`${sections}  tls_certificate = /c/a.pem\n`, ['/c/a.pem client'], []],
    ['.include /e/more\n', ['/c/a.pem server'], []],
    [
      'A = x\n.ifdef B\n.ifdef A\ntls_certificate = /c/none.pem\n.else\ntls_certificate = /c/no.pem\n.endif\n.elifdef A\ntls_certificate = /c/a.pem\n.else\ntls_certificate = /c/none.pem\n.endif\n',
      ['/c/a.pem server'],
      [],
    ],
    ['.include_if_exists /e/none\ntls_certificate = <; /c/a.pem\n', ['/c/a.pem server'], []],
    ['tls_certificate = $tls_sni.pem\ntls_advertise_hosts = *\n', [], ['expansion $tls_sni.pem']],
    ['tls_certificate = /c/none.pem\n', [], ['missing-file /c/none.pem']],
  ])('%j', (text, entries, complaints) => {
    const source = read('/e/exim.conf', { ...files, '/e/exim.conf': `${text}begin acl\n` });
    expect(source.entries.map(({ file, roles }) => [file, ...roles].join(' '))).toEqual(entries);
    expect(problems(source).filter((each) => !each.startsWith('no-certificates'))).toEqual(complaints);
  });
});

describe('OpenSMTPD and Dovecot', () => {
  const files = { '/c/a.pem': pem('mx1'), '/c/b.pem': pem('mx2') };
  test.each<[string, string, string[], string[]]>([
    [
      'smtpd.conf',
      'pki a cert "/c/a.pem"\nlisten on lo smtps pki a\naction s relay pki A\n',
      ['/c/a.pem server client 465'],
      [],
    ],
    ['smtpd.conf', 'pki a cert "/c/a.pem"\nlisten on lo tls pki b', ['/c/a.pem'], ['undefined-pki b']],
    [
      'smtpd.conf',
      'f = "/c/a.pem"\npki a cert $f\nlisten on lo port submission tls pki a',
      ['/c/a.pem server 587'],
      [],
    ],
    [
      'smtpd.conf',
      'listen on lo # pki a\n',
      [],
      ['no-certificates this smtpd.conf names no certificate: look for pki NAME cert "FILE"'],
    ],
    [
      'dovecot.conf',
      'ssl_server_cert_file = /c/a.pem\nssl_server_key_file = /c/k',
      ['/c/a.pem server'],
      ['missing-key /c/k'],
    ],
    ['dovecot.conf', 'protocols = imap\nssl_server {\n  cert_file = /c/a.pem\n}\n', ['/c/a.pem server'], []],
    ['dovecot.conf', 'ssl_cert = </c/a.pem\nssl_alt_cert = </c/b.pem\n', ['/c/a.pem server', '/c/b.pem server'], []],
    [
      'dovecot.conf',
      'ssl_cert = </c/%{env:X}\n!include gone\n',
      [],
      [
        'expansion /c/%{env:X}',
        'missing-include /d/gone',
        'no-certificates this Dovecot configuration names no certificate: look for ssl_cert',
      ],
    ],
  ])('%s %j', (name, text, entries, complaints) => {
    const source = read(`/d/${name}`, { ...files, [`/d/${name}`]: text });
    const shown = source.entries.map(({ file, roles, ports = [] }) => [file, ...roles, ...ports].join(' '));
    expect(shown).toEqual(entries);
    expect(problems(source)).toEqual(complaints);
  });
});
