import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { answer, freshAnswer } from '../../lib/server/answer.ts';
import type { Exchange, ServerOptions } from '../../lib/server/exchange.ts';
import { TestServer } from '../../lib/server/test-server.ts';
import { signMessage } from '../../lib/wire/tsig.ts';
import { TsigKey, tsigAlgorithm } from '../../lib/wire/tsig-keys.ts';
import { signed } from '../dnssec/signer.ts';
import { wire } from '../wire/messages.ts';
import { served } from './dialogue.ts';
import { complaint, packet } from './packets.ts';
import { type RandomZone, randomOf, randomZone } from './random-zones.ts';

/** How many packets, and which: more with SERVER_PACKETS, others with SERVER_SEED. */
const PACKETS = Number(process.env.SERVER_PACKETS ?? 4000);
const SEED = Number(process.env.SERVER_SEED ?? 11);

const random = randomOf(SEED);
const origins = ['example.net', 'example.org'];
const [zone, unsigned] = origins.map((origin) => randomZone(random, origin, origins)) as [RandomZone, RandomZone];
const zones = served({
  'example.net.': signed(zone.text, { kind: 'nsec3', optOut: true, leaveOut: true }),
  'example.org.': unsigned.text,
  'dname.test.': '@ 60 SOA ns host 1 2 3 4 5\n@ 60 NS ns\n@ 60 DNAME example.net.\n',
});

const OPTIONS: readonly ServerOptions[] = [
  {},
  {
    cookieSecrets: [new Uint8Array(16)],
    nsid: new Uint8Array(30),
    version: 'x',
    identity: 'y',
    keepAlive: 1000,
    any: 'all',
    authorityNs: true,
  },
  {
    cookieSecrets: [new Uint8Array(16)],
    requireCookie: true,
    truncated: 'partial',
    ownerCase: 'zone',
    udpLimit: 512,
    any: 'hinfo',
    clientMxAdditional: true,
  },
  { nsid: new Uint8Array(600), version: 'v'.repeat(70_000), paddingBlock: 128, extendedErrors: false },
];
const TRANSPORTS: readonly Exchange['transport'][] = ['udp', 'udp', 'tcp', 'tls', 'https'];

const anyZone = (): RandomZone => (random(2) === 0 ? zone : unsigned);
const transportOf = (): Exchange['transport'] => TRANSPORTS[random(TRANSPORTS.length)] ?? 'udp';
const exchangeOf = (transport: Exchange['transport']): Exchange => ({
  transport,
  client: { address: '::1', port: 1 },
  now: random(1e9) * 1000,
});
/** A key that client and server share. */
function keyOf(): TsigKey {
  const algorithm = tsigAlgorithm('hmac-sha256');
  if (algorithm === undefined) throw new Error('no algorithm');
  return new TsigKey(wire('key.'), algorithm, new Uint8Array(32));
}

const hex = (octets: Uint8Array = new Uint8Array(0)): string => Buffer.from(octets).toString('hex');

describe('whatever is sent', () => {
  test(`${PACKETS} packets get an answer that can be read and fits, or none at all`, { timeout: 600_000 }, () => {
    let answered = 0;
    const wrong: string[] = [];
    for (let count = 0; count < PACKETS && wrong.length < 5; count++) {
      const sent = packet(random, anyZone());
      const transport = transportOf();
      const options = OPTIONS[random(OPTIONS.length)] ?? {};
      const exchange = exchangeOf(transport);
      const { bytes, summary } = answer(sent, zones, exchange, options);
      const long = freshAnswer(sent, zones, exchange, options);
      const why =
        complaint(sent, bytes, transport, options) ??
        (hex(bytes) === hex(long.bytes) ? undefined : 'the long way has another answer') ??
        (isDeepStrictEqual(summary, long.summary) ? undefined : 'the long way has another summary');
      if (why !== undefined) wrong.push(`${hex(sent)} over ${transport}: ${why}`);
      if (bytes !== undefined) answered++;
    }
    expect(wrong).toEqual([]);
    expect(answered).toBeGreaterThan(PACKETS / 4);
  });

  test(`${PACKETS} packets find a test server that hands zones over and changes them`, {
    timeout: 600_000,
  }, async () => {
    const world = { now: () => 0, ticks: () => 0, wait: async () => {} };
    const key = keyOf();
    const sign = (octets: Uint8Array): Uint8Array => signMessage(octets, key, { now: 0 }).bytes;
    const server = new TestServer(zones, world, {
      history: 100,
      mayTransfer: () => true,
      mayUpdate: () => true,
      keys: [key],
    });
    const wrong: string[] = [];
    // Until an update is among them that the server takes: few of random octets are one.
    const enough = (count: number): boolean => count >= PACKETS && (server.zones !== zones || count >= 20 * PACKETS);
    for (let count = 0; !enough(count) && wrong.length < 5; count++) {
      const sent = packet(random, anyZone(), sign);
      const transport = transportOf();
      const handled = server.handle(sent, exchangeOf(transport));
      const { bytes, more = [] } = handled instanceof Promise ? await handled : handled;
      const why = complaint(sent, bytes, transport);
      if (why !== undefined) wrong.push(`${hex(sent)} over ${transport}: ${why}`);
      for (const message of more) {
        const trouble = complaint(sent, message, transport);
        if (trouble !== undefined) wrong.push(`${hex(sent)} over ${transport}, later message: ${trouble}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(server.zones).not.toBe(zones);
  });

  test('octets are left as they were, and the same ones get the same answer', () => {
    for (let count = 0; count < 200; count++) {
      const sent = packet(random, anyZone());
      const before = sent.slice();
      const exchange: Exchange = { transport: 'udp', client: { address: '127.0.0.1', port: 1 }, now: 5 };
      const first = answer(sent, zones, exchange);
      expect(sent).toEqual(before);
      const again = answer(sent, zones, exchange);
      expect([again.bytes, again.summary]).toEqual([first.bytes, first.summary]);
    }
  });
});
