import { createSocket, type Socket } from 'node:dgram';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askServer } from '../../lib/net/ask.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { TestServer } from '../../lib/server/test-server.ts';
import { FrameReader, frame } from '../../lib/wire/frames.ts';
import { signed } from '../dnssec/signer.ts';
import { served } from '../server/dialogue.ts';
import { complaint, mayBeAnswered, packet } from '../server/packets.ts';
import { randomOf, randomZone } from '../server/random-zones.ts';
import { wire } from '../wire/messages.ts';
import { moment, type Served, serving } from './serving.ts';

/** How many packets over each transport, and which: more with SERVER_PACKETS, others with SERVER_SEED. */
const PACKETS = Number(process.env.SERVER_PACKETS ?? 2000);
const SEED = Number(process.env.SERVER_SEED ?? 12);

/** Packets on their way at a time: fewer than a socket holds. */
const BATCH = 250;

const random = randomOf(SEED);
const zone = randomZone(random, 'example.net');
const zones = served({ 'example.net.': signed(zone.text, { kind: 'nsec3' }) });
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');

let server: Served;
beforeAll(async () => {
  const world = { now: () => Date.now(), ticks: () => performance.now(), wait: moment };
  const tested = new TestServer(zones, world, { answers: { keepAlive: 1000 }, mayTransfer: () => true });
  server = await serving({ handle: (query, exchange) => tested.handle(query, exchange) });
});
afterAll(() => server.close());

/** Packets with the ids 0, 1 and so on, as far as they are long enough to have one. */
function numbered(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, id) => {
    const sent = packet(random, zone);
    if (sent.length > 1) sent.set([id >> 8, id & 255]);
    return sent;
  });
}

const idOf = (octets: Uint8Array): number => ((octets[0] ?? 0) << 8) | (octets[1] ?? 0);

/** Sends packets that all have another id, and tells what is wrong with what comes back. */
async function batch(socket: Socket, packets: readonly Uint8Array[]): Promise<string[]> {
  const replies = new Map<number, Buffer[]>();
  const wanted = packets.filter(mayBeAnswered).length;
  let left = wanted;
  await new Promise<void>((done) => {
    const patience = setTimeout(done, 3000);
    socket.on('message', (reply) => {
      replies.set(idOf(reply), [...(replies.get(idOf(reply)) ?? []), reply]);
      if (--left > 0) return;
      clearTimeout(patience);
      done();
    });
    for (const sent of packets) socket.send(sent, server.port, '127.0.0.1');
    if (wanted === 0) setTimeout(done, 50);
  });
  // What should not be answered may be answered a little later.
  await moment(1);
  socket.removeAllListeners('message');
  return packets.flatMap((sent, id) => {
    const got = replies.get(id) ?? [];
    const why = got.length > 1 ? 'is answered more than once' : complaint(sent, got[0], 'udp');
    return why === undefined ? [] : [`${hex(sent)}: ${why}`];
  });
}

/** The messages that come over one connection until it ends. */
function conversation(octets: Uint8Array, pieces: (rest: number) => number): Promise<Uint8Array[] | string> {
  return new Promise((resolve) => {
    const reader = new FrameReader();
    const messages: Uint8Array[] = [];
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.setTimeout(8000, () => resolve(`nothing for long, after ${messages.length} messages`));
    socket.on('data', (data) => {
      for (const message of reader.push(data)) messages.push(message.slice());
    });
    socket.on('error', () => resolve(messages));
    socket.on('end', () => {
      socket.destroy();
      resolve(messages);
    });
    for (let at = 0; at < octets.length; ) {
      const length = pieces(octets.length - at);
      socket.write(octets.subarray(at, at + length));
      at += length;
    }
    socket.end();
  });
}

async function stillAnswers(): Promise<void> {
  for (const transport of ['udp', 'tcp'] as const) {
    const question = { name: wire('example.net.'), type: TYPE.SOA, class: 1 };
    const to = { address: '127.0.0.1', port: server.port };
    const result = await askServer(to, question, { random: () => 7, transport, timeout: 2000 });
    expect(result).toMatchObject({ message: { rcode: 0, authoritative: true, answer: { length: 1 } } });
  }
}

describe('whatever is sent to a socket', () => {
  test(`${PACKETS} packets over UDP`, { timeout: 600_000 }, async () => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const wrong: string[] = [];
    for (let done = 0; done < PACKETS && wrong.length < 5; done += BATCH) {
      wrong.push(...(await batch(socket, numbered(Math.min(BATCH, PACKETS - done)))));
    }
    socket.close();
    expect(wrong.slice(0, 5)).toEqual([]);
    await stillAnswers();
  });

  test(`${PACKETS} packets over TCP`, { timeout: 600_000 }, async () => {
    const wrong: string[] = [];
    for (let done = 0; done < PACKETS && wrong.length < 5; done += BATCH) {
      const packets = numbered(Math.min(BATCH, PACKETS - done));
      const octets = Buffer.concat(packets.map((sent) => frame(sent)));
      const got = await conversation(octets, (rest) => (random(3) === 0 ? 1 + random(40) : rest));
      if (typeof got === 'string') {
        wrong.push(got);
        continue;
      }
      const answered = new Map(got.map((reply) => [idOf(reply), reply]));
      for (const [id, sent] of packets.entries()) {
        const why = complaint(sent, answered.get(id), 'tcp');
        if (why !== undefined) wrong.push(`${hex(sent)}: ${why}`);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    await stillAnswers();
  });

  test('octets in no frames, and frames that lie about their length, over TCP', { timeout: 600_000 }, async () => {
    const hung: string[] = [];
    for (let done = 0; done < PACKETS; done += BATCH) {
      const packets = numbered(40).map((sent) => (random(2) === 0 ? sent : frame(sent)));
      const got = await conversation(Buffer.concat(packets), (rest) => (random(3) === 0 ? 1 + random(40) : rest));
      if (typeof got === 'string') hung.push(got);
    }
    expect(hung).toEqual([]);
    await stillAnswers();
  });
});
