import { describe, expect, test } from 'vitest';
import { TYPE } from '../../lib/rr/types.ts';
import type { TestServer } from '../../lib/server/test-server.ts';
import { rcodeToText } from '../../lib/wire/codes.ts';
import type { Message } from '../../lib/wire/message.ts';
import { checkTsig, readTsig, signMessage, type Tsig, tsigErrorText, tsigPlace } from '../../lib/wire/tsig.ts';
import { readTsigKey, type TsigKey, TsigKeys } from '../../lib/wire/tsig-keys.ts';
import { TsigStreamCheck } from '../../lib/wire/tsig-stream.ts';
import { EDNS, exchange, messageOf, octets, query } from './dialogue.ts';
import { handled, updatable, updateOf } from './updates.ts';

const SECRET = 'MDEyMzQ1Njc4OWFiY2RlZg==';
const NOW = exchange().now;

function keyOf(text: string): TsigKey {
  const read = readTsigKey(text);
  if ('problem' in read || read.keys[0] === undefined) throw new Error(text);
  return read.keys[0];
}

const key = keyOf(`k.example:${SECRET}`);
const TEXT = `$ORIGIN example.net.
$TTL 300
@ SOA ns1 h 1 1 1 1 1
@ NS ns1
www A 192.0.2.1
${Array.from({ length: 25 }, (_, i) => `wide A 192.0.2.${i}\n`).join('')}${Array.from({ length: 900 }, (_, i) => `host${i} TXT "${'x'.repeat(60)}"\n`).join('')}`;

const server = (): TestServer =>
  updatable(TEXT, {
    keys: [key],
    mayTransfer: (from) => from.key !== undefined,
    mayUpdate: (from) => from.key !== undefined,
  });

function tsigOf(bytes: Uint8Array | undefined): Tsig | undefined {
  const place = tsigPlace(bytes ?? new Uint8Array(12));
  return typeof place === 'object' ? readTsig(bytes ?? new Uint8Array(12), place.start) : undefined;
}

/** Sends a signed query; the reply, and what a check of it comes to. */
function sent(
  to: TestServer,
  message: Message,
  own = key,
  { now = NOW, transport = 'udp' }: { now?: number; transport?: 'udp' | 'tcp' } = {},
): { reply: Message; checked: string; tsig: Tsig | undefined; bytes: Uint8Array } {
  const { bytes: signed, mac } = signMessage(octets(message), own, { now });
  const { bytes = new Uint8Array(12) } = handled(to, signed, { transport });
  const checked = checkTsig(bytes, new TsigKeys([own]), now, { prior: mac });
  const word = checked.kind === 'refused' ? tsigErrorText(checked.error) : checked.kind;
  return { reply: messageOf(bytes), checked: word, tsig: tsigOf(bytes), bytes };
}

describe('a signed query', () => {
  test('has an answer that a connection or a datagram can carry, whatever a fault has put behind it', () => {
    const to = server();
    expect(to.faults.add({ id: 'junk', action: { octets: { junk: 65_535 } } })).toEqual([]);
    const { bytes } = signMessage(octets(query('www.example.net. A')), key, { now: NOW });
    expect(handled(to, bytes, { transport: 'tcp' }).bytes?.length).toBe(65_535);
    expect(handled(to, bytes, { transport: 'udp' }).bytes?.length).toBe(65_507);
  });

  test('needs no cookie', () => {
    const strict = { cookieSecrets: [new Uint8Array(16)], requireCookie: true };
    const { reply } = sent(updatable(TEXT, { keys: [key], answers: strict }), query('www.example.net. A'));
    expect([reply.truncated, reply.answer.length]).toEqual([false, 1]);
  });

  test('has the answer of one without signature, signed', () => {
    const to = server();
    const plain = messageOf(handled(to, query('www.example.net. A', { edns: EDNS })).bytes);
    for (let again = 0; again < 3; again++) {
      const { reply, checked } = sent(to, query('www.example.net. A', { edns: EDNS }));
      expect(checked).toBe('valid');
      expect({ ...reply, additional: [] }).toEqual(plain);
    }
  });

  test('has what becomes of that answer', () => {
    const to = server();
    to.amend = (_, from) => from(updatable(TEXT.replace('192.0.2.1\n', '192.0.2.99\n')).zones);
    const { reply, checked } = sent(to, query('www.example.net. A'));
    expect([String(reply.answer[0]?.rdata), checked]).toEqual(['192,0,2,99', 'valid']);
  });

  test('is remembered as it came, with its key', () => {
    const to = server();
    const { bytes } = sent(to, query('www.example.net. A'));
    const [record] = to.history.list();
    expect(record).toMatchObject({ exchange: { key: key.name }, summary: { rcode: 0, answerSize: bytes.length } });
    expect(tsigOf(record?.query)).toBeDefined();
    expect(record?.summary.querySize).toBe(record?.query.length);
    expect(record?.response).toEqual(bytes);
  });

  test.each<[string, TsigKey, number, string, string, number]>([
    ['an unknown key', keyOf(`other:${SECRET}`), NOW, 'BADKEY', 'malformed', 0],
    ['another algorithm', keyOf(`hmac-sha512:k.example:${SECRET}`), NOW, 'BADKEY', 'malformed', 0],
    ['a wrong secret', keyOf('k.example:AAAA'), NOW, 'BADSIG', 'malformed', 0],
    ['a time long ago', key, NOW - 301_000, 'BADTIME', 'valid', 32],
    ['a time to come', key, NOW + 301_000, 'BADTIME', 'valid', 32],
  ])('with %s is NOTAUTH', (_, own, now, error, expected, mac) => {
    const to = server();
    const { reply, checked, tsig } = sent(to, query('www.example.net. A', { edns: EDNS }), own, { now });
    expect([rcodeToText(reply.rcode), tsigErrorText(tsig?.error ?? 0), checked]).toEqual(['NOTAUTH', error, expected]);
    expect(tsig?.mac).toHaveLength(mac);
    expect([reply.questions.length, reply.answer.length, reply.edns?.udpSize]).toEqual([1, 0, 1232]);
    const told = error === 'BADTIME' ? Buffer.from(tsig?.other ?? []).readUIntBE(0, 6) * 1000 : NOW;
    expect(told).toBe(NOW);
    expect(to.history.list()).toMatchObject([{ summary: { outcome: 'bad-signature', rcode: 9 } }]);
  });

  test('with a signature where none may be is FORMERR', () => {
    const { bytes } = signMessage(octets(query('www.example.net. A')), key, { now: NOW });
    const twice = signMessage(bytes, key, { now: NOW });
    const reply = messageOf(handled(server(), twice.bytes).bytes);
    expect([rcodeToText(reply.rcode), reply.additional]).toEqual(['FORMERR', []]);
  });

  test('whose rest is malformed has a signed FORMERR', () => {
    const { questions } = query('www.example.net. A');
    const broken = octets(query('www.example.net. A', { questions: [...questions, ...questions] }));
    const { bytes, mac } = signMessage(broken, key, { now: NOW });
    const reply = handled(server(), bytes).bytes ?? new Uint8Array(12);
    expect([(reply[3] ?? 0) & 15, checkTsig(reply, new TsigKeys([key]), NOW, { prior: mac }).kind]).toEqual([
      1,
      'valid',
    ]);
  });

  test('over UDP has an answer that fits with its signature', () => {
    const to = server();
    for (const edns of [undefined, { ...EDNS, udpSize: 512 }]) {
      const plain = handled(to, query('wide.example.net. A', edns && { edns })).bytes ?? new Uint8Array(0);
      expect([plain.length <= 512, messageOf(plain).truncated]).toEqual([true, false]);
      const { reply, checked, bytes } = sent(to, query('wide.example.net. A', edns && { edns }));
      expect([reply.truncated, reply.answer.length, checked, bytes.length <= 512]).toEqual([true, 0, 'valid', true]);
    }
    const { reply } = sent(to, query('wide.example.net. A'), key, { transport: 'tcp' });
    expect([reply.truncated, reply.answer.length]).toEqual([false, 25]);
  });

  test('names its algorithm as before when the key takes less of the hash', () => {
    const to = updatable(TEXT, { keys: [keyOf(`hmac-sha256-128:k.example:${SECRET}`)] });
    const { tsig } = sent(to, query('www.example.net. A'));
    expect([Buffer.from(tsig?.algorithm ?? []).toString('latin1', 1, 12), tsig?.mac.length]).toEqual([
      'hmac-sha256',
      16,
    ]);
  });
});

describe('what needs a signature', () => {
  test('a transfer is signed message by message', () => {
    const to = server();
    const unsigned = messageOf(handled(to, query('example.net. AXFR'), { transport: 'tcp' }).bytes);
    expect(rcodeToText(unsigned.rcode)).toBe('REFUSED');
    const { bytes, mac } = signMessage(octets(query('example.net. AXFR')), key, { now: NOW });
    const reply = handled(to, bytes, { transport: 'tcp' });
    const check = new TsigStreamCheck(key, mac);
    const messages = [reply.bytes ?? new Uint8Array(12), ...(reply.more ?? [])];
    expect(messages.length).toBeGreaterThan(3);
    expect(messages.map((each) => check.take(each, NOW).kind)).toEqual(messages.map(() => 'valid'));
    const all = messages.flatMap((each) => messageOf(each).answer);
    expect([all.length, all[0]?.type, all.at(-1)?.type]).toEqual([929, TYPE.SOA, TYPE.SOA]);
  });

  test('an update is done, and its answer signed', () => {
    const to = server();
    const update = updateOf(['add new 60 A 192.0.2.9']);
    expect(rcodeToText(messageOf(handled(to, update).bytes).rcode)).toBe('REFUSED');
    const { reply, checked } = sent(to, update);
    expect([rcodeToText(reply.rcode), checked]).toEqual(['NOERROR', 'valid']);
    expect(messageOf(handled(to, query('new.example.net. A')).bytes).answer).toHaveLength(1);
  });

  test('a NOTIFY is acknowledged with a signature', () => {
    const { reply, checked } = sent(server(), query('example.net. SOA', { opcode: 4 }));
    expect([rcodeToText(reply.rcode), reply.opcode, checked]).toEqual(['NOERROR', 4, 'valid']);
  });
});
