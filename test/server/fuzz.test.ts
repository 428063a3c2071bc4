import { describe, expect, test } from 'vitest';
import { answer } from '../../lib/server/answer.ts';
import type { Exchange, ServerOptions } from '../../lib/server/exchange.ts';
import { decodeMessage } from '../../lib/wire/decode.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import { signed } from '../dnssec/signer.ts';
import { EDNS, octets, query, served } from './dialogue.ts';
import { randomOf, randomQuestion, randomZone } from './random-zones.ts';

/** How many packets: more with SERVER_PACKETS. */
const PACKETS = Number(process.env.SERVER_PACKETS ?? 4000);

const random = randomOf(11);
const zone = randomZone(random, 'example.net');
const zones = served({
  'example.net.': signed(zone.text, { kind: 'nsec3', optOut: true, leaveOut: true }),
  'example.org.': '@ 60 SOA ns host 1 2 3 4 5\n@ 60 NS ns\n@ 60 DNAME example.net.\n',
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

/** A query, most often with something broken in it. */
function packet(): Uint8Array {
  const { name, type } = random(10) === 0 ? { name: 'version.bind.', type: 'TXT' } : randomQuestion(random, [zone]);
  const options = [OPTION.COOKIE, OPTION.NSID, OPTION.PADDING, OPTION.EXPIRE, OPTION.ZONEVERSION, random(70)]
    .filter(() => random(3) === 0)
    .map((code) => ({ code, data: Uint8Array.from({ length: random(30) }, () => random(256)) }));
  const edns = {
    ...EDNS,
    udpSize: random(5000),
    dnssecOk: random(2) === 0,
    version: random(20) === 0 ? 1 : 0,
    options,
  };
  const bytes = octets(query(`${name} ${type}${random(20) === 0 ? ' CH' : ''}`, random(4) === 0 ? {} : { edns }));
  return random(4) === 0 ? bytes : mutated(bytes);
}

function mutated(bytes: Uint8Array): Uint8Array {
  let octets = bytes.slice();
  for (let times = 1 + random(4); times > 0; times--) {
    const at = random(octets.length + 1);
    const kind = random(6);
    if (kind === 0) octets[at] = random(256);
    else if (kind === 1 && at < octets.length) octets[at] = (octets[at] ?? 0) ^ (1 << random(8));
    else if (kind === 2) octets = octets.slice(0, at);
    else if (kind === 3)
      octets = Uint8Array.from([
        ...octets.slice(0, at),
        ...Array.from({ length: random(12) }, () => random(256)),
        ...octets.slice(at),
      ]);
    else if (kind === 4 && octets.length > 13)
      octets.set([0xc0, random(octets.length)], Math.min(at, octets.length - 2));
    else octets = Uint8Array.from([...octets.slice(0, at), ...octets.slice(random(at + 1))]);
  }
  return octets;
}

function limitOf(bytes: Uint8Array, transport: Exchange['transport'], { udpLimit = 1232 }: ServerOptions): number {
  if (transport !== 'udp') return 65535;
  const decoded = decodeMessage(bytes);
  const edns = 'message' in decoded ? decoded.message.edns : undefined;
  return edns === undefined ? 512 : Math.max(512, Math.min(edns.udpSize, udpLimit));
}

describe('whatever is sent', () => {
  test(`${PACKETS} packets get an answer that can be read and fits, or none at all`, { timeout: 600_000 }, () => {
    let answered = 0;
    for (let count = 0; count < PACKETS; count++) {
      const sent = packet();
      const transport = TRANSPORTS[random(TRANSPORTS.length)] ?? 'udp';
      const options = OPTIONS[random(OPTIONS.length)] ?? {};
      const exchange: Exchange = { transport, client: { address: '::1', port: 1 }, now: random(1e9) * 1000 };
      const { bytes, summary } = answer(sent, zones, exchange, options);
      const shown = Buffer.from(sent).toString('hex');
      const response = sent.length < 12 || ((sent[2] ?? 0) & 0x80) !== 0;
      expect(bytes === undefined, shown).toBe(response);
      if (bytes === undefined) continue;
      answered++;
      expect(bytes.length, shown).toBeLessThanOrEqual(limitOf(sent, transport, options));
      const decoded = decodeMessage(bytes);
      expect('message' in decoded, shown).toBe(true);
      expect([bytes[0], bytes[1], (bytes[2] ?? 0) & 0xf8], shown).toEqual([
        sent[0],
        sent[1],
        ((sent[2] ?? 0) & 0x78) | 0x80,
      ]);
      if ('message' in decoded) expect(decoded.message.rcode, shown).toBe(summary.rcode);
      expect(summary.answerSize, shown).toBe(bytes.length);
    }
    expect(answered).toBeGreaterThan(PACKETS / 4);
  });

  test('octets are left as they were, and the same ones get the same answer', () => {
    for (let count = 0; count < 200; count++) {
      const sent = packet();
      const before = sent.slice();
      const exchange: Exchange = { transport: 'udp', client: { address: '127.0.0.1', port: 1 }, now: 5 };
      const first = answer(sent, zones, exchange);
      expect(sent).toEqual(before);
      const again = answer(sent, zones, exchange);
      expect([again.bytes, again.summary]).toEqual([first.bytes, first.summary]);
    }
  });
});
