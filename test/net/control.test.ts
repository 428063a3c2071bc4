import { createConnection, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type RunningControl, startControl } from '../../lib/net/control.ts';
import type { ControlOptions, ControlReply, ControlRequest } from '../../lib/net/control-options.ts';
import { ListenError } from '../../lib/net/serve-options.ts';
import { moment } from './serving.ts';

let running: RunningControl | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

/** Starts an interface that says what it was asked, unless told otherwise. */
async function started(options: Partial<ControlOptions> = {}): Promise<string> {
  running = await startControl({ address: '127.0.0.1', port: 0, handle: echo, ...options });
  return `http://127.0.0.1:${running.port}`;
}

function echo({ method, target, body, headers }: ControlRequest): ControlReply {
  const told = { method, target, body: Buffer.from(body).toString(), type: headers['content-type'] };
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(told) };
}

/** A connection with what came on it. */
async function raw(send: string): Promise<{ readonly socket: Socket; readonly closed: Promise<string> }> {
  const socket = createConnection({ host: '127.0.0.1', port: running?.port ?? 0 });
  let text = '';
  socket.setEncoding('utf8').on('data', (piece) => {
    text += String(piece);
  });
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(text)));
  await new Promise<void>((resolve) => socket.on('connect', resolve));
  socket.write(send);
  return { socket, closed };
}

const HEAD = 'GET / HTTP/1.1\r\nHost: localhost\r\n';

describe('a control interface', () => {
  test('hands requests over whole and sends what it is given', async () => {
    const url = await started();
    const response = await fetch(`${url}/a?b=c`, { method: 'POST', body: 'äöü' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      method: 'POST',
      target: '/a?b=c',
      body: 'äöü',
      type: 'text/plain;charset=UTF-8',
    });
  });

  test.each<[string, ControlReply, string]>([
    ['nothing', { status: 204 }, ''],
    ['octets', { status: 201, body: Uint8Array.of(97, 98) }, 'ab'],
    ['pieces', { status: 200, body: ['a', 'b', 'c'.repeat(3_000_000)] }, `ab${'c'.repeat(3_000_000)}`],
  ])('sends %s', async (_, reply, text) => {
    const url = await started({ handle: () => reply });
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([reply.status, text]);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([reply.status, '']);
  });

  test('makes a failure of its own a sentence and goes on', async () => {
    const failed: unknown[] = [];
    let fails = true;
    const url = await started({
      handle: () => {
        if (fails) throw new Error('secret');
        return { status: 204 };
      },
      failed: (error) => failed.push(error),
    });
    const response = await fetch(url);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      error: { code: 'internal', message: expect.not.stringContaining('secret') as string },
    });
    expect(failed).toMatchObject([{ message: 'secret' }]);
    fails = false;
    expect((await fetch(url)).status).toBe(204);
  });

  test('says where it cannot listen', async () => {
    await started();
    const again = startControl({ address: '127.0.0.1', port: running?.port ?? 0, handle: echo });
    await expect(again).rejects.toThrow(ListenError);
    await expect(again).rejects.toThrow(/is in use/u);
  });
});

describe('limits', () => {
  test('hold for bodies, told beforehand or not', async () => {
    const url = await started({ limits: { body: 1000 } });
    const stream = (octets: number): ReadableStream =>
      new ReadableStream({
        start(controller) {
          controller.enqueue(new Uint8Array(octets));
          controller.close();
        },
      });
    const sent = (body: string | ReadableStream): Promise<Response> =>
      fetch(url, { method: 'PUT', body, duplex: 'half' } as RequestInit);
    expect((await sent('x'.repeat(1000))).status).toBe(200);
    const refused = await sent('x'.repeat(1001));
    expect([refused.status, await refused.json()]).toEqual([
      413,
      { error: { code: 'body-too-large', message: 'the body of a request has at most 1000 octets' } },
    ]);
    expect((await sent(stream(1000))).status).toBe(200);
    expect((await sent(stream(5000))).status).toBe(413);
    expect((await fetch(url)).status).toBe(200);
  });

  test('are told before a large body is sent', async () => {
    await started({ limits: { body: 1000 } });
    const { closed } = await raw('PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2000\r\n\r\n');
    const text = await closed;
    expect(text).toMatch(/^HTTP\/1\.1 413 /u);
    expect(text).not.toContain('100 Continue');
    const small = await raw(
      'PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab',
    );
    expect(await small.closed).toMatch(/^HTTP\/1\.1 100 Continue.*200 OK/su);
  });

  test('end requests that come too slowly', async () => {
    await started({ limits: { request: 200 } });
    const slowHead = await raw(HEAD);
    const slowBody = await raw('PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab');
    for (const { closed } of [slowHead, slowBody]) {
      const text = await closed;
      expect(text).toMatch(/^HTTP\/1\.1 408 /u);
      expect(text).toContain('"code":"too-slow"');
    }
  });

  test('close connections on which nothing moves, but not those that wait for an answer', async () => {
    await started({
      limits: { idle: 100 },
      handle: async () => {
        await moment(400);
        return { status: 204 };
      },
    });
    const waiting = await raw(`${HEAD}Connection: close\r\n\r\n`);
    expect(await waiting.closed).toMatch(/^HTTP\/1\.1 204 /u);
    expect(await (await raw('')).closed).toBe('');
  });

  test('hold for connections', async () => {
    const url = await started({ limits: { connections: 2 } });
    const held = [await raw(''), await raw('')];
    expect(await (await raw(`${HEAD}\r\n`)).closed).toBe('');
    for (const { socket } of held) socket.destroy();
    for (const { closed } of held) await closed;
    await moment(20);
    expect((await fetch(url)).status).toBe(200);
  });

  test.each([
    ['no HTTP', '\x16\x03\x01\x00\xff\r\n\r\n', 400],
    ['a wrong length', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n', 400],
    ['two lengths', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['headers without end', `${HEAD}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['a header of two lines', `${HEAD}X: a\r\n b\x01c\r\n\r\n`, 400],
  ])('are not passed by %s', async (_, octets, status) => {
    const url = await started();
    const { closed } = await raw(octets);
    expect(await closed).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `, 'u'));
    expect((await fetch(url)).status).toBe(200);
  });

  test('hold against octets of any kind', async () => {
    const url = await started({ limits: { request: 100, idle: 100 } });
    const starts = [
      '',
      'GET ',
      'GET / HTTP/1.1\r\n',
      'POST /v1 HTTP/1.1\r\nTransfer-Encoding: chunked\r\nHost: a\r\n\r\n',
    ];
    const octets = Array.from({ length: 60 }, (_, index) => {
      const noise = Array.from({ length: 40 }, (__, at) => String.fromCharCode((index * 37 + at * at * 11) % 256)).join(
        '',
      );
      return `${starts[index % starts.length]}${noise}`;
    });
    for (const each of octets) {
      const { socket } = await raw(each);
      setTimeout(() => socket.destroy(), 50);
    }
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('streams of events', () => {
  const events = (next: () => string, close = (): void => {}): ControlReply => ({
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    events: { next, close },
  });

  test('come as they happen, and end with the listener', async () => {
    let count = 0;
    let closes = 0;
    const url = await started({
      handle: () =>
        events(
          () => `data: ${++count}\n\n`,
          () => void closes++,
        ),
      limits: { beat: 10 },
    });
    const leaving = new AbortController();
    const response = await fetch(url, { signal: leaving.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    for await (const piece of response.body as AsyncIterable<Uint8Array>) {
      text += Buffer.from(piece).toString();
      if (count >= 3) break;
    }
    expect(text).toMatch(/^: events follow\n\ndata: 1\n\ndata: 2\n\n/u);
    leaving.abort();
    for (let waits = 0; closes === 0 && waits < 100; waits++) await moment(10);
    const before = count;
    await moment(50);
    expect([closes, count]).toEqual([1, before]);
  });

  test('show that they are alive', async () => {
    const url = await started({ handle: () => events(() => ''), limits: { beat: 10, idle: 100 } });
    const response = await fetch(url);
    let beats = 0;
    for await (const piece of response.body as AsyncIterable<Uint8Array>) {
      if (Buffer.from(piece).toString().includes(': \n\n') && ++beats === 4) break;
    }
    expect(beats).toBe(4);
  });

  test('drop those who do not read', async () => {
    let closes = 0;
    await started({
      handle: () =>
        events(
          () => `data: ${'x'.repeat(200_000)}\n\n`,
          () => void closes++,
        ),
      limits: { beat: 5, unread: 500_000 },
    });
    const { socket } = await raw(`${HEAD}\r\n`);
    socket.pause();
    for (let waits = 0; closes === 0 && waits < 500; waits++) await moment(10);
    expect(closes).toBe(1);
    socket.destroy();
  });

  test('are not too many', async () => {
    let closes = 0;
    const url = await started({
      handle: () =>
        events(
          () => '',
          () => void closes++,
        ),
      limits: { streams: 2 },
    });
    const open = [await fetch(url), await fetch(url)];
    const refused = await fetch(url);
    expect([refused.status, closes]).toEqual([503, 1]);
    expect(await refused.json()).toMatchObject({ error: { code: 'too-many-streams' } });
    await open[0]?.body?.cancel();
    for (let waits = 0; closes < 2 && waits < 100; waits++) await moment(10);
    expect((await fetch(url)).status).toBe(200);
  });

  test('that fail end, and nothing else does', async () => {
    let fails = true;
    const url = await started({
      handle: () =>
        events(() => {
          if (fails) throw new Error('broken');
          return 'data: 1\n\n';
        }),
    });
    await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
    fails = false;
    expect((await fetch(url)).status).toBe(200);
  });
});

describe('closing', () => {
  test('ends streams and those who wait, and takes no more', async () => {
    let aborted = 0;
    const url = await started({
      handle: ({ target, signal }) => {
        if (target === '/events') return { status: 200, events: { next: () => '', close() {} } };
        return new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            aborted++;
            resolve({ status: 504 });
          }),
        );
      },
    });
    const stream = await fetch(`${url}/events`);
    const waiting = fetch(`${url}/wait`);
    await moment(50);
    const start = Date.now();
    await running?.close();
    expect(Date.now() - start).toBeLessThan(900);
    expect(await stream.text()).toBe(': events follow\n\n');
    expect([(await waiting).status, aborted]).toEqual([504, 1]);
    await expect(fetch(url)).rejects.toThrow();
    await running?.close();
  });

  test('waits no longer than it may', async () => {
    const url = await started({ handle: () => new Promise(() => {}), limits: { drain: 100 } });
    const waiting = fetch(url).catch(() => 'ended');
    await moment(50);
    const start = Date.now();
    await running?.close();
    expect(Date.now() - start).toBeLessThan(2000);
    expect(await waiting).toBe('ended');
  });

  test('tells those who wait that the client has gone', async () => {
    let gone = false;
    const url = await started({
      handle: ({ signal }) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            gone = true;
            resolve({ status: 204 });
          }),
        ),
    });
    const leaving = new AbortController();
    const waiting = fetch(url, { signal: leaving.signal }).catch(() => 'left');
    await moment(50);
    leaving.abort();
    expect(await waiting).toBe('left');
    for (let waits = 0; !gone && waits < 100; waits++) await moment(10);
    expect(gone).toBe(true);
  });
});
