import { spawnSync } from 'node:child_process';
import { lookup as systemLookup, V4MAPPED } from 'node:dns';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { type AddressInfo, connect, type LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type DnsServer,
  type LookupAddress,
  type LookupOptions,
  startDnsServer,
  zone,
} from '../../lib/testing/index.ts';
import { rootPem, serverCertificate } from '../net/certificates.ts';
import { missingTools } from '../net/tools.ts';

const missing = missingTools('what Unbound is handed', ['unbound-checkconf']);

let dns: DnsServer;
beforeAll(async () => {
  dns = await startDnsServer({
    listen: [{}, { transports: ['tls', 'https'] }, { host: '127.0.0.2' }],
    zones: [
      zone('example.test')`
        @     MX     10 mx1
        @     CAA    0 issue ca.example
        both  A      127.0.0.1
              AAAA   ::1
        four  A      127.0.0.1
        also  CNAME  four
        big   TXT    ${'"'.concat('x'.repeat(250), '" ').repeat(16)}
      `,
    ],
  });
});
afterAll(() => dns.close());

test('the server says where it is', () => {
  const [udp, tcp] = dns.listeners;
  expect([udp?.transport, tcp?.transport, udp?.port]).toEqual(['udp', 'tcp', tcp?.port]);
  expect(dns.port).toBe(udp?.port);
  expect(dns.server).toBe(`127.0.0.1:${dns.port}`);
  expect(dns.listeners.map(({ address }) => address)).toEqual([
    ...Array(4).fill('127.0.0.1'),
    '127.0.0.2',
    '127.0.0.2',
  ]);
  expect(dns.env()).toEqual({
    DNS_SERVER: dns.server,
    DNS_SERVER_ADDRESS: '127.0.0.1',
    DNS_SERVER_PORT: String(dns.port),
  });
  expect(dns.resolvConf().split('\n').slice(1)).toEqual([
    'nameserver 127.0.0.1',
    'nameserver 127.0.0.2',
    'options timeout:1 attempts:2',
    '',
  ]);
});

describe('the resolver of Node', () => {
  test('asks the server, over TCP where UDP has no room', async () => {
    const resolver = dns.resolver();
    expect(await resolver.resolveMx('example.test')).toMatchObject([{ exchange: 'mx1.example.test', priority: 10 }]);
    expect((await resolver.resolveTxt('big.example.test')).flat().join('')).toHaveLength(4000);
    expect(dns.queries({ name: 'big.example.test' }).map(({ transport }) => transport)).toEqual(['udp', 'tcp']);
    await expect(resolver.resolve4('nope.example.test')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });
});

describe('lookup', () => {
  type Found = string | LookupAddress[] | NodeJS.ErrnoException;
  const looked = (host: string, options: LookupOptions = {}): Promise<Found> =>
    new Promise((resolve) => dns.lookup(host, options, (error, address) => resolve(error ?? address)));

  test.each<[string, LookupOptions, Found]>([
    ['both.example.test', {}, '127.0.0.1'],
    ['both.example.test', { family: 6 }, '::1'],
    ['both.example.test', { family: 'IPv6' }, '::1'],
    ['both.example.test', { order: 'ipv6first' }, '::1'],
    [
      'both.example.test',
      { all: true },
      [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
      ],
    ],
    ['four.example.test', { family: 6, hints: V4MAPPED }, '::ffff:127.0.0.1'],
    ['also.example.test', { family: 4, all: true }, [{ address: '127.0.0.1', family: 4 }]],
    ['192.0.2.1', {}, '192.0.2.1'],
    ['2001:db8::1', { all: true }, [{ address: '2001:db8::1', family: 6 }]],
  ])('of %s with %j', async (host, options, found) => {
    expect(await looked(host, options)).toEqual(found);
  });

  test('takes a family, or nothing, before the function', async () => {
    const found = await new Promise((resolve) => dns.lookup('both.example.test', 6, (_, ...all) => resolve(all)));
    expect(found).toEqual(['::1', 6]);
    expect(await new Promise((resolve) => dns.lookup('four.example.test', (_, ...all) => resolve(all)))).toEqual([
      '127.0.0.1',
      4,
    ]);
  });

  test('fails as that of the system', async () => {
    const system = await new Promise((resolve) => systemLookup('nope.invalid', (error) => resolve(error)));
    const own = await looked('nope.example.test', { all: true });
    expect(Object.keys(own as object).sort()).toEqual(Object.keys(system as object).sort());
    expect(own).toMatchObject({
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      hostname: 'nope.example.test',
      errno: -3008,
    });
    const rule = dns.on({ name: 'both.example.test' }).servfail();
    expect(await looked('both.example.test')).toMatchObject({ code: 'EAI_AGAIN' });
    rule.remove();
  });

  test('is taken by http.request and net.connect', async () => {
    const web = createServer((_, response) => response.end('hello'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const { port } = web.address() as AddressInfo;
    const lookup: LookupFunction = dns.lookup;
    const text = await new Promise((resolve, reject) => {
      get({ host: 'both.example.test', port, lookup }, (response) =>
        response.on('data', (data) => resolve(String(data))),
      ).on('error', reject);
    });
    expect(text).toBe('hello');
    const socket = connect({ host: 'also.example.test', port, lookup });
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    expect(socket.remoteAddress).toBe('127.0.0.1');
    socket.destroy();
    await new Promise((resolve) => web.close(resolve));
  });
});

describe('the client', () => {
  test.each(['udp', 'tcp', 'tls', 'https'] as const)('asks over %s', async (transport) => {
    const answer = await dns.client.query('example.test', 'CAA', { transport });
    expect([answer.transport, answer.answers]).toEqual([transport, ['example.test. 3600 IN CAA 0 issue "ca.example"']]);
    expect(dns.queries({ type: 'CAA', transport })).toHaveLength(1);
  });

  test('tells what it cannot ask', async () => {
    await expect(dns.client.query('example.test', 'MXX')).rejects.toThrow("unknown RR type 'MXX'");
    await using plain = await startDnsServer();
    const tls = plain.client.query('example.test', 'A', { transport: 'tls' });
    await expect(tls).rejects.toThrow('the server does not listen for tls; it does for udp, tcp');
    expect(plain.certificate).toBeUndefined();
  });
});

test('a certificate that is given is used, and one that is made is told', async () => {
  const { cert, key } = serverCertificate(['localhost']);
  await using own = await startDnsServer({ listen: { transports: ['tls'] }, tls: { cert, key } });
  expect(own.certificate).toBe(cert);
  expect(rootPem).toContain('BEGIN CERTIFICATE');
  expect(dns.certificate).toContain('BEGIN CERTIFICATE');
});

describe('names of no zone', () => {
  test('are asked of another server when wanted', async () => {
    await using front = await startDnsServer({
      zones: { 'front.test': '@ TXT front' },
      unmatched: { upstream: dns.server },
    });
    const ask = (name: string, type: string, transport: 'auto' | 'udp' = 'auto') =>
      front.client.query(name, type, { transport });
    expect((await ask('front.test', 'TXT')).answers).toEqual(['front.test. 3600 IN TXT "front"']);
    expect((await ask('four.example.test', 'A')).answers).toEqual(['four.example.test. 3600 IN A 127.0.0.1']);
    expect((await ask('nope.example.test', 'A')).rcode).toBe('NXDOMAIN');
    expect((await ask('big.example.test', 'TXT')).answers).toHaveLength(1);
    expect((await ask('big.example.test', 'TXT', 'udp')).truncated).toBe(true);
    expect(front.queries({ outcome: 'forwarded' })).toHaveLength(5);
    expect(front.unmatched).toEqual([]);
    front.on({ name: 'four.example.test' }).servfail();
    expect((await ask('four.example.test', 'A')).rcode).toBe('SERVFAIL');
  });

  test('are SERVFAIL with a sentence when that server is silent', async () => {
    await using front = await startDnsServer({ unmatched: { upstream: '127.0.0.1:1' } });
    const answer = await front.client.query('example.test', 'A');
    expect([answer.rcode, answer.errors[0]]).toEqual(['SERVFAIL', expect.stringContaining('upstream: 127.0.0.1:1')]);
    await expect(startDnsServer({ unmatched: { upstream: 'localhost' } })).rejects.toThrow('upstream: a host name');
  });
});

test.skipIf(missing.length > 0)('Unbound takes the lines it is handed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zonewright-'));
  const file = join(folder, 'unbound.conf');
  writeFileSync(
    file,
    dns.unboundStub().replace('server:', `server:\n  chroot: ""\n  directory: "${folder}"\n  username: ""`),
  );
  const { status, stderr, stdout } = spawnSync('unbound-checkconf', [file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect([status, stderr, stdout.includes('no errors')]).toEqual([0, '', true]);
});
