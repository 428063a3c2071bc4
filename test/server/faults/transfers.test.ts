import { describe, expect, test } from 'vitest';
import { nameToText } from '../../../lib/rr/name.ts';
import { TYPE } from '../../../lib/rr/types.ts';
import type { Fault, FaultAction } from '../../../lib/server/faults/fault.ts';
import { type Reply, TestServer } from '../../../lib/server/test-server.ts';
import type { Message } from '../../../lib/wire/message.ts';
import { EDNS, exchange, messageOf, octets, query, served } from '../dialogue.ts';

const HOSTS = Array.from({ length: 1500 }, (_, index) => `h${index} A 192.0.2.${index % 250}\n`).join('');
const ZONES = served({ 'big.test.': `$TTL 600\n@ SOA ns host 7 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n${HOSTS}` });
const WORLD = { now: () => 0, ticks: () => 0, wait: () => Promise.resolve() };

async function axfr(
  fault: Partial<Fault>,
  more: Partial<Message> = {},
): Promise<{ reply: Reply; messages: Message[] }> {
  const server = new TestServer(ZONES, WORLD, { mayTransfer: () => true });
  expect(server.faults.add({ id: 'wrong', ...fault })).toEqual([]);
  const reply = await server.handle(octets(query('big.test. AXFR', more)), exchange('tcp'));
  const bytes = [...(reply.bytes === undefined ? [] : [reply.bytes]), ...(reply.more ?? [])];
  return { reply, messages: bytes.map((each) => messageOf(each)) };
}

/** Messages of the whole transfer, and records in it. */
const MESSAGES = 3;
const RECORDS = 1504;

const records = (messages: readonly Message[]): Message['answer'] => messages.flatMap(({ answer }) => answer);

describe('faults of a transfer of several messages', () => {
  test('that change records change them in all messages', async () => {
    const { messages } = await axfr({ action: { ttl: 7, serial: 99, records: { ownerCase: 'upper' } } });
    expect(messages).toHaveLength(MESSAGES);
    const all = records(messages);
    expect(all).toHaveLength(RECORDS);
    expect(new Set(all.map(({ ttl, type }) => (type === TYPE.SOA ? 'soa' : ttl)))).toEqual(new Set(['soa', 7]));
    expect(all.map(({ name }) => nameToText(name)).filter((name) => /[a-z]/u.test(name))).toEqual([]);
    const serials = all.filter(({ type }) => type === TYPE.SOA).map(({ rdata }) => rdata.at(-17));
    expect(serials).toEqual([99, 99]);
  });

  test.each<[string, FaultAction, (message: Message) => unknown, unknown[]]>([
    ['flags', { flags: { aa: false } }, ({ authoritative }) => authoritative, [false, false, false]],
    ['id', { id: 5 }, ({ id }) => id, [5, 5, 5]],
    [
      'types left out, and messages without records',
      { records: { without: 'A' } },
      ({ answer }) => answer.length,
      [2, 1],
    ],
    ['the question', { question: 'twice' }, ({ questions }) => questions.length, [2, 0, 0]],
    [
      'foreign records',
      { records: { foreign: ['x.test. A 192.0.2.1'] } },
      ({ additional }) => additional.length,
      [1, 0, 0],
    ],
    ['waiting', { delay: 5 }, ({ rcode }) => rcode, [0, 0, 0]],
  ])('go on: %s', async (_, action, look, expected) => {
    const { messages } = await axfr({ action });
    expect(messages.map(look)).toEqual(expected);
  });

  test('go on behind a first message that is no message any more, and with a wrong length', async () => {
    const cut = await axfr({ action: { connection: 'wrong-length' } });
    expect(cut.messages).toHaveLength(MESSAGES);
    expect(cut.reply.delivery?.length).toBeGreaterThan(5000);
    const server = new TestServer(ZONES, WORLD, { mayTransfer: () => true });
    server.faults.add({ id: 'cut', action: { octets: { cut: -3 } } });
    const { bytes, more = [] } = await server.handle(octets(query('big.test. AXFR')), exchange('tcp'));
    const [next, last] = [...more].map((each) => messageOf(each));
    expect([bytes?.length === undefined, next?.answer.length, last?.answer.at(-1)?.type]).toEqual([
      false,
      expect.any(Number),
      TYPE.SOA,
    ]);
  });

  test.each<[string, FaultAction, number]>([
    ['rcode', { rcode: 'SERVFAIL' }, 1],
    ['rcode NOERROR', { rcode: 0 }, 1],
    ['drop', { drop: true }, 0],
    ['deny', { deny: 'nodata' }, 1],
    ['answer', { answer: ['@ A 192.0.2.1'] }, 1],
    ['referral', { referral: 'root' }, 1],
    ['truncate', { truncate: 'always' }, 1],
    ['raw octets', { octets: { raw: '0000 8400 0000 0000 0000 0000' } }, 1],
    ['half', { connection: 'half' }, 1],
    ['hang', { connection: 'hang' }, 0],
    ['reset', { connection: 'reset' }, 0],
    ['close', { connection: 'close' }, 0],
    ['close after the length', { connection: 'close-after-length' }, 1],
    ['close after', { connection: 'close-after' }, 1],
  ])('end it: %s', async (_, action, count) => {
    const { messages, reply } = await axfr({ action });
    expect([messages.length, reply.more]).toEqual([count, undefined]);
  });

  test('in code end it when they answer something else', async () => {
    expect((await axfr({ handler: (_, { bytes }) => bytes })).messages).toHaveLength(MESSAGES);
    expect((await axfr({ handler: (_, { bytes }) => bytes?.slice() })).messages).toHaveLength(1);
    expect((await axfr({ handler: () => undefined })).messages).toHaveLength(0);
  });

  test('add up when one passes', async () => {
    const server = new TestServer(ZONES, WORLD, { mayTransfer: () => true });
    server.faults.add({ id: 'one', action: { ttl: 1 }, pass: true });
    server.faults.add({ id: 'two', action: { flags: { aa: false } } });
    const { bytes, more = [] } = await server.handle(octets(query('big.test. AXFR', { edns: EDNS })), exchange('tcp'));
    const messages = [...(bytes === undefined ? [] : [bytes]), ...more].map((each) => messageOf(each));
    expect(messages.map(({ authoritative, answer }) => [authoritative, answer.at(1)?.ttl])).toEqual([
      [false, 1],
      [false, 1],
      [false, 1],
    ]);
    expect(messages.map(({ edns }) => edns?.options.length)).toEqual([0, undefined, undefined]);
  });
});
