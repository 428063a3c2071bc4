import { createSocket } from 'node:dgram';
import { describe, expect, test } from 'vitest';
import { type AskOptions, type AskResult, askServer } from '../../lib/net/ask.ts';
import type { ServerAddress } from '../../lib/net/server-address.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { RCODE } from '../../lib/wire/codes.ts';
import { frame } from '../../lib/wire/frames.ts';
import type { Message } from '../../lib/wire/message.ts';
import { join, record, wire } from '../wire/messages.ts';
import { fakeServer, octets, reply } from './fake-dns.ts';

const question = { name: wire('example.net.'), type: TYPE.MX, class: 1 };
const answer = [record('example.net.', TYPE.MX, join([0, 10], wire('mx1.example.net.')))];
let id = 700;

/** Asks with ids in a row; gives up after 0.4 s unless told otherwise. */
function ask(server: ServerAddress, options: Partial<AskOptions> = {}): Promise<AskResult> {
  return askServer(server, question, { random: () => id++, timeout: 400, ...options });
}

/** Asks a server that behaves so over UDP. */
async function askUdp(
  udp: (query: Message, send: (bytes: Uint8Array) => void) => void,
  options: Partial<AskOptions> = {},
): Promise<AskResult> {
  await using server = await fakeServer({ udp });
  return await ask(server, options);
}

/** Asks a server that behaves so over TCP. */
async function askTcp(
  tcp: (query: Message, end: (bytes: Uint8Array, close?: boolean) => void) => void,
): Promise<AskResult> {
  await using server = await fakeServer({
    tcp: (query, socket) => tcp(query, (bytes, close) => (close ? socket.end(bytes) : socket.write(bytes))),
  });
  return await ask(server, { transport: 'tcp' });
}

function detail(result: AskResult): string {
  return 'failure' in result ? `${result.failure}: ${result.detail.replace(/^\S+ /, '')}` : 'a message';
}

describe('a question over UDP', () => {
  test('has RD, AD and EDNS, and DO only when wanted', async () => {
    const seen: Message[] = [];
    const udp = (query: Message, send: (bytes: Uint8Array) => void): void => {
      seen.push(query);
      send(octets(reply(query, { answer })));
    };
    expect(await askUdp(udp)).toMatchObject({ transport: 'udp', message: { answer, rcode: 0 } });
    await askUdp(udp, { dnssec: true, recursion: false, udpSize: 4000, checkingDisabled: true });
    expect(seen).toMatchObject([
      {
        recursionDesired: true,
        authenticData: true,
        checkingDisabled: false,
        edns: { udpSize: 1232, dnssecOk: false },
      },
      { recursionDesired: false, checkingDisabled: true, edns: { udpSize: 4000, dnssecOk: true } },
    ]);
    expect(seen[1]?.id).toBe((seen[0]?.id ?? 0) + 1);
  });

  test('goes over IPv6 too', async () => {
    await using server = await fakeServer({ udp: (query, send) => send(octets(reply(query, { answer }))) }, '::1');
    expect(await ask(server)).toMatchObject({ message: { answer } });
  });

  test('is sent again when the first one is lost, from the same port', async () => {
    const ports: number[] = [];
    await using server = await fakeServer({
      udp: (query, send, { port }) => {
        if (ports.push(port) === 2) send(octets(reply(query, { answer })));
      },
    });
    expect(await ask(server)).toMatchObject({ message: { answer } });
    expect(new Set(ports).size).toBe(1);
    await ask(server);
    expect(new Set(ports).size).toBe(2);
  });

  test('accepts the question in another case', async () => {
    const questions = [{ ...question, name: wire('EXAMPLE.net.') }];
    expect(await askUdp((query, send) => send(octets(reply(query, { questions, answer }))))).toMatchObject({
      message: { answer },
    });
  });

  test.each<[string, (query: Message) => Uint8Array, string]>([
    ['another id', (query) => octets(reply(query, { id: query.id ^ 1, answer })), 'but sent a message with another id'],
    [
      'another question',
      (query) => octets(reply(query, { questions: [{ ...question, type: 1 }] })),
      'to another question',
    ],
    ['no question', (query) => octets(reply(query, { questions: [], answer })), '(NOERROR) without the question'],
    ['the query itself', (query) => octets(query), 'but sent a query instead of a response'],
    ['another operation', (query) => octets(reply(query, { opcode: 4 })), 'to another operation'],
    ['three octets', () => Uint8Array.of(1, 2, 3), 'but sent 3 octets, too few for a DNS message'],
  ])('does not take %s for the answer', async (_, make, words) => {
    const start = Date.now();
    const result = await askUdp((query, send) => send(make(query)));
    expect(detail(result)).toContain(`timeout: did not answer within 0.4 s, but sent`);
    expect(detail(result)).toContain(words);
    expect(Date.now() - start).toBeLessThan(2000);
    const right = await askUdp((query, send) => {
      send(make(query));
      send(octets(reply(query, { answer })));
    });
    expect(right).toMatchObject({ message: { answer } });
  });

  test('does not take an answer from elsewhere', async () => {
    const spoofer = createSocket('udp4');
    await using server = await fakeServer({
      udp: (query, _, { port }) => spoofer.send(octets(reply(query, { answer })), port, '127.0.0.1'),
    });
    expect(detail(await ask(server))).toBe('timeout: did not answer within 0.4 s: is the server running?');
    spoofer.close();
  });

  test('takes a malformed response for what it is at once', async () => {
    const result = await askUdp((query, send) => send(join(octets(reply(query, { answer })), [0])), { timeout: 9000 });
    expect(detail(result)).toBe(
      'malformed: gave a malformed answer: octets are left behind the last record the header counts: 1 (octet 60)',
    );
  });

  test('listens to a flood of strays for a while only', async () => {
    const result = await askUdp(
      (_, send) => {
        for (let index = 0; index < 150; index++) send(Uint8Array.of(0));
      },
      { timeout: 9000 },
    );
    expect(detail(result)).toContain('malformed');
  });

  test('goes without EDNS to a server that does not understand it', async () => {
    let queries = 0;
    const result = await askUdp((query, send) => {
      queries++;
      const { edns, ...plain } = query;
      const old = reply(plain as Message, { rcode: RCODE.FORMERR ?? 1, questions: [] });
      send(octets(edns ? old : reply(query, { answer })));
    });
    expect(result).toMatchObject({ message: { answer } });
    expect(queries).toBe(2);
  });

  test('that gets FORMERR both times ends there', async () => {
    const result = await askUdp((query, send) => {
      const { edns: _, ...plain } = query;
      send(octets(reply(plain as Message, { rcode: 1 })));
    });
    expect(result).toMatchObject({ message: { rcode: 1 } });
  });

  test('to a closed port is refused at once', async () => {
    const closed = await fakeServer({});
    await closed[Symbol.asyncDispose]();
    const result = await ask(closed, { timeout: 9000 });
    expect(result).toEqual({
      failure: 'unreachable',
      detail: `127.0.0.1:${closed.port} refused the connection: no DNS server listens there`,
    });
    expect(await ask(closed, { transport: 'tcp', timeout: 9000 })).toEqual(result);
  });

  test('can be given up', async () => {
    await using server = await fakeServer({});
    const patience = new AbortController();
    const result = ask(server, { timeout: 9000, signal: patience.signal });
    patience.abort();
    expect(detail(await result)).toBe('aborted: was not waited for any longer');
    expect(detail(await ask(server, { signal: AbortSignal.abort() }))).toContain('aborted');
  });

  test.each([
    [{ address: '127.0.0.1', port: 70000 }, 'unreachable'],
    [{ address: 'no address', port: 53 }, 'unreachable'],
  ])('to no address at all is a failure (%o)', async (server, words) => {
    expect(detail(await ask(server))).toContain(words);
    expect(detail(await ask(server, { transport: 'tcp' }))).toContain(words);
  });

  test('that cannot be put into a message is a failure', async () => {
    const result = await askServer(
      { address: '127.0.0.1', port: 9 },
      { ...question, type: 70000 },
      { random: () => 1 },
    );
    expect(detail(result)).toContain('unaskable');
  });
});

describe('a truncated answer', () => {
  const tc = (query: Message, send: (bytes: Uint8Array) => void): void =>
    send(octets(reply(query, { truncated: true })));

  test('is asked for over TCP', async () => {
    await using server = await fakeServer({
      udp: tc,
      tcp: (query, socket) => socket.write(frame(octets(reply(query, { answer })))),
    });
    expect(await ask(server)).toMatchObject({ transport: 'tcp', message: { answer } });
    expect(await ask(server, { transport: 'udp' })).toMatchObject({ transport: 'udp', message: { truncated: true } });
  });

  test('cut in the middle of a record is asked for over TCP too', async () => {
    await using server = await fakeServer({
      udp: (query, send) => send(octets(reply(query, { truncated: true, answer })).subarray(0, 40)),
      tcp: (query, socket) => socket.write(frame(octets(reply(query, { answer })))),
    });
    expect(await ask(server)).toMatchObject({ transport: 'tcp', message: { answer } });
    expect(detail(await ask(server, { transport: 'udp' }))).toContain('malformed: cut its answer off');
  });

  test('over TCP is malformed, and not asked for again', async () => {
    let asked = 0;
    await using server = await fakeServer({
      udp: tc,
      tcp: (query, socket) => {
        asked++;
        tc(query, (bytes) => socket.write(frame(bytes)));
      },
    });
    expect(detail(await ask(server))).toBe('malformed: says over TCP too that its answer is truncated');
    expect(asked).toBe(1);
  });
});

describe('a question over TCP', () => {
  test('takes an answer in pieces of any size', async () => {
    const result = await askTcp((query, send) => {
      const bytes = frame(octets(reply(query, { answer })));
      for (const octet of bytes) setTimeout(() => send(Uint8Array.of(octet)), 1);
    });
    expect(result).toMatchObject({ transport: 'tcp', message: { answer } });
  });

  test.each<[string, (query: Message, send: (bytes: Uint8Array, close?: boolean) => void) => void, string]>([
    ['nothing', () => undefined, 'timeout: did not answer within 0.4 s: is the server running?'],
    ['an early end', (_, send) => send(new Uint8Array(0), true), 'closed the connection without an answer'],
    ['half a message', (_, send) => send(Uint8Array.of(0, 120, 1, 2, 3), true), 'after 3 of 120 octets'],
    ['half a message and no end', (_, send) => send(Uint8Array.of(0, 120, 1)), 'but sent 1 of 120 octets'],
    ['half a length', (_, send) => send(Uint8Array.of(0), true), 'after one octet of its length'],
    ['no octets', (_, send) => send(Uint8Array.of(0, 0)), 'sent 0 octets, too few'],
    ['another id', (query, send) => send(frame(octets(reply(query, { id: query.id ^ 1 })))), 'another id'],
    [
      'garbage',
      (query, send) => send(frame(join(octets(reply(query)), [1, 2]))),
      'left behind the last record the header counts: 2',
    ],
  ])('has a failure for %s', async (_, tcp, words) => {
    const start = Date.now();
    expect(detail(await askTcp(tcp))).toContain(words);
    expect(Date.now() - start).toBeLessThan(2000);
  });

  test('does not wait longer because octets drip in', async () => {
    const start = Date.now();
    const result = await askTcp((_, send) => {
      send(Uint8Array.of(1, 0));
      const drip = setInterval(() => send(Uint8Array.of(0)), 20);
      setTimeout(() => clearInterval(drip), 1500);
    });
    expect(detail(result)).toContain('timeout');
    expect(Date.now() - start).toBeLessThan(1200);
  });
});
