import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keyPin } from '../../lib/certs/key-pin.ts';
import { selfSigned } from '../../lib/certs/self-signed.ts';
import { type DnsServer, startDnsServer } from '../../lib/testing/index.ts';
import { rootPem, serverCertificate } from '../net/certificates.ts';
import { cli, folderOf } from './run.ts';

const DAY = 86_400_000;
const made = (now: number): ReturnType<typeof selfSigned> =>
  selfSigned({ names: ['localhost'], addresses: ['127.0.0.1'], now });
const own = made(Date.now());
const old = made(Date.now() - 60 * DAY);
const OTHER = `${'A'.repeat(43)}=`;
const THIRD = `${'B'.repeat(42)}A=`;

const folder = folderOf({ 'own.pem': own.cert, 'old.pem': old.cert, 'other.pem': rootPem, 'none.pem': 'nothing\n' });
const servers: Record<string, DnsServer> = {};
beforeAll(async () => {
  const tls = { own, old, issued: serverCertificate(['dns.example.net']) };
  for (const [name, identity] of Object.entries(tls))
    servers[name] = await startDnsServer({
      zones: { 'a.test': '@ MX 10 mx' },
      listen: { transports: ['tls', 'https'] },
      tls: identity,
    });
});
afterAll(async () => {
  for (const server of Object.values(servers)) await server.close();
  folder.remove();
});

const query = (
  server: string,
  transport: string,
  args: readonly string[],
  env = {},
  listener = transport,
): ReturnType<typeof cli> => {
  const port = servers[server]?.listeners.find((each) => each.transport === listener)?.port;
  const words = ['query', 'a.test', 'MX', ...args, `--${transport}`, `@127.0.0.1:${port}`, '--format', 'short'];
  return cli(words, { cwd: folder.path, env });
};

describe.each(['tls', 'https'])('query over %s', (transport) => {
  test.each([
    ['no wish', []],
    ['the root it made', ['--tls-ca', 'own.pem']],
    ['the root, and a name of it', ['--tls-ca', 'own.pem', '--tls-name', 'localhost']],
    ['the pin of its key', ['--tls-pin', own.pin]],
    ['a pin among several', ['--tls-pin', OTHER, '--tls-pin', own.pin]],
    ['both root and pin', ['--tls-ca', 'own.pem', '--tls-pin', own.pin]],
  ])('takes a server with %s', async (_, args) => {
    expect(await query('own', transport, args)).toEqual({ code: 0, stdout: '10 mx.a.test.\n', stderr: '' });
  });

  test('takes the roots of the system', async () => {
    const args = ['--tls-ca', 'system'];
    expect((await query('own', transport, args, { SSL_CERT_FILE: 'own.pem' })).code).toBe(0);
    const refused = await query('own', transport, args, { SSL_CERT_FILE: 'other.pem' });
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('nobody else has signed')]);
  });

  test.each([
    ['own', ['--tls-pin', OTHER], `shows a certificate whose key has the pin ${own.pin}, not ${OTHER}\n`],
    ['own', ['--tls-pin', OTHER, '--tls-pin', THIRD], `pin ${own.pin}, which is none of those wanted\n`],
    ['own', ['--tls-ca', 'own.pem', '--tls-pin', OTHER], `pin ${own.pin}, not ${OTHER}\n`],
    ['own', ['--tls-ca', 'other.pem', '--tls-pin', own.pin], 'that nobody else has signed, and that is none of the'],
    ['own', ['--tls-ca', 'own.pem', '--tls-name', 'other.test'], "does not match certificate's altnames"],
    ['old', ['--tls-ca', 'old.pem'], 'shows a certificate that has expired\n'],
    ['issued', ['--tls-ca', 'own.pem'], 'shows a certificate that none of the roots given has issued\n'],
  ])('does not ask %s with %j', async (server, args, said) => {
    const before = servers[server]?.queries().length;
    const { code, stdout, stderr } = await query(server, transport, args);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(said)]);
    expect(stderr).toMatch(/^error: 127\.0\.0\.1:\d+ [^\n]+\n$/u);
    expect(servers[server]?.queries()).toHaveLength(before ?? -1);
  });

  test('says in words that a port is for something else', async () => {
    const other = transport === 'tls' ? 'https' : 'tls';
    const wrong = await query('own', transport, [], {}, other);
    expect(wrong.stderr).toMatch(/^error: 127\.0\.0\.1:\d+ speaks TLS at this port, but not the protocol asked for: /u);
    const mail = createServer((socket) => socket.on('error', () => {}).end('220 mail.test ESMTP\r\n'));
    await new Promise<void>((resolve) => mail.listen(0, '127.0.0.1', resolve));
    const { port } = mail.address() as AddressInfo;
    const plain = await cli(['query', 'a.test', `--${transport}`, `@127.0.0.1:${port}`], { cwd: folder.path });
    expect(plain).toMatchObject({ code: 2, stderr: `error: 127.0.0.1:${port} does not speak TLS at this port\n` });
    mail.close();
  });
});

test.each([
  [['--tls-pin', own.pin], '--tls-ca, --tls-name and --tls-pin need --tls or --https'],
  [['--tls', '--tls-pin', 'abc'], "--tls-pin needs the SHA-256 of a key in base64, 43 characters and =, not 'abc'"],
  [['--tls', '--tls-ca', 'none.pem'], '--tls-ca none.pem: no certificate in PEM is in it'],
  [['--tls', '--tls-ca', 'missing.pem'], 'missing.pem: no such file'],
])('%j is wrong use', async (args, said) => {
  const ran = await cli(['query', 'a.test', '@127.0.0.1:1', ...args], { cwd: folder.path });
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(said)]);
});

test('what is no certificate has no pin', () => {
  expect(keyPin(new Uint8Array(20))).toBeUndefined();
});
