import { describe, expect, test } from 'vitest';
import { answer, freshAnswer } from '../../lib/server/answer.ts';
import type { Answered, Exchange, ServerOptions } from '../../lib/server/exchange.ts';
import type { ServedZones } from '../../lib/server/served-zones.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import type { Message } from '../../lib/wire/message.ts';
import { signed } from '../dnssec/signer.ts';
import { EDNS, exchange, messageOf, octets, query, served, shown } from './dialogue.ts';
import { type RandomZone, randomOf, randomQuestion, randomZone } from './random-zones.ts';

const TRANSPORTS: readonly Exchange['transport'][] = ['udp', 'tcp', 'tls', 'https'];

/** An answer as it can be compared, the octets as text. */
function all({ bytes, summary }: Answered): unknown {
  return { bytes: bytes && Buffer.from(bytes).toString('hex'), summary };
}

function isPlain(sent: Uint8Array, zones: ServedZones, { transport }: Exchange, options: ServerOptions): boolean {
  return zones.plain(options).answer(sent, transport) !== undefined;
}

type Random = (below: number) => number;

/** Letters turned to upper case here and there, or left as they are. */
function cased(random: Random, name: string): string {
  return random(2) ? name : [...name].map((letter) => (random(2) ? letter.toUpperCase() : letter)).join('');
}

function randomQuery(random: Random, zones: readonly RandomZone[], options: boolean): Message {
  const { name, type } = randomQuestion(random, zones);
  const codes = [OPTION.NSID, OPTION.COOKIE, OPTION.ZONEVERSION].filter(() => options && random(4) === 0);
  const edns = {
    ...EDNS,
    dnssecOk: random(3) === 0,
    udpSize: random(3) * 700,
    options: codes.map((code) => ({ code, data: new Uint8Array(code === OPTION.COOKIE ? 8 : 0) })),
  };
  return {
    ...query(`${cased(random, name)} ${type}`),
    ...(random(3) === 0 ? {} : { edns }),
    id: random(65536),
    recursionDesired: random(2) === 0,
    checkingDisabled: random(4) === 0,
  };
}

function randomExchange(random: Random): Exchange {
  const client = { address: `192.0.2.${random(250)}`, port: 1 };
  return { transport: TRANSPORTS[random(4)] ?? 'udp', client, now: random(1e9) * 1000 };
}

/** Doubles a record, or writes a name in it in other letters, or gives it another TTL. */
function disturbed(random: Random, text: string): string {
  return text.replaceAll(/^.+$/gmu, (line) => {
    if (/ SOA |\$TTL/u.test(line)) return line;
    const kind = random(14);
    if (kind === 0) return `${line}\n${line.toUpperCase()}`;
    if (kind === 1) return line.replace(/[a-z0-9_*.-]+\.$/u, (name) => name.toUpperCase());
    if (kind === 2) return line.replace(/^\S+/u, (owner) => `${owner.toUpperCase()} 77`);
    return line;
  });
}

const OPTIONS: readonly ServerOptions[] = [
  {},
  { udpLimit: 700 },
  { additional: false },
  { followAcrossZones: false },
  { nsid: Uint8Array.of(1, 2), cookieSecrets: [new Uint8Array(16)] },
  { ownerCase: 'zone' },
  { authorityNs: true, clientMxAdditional: true },
  { requireCookie: true, cookieSecrets: [new Uint8Array(16)] },
];

describe('answers from the columns of a zone', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('are octet for octet those made the careful way (%i)', (seed) => {
    const random = randomOf(seed);
    let plain = 0;
    const rounds = 20;
    const queries = 150;
    for (let round = 0; round < rounds; round++) {
      const origins = ['example.net', 'sub.example.net', 'example.org'].slice(0, 1 + random(3));
      const zones = origins.map((origin) => randomZone(random, origin, origins));
      const texts = zones.map(
        ({ origin, text }) => [`${origin}.`, random(2) ? text : disturbed(random, text)] as const,
      );
      const set = served(Object.fromEntries(texts));
      const options = OPTIONS[random(4)] ?? {};
      for (let count = 0; count < queries; count++) {
        const sent = octets(randomQuery(random, zones, false));
        const client = randomExchange(random);
        expect(all(answer(sent, set, client, options))).toEqual(all(freshAnswer(sent, set, client, options)));
        if (isPlain(sent, set, client, options)) plain++;
      }
    }
    // Those for all types, names of no zone, and what DNAMEs and wildcards make of hosts go the careful way.
    expect(plain / (rounds * queries)).toBeGreaterThan(0.6);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('are the same for signed zones and all options (%i)', (seed) => {
    const random = randomOf(seed);
    const zone = randomZone(random, 'example.net');
    const text = seed % 2 === 0 ? zone.text : signed(zone.text, { kind: seed % 4 === 1 ? 'nsec' : 'nsec3' });
    const zones = served({ 'example.net.': text });
    for (const options of OPTIONS) {
      for (let count = 0; count < 60; count++) {
        const sent = octets(randomQuery(random, [zone], true));
        const client = randomExchange(random);
        expect(all(answer(sent, zones, client, options))).toEqual(all(freshAnswer(sent, zones, client, options)));
      }
    }
  });

  const zones = served({
    'example.net.': '@ 60 SOA ns hostMaster 1 2 3 4 5\n@ 60 NS ns\nns 60 A 192.0.2.1\na 60 A 192.0.2.1\nb 60 MX 1 a\n',
  });

  test('have the id and the case of their own question', () => {
    for (const [name, id] of [
      ['b.example.net.', 1],
      ['B.Example.NET.', 2],
      ['b.exAMPLE.net.', 3],
    ] as const) {
      const got = answer(octets({ ...query(`${name} MX`), id }), zones, exchange());
      const message = messageOf(got.bytes);
      expect(message.id).toBe(id);
      expect(shown(message)[1]).toBe(`answer ${name} 60 MX 1 a.example.net.`);
      expect([got.summary.id, got.summary.question]).toEqual([id, message.questions[0]]);
    }
  });

  test('are given to queries that differ from plain ones in one octet only when those are plain too', () => {
    const random = randomOf(7);
    const sent = octets({ ...query('b.example.net. MX'), edns: EDNS });
    for (let at = 2; at < sent.length; at++) {
      for (const octet of [0, 1, 2, 3, 12, 0x10, 0x41, 0x80, 0xc0, 0xff, random(256)]) {
        const changed = sent.slice();
        changed[at] = octet;
        for (const octets of [changed, changed.subarray(0, -1), Uint8Array.of(...changed, 0)]) {
          const got = answer(octets, zones, exchange());
          expect(all(got)).toEqual(all(freshAnswer(octets, zones, exchange())));
        }
      }
    }
  });

  test('point to names of the question that the zone only names', () => {
    for (const name of ['hostmaster', 'hostMaster', 'x.hostMaster', 'ns', 'NS', 'a.ns']) {
      const sent = octets(query(`${name}.example.net. TXT`));
      expect(isPlain(sent, zones, exchange(), {})).toBe(true);
      expect(all(answer(sent, zones, exchange()))).toEqual(all(freshAnswer(sent, zones, exchange())));
    }
  });

  test('can be changed by whoever got them', () => {
    const sent = octets(query('a.example.net. A'));
    const first = answer(sent, zones, exchange()).bytes ?? new Uint8Array(0);
    const second = answer(sent, zones, exchange()).bytes ?? new Uint8Array(0);
    const copy = Uint8Array.from(second);
    first.fill(0);
    expect(Buffer.from(second)).toEqual(Buffer.from(copy));
    expect(Buffer.from(answer(sent, zones, exchange()).bytes ?? [])).toEqual(Buffer.from(copy));
  });
});
