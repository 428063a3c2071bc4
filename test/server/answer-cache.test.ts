import { describe, expect, test } from 'vitest';
import { answer, freshAnswer } from '../../lib/server/answer.ts';
import { AnswerCache } from '../../lib/server/answer-cache.ts';
import type { Answered, Exchange, ServerOptions } from '../../lib/server/exchange.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import type { Message } from '../../lib/wire/message.ts';
import { signed } from '../dnssec/signer.ts';
import { EDNS, exchange, messageOf, octets, query, served, shown } from './dialogue.ts';
import { randomOf, randomQuestion, randomZone } from './random-zones.ts';

const TRANSPORTS: readonly Exchange['transport'][] = ['udp', 'tcp', 'tls', 'https'];

/** An answer as it can be compared, the octets as text. */
function all({ bytes, summary }: Answered): unknown {
  return { bytes: bytes && Buffer.from(bytes).toString('hex'), summary };
}

describe('answers given again', () => {
  test.each([1, 2, 3, 4, 5, 6])('say what they would say if they were made anew (%i)', (seed) => {
    const random = randomOf(seed);
    const zone = randomZone(random, 'example.net');
    const text = seed % 2 === 0 ? zone.text : signed(zone.text, { kind: seed % 4 === 1 ? 'nsec' : 'nsec3' });
    const zones = served({ 'example.net.': text });
    const options: ServerOptions = {
      nsid: Uint8Array.of(1, 2),
      cookieSecrets: [new Uint8Array(16)],
      udpLimit: 700,
      ownerCase: seed > 4 ? 'zone' : 'query',
    };
    for (let count = 0; count < 400; count++) {
      const { name, type } = randomQuestion(random, [zone]);
      const cased = random(2) ? name : [...name].map((letter) => (random(2) ? letter.toUpperCase() : letter)).join('');
      const codes = [OPTION.NSID, OPTION.COOKIE, OPTION.ZONEVERSION].filter(() => random(4) === 0);
      const edns = {
        ...EDNS,
        dnssecOk: random(2) === 0,
        udpSize: random(3) * 700,
        options: codes.map((code) => ({ code, data: new Uint8Array(code === OPTION.COOKIE ? 8 : 0) })),
      };
      const more = random(3) === 0 ? {} : { edns };
      const sent = octets({
        ...query(`${cased} ${type}`),
        ...more,
        id: random(65536),
        recursionDesired: random(2) === 0,
      });
      const client = {
        transport: TRANSPORTS[random(4)] ?? 'udp',
        client: { address: `192.0.2.${random(250)}`, port: 1 },
        now: random(1e9) * 1000,
      };
      const fresh = freshAnswer(sent, zones, client, options);
      const first = answer(sent, zones, client, options);
      const again = answer(sent, zones, client, options);
      expect(all(first)).toEqual(all(fresh));
      expect(all(again)).toEqual(all(fresh));
    }
  });

  const zones = served({ 'example.net.': '@ 60 SOA ns host 1 2 3 4 5\n@ 60 NS ns\na 60 A 192.0.2.1\nb 60 MX 1 a\n' });

  test('have the id and the case of their own question', () => {
    const options = {};
    for (const [name, id] of [
      ['b.example.net.', 1],
      ['B.Example.NET.', 2],
      ['b.exAMPLE.net.', 3],
      ['B.Example.NET.', 4],
    ] as const) {
      const got = answer(octets({ ...query(`${name} MX`), id }), zones, exchange(), options);
      const message = messageOf(got.bytes);
      expect(message.id).toBe(id);
      expect(shown(message)[1]).toBe(`answer ${name} 60 MX 1 a.example.net.`);
      expect([got.summary.id, got.summary.question]).toEqual([id, message.questions[0]]);
    }
  });

  test('are not one for another transport, type, flag, option or octet', () => {
    const options: ServerOptions = { nsid: Uint8Array.of(7) };
    const asked: readonly (readonly [Message, Exchange['transport']])[] = [
      [query('a.example.net. A'), 'udp'],
      [query('a.example.net. A'), 'tcp'],
      [query('a.example.net. TYPE97'), 'udp'],
      [query('a.example.net. TYPE65'), 'udp'],
      [query('A.example.net. A'), 'udp'],
      [query('{.example.net. A'), 'udp'],
      [query('[.example.net. A'), 'udp'],
      [{ ...query('a.example.net. A'), recursionDesired: true }, 'udp'],
      [{ ...query('a.example.net. A'), checkingDisabled: true }, 'udp'],
      [{ ...query('a.example.net. A'), edns: EDNS }, 'udp'],
      [{ ...query('a.example.net. A'), edns: { ...EDNS, dnssecOk: true } }, 'udp'],
      [
        { ...query('a.example.net. A'), edns: { ...EDNS, options: [{ code: OPTION.NSID, data: new Uint8Array(0) }] } },
        'udp',
      ],
      [{ ...query('a.example.net. A'), edns: { ...EDNS, version: 1 } }, 'udp'],
    ];
    for (let round = 0; round < 2; round++) {
      for (const [message, transport] of asked) {
        const sent = octets(message);
        expect(all(answer(sent, zones, exchange(transport), options))).toEqual(
          all(freshAnswer(sent, zones, exchange(transport), options)),
        );
      }
    }
  });

  test('can be changed by whoever got them', () => {
    const options = {};
    const sent = octets(query('a.example.net. A'));
    const first = answer(sent, zones, exchange(), options).bytes ?? new Uint8Array(0);
    const copy = Uint8Array.from(first);
    first.fill(0);
    expect(Buffer.from(answer(sent, zones, exchange(), options).bytes ?? [])).toEqual(Buffer.from(copy));
  });

  test('are forgotten before they take too much, and are right all the same', () => {
    const cache = new AnswerCache({});
    const model = freshAnswer(octets(query('a.example.net. A')), zones, exchange());
    const sent = Uint8Array.from(octets(query('aaaa.example.net. A')));
    let made = 0;
    const make = (): Answered => {
      made++;
      return model;
    };
    const number = (count: number): Uint8Array => {
      for (let at = 0; at < 4; at++) sent[13 + at] = 0x61 + ((count >> (4 * at)) & 15);
      return sent.slice();
    };
    // Octets in small letters are made once each; two thirds of the limit are remembered, twice of it is not.
    for (let count = 0; count < 40_000; count++) cache.add(number(count), 'udp', make);
    expect(made).toBe(40_000);
    for (let count = 0; count < 40_000; count++) expect(cache.find(number(count), 'udp')).toBeDefined();
    for (let count = 0; count < 65_536; count++) cache.add(number(count), 'tcp', make);
    expect(cache.find(number(1), 'udp')).toBeUndefined();
    expect(cache.find(number(65_535), 'tcp')).toBeDefined();
  });
});
