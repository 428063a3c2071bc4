import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, test } from 'vitest';
import { Notifier } from '../../lib/net/notify.ts';
import type { Message } from '../../lib/wire/message.ts';
import { checkTsig, signMessage } from '../../lib/wire/tsig.ts';
import { readTsigKey, TsigKeys } from '../../lib/wire/tsig-keys.ts';
import { line, messageOf, octets } from '../server/dialogue.ts';
import { recordOf } from '../server/updates.ts';
import { moment } from './serving.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

/** A secondary that answers as told, after the datagrams it lets go by. */
async function secondary(
  answer: (query: Message, bytes: Uint8Array) => Uint8Array | undefined,
): Promise<{ port: number; came: Message[] }> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  const came: Message[] = [];
  socket.on('message', (bytes, from) => {
    const query = messageOf(bytes);
    came.push(query);
    const reply = answer(query, bytes);
    if (reply !== undefined) socket.send(reply, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, came };
}

const soa = (serial: number): ReturnType<typeof recordOf> => recordOf('@', 300, 'SOA', `ns1 h ${serial} 1 1 1 1`);
const noticed = (query: Message, rcode = 0): Uint8Array =>
  octets({ ...query, response: true, rcode, answer: [], additional: [] });

function notifier(port: number, key?: string): { notifier: Notifier; failures: string[] } {
  const failures: string[] = [];
  const read = key === undefined ? undefined : readTsigKey(key);
  const [own] = read !== undefined && 'keys' in read ? read.keys : [];
  const options = {
    now: () => Date.now(),
    random: () => 77,
    failed: (said: string) => failures.push(said),
    waits: [60, 120, 240],
  };
  return { notifier: new Notifier([{ address: '127.0.0.1', port, ...(own && { key: own }) }], options), failures };
}

describe('NOTIFY', () => {
  test('tells the SOA once to who takes notice', async () => {
    const { port, came } = await secondary((query) => noticed(query));
    const { notifier: one, failures } = notifier(port);
    await one.notify(soa(9));
    await moment(100);
    expect(came).toMatchObject([{ id: 77, opcode: 4, response: false, authoritative: true }]);
    expect(came[0]?.questions).toMatchObject([{ type: 6, class: 1 }]);
    expect(came[0]?.answer.map(line)).toEqual(['example.net. 300 SOA ns1.example.net. h.example.net. 9 1 1 1 1']);
    expect(failures).toEqual([]);
  });

  test('is sent again until there is an answer', async () => {
    let count = 0;
    const { port, came } = await secondary((query) => (++count < 3 ? undefined : noticed(query)));
    const { notifier: one, failures } = notifier(port);
    await one.notify(soa(9));
    expect([came.length, failures]).toEqual([3, []]);
  });

  test('is given up after the last attempt', async () => {
    const { port, came } = await secondary(() => undefined);
    const { notifier: one, failures } = notifier(port);
    await one.notify(soa(9));
    expect(came).toHaveLength(3);
    expect(failures).toEqual([`127.0.0.1:${port} was told that example.net. has changed, but did not answer`]);
  });

  test('is tried again where no server listens yet', async () => {
    const { port } = await secondary(() => undefined);
    sockets.pop()?.close();
    const { notifier: one, failures } = notifier(port);
    const start = performance.now();
    await one.notify(soa(9));
    expect(performance.now() - start).toBeGreaterThan(300);
    expect(failures).toEqual([
      `127.0.0.1:${port} was told that example.net. has changed, but refused the connection: no DNS server listens there`,
    ]);
  });

  test('ends with what the secondary answers', async () => {
    const { port, came } = await secondary((query) => noticed(query, 9));
    const { notifier: one, failures } = notifier(port);
    await one.notify(soa(9));
    expect(came).toHaveLength(1);
    expect(failures).toEqual([`127.0.0.1:${port} was told that example.net. has changed, but answered NOTAUTH`]);
  });

  test('of a later serial takes the place of the one before', async () => {
    const { port, came } = await secondary((query) =>
      line(query.answer[0] ?? soa(0)).includes(' 9 ') ? undefined : noticed(query),
    );
    const { notifier: one, failures } = notifier(port);
    const first = one.notify(soa(9));
    await moment(20);
    await Promise.all([first, one.notify(soa(10))]);
    expect([came.length, failures]).toEqual([2, []]);
  });

  test('ends at once when it is closed', async () => {
    const { port } = await secondary(() => undefined);
    const { notifier: one, failures } = notifier(port);
    const told = one.notify(soa(9));
    await moment(20);
    one.close();
    await told;
    await one.notify(soa(10));
    expect(failures).toEqual([]);
  });

  test('is signed, and so has the answer to be', async () => {
    const text = 'k:AAAA';
    const read = readTsigKey(text);
    const [key] = 'keys' in read ? read.keys : [];
    if (key === undefined) throw new Error('no key');
    let sign = true;
    const { port, came } = await secondary((query, bytes) => {
      const checked = checkTsig(bytes, new TsigKeys([key]), Date.now());
      if (checked.kind !== 'valid') return undefined;
      const reply = noticed(query);
      return sign ? signMessage(reply, key, { now: Date.now(), prior: checked.tsig.mac }).bytes : reply;
    });
    const { notifier: one, failures } = notifier(port, text);
    await one.notify(soa(9));
    expect([came.length, failures]).toEqual([1, []]);
    sign = false;
    await one.notify(soa(10));
    expect(failures).toEqual([
      `127.0.0.1:${port} was told that example.net. has changed, but sent a response without signature`,
    ]);
  });

  test('reaches hundreds of zones, some at a time', async () => {
    const { port, came } = await secondary((query) => noticed(query));
    const { notifier: one, failures } = notifier(port);
    const all = Array.from({ length: 300 }, (_, i) => recordOf(`z${i}`, 300, 'SOA', 'ns1 h 1 1 1 1 1'));
    await Promise.all(all.map((each) => one.notify(each)));
    expect([new Set(came.map(({ questions }) => String(questions[0]?.name))).size, failures]).toEqual([300, []]);
  });
});
