import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { askServer } from '../../lib/net/ask.ts';
import { startServer } from '../../lib/net/serve.ts';
import type { Handled } from '../../lib/net/serve-options.ts';
import { TYPE } from '../../lib/rr/types.ts';
import type { Exchange } from '../../lib/server/exchange.ts';
import { frame } from '../../lib/wire/frames.ts';
import { wire } from '../wire/messages.ts';
import { both, connected, mirrored, moment, pipelined, query, serving } from './serving.ts';

const question = { name: wire('example.net.'), type: TYPE.MX, class: 1 };
const ask = (port: number, transport: 'udp' | 'tcp', address = '127.0.0.1'): ReturnType<typeof askServer> =>
  askServer({ address, port }, question, { random: () => 7, transport, timeout: 1000, retries: 0 });

const hasIp6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'));
if (!hasIp6) console.log('no IPv6 loopback: serving over IPv6 is not tried');

describe('listening', () => {
  test('UDP and TCP get the same free port, and answer', async () => {
    await using server = await serving();
    expect(server.listeners).toEqual(both('127.0.0.1', server.port));
    expect(await ask(server.port, 'udp')).toMatchObject({ transport: 'udp' });
    expect(await ask(server.port, 'tcp')).toMatchObject({ transport: 'tcp' });
  });

  test.each([[['udp', 'tcp']], [['tcp', 'udp']]] as const)('in the order asked for (%o)', async (order) => {
    const listen = [...order, ...order].map((transport) => ({ transport, address: '127.0.0.1', port: 0 }));
    await using server = await serving({ listen });
    const [one, two, three, four] = server.listeners;
    expect(server.listeners.map(({ transport }) => transport)).toEqual([...order, ...order]);
    expect([one?.port, three?.port]).toEqual([two?.port, four?.port]);
    expect(one?.port).not.toBe(three?.port);
  });

  test('finds another port when only UDP of a free one is taken', async () => {
    const taken = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const socket = createSocket('udp4');
        await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
        return socket;
      }),
    );
    await using server = await serving();
    expect(taken.map((socket) => socket.address().port)).not.toContain(server.port);
    for (const socket of taken) socket.close();
  });

  test.runIf(hasIp6)('at several addresses, each answering from its own', async () => {
    const listen = [...both('127.0.0.1'), ...both('127.0.0.2'), ...both('::1')];
    await using server = await serving({ listen });
    for (const { address, port, transport } of server.listeners) {
      // The client's socket is connected: an answer from elsewhere would never reach it.
      expect(await ask(port, transport as 'udp' | 'tcp', address)).toMatchObject({ transport });
    }
  });

  test('tells who asks, and when', async () => {
    const seen: Exchange[] = [];
    await using server = await serving({
      now: () => 4711,
      handle: (octets, exchange) => {
        seen.push(exchange);
        return { bytes: mirrored(octets) };
      },
    });
    await ask(server.port, 'udp');
    await ask(server.port, 'tcp');
    expect(seen).toMatchObject([
      { transport: 'udp', client: { address: '127.0.0.1' }, now: 4711 },
      { transport: 'tcp', client: { address: '127.0.0.1' }, now: 4711 },
    ]);
    expect(seen.every(({ client }) => client.port > 0)).toBe(true);
  });

  test.each([
    ['udp', 'EADDRINUSE', / is in use: another program listens there for UDP$/],
    ['tcp', 'EADDRINUSE', / is in use: another program listens there for TCP$/],
  ] as const)('at a port in use fails and leaves nothing open (%s)', async (transport, code, words) => {
    await using first = await serving();
    const free = await serving();
    await free.close();
    const listen = [...both('127.0.0.1', free.port), { transport, address: '127.0.0.1', port: first.port }];
    const failure = await startServer({ listen, handle: () => ({ bytes: undefined }), now: () => 0 }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code, message: expect.stringMatching(words) });
    await using again = await serving({ listen: both('127.0.0.1', free.port) });
    expect(again.port).toBe(free.port);
  });

  const elsewhere: readonly (readonly [string, string, string])[] = [
    ['192.0.2.1', 'EADDRNOTAVAIL', '192.0.2.1:0 cannot be listened at: 192.0.2.1 is no address of this machine'],
    [
      '2001:db8::1',
      'EADDRNOTAVAIL',
      '[2001:db8::1]:0 cannot be listened at: 2001:db8::1 is no address of this machine',
    ],
  ];
  const reachable = elsewhere.filter(([address]) => hasIp6 || !address.includes(':'));
  test.each(reachable)('at an address of another machine fails (%s)', async (address, code, message) => {
    const starting = startServer({ listen: both(address), handle: () => ({ bytes: undefined }), now: () => 0 });
    await expect(starting).rejects.toMatchObject({ code, message });
  });

  test('for TLS without a certificate fails', async () => {
    const listen = [{ transport: 'tls', address: '127.0.0.1', port: 0 }] as const;
    const starting = startServer({ listen, handle: () => ({ bytes: undefined }), now: () => 0 });
    await expect(starting).rejects.toMatchObject({
      code: 'NO_CERTIFICATE',
      message: '127.0.0.1:0 needs a certificate and its key for DNS over TLS',
    });
  });
});

describe('a handler', () => {
  test('that throws or rejects costs SERVFAIL, not the server', async () => {
    const failures: unknown[] = [];
    let count = 0;
    await using server = await serving({
      handle: () => {
        if (count++ % 2 === 0) throw new Error('thrown');
        return Promise.reject(new Error('rejected'));
      },
      failed: (error) => failures.push(error),
    });
    for (const transport of ['udp', 'udp', 'tcp', 'tcp'] as const)
      expect(await ask(server.port, transport)).toMatchObject({ message: { rcode: 2, questions: [] } });
    expect(failures.map(String).sort()).toEqual([
      ...Array(2).fill('Error: rejected'),
      ...Array(2).fill('Error: thrown'),
    ]);
  });

  test('that gives nothing sends nothing', async () => {
    await using server = await serving({ handle: () => ({ bytes: undefined }) });
    const socket = createSocket('udp4');
    let came = 0;
    socket.on('message', () => came++);
    socket.send(query(1), server.port, '127.0.0.1');
    const { socket: stream, ids } = await connected(server.port);
    stream.write(frame(query(1)));
    await moment(80);
    expect([came, ids.length]).toEqual([0, 0]);
    socket.close();
    stream.destroy();
  });

  test('that takes its time holds nobody else up', async () => {
    let free: (() => void) | undefined;
    await using server = await serving({
      handle: (octets) => {
        const bytes = mirrored(octets);
        if (bytes[1] !== 0) return { bytes };
        return new Promise<Handled>((resolve) => (free = () => resolve({ bytes })));
      },
    });
    const { socket, ids, until } = await connected(server.port);
    socket.write(pipelined(3));
    await until(2);
    expect(ids).toEqual([1, 2]);
    free?.();
    await until(3);
    expect(ids).toEqual([1, 2, 0]);
    socket.destroy();
  });
});

describe('closing', () => {
  test('finishes what is in flight, and frees the port', async () => {
    const handle = async (octets: Uint8Array): Promise<Handled> => {
      await moment(120);
      return { bytes: mirrored(octets) };
    };
    const server = await serving({ handle });
    const answers = [ask(server.port, 'udp'), ask(server.port, 'tcp')];
    await moment(50);
    const closing = server.close();
    expect(server.close()).toBe(closing);
    await closing;
    expect(await Promise.all(answers)).toMatchObject([{ transport: 'udp' }, { transport: 'tcp' }]);
    expect(await ask(server.port, 'udp')).toMatchObject({ failure: 'unreachable' });
    expect(await ask(server.port, 'tcp')).toMatchObject({ failure: 'unreachable' });
  });

  test('does not wait longer than it may', async () => {
    const server = await serving({ handle: () => new Promise<Handled>(() => {}), limits: { drain: 150 } });
    const { socket, closed } = await connected(server.port);
    socket.write(pipelined(1));
    const late = ask(server.port, 'udp');
    await moment(50);
    const start = performance.now();
    await server.close();
    expect(performance.now() - start).toBeGreaterThan(100);
    expect(performance.now() - start).toBeLessThan(1000);
    await closed;
    expect(await late).toHaveProperty('failure');
    socket.destroy();
  });

  test('leaves unsent what comes after it', async () => {
    const late: (() => void)[] = [];
    const handle = (octets: Uint8Array): Promise<Handled> =>
      new Promise((resolve) => void late.push(() => resolve({ bytes: mirrored(octets) })));
    const server = await serving({ handle, limits: { drain: 20 } });
    const answers = [ask(server.port, 'udp'), ask(server.port, 'tcp')];
    await moment(50);
    await server.close();
    const rejected: unknown[] = [];
    const note = (error: unknown): void => void rejected.push(error);
    process.on('unhandledRejection', note);
    for (const free of late) free();
    await moment(20);
    process.off('unhandledRejection', note);
    expect([late.length, rejected]).toEqual([2, []]);
    for (const answer of await Promise.all(answers)) expect(answer).toHaveProperty('failure');
  });

  test('is at once when connections are idle', async () => {
    const server = await serving();
    const open = await Promise.all(Array.from({ length: 5 }, () => connected(server.port)));
    await moment(20);
    const start = performance.now();
    await server.close();
    expect(performance.now() - start).toBeLessThan(500);
    await Promise.all(open.map(({ closed }) => closed));
    for (const { socket } of open) socket.destroy();
  });

  test('leaves nothing open', async () => {
    const open = (): number => process.getActiveResourcesInfo().filter((each) => /TCP|UDP/.test(each)).length;
    const before = open();
    const server = await serving();
    expect(open()).toBeGreaterThan(before);
    await ask(server.port, 'tcp');
    await server.close();
    await moment(20);
    expect(open()).toBeLessThanOrEqual(before);
  });
});

test('a server that Node itself made cannot share the port', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  await expect(serving({ listen: both('127.0.0.1', port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await new Promise((resolve) => other.close(resolve));
});
