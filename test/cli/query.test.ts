import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../lib/net/serve.ts';
import { answer } from '../../lib/server/answer.ts';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { readZone } from '../../lib/zone/read.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { rootPem, serverCertificate } from '../net/certificates.ts';
import { both, type Served } from '../net/serving.ts';
import { wire } from '../wire/messages.ts';
import { cli, folderOf, zone } from './run.ts';
import { schemaFaults } from './schemas.ts';

const tls = serverCertificate(['dns.example.net']);
const folder = folderOf({ 'root.pem': rootPem });
const text = zone(`@ MX 10 mx1
@ TYPE265 \\# 19 000a036d7831076578616d706c65036e657400
mx1 A 192.0.2.10
big TXT ${Array.from({ length: 8 }, (_, i) => `"${String(i).repeat(200)}"`).join(' ')}
1 PTR mx1
`);
const reverse = zone('1 PTR mx1.example.net.\n', '2.0.192.in-addr.arpa');

let server: Served;
let port: Readonly<Record<string, number>> = {};
beforeAll(async () => {
  const trees = [
    [text, 'example.net.'],
    [reverse, '2.0.192.in-addr.arpa.'],
  ].map(
    ([content = '', origin = '']) =>
      new ZoneTree(readZone({ name: origin, bytes: new TextEncoder().encode(content), origin: wire(origin) })),
  );
  const zones = new ServedZones(trees);
  const options = { nsid: new TextEncoder().encode('one'), cookieSecrets: [new Uint8Array(16)] };
  const running = await startServer({
    listen: [
      ...both('127.0.0.1'),
      { transport: 'tls', address: '127.0.0.1', port: 0 },
      { transport: 'https', address: '127.0.0.1', port: 0 },
    ],
    handle: (query, exchange) => answer(query, zones, exchange, options),
    now: () => Date.now(),
    tls,
  });
  server = { ...running, port: 0 };
  port = Object.fromEntries(running.listeners.map((each) => [each.transport, each.port]));
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

const at = (transport = 'udp'): string => `@127.0.0.1:${port[transport]}`;
const query = (...args: string[]): ReturnType<typeof cli> => cli(['query', ...args], { cwd: folder.path });

describe('query', () => {
  test('shows a response as name servers have it', async () => {
    const { code, stdout, stderr } = await query('example.net', 'CLIENTMX', at(), '--nsid', '--cookie', '--dnssec');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replace(/id: \d+/, 'id: 1').replace(/COOKIE: [\da-f]{16} [\da-f]{32}\n/, 'COOKIE: both\n')).toBe(
      `;; opcode: QUERY, status: NOERROR, id: 1
;; flags: qr aa rd; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 1
;; EDNS: version: 0, flags: do, udp: 1232
;; NSID: 6f6e65 ("one")
;; COOKIE: both

;; QUESTION SECTION:
;example.net. IN TYPE265 (CLIENTMX)

;; ANSWER SECTION:
example.net. 3600 IN TYPE265 \\# 19 000a036d7831076578616d706c65036e657400 ; CLIENTMX 10 mx1.example.net.

;; Query time: 0 ms
;; Server: 127.0.0.1:${port['udp']} (UDP)
;; When: 2026-11-21T00:00:00.000Z
;; Message size: ${/size: (\d+)/.exec(stdout)?.[1]} octets
`,
    );
  });

  test.each([
    ['TYPE265', '10 mx1.example.net.\n'],
    ['cmx', '10 mx1.example.net.\n'],
    ['MX', '10 mx1.example.net.\n'],
  ])('%s in short', async (type, expected) => {
    expect(await query('example.net', type, at(), '--format', 'short')).toMatchObject({ code: 0, stdout: expected });
  });

  test('lays records out in columns', async () => {
    const { stdout } = await query('example.net', 'mx', at());
    expect(stdout).toContain('\n;example.net. IN MX\n');
    expect(stdout).toContain('\nmx1.example.net. 3600 IN A 192.0.2.10\n');
    const all = await query('example.net', 'any', at(), '--tcp', '--dnssec');
    expect(all.stdout).toContain('\nexample.net. 3600 IN MX      10 mx1.example.net.\n');
    expect(all.stdout).toContain('\nexample.net. 3600 IN TYPE265 \\# 19 ');
  });

  test.each<[string, readonly string[]]>([
    ['an answer with options', ['example.net', 'CLIENTMX', '--nsid', '--cookie', '--dnssec']],
    ['an alias of nothing', ['nix.example.net', 'TXT']],
    ['a refusal with an extended error', ['example.com', 'A']],
    ['a response without EDNS', ['example.net', 'SOA', '--bufsize', '0', '--tcp']],
    ['a long answer', ['big.example.net', 'TXT']],
    ['another class', ['version.bind', 'TXT', 'CH']],
  ])('writes JSON by its schema: %s', async (_, words) => {
    const { stdout } = await query(...words, at(), '--format', 'json');
    expect(schemaFaults('query', JSON.parse(stdout))).toEqual([]);
  });

  test.each([
    ['udp', '--udp'],
    ['tcp', '--tcp'],
    ['tls', '--tls'],
    ['https', '--https'],
  ])('goes over %s', async (transport, option) => {
    const { code, stdout } = await query('example.net', 'mx', at(transport), option, '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      transport,
      rcode: 'NOERROR',
      flags: ['qr', 'aa', 'rd'],
      question: [{ name: 'example.net.', type: 'MX', class: 'IN' }],
      answer: [{ type: 'MX', ttl: 3600, data: { preference: 10, exchange: 'mx1.example.net.' } }],
      additional: [{ name: 'mx1.example.net.', type: 'A' }],
    });
  });

  test('asks again over TCP when an answer is truncated, unless told to take UDP alone', async () => {
    const whole = await query('big.example.net', 'TXT', at());
    expect(whole.stdout).toContain(';; Truncated, asked again over TCP.\n');
    expect(whole.stdout).toContain('(TCP)');
    const cut = await query('big.example.net', 'TXT', at(), '--udp');
    expect(cut.stdout).toContain('flags: qr aa tc rd;');
    expect(cut.code).toBe(1);
    expect((await query('big.example.net', 'TXT', at(), '--udp', '--bufsize', '4096')).code).toBe(1);
  });

  test.each([
    ['a name that is not there', 'nix.example.net', 'NXDOMAIN'],
    ['a name of another server', 'example.com', 'REFUSED'],
  ])('tells %s', async (_, name, status) => {
    const { code, stdout } = await query(name, at());
    expect(code).toBe(1);
    expect(stdout).toContain(`status: ${status}`);
  });

  test('tells a type that is not there, and why a server refuses', async () => {
    expect(await query('example.net', 'TLSA', at(), '--format', 'short')).toMatchObject({ code: 1, stdout: '' });
    expect((await query('example.com', at())).stdout).toContain(';; EDE: 20 (not authoritative)');
  });

  test('asks for names of addresses', async () => {
    const found = await query('-x', '192.0.2.1', at(), '--format', 'short');
    expect(found).toMatchObject({ code: 0, stdout: 'mx1.example.net.\n' });
    const { stdout } = await query('-x', '2001:db8::1', at());
    expect(stdout).toContain(`;1.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa. IN PTR`);
  });

  test('asks without RD, without EDNS, and in another class', async () => {
    const plain = await query('example.net', 'SOA', at(), '--norec', '--bufsize', '0');
    expect(plain.stdout).toContain('flags: qr aa;');
    expect(plain.stdout).not.toContain('EDNS');
    expect((await query('version.bind', 'TXT', 'CH', at())).stdout).toContain(';version.bind. CH TXT');
  });

  test.each([
    ['the name of the certificate', ['--tls-name', 'dns.example.net'], 0, ''],
    ['another name', ['--tls-name', 'other.example'], 2, "does not match certificate's altnames"],
  ])('judges certificates by %s', async (_, options, code, words) => {
    for (const transport of ['tls', 'https']) {
      const ran = await query('example.net', at(transport), 'MX', `--${transport}`, '--tls-ca', 'root.pem', ...options);
      expect(ran).toMatchObject({ code, stderr: expect.stringContaining(words) });
    }
  });

  test.each<[string, readonly string[], RegExp]>([
    ['no name', [], /the name is missing/],
    ['a type that is none', ['example.net', 'MXX', '@127.0.0.1'], /'MXX' is no type; did you mean MX\?/],
    ['two names', ['example.net', 'MX', 'example.org', '@127.0.0.1'], /'example\.org' is one word too many/],
    ['a name that is none', ['a..b', '@127.0.0.1'], /'a\.\.b' is no domain name: /],
    ['a server by name', ['a', '@localhost'], /@localhost: a host name would need DNS itself/],
    ['an address that is none', ['-x', '192.0.2', '@127.0.0.1'], /-x needs an IP address, not '192\.0\.2'/],
    ['two transports', ['a', '@127.0.0.1', '--tcp', '--tls'], /--tcp and --tls exclude each other/],
    ['roots for nothing', ['a', '@127.0.0.1', '--tls-ca', 'root.pem'], /need --tls or --https/],
    ['a wish that needs EDNS', ['a', '@127.0.0.1', '--nsid', '--bufsize', '0'], /asks without EDNS/],
    ['nobody there', ['a', '@127.0.0.1:1'], /127\.0\.0\.1:1 refused the connection: no DNS server listens there/],
    ['nobody there for HTTPS', ['a', '@127.0.0.1:1', '--https'], /refused the connection/],
  ])('refuses %s', async (_, args, words) => {
    const ran = await query(...args);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr).toMatch(/^error: [^\n]*\n$/);
  });

  test('tells of a path where no DNS is', async () => {
    const ran = await query('example.net', at('https'), '--https', '/other');
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('HTTP status 404 for /other') });
  });
});
