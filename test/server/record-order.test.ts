import { describe, expect, test } from 'vitest';
import { answer } from '../../lib/server/answer.ts';
import type { Exchange, ServerOptions } from '../../lib/server/exchange.ts';
import { type Rotation, recordOrder } from '../../lib/server/record-order.ts';
import type { ServedZones } from '../../lib/server/served-zones.ts';
import { TestServer } from '../../lib/server/test-server.ts';
import type { Message } from '../../lib/wire/message.ts';
import { signed } from '../dnssec/signer.ts';
import { asked, EDNS, exchange, line, messageOf, octets, query, served } from './dialogue.ts';
import { type RandomZone, randomOf, randomQuestion, randomZone } from './random-zones.ts';

const FIVE = served({
  'example.net.': `@ 60 SOA ns host 1 2 3 4 5
@ 60 NS ns
@ 60 MX 10 host
ns 60 A 192.0.2.53
${[1, 2, 3, 4, 5].map((last) => `host 60 A 192.0.2.${last}\n*.wild 60 A 192.0.2.${last}`).join('\n')}
`,
});

const orders = (rotation: Rotation, seed = 1): ServerOptions => ({ order: recordOrder(rotation, seed) });

/** The last number of each address in a section of the answer to a query in words. */
function numbers(zones: ServedZones, words: string, options: ServerOptions, section: 'answer' | 'additional'): string {
  const { message, transport } = asked(words);
  const reply = messageOf(answer(octets(message), zones, exchange(transport), options).bytes);
  return reply[section].map(({ rdata }) => rdata.at(-1)).join('');
}

describe('cyclic', () => {
  test.each(['host.example.net. A', 'a.wild.example.net. A', 'host.example.net. ANY +tcp'])(
    'begins with each record of %s equally often, in the order of the zone',
    (words) => {
      const options = orders('cyclic');
      const seen = Array.from({ length: 15 }, () => numbers(FIVE, words, options, 'answer'));
      expect(seen.slice(0, 5)).toEqual(['12345', '23451', '34512', '45123', '51234']);
      expect(seen.slice(5, 10)).toEqual(seen.slice(0, 5));
      expect(seen.slice(10)).toEqual(seen.slice(0, 5));
    },
  );

  test('turns neither with what stands beside answers nor with the other transport', () => {
    const options = orders('cyclic');
    const beside = Array.from({ length: 3 }, () => numbers(FIVE, 'example.net. MX', options, 'additional'));
    expect(beside).toEqual(['12345', '12345', '12345']);
    const words = ['', ' +tcp', '', ' +tcp'].map((over) => `host.example.net. A${over}`);
    expect(words.map((each) => numbers(FIVE, each, options, 'answer'))).toEqual(['12345', '12345', '23451', '23451']);
    expect(numbers(FIVE, 'example.net. MX', options, 'additional')).toBe('34512');
  });
});

describe('random', () => {
  const run = (options: ServerOptions, count = 40): string[] =>
    Array.from({ length: count }, () => numbers(FIVE, 'host.example.net. A', options, 'answer'));

  test('is the same for the same seed and queries, and another for another', () => {
    expect(run(orders('random', 7))).toEqual(run(orders('random', 7)));
    expect(run(orders('random', 7))).not.toEqual(run(orders('random', 8)));
  });

  test('begins with each record about equally often', () => {
    const first = run(orders('random'), 2000).map((each) => each[0]);
    for (const number of '12345') {
      const count = first.filter((each) => each === number).length;
      expect([number, count > 320 && count < 480]).toEqual([number, true]);
    }
  });
});

test.each<Rotation>(['cyclic', 'random'])('%s is the order of a server, which reset begins again', (rotate) => {
  const world = { now: () => 0, ticks: () => 0, wait: async () => {} };
  const server = new TestServer(FIVE, world, { rotate, seed: 3, history: 0 });
  const ask = (): unknown => {
    const reply = server.handle(octets(query('host.example.net. A')), exchange());
    if (reply instanceof Promise) throw new Error('answers at once');
    return messageOf(reply.bytes).answer.map(({ rdata }) => rdata.at(-1));
  };
  const seen = Array.from({ length: 7 }, ask);
  expect(new Set(seen.map(String)).size).toBeGreaterThan(3);
  server.order?.reset();
  expect(Array.from({ length: 7 }, ask)).toEqual(seen);
});

/** A reply whose sections are sets. */
function asSets(message: Message): unknown {
  const sorted = (section: Message['answer']): string[] => section.map(line).sort();
  const { answer: found, authority, additional, ...rest } = message;
  return { ...rest, answer: sorted(found), authority: sorted(authority), additional: sorted(additional) };
}

/** With three addresses and texts in the place of each. */
function manifold(zone: RandomZone): RandomZone {
  const text = zone.text
    .replaceAll(/^(\S+) A 192\.0\.2\.(\d+)$/gmu, '$&\n$1 A 198.51.100.$2\n$1 A 203.0.113.$2')
    .replaceAll(/^(\S+) TXT .*$/gmu, '$&\n$1 TXT "second"\n$1 TXT "third"');
  return { ...zone, text };
}

describe('answers in another order are the same as sets', () => {
  const tcp: Exchange = exchange('tcp');
  test.each(Array.from({ length: 12 }, (_, seed) => [seed + 1]))('(%i)', (seed) => {
    const random = randomOf(seed);
    const zone = manifold(randomZone(random, 'example.net'));
    const zones = served({ 'example.net.': seed % 3 === 0 ? signed(zone.text, { kind: 'nsec' }) : zone.text });
    const options = orders(seed % 2 === 0 ? 'cyclic' : 'random', seed);
    let turned = 0;
    for (let count = 0; count < 300; count++) {
      const { name, type: some } = randomQuestion(random, [zone]);
      const type = ['A', 'TXT', 'NS', 'ANY'][random(8)] ?? some;
      const edns = { ...EDNS, dnssecOk: random(2) === 0 };
      const sent = octets(query(`${name} ${type}`, { edns }));
      const plain = answer(sent, zones, tcp);
      const other = answer(sent, zones, tcp, options);
      expect(asSets(messageOf(other.bytes))).toEqual(asSets(messageOf(plain.bytes)));
      if (Buffer.compare(other.bytes ?? new Uint8Array(), plain.bytes ?? new Uint8Array()) !== 0) turned++;
    }
    expect(turned).toBeGreaterThan(3);
  });
});
