import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Handled } from '../../lib/net/serve-options.ts';
import { frame } from '../../lib/wire/frames.ts';
import { connected, mirrored, moment, pipelined, query, serving } from './serving.ts';

describe('a connection', () => {
  test('carries many queries at once, the answers of one read in one write', async () => {
    await using server = await serving();
    const { socket, ids, pieces, until } = await connected(server.port);
    socket.write(pipelined(100));
    await until(100);
    expect(ids).toEqual(Array.from({ length: 100 }, (_, id) => id));
    expect(pieces).toHaveLength(1);
    socket.write(pipelined(1));
    await until(101);
    socket.destroy();
  });

  test.each([1, 2, 3, 7, 31, 40])('takes queries in pieces of %i octets', async (size) => {
    await using server = await serving();
    const { socket, ids, until } = await connected(server.port);
    socket.setNoDelay(true);
    const all = pipelined(5);
    for (let at = 0; at < all.length; at += size) {
      socket.write(all.subarray(at, at + size));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(5);
    expect(ids).toEqual([0, 1, 2, 3, 4]);
    socket.destroy();
  });

  test('takes the largest message there is, and one of no octets', async () => {
    const sizes: number[] = [];
    await using server = await serving({
      handle: (octets) => {
        sizes.push(octets.length);
        return { bytes: octets.slice(0, 12) };
      },
    });
    const { socket, ids, until } = await connected(server.port);
    socket.write(Buffer.concat([frame(new Uint8Array(65535)), frame(new Uint8Array(0)), frame(query(9))]));
    await until(3);
    expect(ids.slice(0, 1)).toEqual([0]);
    expect(sizes).toEqual([65535, 0, 29]);
    socket.destroy();
  });

  test('whose client has sent all still gets every answer, then ends', async () => {
    await using server = await serving({
      handle: async (octets) => {
        await moment(30);
        return { bytes: mirrored(octets) };
      },
    });
    const { socket, ids, closed } = await connected(server.port);
    socket.end(pipelined(10));
    await closed;
    expect(ids).toHaveLength(10);
  });

  test('answers that are ready together leave together', async () => {
    const waiting: (() => void)[] = [];
    await using server = await serving({
      handle: (octets) =>
        new Promise<Handled>((resolve) => {
          waiting.push(() => resolve({ bytes: mirrored(octets) }));
          if (waiting.length === 20) for (const free of waiting) free();
        }),
    });
    const { socket, pieces, until } = await connected(server.port);
    socket.write(pipelined(20));
    await until(20);
    expect(pieces).toHaveLength(1);
    socket.destroy();
  });

  test('sends a transfer message by message, and answers what was asked behind it', async () => {
    await using server = await serving({
      handle: (octets) => {
        const bytes = mirrored(octets);
        if (octets[1] !== 0) return { bytes };
        const more = Array.from({ length: 500 }, () => {
          const piece = new Uint8Array(20_000);
          piece[0] = 0xff;
          return piece;
        });
        return { bytes, more };
      },
    });
    const { socket, ids, until } = await connected(server.port);
    socket.write(pipelined(3));
    await until(503);
    expect([ids[0], ids[1], ids[500], ids[501], ids[502]]).toEqual([0, 0xff00, 0xff00, 1, 2]);
    socket.destroy();
  });

  test('sends all of several transfers that are ready late, each in its order', async () => {
    await using server = await serving({
      handle: async (octets) => {
        const [, id = 0] = octets;
        await moment(id === 0 ? 30 : 20);
        const more = Array.from({ length: 100 }, (_, at) => Uint8Array.of(id + 1, at, ...new Uint8Array(20_000)));
        return { bytes: mirrored(octets), more };
      },
    });
    const { socket, ids, until } = await connected(server.port);
    socket.write(pipelined(3));
    await until(303);
    for (const id of [0, 1, 2]) {
      const own = ids.filter((each) => each === id || each >> 8 === id + 1);
      expect(own).toEqual([id, ...Array.from({ length: 100 }, (_, at) => ((id + 1) << 8) | at)]);
    }
    socket.destroy();
  });
});

describe('a client', () => {
  const limits = { idle: 200 };

  test('that says nothing is not waited for', async () => {
    await using server = await serving({ limits });
    const { closed } = await connected(server.port);
    const start = performance.now();
    await closed;
    expect(performance.now() - start).toBeGreaterThan(120);
    expect(performance.now() - start).toBeLessThan(1500);
  });

  test('that drips half a message is not waited for either', async () => {
    await using server = await serving({ limits });
    const { socket, closed } = await connected(server.port);
    const drip = setInterval(() => socket.write(Uint8Array.of(1)), 20);
    await closed;
    clearInterval(drip);
    socket.destroy();
  });

  test('that asks again and again may stay', async () => {
    await using server = await serving({ limits });
    const { socket, ids, until } = await connected(server.port);
    for (let id = 0; id < 8; id++) {
      socket.write(frame(query(id)));
      await moment(60);
    }
    await until(8);
    expect(ids).toHaveLength(8);
    socket.destroy();
  });

  test('that waits for a late answer may stay', async () => {
    await using server = await serving({
      limits: { idle: 60 },
      handle: async (octets) => {
        await moment(300);
        return { bytes: mirrored(octets) };
      },
    });
    const { socket, ids, until } = await connected(server.port);
    socket.write(frame(query(3)));
    await until(1);
    expect(ids).toEqual([3]);
    socket.destroy();
  });

  test('that takes no answers is not read from any more, and closed in the end', async () => {
    let handled = 0;
    await using server = await serving({
      limits: { idle: 300, unsent: 100_000 },
      handle: () => {
        handled++;
        return { bytes: new Uint8Array(60_000) };
      },
    });
    const socket = connect({ port: server.port, host: '127.0.0.1' });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => {});
    socket.pause();
    const all = pipelined(2000);
    socket.write(all);
    await moment(150);
    const first = handled;
    // What the system's buffers hold, and the own limit: far from everything that was asked.
    expect(first).toBeGreaterThan(0);
    expect(first * 60_000).toBeLessThan(30_000_000);
    await moment(60);
    expect(handled).toBe(first);
    await moment(900);
    socket.resume();
    await closed;
    expect(handled).toBe(first);
  });

  test('that takes answers slowly gets all of them', async () => {
    await using server = await serving({
      limits: { unsent: 100_000 },
      handle: (octets) => {
        const bytes = new Uint8Array(30_000);
        bytes.set(octets.subarray(0, 2));
        return { bytes };
      },
    });
    const { socket, ids, until } = await connected(server.port);
    socket.pause();
    socket.write(pipelined(600));
    await moment(100);
    socket.resume();
    await until(600);
    expect(ids).toEqual(Array.from({ length: 600 }, (_, id) => id));
    socket.destroy();
  });

  test('that floods with connections gets no more than the limit, the idle ones giving way', async () => {
    await using server = await serving({ limits: { connections: 10 } });
    const all = await Promise.all(Array.from({ length: 60 }, () => connected(server.port)));
    await moment(100);
    const open = all.filter(({ socket }) => !socket.readableEnded && !socket.destroyed);
    expect(open).toHaveLength(10);
    const { socket, ids, until } = await connected(server.port);
    socket.write(frame(query(5)));
    await until(1);
    expect(ids).toEqual([5]);
    for (const each of [...all, { socket }]) each.socket.destroy();
  });

  test('with more in flight than allowed waits for its turn', async () => {
    let most = 0;
    let now = 0;
    await using server = await serving({
      limits: { inFlight: { connection: 4, socket: 4 } },
      handle: async (octets) => {
        most = Math.max(most, ++now);
        await moment(5);
        now--;
        return { bytes: mirrored(octets) };
      },
    });
    const { socket, ids, until } = await connected(server.port);
    socket.write(pipelined(40));
    await until(40);
    expect([ids.length, most]).toEqual([40, 4]);
    socket.destroy();
  });
});
