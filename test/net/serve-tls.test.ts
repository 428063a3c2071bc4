import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshness } from '../../lib/net/serve-https.ts';
import type { ListenAt } from '../../lib/net/serve-options.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { FrameReader } from '../../lib/wire/frames.ts';
import { u16At } from '../../lib/wire/header.ts';
import { record, responseFor } from '../wire/messages.ts';
import { serverCertificate } from './certificates.ts';
import { octets } from './fake-dns.ts';
import { connected, mirrored, moment, pipelined, query, type Served, serving } from './serving.ts';

const tls = serverCertificate(['dns.example.net']);
const at = (transport: ListenAt['transport']): ListenAt => ({ transport, address: '127.0.0.1', port: 0 });
const soa = record('example.net.', TYPE.SOA, new Uint8Array([0, 0, ...new Array<number>(19).fill(0), 60]), 300);

let server: Served;
let ports: readonly number[] = [];
beforeAll(async () => {
  server = await serving({ listen: [at('tls'), at('https')], tls, limits: { idle: 1500 } });
  ports = server.listeners.map(({ port }) => port);
});
afterAll(() => server.close());

/** Sends octets over TLS and gathers the ids of what comes, until so many have come or the connection ends. */
function overTls(port: number, sent: Uint8Array, count: number, protocols?: string[]): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const reader = new FrameReader();
    const ids: number[] = [];
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: protocols ?? [] });
    socket.on('error', reject);
    socket.on('secureConnect', () => socket.write(sent));
    socket.on('end', () => resolve(ids));
    socket.on('data', (piece) => {
      for (const message of reader.push(piece)) ids.push(u16At(message, 0));
      if (ids.length < count) return;
      socket.destroy();
      resolve(ids);
    });
  });
}

describe('DNS over TLS', () => {
  test.each([[['dot']], [undefined]])('answers pipelined queries (ALPN %o)', async (protocols) => {
    expect(await overTls(ports[0] ?? 0, pipelined(50), 50, protocols)).toEqual(
      Array.from({ length: 50 }, (_, id) => id),
    );
  });

  test('is refused to those who want to speak something else', async () => {
    await expect(overTls(ports[0] ?? 0, pipelined(1), 1, ['h2'])).rejects.toThrow(/alert/iu);
  });

  test('does not wait long for a handshake, nor take clear text for one', async () => {
    await using short = await serving({ listen: [at('tls')], tls, limits: { idle: 200 } });
    const silent = await connected(short.port);
    const clear = await connected(short.port);
    clear.socket.write(pipelined(1));
    await Promise.all([silent.closed, clear.closed]);
    expect(clear.ids).toEqual([]);
    for (const { socket } of [silent, clear]) socket.destroy();
  });

  test('closes with what is in flight answered', async () => {
    const own = await serving({
      listen: [at('tls')],
      tls,
      handle: async (bytes) => {
        await moment(80);
        return { bytes: mirrored(bytes) };
      },
    });
    const answers = overTls(own.port, pipelined(5), 5);
    await moment(60);
    await own.close();
    expect(await answers).toHaveLength(5);
  });
});

interface Fetched {
  readonly status: number | undefined;
  readonly type: unknown;
  readonly cache: unknown;
  readonly body: Buffer;
}

function fetched(method: string, path: string, body?: Uint8Array, type = 'application/dns-message'): Promise<Fetched> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': type };
    const asked = request(
      { host: '127.0.0.1', port: ports[1], method, path, headers, rejectUnauthorized: false, agent: false },
      (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            type: response.headers['content-type'],
            cache: response.headers['cache-control'],
            body: Buffer.concat(pieces),
          }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

const encoded = Buffer.from(query(0)).toString('base64url');

describe('DNS over HTTPS', () => {
  test('answers GET and POST, HEAD without a body', async () => {
    const expected = { status: 200, type: 'application/dns-message', cache: 'max-age=0' };
    const got = await fetched('GET', `/dns-query?dns=${encoded}`);
    expect(got).toMatchObject(expected);
    expect(new Uint8Array(got.body)).toEqual(mirrored(query(0)));
    const posted = await fetched('POST', '/dns-query', query(3));
    expect(posted).toMatchObject(expected);
    expect(new Uint8Array(posted.body)).toEqual(mirrored(query(3)));
    expect(await fetched('HEAD', `/dns-query?dns=${encoded}`)).toMatchObject({ ...expected, body: Buffer.alloc(0) });
  });

  test.each<[string, number, string, string, Uint8Array?, string?]>([
    ['another path', 404, 'GET', '/other'],
    ['no query', 400, 'GET', '/dns-query'],
    ['two queries', 400, 'GET', `/dns-query?dns=${encoded}&dns=${encoded}`],
    ['base64 with padding', 400, 'GET', '/dns-query?dns=AAAA%3D%3D'],
    ['a length that base64url never has', 400, 'GET', '/dns-query?dns=AAAAA'],
    ['a request line longer than Node takes', 431, 'GET', `/dns-query?dns=${'A'.repeat(20_000)}`],
    ['another method', 405, 'PUT', '/dns-query', query(1)],
    ['another media type', 415, 'POST', '/dns-query', query(1), 'text/plain'],
    ['too much', 413, 'POST', '/dns-query', new Uint8Array(65_536)],
  ])('refuses %s with %i', async (_, status, method, path, body, type) => {
    expect((await fetched(method, path, body, type)).status).toBe(status);
  });

  test('speaks HTTP/2, many queries on one connection', async () => {
    const session = connectHttp2(`https://127.0.0.1:${ports[1]}`, { rejectUnauthorized: false });
    const ids = await Promise.all(
      Array.from({ length: 20 }, async (_, id) => {
        const stream = session.request({ ':path': `/dns-query?dns=${Buffer.from(query(id)).toString('base64url')}` });
        const pieces: Buffer[] = [];
        for await (const piece of stream) pieces.push(piece as Buffer);
        return u16At(Buffer.concat(pieces), 0);
      }),
    );
    expect(ids).toEqual(Array.from({ length: 20 }, (_, id) => id));
    await new Promise<void>((resolve) => session.close(resolve));
  });

  test('closes connections that are idle, of either version', async () => {
    await using own = await serving({ listen: [at('https')], tls, limits: { idle: 200 } });
    const closed = ['h2', 'http/1.1'].map(
      (protocol) =>
        new Promise<void>((resolve, reject) => {
          const options = { port: own.port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: [protocol] };
          const socket: Socket = connect(options, () => socket.resume());
          socket.on('error', reject);
          socket.on('close', () => resolve());
        }),
    );
    await Promise.all(closed);
  });

  test('stops while clients are connected', async () => {
    const own = await serving({ listen: [at('https')], tls });
    const session = connectHttp2(`https://127.0.0.1:${own.port}`, { rejectUnauthorized: false });
    const over = new Promise((resolve) => session.on('close', resolve));
    await new Promise((resolve) => session.on('connect', resolve));
    await moment(20);
    const start = performance.now();
    await own.close();
    expect(performance.now() - start).toBeLessThan(1000);
    await over;
  });

  test.each([
    [
      'the least TTL of the answer',
      { answer: [record('a.', 1, new Uint8Array(4), 90), record('a.', 1, new Uint8Array(4), 30)] },
      30,
    ],
    ['TTL and MINIMUM of the SOA', { authority: [soa] }, 60],
    ['nothing', {}, 0],
    ['a TTL that is too large', { answer: [record('a.', 1, new Uint8Array(4), 0x80000000)] }, 0],
  ])('may be kept for %s', (_, sections, seconds) => {
    expect(freshness(octets({ ...responseFor('a.', 1), ...sections }))).toBe(seconds);
  });

  test('that cannot be read may not be kept', () => {
    expect(freshness(Uint8Array.of(1))).toBe(0);
  });
});
