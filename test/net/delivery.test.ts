import { createSocket } from 'node:dgram';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { createConnection, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Handled, ListenAt } from '../../lib/net/serve-options.ts';
import type { Delivery } from '../../lib/server/faults/fault.ts';
import { frame } from '../../lib/wire/frames.ts';
import { serverCertificate } from './certificates.ts';
import { both, mirrored, moment, query, type Served, serving } from './serving.ts';

const tls = serverCertificate(['dns.example.net']);
const at = (transport: ListenAt['transport']): ListenAt => ({ transport, address: '127.0.0.1', port: 0 });

/** How the answer to a query for these ids leaves, and whether there is one at all. */
const DELIVERIES: Readonly<Record<number, { readonly silent?: true; readonly delivery: Delivery }>> = {
  1: { silent: true, delivery: { end: 'hang' } },
  2: { silent: true, delivery: { end: 'reset' } },
  3: { silent: true, delivery: { end: 'close' } },
  4: { delivery: { cut: 2, end: 'close' } },
  5: { delivery: { cut: 10, end: 'hang' } },
  6: { delivery: { length: 5 } },
  7: { delivery: { end: 'close' } },
  8: { delivery: { cut: 10, end: 'reset' } },
  9: { delivery: { copies: 3 } },
};

function handle(bytes: Uint8Array): Handled | Promise<Handled> {
  const id = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  // Ids from 100 on are answered late.
  const { silent, delivery } = DELIVERIES[id % 100] ?? {};
  const handled = { bytes: silent ? undefined : mirrored(bytes), ...(delivery && { delivery }) };
  return id < 100 ? handled : moment(5).then(() => handled);
}

const IDLE = 400;
let server: Served;
beforeAll(async () => {
  server = await serving({
    listen: [...both('127.0.0.1'), at('tls'), at('https')],
    tls,
    handle,
    limits: { idle: IDLE },
  });
});
afterAll(() => server.close());

const port = (transport: ListenAt['transport']): number =>
  server.listeners.find((each) => each.transport === transport)?.port ?? 0;

/** What came over a connection, and how it ended. */
interface Heard {
  readonly octets: Buffer;
  readonly end: 'open' | 'closed' | 'reset';
}

function open(transport: 'tcp' | 'tls'): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const place = { host: '127.0.0.1', port: port(transport) };
    const socket: Socket =
      transport === 'tcp'
        ? createConnection({ ...place, allowHalfOpen: true }, () => resolve(socket))
        : connectTls({ ...place, rejectUnauthorized: false }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Sends octets and listens until the end, but no longer than so many milliseconds. */
async function hear(transport: 'tcp' | 'tls', sent: Uint8Array, patience = 150): Promise<Heard> {
  const socket = await open(transport);
  const pieces: Buffer[] = [];
  let end: Heard['end'] = 'open';
  socket.removeAllListeners('error');
  const ended = new Promise<void>((resolve) => {
    socket.on('data', (piece) => pieces.push(piece));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      end = error.code === 'ECONNRESET' ? 'reset' : end;
      resolve();
    });
    socket.on('end', () => {
      end = 'closed';
      resolve();
    });
  });
  // A reset that comes together with the tickets of TLS looks like an end to this side.
  if (transport === 'tls') await moment(20);
  socket.write(sent);
  await Promise.race([ended, moment(patience)]);
  socket.destroy();
  return { octets: Buffer.concat(pieces), end };
}

const answered = (id: number): Buffer => Buffer.from(frame(mirrored(query(id))));
const NOTHING = Buffer.alloc(0);

/** What each id has to bring over a connection. */
const EXPECTED: readonly (readonly [what: string, id: number, octets: Buffer, end: Heard['end']])[] = [
  ['hangs', 1, NOTHING, 'open'],
  ['resets', 2, NOTHING, 'reset'],
  ['closes', 3, NOTHING, 'closed'],
  ['closes after the length', 4, answered(4).subarray(0, 2), 'closed'],
  ['sends ten octets and hangs', 5, answered(5).subarray(0, 10), 'open'],
  ['tells another length', 6, Buffer.concat([Buffer.of(0, 5), answered(6).subarray(2)]), 'open'],
  ['closes behind the answer', 7, answered(7), 'closed'],
  ['sends once, whatever copies there are over UDP', 9, answered(9), 'open'],
];

describe.each(['tcp', 'tls'] as const)('a delivery over %s', (transport) => {
  test.each(EXPECTED)('%s', async (_, id, octets, end) => {
    const early = await hear(transport, frame(query(id)));
    expect(early).toEqual({ octets, end });
    const late = await hear(transport, frame(query(id + 100)));
    expect([late.octets.length, late.end]).toEqual([octets.length, end]);
  });

  test('gets rid of what came before, and answers nothing that comes behind', async () => {
    const sent = Buffer.concat([20, 21, 7, 22].map((id) => frame(query(id))));
    const heard = await hear(transport, sent);
    expect(heard).toEqual({ octets: Buffer.concat([answered(20), answered(21), answered(7)]), end: 'closed' });
  });

  test('that hangs is ended by the idle limit', async () => {
    const start = performance.now();
    const heard = await hear(transport, frame(query(1)), 10 * IDLE);
    expect(heard.end).not.toBe('open');
    expect(performance.now() - start).toBeGreaterThan(IDLE / 2);
  });

  test('that hangs does not hold up the end of the server', async () => {
    const own = await serving({ listen: [at(transport)], tls, handle, limits: { idle: 60_000, drain: 60_000 } });
    const before = server;
    server = own;
    const socket = await open(transport);
    server = before;
    socket.on('error', () => {});
    socket.write(Buffer.concat([frame(query(1)), frame(query(30))]));
    await moment(50);
    const start = performance.now();
    await own.close();
    expect(performance.now() - start).toBeLessThan(1000);
    socket.destroy();
  });

  test('that resets loses nothing else of the server', async () => {
    await Promise.all(Array.from({ length: 20 }, () => hear(transport, frame(query(8)))));
    expect(await hear(transport, frame(query(40)))).toEqual({ octets: answered(40), end: 'open' });
  });
});

test('a datagram comes as often as it should', async () => {
  const socket = createSocket('udp4');
  const ids: number[] = [];
  socket.on('message', (message) => ids.push(message.readUInt16BE(0)));
  for (const id of [9, 109, 50]) socket.send(query(id), port('udp'), '127.0.0.1');
  await moment(150);
  socket.close();
  expect(ids.sort()).toEqual([109, 109, 109, 50, 9, 9, 9].sort());
});

/** What a POST over HTTP/1.1 came to. */
function post(id: number, patience = 200): Promise<string> {
  const body = Buffer.from(query(id));
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/dns-message', 'content-length': body.length };
    const asking = request(
      {
        host: '127.0.0.1',
        port: port('https'),
        path: '/dns-query',
        method: 'POST',
        rejectUnauthorized: false,
        agent: false,
        headers,
      },
      (response) => {
        let length = 0;
        response.on('data', (piece: Buffer) => {
          length += piece.length;
        });
        response.on('end', () => resolve(`${response.statusCode} ${length}`));
        response.on('error', () =>
          resolve(`${response.statusCode} ${length} of ${response.headers['content-length']}`),
        );
        setTimeout(
          () => resolve(`${response.statusCode} ${length} of ${response.headers['content-length']} and silence`),
          patience,
        );
      },
    );
    asking.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    setTimeout(() => {
      resolve('silence');
      asking.destroy();
    }, patience * 2);
    asking.end(body);
  });
}

describe('a delivery over HTTPS', () => {
  test.each([
    [1, 'silence'],
    [2, 'ECONNRESET'],
    [3, 'ECONNRESET'],
    [4, '200 0 of 29'],
    [5, '200 8 of 29 and silence'],
    [7, '200 29'],
    [60, '200 29'],
  ])('of id %i is %s', async (id, expected) => {
    expect(await post(id)).toBe(expected);
  });

  test('over HTTP/2 leaves the other streams of a connection alone', async () => {
    const session = connectHttp2(`https://127.0.0.1:${port('https')}`, { rejectUnauthorized: false });
    session.on('error', () => {});
    const ask = (id: number): Promise<number> =>
      new Promise((resolve) => {
        const stream = session.request({
          ':path': `/dns-query?dns=${Buffer.from(query(id)).toString('base64url')}`,
        });
        let length = 0;
        stream.on('data', (piece: Buffer) => {
          length += piece.length;
        });
        stream.on('end', () => resolve(length));
        stream.on('error', () => resolve(-1));
        setTimeout(() => resolve(-2), 150);
      });
    expect(await Promise.all([ask(1), ask(70), ask(71)])).toEqual([-2, 29, 29]);
    // Nothing more comes, and the connection that still waits is ended by the idle limit.
    await new Promise<void>((resolve) => session.once('close', () => resolve()));
  });
});
