import type { Socket } from 'node:net';
import { createSecureContext, type TLSSocket, type TLSSocketOptions } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import type { ProbeMode, ProbeQuestion, ProbeResult } from '../../lib/net/probe-result.ts';
import { probeHost } from '../../lib/net/smtp-probe.ts';
import { intermediate, rootPem, serverCertificate } from './certificates.ts';
import { type Act, type Behaviour, type MailServer, mailServer } from './mail-server.ts';

const running: MailServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
});

const quick = { connect: 500, step: 300, total: 3000 };

async function probe(
  behaviour: Behaviour,
  given: Partial<ProbeQuestion> = {},
): Promise<ProbeResult & { heard: string[] }> {
  const server = await mailServer(behaviour);
  running.push(server);
  const result = await probeHost(
    {
      host: 'mx1.example.net',
      addresses: ['127.0.0.1'],
      port: server.port,
      mode: behaviour.mode,
      otherNames: [],
      ehlo: 'probe.example.org',
      timeouts: quick,
      ...given,
    },
    { ticks: () => performance.now(), random: (octets) => crypto.getRandomValues(new Uint8Array(octets)) },
  );
  return { ...result, heard: server.heard };
}

const versionsOf = ({ versions }: ProbeResult): Record<string, string> =>
  Object.fromEntries(versions.map(({ what, outcome }) => [what, outcome]));

describe('a host that does as the drafts want', () => {
  test.each<[ProbeMode, Behaviour['mode']]>([
    ['starttls', 'starttls'],
    ['implicit', 'implicit'],
    ['auto', 'starttls'],
    ['auto', 'implicit'],
  ])('%s finds %s', async (mode, serverMode) => {
    const certificate = serverCertificate(['mx1.example.net']);
    const result = await probe({ mode: serverMode, tls: certificate }, { mode });
    expect(result.failure).toBeUndefined();
    expect(result.speaks).toBe(serverMode === 'starttls' ? 'clear' : 'tls');
    expect(result.tls).toMatchObject({
      version: 'TLSv1.3',
      sni: 'mx1.example.net',
      alpn: null,
      asksCertificate: false,
    });
    expect(result.certificates.map((each) => Buffer.from(each).toString('hex'))).toEqual(
      [certificate.der, intermediate].map((each) => Buffer.from(each).toString('hex')),
    );
    expect(result.asSent).toBe(true);
    expect(versionsOf(result)).toEqual({
      'TLSv1.3': 'accepted',
      'TLSv1.2': 'accepted',
      'TLSv1.1': 'refused',
      'TLSv1.0': 'refused',
    });
    expect(result.brokenSuites).toMatchObject({ outcome: 'refused' });
    expect(result.request).toEqual({ asked: false, authorities: [] });
    expect(result.quit?.code).toBe(221);
    expect(result.secure.starttls?.enhanced).toBe(serverMode === 'implicit' ? '5.5.1' : undefined);
    expect(result.secure.keywords.map(({ keyword }) => keyword)).toEqual([
      'PIPELINING',
      'ENHANCEDSTATUSCODES',
      '8BITMIME',
    ]);
    expect(result.heard.filter((line) => /^(MAIL|RCPT|DATA|BDAT|VRFY)/i.test(line))).toEqual([]);
  });
});

const flood = (text: string, first = ''): ((socket: Socket) => void) => {
  return (socket) => {
    socket.write(first);
    const more = (): void => {
      while (!socket.destroyed && socket.write(text));
      socket.once('drain', more);
    };
    more();
  };
};
const readAndClose = (socket: Socket): void => void socket.once('data', () => socket.end());
const trickle = (socket: Socket): void => {
  const octets = [...'220-a trickle'];
  const timer = setInterval(() => socket.write(octets.shift() ?? 'a'), 50);
  socket.on('close', () => clearInterval(timer));
};

describe('a host that misbehaves costs bounded time and is told about', () => {
  const cases: [string, Behaviour, { step: string; trouble: string }][] = [
    ['hangs before the banner', { mode: 'starttls', banner: 'hang' }, { step: 'banner', trouble: 'timeout' }],
    ['closes before the banner', { mode: 'starttls', banner: 'close' }, { step: 'banner', trouble: 'closed' }],
    [
      'resets',
      { mode: 'starttls', banner: (socket) => void setTimeout(() => socket.resetAndDestroy(), 30) },
      { step: 'banner', trouble: 'reset' },
    ],
    [
      'sends garbage',
      { mode: 'starttls', banner: '\u0000\u0001\u0002 what\r\n' },
      { step: 'banner', trouble: 'garbage' },
    ],
    ['speaks another protocol', { mode: 'starttls', banner: 'SSH-2.0-x' }, { step: 'banner', trouble: 'garbage' }],
    [
      'never ends a line',
      { mode: 'starttls', banner: flood('a'.repeat(4096), '220 ') },
      { step: 'banner', trouble: 'line-too-long' },
    ],
    [
      'never ends a reply',
      { mode: 'starttls', banner: flood('220-a\r\n'.repeat(500)) },
      { step: 'banner', trouble: 'reply-too-long' },
    ],
    ['sends an octet now and then', { mode: 'starttls', banner: trickle }, { step: 'banner', trouble: 'timeout' }],
    ['hangs after EHLO', { mode: 'starttls', ehlo: 'hang' }, { step: 'ehlo', trouble: 'timeout' }],
    ['closes after EHLO', { mode: 'starttls', ehlo: 'close' }, { step: 'ehlo', trouble: 'closed' }],
    ['hangs after STARTTLS', { mode: 'starttls', starttls: 'hang' }, { step: 'starttls', trouble: 'timeout' }],
    ['closes after STARTTLS', { mode: 'starttls', starttls: 'close' }, { step: 'starttls', trouble: 'closed' }],
    [
      'says more than STARTTLS asks for',
      { mode: 'starttls', starttls: '220 go\r\n250 injected\r\n' },
      { step: 'starttls', trouble: 'text-before-tls' },
    ],
    ['hangs in the handshake', { mode: 'starttls', handshake: 'hang' }, { step: 'handshake', trouble: 'timeout' }],
    [
      'closes in the handshake',
      { mode: 'starttls', handshake: readAndClose },
      { step: 'handshake', trouble: 'closed' },
    ],
    [
      'answers the handshake in clear',
      { mode: 'starttls', handshake: '454 no\r\n' },
      { step: 'handshake', trouble: 'not-tls' },
    ],
    ['hangs inside TLS', { mode: 'starttls', secureEhlo: 'hang' }, { step: 'ehlo-in-tls', trouble: 'timeout' }],
    ['closes inside TLS', { mode: 'starttls', secureEhlo: 'close' }, { step: 'ehlo-in-tls', trouble: 'closed' }],
    [
      'sends garbage inside TLS',
      { mode: 'starttls', secureEhlo: 'hello\r\n' },
      { step: 'ehlo-in-tls', trouble: 'garbage' },
    ],
    ['hangs with Implicit TLS', { mode: 'implicit', handshake: 'hang' }, { step: 'handshake', trouble: 'timeout' }],
    [
      'closes with Implicit TLS',
      { mode: 'implicit', handshake: readAndClose },
      { step: 'handshake', trouble: 'closed' },
    ],
    [
      'floods instead of TLS',
      { mode: 'implicit', handshake: flood('a'.repeat(4096)) },
      { step: 'handshake', trouble: 'not-tls' },
    ],
    [
      'hangs before the banner in TLS',
      { mode: 'implicit', secureBanner: 'hang' },
      { step: 'banner-in-tls', trouble: 'timeout' },
    ],
    [
      'hangs on STARTTLS in TLS',
      { mode: 'implicit', secureStarttls: 'hang' },
      { step: 'starttls-in-tls', trouble: 'timeout' },
    ],
  ];
  test.each(cases)('%s', async (_, behaviour, failure) => {
    const result = await probe(behaviour);
    expect(result.failure).toMatchObject(failure);
    // The total is 3000; a step is 300, and a host in TLS is asked some more connections.
    expect(result.milliseconds).toBeLessThan(3300);
  });

  test('the time of all steps together has an end', async () => {
    const slow = (text: string) => (socket: Socket) => void setTimeout(() => socket.write(text), 200);
    const start = performance.now();
    const result = await probe(
      { mode: 'starttls', banner: slow('220 x\r\n'), ehlo: slow('250 STARTTLS\r\n') },
      { timeouts: { connect: 300, step: 300, total: 350 } },
    );
    expect(result.failure).toMatchObject({ step: 'ehlo', trouble: 'total-timeout' });
    expect(performance.now() - start).toBeLessThan(1500);
  });

  test('a closed port is refused, and the next address is tried', async () => {
    const server = await mailServer({ mode: 'starttls' });
    await server.stop();
    const result = await probe({ mode: 'starttls' }, { port: server.port, addresses: ['127.0.0.1', '127.0.0.2'] });
    expect(result.attempts.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
    expect(result.failure).toMatchObject({ step: 'connect', trouble: 'refused' });
    const second = await probe({ mode: 'starttls' }, { addresses: ['127.0.0.2', '127.0.0.1'] });
    expect(second.attempts.map(({ outcome }) => outcome)).toEqual(['refused', 'connected']);
    expect(second.address).toBe('127.0.0.1');
  });
});

describe('what the drafts forbid is seen', () => {
  test('clear text on the port of Implicit TLS', async () => {
    const result = await probe({ mode: 'starttls' }, { mode: 'implicit' });
    expect(result).toMatchObject({ speaks: 'clear', failure: { step: 'handshake', trouble: 'not-tls' } });
    expect(result.clear.banner?.code).toBe(220);
    expect(result.clear.keywords.map(({ keyword }) => keyword)).toContain('STARTTLS');
    expect(result.tls).toBeUndefined();
  });

  test('a banner that comes late on the port of Implicit TLS', async () => {
    const late = (socket: Socket): void => void setTimeout(() => socket.write('220 mx1 ESMTP\r\n'), 150);
    const result = await probe({ mode: 'starttls', banner: late }, { mode: 'implicit' });
    expect(result.speaks).toBe('clear');
  });

  test.each<[string, Act]>([
    ['503', '503 5.5.1 STARTTLS already active\r\n'],
    ['220', '220 2.0.0 go ahead\r\n'],
    ['502', '502 what\r\n'],
  ])('STARTTLS inside Implicit TLS answered with %s', async (code, secureStarttls) => {
    const result = await probe({ mode: 'implicit', secureStarttls });
    expect(result.secure.starttls?.code).toBe(Number(code));
    expect(result.quit?.code).toBe(code === '220' ? undefined : 221);
  });

  test('STARTTLS listed inside Implicit TLS', async () => {
    const result = await probe({ mode: 'implicit', secureEhlo: '250-x\r\n250-STARTTLS\r\n250 OK\r\n' });
    expect(result.secure.keywords.map(({ keyword }) => keyword)).toContain('STARTTLS');
  });

  test.each<[string, Behaviour]>([
    ['not listed', { mode: 'starttls', ehlo: '250-x\r\n250 PIPELINING\r\n' }],
    ['refused', { mode: 'starttls', starttls: '454 4.7.0 not now\r\n' }],
    ['EHLO unknown', { mode: 'starttls', ehlo: '500 what\r\n' }],
    ['no service', { mode: 'starttls', banner: '554 go away\r\n' }],
  ])('STARTTLS %s', async (_, behaviour) => {
    const result = await probe(behaviour);
    expect(result.tls).toBeUndefined();
    expect(result.failure).toBeUndefined();
    expect(result.quit?.code).toBe(221);
    expect(result.heard.at(-1)).toBe('QUIT');
  });
});

describe('client certificates', () => {
  const asks = { requestCert: true, ca: rootPem } as TLSSocketOptions;
  test.each(['TLSv1.2', 'TLSv1.3'] as const)('a request is seen in %s', async (version) => {
    const only = { minVersion: version, maxVersion: version };
    const asked = await probe({ mode: 'implicit', tls: { ...asks, ...only } as TLSSocketOptions });
    expect(asked.tls?.version).toBe(version);
    // TLS 1.3 hides the names of the CAs, and this server takes no older version.
    expect(asked.request).toEqual({
      asked: true,
      authorities: version === 'TLSv1.3' ? null : ['CN=Probe Root,O=Example'],
    });
    const silent = await probe({ mode: 'starttls', tls: only as TLSSocketOptions });
    expect(silent.request).toEqual({ asked: false, authorities: [] });
  });

  test('a server that demands one says so inside TLS', async () => {
    const demands = { ...asks, rejectUnauthorized: true };
    const refused = await probe({ mode: 'implicit', tls: demands, secureBanner: 'hang' });
    expect(refused.request.asked).toBe(true);
    expect(refused.failure).toBeDefined();
  });

  test('one that is given is shown, and its key to nobody', async () => {
    const { cert, key } = serverCertificate(['out1.example.net']);
    const seen: (string | undefined)[] = [];
    const text = (octets: string): Uint8Array => new TextEncoder().encode(octets);
    const result = await probe(
      {
        mode: 'implicit',
        tls: asks,
        secureBanner: (socket) => {
          seen.push((socket as TLSSocket).getPeerCertificate().subjectaltname);
          socket.write('220 x\r\n');
        },
      },
      { client: { certificate: text(cert), key: text(key) } },
    );
    expect(result.failure).toBeUndefined();
    expect(seen).toContain('DNS:out1.example.net');
  });
});

describe('versions and names', () => {
  const old = { minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as TLSSocketOptions;
  test('old versions that are taken', async () => {
    expect(versionsOf(await probe({ mode: 'starttls', tls: old }))).toMatchObject({
      'TLSv1.1': 'accepted',
      'TLSv1.0': 'accepted',
    });
  });

  test('a host with nothing newer', async () => {
    const result = await probe({ mode: 'implicit', tls: { ...old, maxVersion: 'TLSv1' } as TLSSocketOptions });
    expect(result.tls?.version).toBe('TLSv1');
    expect(versionsOf(result)).toEqual({
      'TLSv1.3': 'refused',
      'TLSv1.2': 'refused',
      'TLSv1.1': 'refused',
      'TLSv1.0': 'accepted',
    });
  });

  test('a host with nothing older than 1.3 has its chain as issuers link it', async () => {
    const result = await probe({ mode: 'implicit', tls: { minVersion: 'TLSv1.3' } as TLSSocketOptions });
    expect(versionsOf(result)).toMatchObject({ 'TLSv1.3': 'accepted', 'TLSv1.2': 'refused' });
    expect(result.asSent).toBe(false);
    expect(result.certificates).toHaveLength(2);
  });

  test('other names bring other certificates', async () => {
    const other = serverCertificate(['example.net']);
    const SNICallback: TLSSocketOptions['SNICallback'] = (name, done) =>
      done(null, name === 'example.net' ? createSecureContext({ cert: other.cert, key: other.key }) : undefined);
    const result = await probe(
      { mode: 'starttls', tls: { SNICallback } },
      { otherNames: ['example.net', 'mx1.example.net'] },
    );
    expect(result.names.map(({ sni, outcome }) => [sni, outcome])).toEqual([
      ['example.net', 'other'],
      [null, 'same'],
    ]);
    expect(result.names[0]?.certificate).toEqual(other.der);
  });
});
