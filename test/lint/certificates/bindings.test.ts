import { describe, expect, it } from 'vitest';
import type { Binding } from '../../../lib/certs/load.ts';
import { clientMx } from '../../../lib/lint/common-examples.ts';
import type { ExampleCertificate } from '../../../lib/lint/rule.ts';
import { rules } from '../../../lib/lint/rules/certificates/list.ts';
import { rules as clientMxRules } from '../../../lib/lint/rules/client-mx/list.ts';
import { rules as smtpTlsRules } from '../../../lib/lint/rules/smtp-tls-srv/list.ts';
import { lint } from '../mail-mx/cases.ts';

const ADDRESSES = 'mx1 A 192.0.2.10\nmx2 A 198.51.100.10\nimap A 192.0.2.30\nout1 A 192.0.2.20\nout2 A 192.0.2.21\n';
const TWO = `@ MX 10 mx1\n@ MX 20 mx2\n${ADDRESSES}`;
const HOSTED = `@ MX 10 mx1\nhosted MX 10 mx2\n${ADDRESSES}`;
const SRV = `@ MX 10 mx1\n_smtp-tls._tcp SRV 0 0 842 mx1\n${ADDRESSES}`;
const SENDERS = `@ MX 10 mx1\n@ ${clientMx(10, 'out1')}\n@ ${clientMx(10, 'out2')}\n${ADDRESSES}`;

const server = (names: string, binding: Binding = {}): ExampleCertificate => ({
  file: 'c.pem',
  roles: ['server'],
  dnsNames: names.split(' ').map((name) => `${name}.example.net`),
  binding,
});
const client = (names: string, binding: Binding = {}): ExampleCertificate => ({
  ...server(names, binding),
  roles: ['client'],
});
const hosts = (...names: readonly string[]): Binding => ({ hosts: names.map((name) => `${name}.example.net`) });
const names =
  /^(?:cert-(?:server|client|srv|missing|wildcard|unused)|client-mx-(?:no-client|server)-cert|smtp-tls-srv-cert-lacks-target)/;
const active = [...rules, ...clientMxRules, ...smtpTlsRules].filter(({ id }) => names.test(id));

describe('a certificate counts only where it is bound', () => {
  it.each<[string, string, readonly ExampleCertificate[], readonly string[]]>([
    ['to nothing', TWO, [server('mx1 mx2')], []],
    ['to its host', TWO, [server('mx1', hosts('mx1')), server('mx2', hosts('mx2'))], []],
    ['to one of the hosts it names', TWO, [server('mx1 mx2', hosts('mx1'))], ['cert-missing-for-host mx2.example.net']],
    [
      'to a host it does not name',
      TWO,
      [server('mx1'), server('mx1', hosts('mx2'))],
      ['cert-server-not-own-host mx2.example.net'],
    ],
    [
      'crosswise',
      TWO,
      [server('mx1', hosts('mx2')), server('mx2', hosts('mx1'))],
      ['cert-server-not-own-host mx1.example.net', 'cert-server-not-own-host mx2.example.net'],
    ],
    ['to a host that a wildcard covers', TWO, [server('mx1 mx2'), server('mx1 *', hosts('mx2'))], []],
    ['to an MX host, naming none', TWO, [server('mx1'), server('imap', hosts('mx2'))], ['cert-server-name-not-in-mx']],
    ['to a host of another service', TWO, [server('mx1 mx2'), server('imap', hosts('imap'))], []],
    [
      'to a host of another service it does not name',
      TWO,
      [server('mx1 mx2'), server('mx1', hosts('imap'))],
      ['cert-server-not-own-host imap.example.net'],
    ],
    [
      'to a host of another zone',
      TWO,
      [server('mx1 mx2'), server('mx1', { hosts: ['mx.example.org'] })],
      ['cert-unused'],
    ],
    ['to a domain', HOSTED, [server('mx1'), server('mx2', { domains: ['hosted.example.net'] })], []],
    [
      'to another domain',
      HOSTED,
      [server('mx1'), server('mx2', { domains: ['example.net'] })],
      ['cert-missing-for-host mx2.example.net'],
    ],
    ['to the ports of MX and SRV', SRV, [server('mx1', { ports: [25, 842] })], []],
    ['to the port of submission', SRV, [server('mx1'), server('mx1', { ports: [587] })], []],
    ['to the port of submission under a name of its own', SRV, [server('mx1'), server('imap', { ports: [587] })], []],
    ['to the port of SRV, where MX has none', SRV, [server('mx1', { ports: [842] })], []],
    [
      'to one port each, with another name on that of SRV',
      SRV,
      [server('mx1', { ports: [25] }), server('imap', { ports: [842] })],
      ['smtp-tls-srv-cert-lacks-target mx1.example.net'],
    ],
    [
      'to a host of Client MX',
      SENDERS,
      [server('mx1'), client('out1', hosts('out1')), client('out2', hosts('out2'))],
      [],
    ],
    [
      'to one of the Client MX hosts it names',
      SENDERS,
      [server('mx1'), client('out1 out2', hosts('out1'))],
      ['cert-missing-for-host out2.example.net'],
    ],
    [
      'to another host, naming a Client MX host',
      SENDERS,
      [server('mx1'), client('out1 out2'), client('out1', hosts('imap'))],
      [],
    ],
    ['to ports, which clients do not have', SENDERS, [server('mx1'), client('out1 out2', { ports: [25] })], []],
  ])('%s', (_, zone, certificates, expected) => {
    const found = lint(zone, active, certificates).map(({ rule, args }) => `${rule} ${args['host'] ?? ''}`.trim());
    expect(found).toEqual(expected);
  });
});
