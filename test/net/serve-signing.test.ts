import { describe, expect, test } from 'vitest';
import { dsRdata } from '../../lib/dnssec/sign-zone.ts';
import { generateSigningKey, type SigningKey } from '../../lib/dnssec/signing-key.ts';
import { addRecords } from '../../lib/edit/change.ts';
import { askServer } from '../../lib/net/ask.ts';
import { serverLookup } from '../../lib/net/server-lookup.ts';
import { printRdata } from '../../lib/rr/codec.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { TYPE, typeFromText, typeToText } from '../../lib/rr/types.ts';
import { answer } from '../../lib/server/answer.ts';
import type { AnswerOutcome } from '../../lib/server/exchange.ts';
import type { Fault } from '../../lib/server/faults/fault.ts';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { TestServer } from '../../lib/server/test-server.ts';
import { ZoneSigner } from '../../lib/server/zone-signer.ts';
import { extendedErrors, meansBogus } from '../../lib/wire/extended-errors.ts';
import { type Message, queryFor } from '../../lib/wire/message.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { exchange, octets } from '../server/dialogue.ts';
import { randomOf, randomQuestion, randomZone } from '../server/random-zones.ts';
import { cleanZone, wire } from '../zone/zones.ts';
import { installed, realServer, unbound } from './real-dns.ts';
import { serving } from './serving.ts';

const UNBOUND = '/usr/sbin/unbound';
const absent = !installed(UNBOUND);
if (absent) console.log(`no ${UNBOUND}: what is signed here is not validated`);

const KEY = generateSigningKey();

/** Signed zones of these texts by origin, without final dot, that may be changed and broken. */
function testServer(
  texts: Readonly<Record<string, string>>,
  nsec3: boolean,
  keys: readonly SigningKey[] = [KEY],
): TestServer {
  const signer = new ZoneSigner({ keys, now: Date.now, ...(nsec3 && { nsec3: {} }) });
  const zones = Object.entries(texts).map(([origin, text]) => new ZoneTree(cleanZone(`${origin}.`, text)));
  const world = { now: Date.now, ticks: () => performance.now(), wait: () => Promise.resolve() };
  return new TestServer(new ServedZones(zones), world, { prepare: (zone) => signer.prepare(zone) });
}

/** Unbound that trusts the key in all zones of a server, and the server itself. */
async function validating(tested: TestServer, key = KEY): Promise<Awaited<ReturnType<typeof realServer>>> {
  const upstream = await serving({ handle: (query, from) => tested.handle(query, from) });
  const [first = '', ...others] = tested.zones.zones().map(({ origin }) => nameToText(origin).slice(0, -1));
  const anchor = (origin: string): string =>
    `${origin}. IN DS ${printRdata(TYPE.DS, dsRdata(wire(`${origin}.`), key))}`;
  const more = others.map((origin) => `trust-anchor: "${anchor(origin)}"`);
  const stubs = others.map((origin) => `stub-zone:\n  name: ${origin}\n  stub-addr: 127.0.0.1@${upstream.port}`);
  const place = { address: '127.0.0.1', port: upstream.port };
  // It would make up answers of its own, for which it does not look at names that only stand above others.
  const all = ['aggressive-nsec: no', ...more, ...stubs].join('\n  ');
  const resolver = await realServer(unbound(first, place, anchor(first), all));
  const dispose = async (): Promise<void> => {
    await resolver[Symbol.asyncDispose]();
    await upstream.close();
  };
  return { address: resolver.address, port: resolver.port, [Symbol.asyncDispose]: dispose };
}

/** What a zone itself proves, without asking servers of others. */
const PROVEN: ReadonlySet<AnswerOutcome> = new Set(['answer', 'nodata', 'nxdomain']);

/** What resolvers follow aliases for that they have seen, where the zone has an answer at the alias itself. */
const BESIDE_ALIASES: ReadonlySet<string> = new Set(['ANY', 'NSEC', 'CNAME', 'DNAME']);

/** Records of an answer, in no order; resolvers count TTLs down. */
function content(message: Message): string[] {
  const records = message.answer.filter(({ type }) => type !== TYPE.RRSIG);
  const lines = records.map(
    ({ name, type, rdata }) => `${nameToText(name)} ${typeToText(type)} ${printRdata(type, rdata)}`,
  );
  return [...new Set(lines.map((line) => line.toLowerCase()))].sort();
}

describe.skipIf(absent).each([
  ['NSEC', false],
  ['NSEC3', true],
])('unbound vouches for all that random zones say, signed with %s', (_, nsec3) => {
  test.each([1, 2, 3, 4])(
    'of seed %i',
    async (seed) => {
      const random = randomOf(seed);
      const origins = ['example.net', 'example.org'];
      const zones = origins.map((origin) => randomZone(random, origin, origins));
      const tested = testServer(Object.fromEntries(zones.map(({ origin, text }) => [origin, text])), nsec3);
      await using resolver = await validating(tested);
      let secure = 0;
      for (let count = 0; count < 150; count++) {
        const { name, type } = randomQuestion(random, zones);
        const question = { name: wire(name), type: typeFromText(type) ?? 0, class: 1 };
        const own = answer(octets(queryFor(question, 1)), tested.zones, exchange('tcp'));
        // The DS records of a zone are its parent's; for names that are not there Unbound makes up the answer, see above.
        const isThere = zones.some(({ origin, owners }) => `${origin}.` !== name && owners.includes(name.slice(0, -1)));
        const isPlain = !BESIDE_ALIASES.has(type) && (type !== 'DS' || isThere);
        if (!isPlain || !PROVEN.has(own.summary.outcome)) continue;
        const direct = await askServer(resolver, question, { random: () => count, checkingDisabled: true });
        const result = await askServer(resolver, question, { random: () => count, dnssec: true });
        if (!('message' in result) || !('message' in direct))
          throw new Error(`${name} ${type}: ${JSON.stringify(result)}`);
        const { rcode, authenticData } = result.message;
        expect({ name, type, rcode, authenticData }).toEqual({
          name,
          type,
          rcode: own.summary.rcode,
          authenticData: true,
        });
        expect(content(result.message)).toEqual(content(direct.message));
        secure++;
      }
      expect(secure).toBeGreaterThan(40);
    },
    120_000,
  );
});

const ZONE = `$TTL 3600
@ SOA ns1 host 1 7200 3600 1209600 300
@ NS ns1
ns1 A 127.0.0.1
$GENERATE 1-9 host$ A 192.0.2.$
*.wild TXT "x"
*.other TXT "x"
unsigned NS ns.unsigned
ns.unsigned A 192.0.2.53
safe NS ns.safe
ns.safe A 192.0.2.53
`;

type Break = NonNullable<NonNullable<Fault['action']>['dnssec']>;

/** What is broken, for which question. */
const BREAKS: readonly (readonly [Break, name: string, type: string])[] = [
  ['expired', 'host1', 'A'],
  ['not-yet-valid', 'host2', 'A'],
  ['wrong-key', 'host3', 'A'],
  ['corrupt', 'host4', 'A'],
  ['missing-signature', 'host5', 'A'],
  ['missing-denial', 'none1', 'A'],
  ['missing-denial', 'host6', 'MX'],
  ['missing-denial', 'a.wild', 'TXT'],
  ['missing-denial', 'unsigned', 'DS'],
  ['wrong-denial', 'none2', 'A'],
  ['wrong-denial', 'host7', 'MX'],
  ['wrong-denial', 'b.wild', 'TXT'],
  ['expired', 'none3', 'A'],
  ['corrupt', 'c.wild', 'TXT'],
];

describe.skipIf(absent).each([
  ['NSEC', false],
  ['NSEC3', true],
])('unbound sees what is broken, with %s', (_, nsec3) => {
  test('and that nothing else is', async () => {
    const tested = testServer({ 'example.net': ZONE }, nsec3);
    for (const [dnssec, name, type] of BREAKS) {
      const fault = { id: `${dnssec}-${name}`, match: { name: `${name}.example.net`, type }, action: { dnssec } };
      expect(tested.faults.add(fault)).toEqual([]);
    }
    await using resolver = await validating(tested);
    const lookup = serverLookup(resolver, { random: () => 4711 });
    const security = async (name: string, type: string): Promise<object> => {
      const got = await lookup.ask({ name: `${name}.example.net`, type: typeFromText(type) ?? 0 });
      return [name, type, got.kind === 'failure' ? got.reason : got.security];
    };
    for (const [, name, type] of BREAKS) expect(await security(name, type)).toEqual([name, type, 'bogus']);
    for (const [name, type] of [
      ['host9', 'A'],
      ['none9', 'A'],
      ['host9', 'MX'],
      ['d.other', 'TXT'],
      ['safe', 'DS'],
    ] as const)
      expect(await security(name, type)).toEqual([name, type, 'secure']);
    expect(tested.faults.list().filter(({ hit }) => hit === 0)).toEqual([]);
  }, 120_000);

  test('and vouches for what was changed at run time', async () => {
    const tested = testServer({ 'example.net': ZONE.replace('$GENERATE 1-9 host$ A 192.0.2.$', '') }, nsec3);
    await using resolver = await validating(tested);
    const record = { owner: wire('new.example.net.'), type: TYPE.A, ttl: 60, rdata: Uint8Array.of(192, 0, 2, 9) };
    expect(tested.changeZone(wire('example.net.'), () => [addRecords([record])])).toBeUndefined();
    const asked = { name: record.owner, type: TYPE.A, class: 1 };
    const result = await askServer(resolver, asked, { random: () => 1 });
    expect(result).toMatchObject({ message: { rcode: 0, authenticData: true, answer: [{ ttl: 60 }] } });
    // The text is without signatures as before.
    const [zone] = tested.zones.zones();
    expect(zone?.text.zone.types.includes(TYPE.RRSIG)).toBe(false);
    expect(new TextDecoder().decode(zone?.text.zone.files[0]?.bytes)).not.toContain('RRSIG');
  }, 60_000);

  test('and believes nothing by another key', async () => {
    const tested = testServer({ 'example.net': ZONE }, nsec3);
    // The test of readiness takes any answer.
    await using resolver = await validating(tested, generateSigningKey());
    const asked = { name: wire('host1.example.net.'), type: TYPE.A, class: 1 };
    const result = await askServer(resolver, asked, { random: () => 1 });
    if (!('message' in result)) throw new Error(JSON.stringify(result));
    expect(result.message.rcode).toBe(2);
    expect(extendedErrors(result.message).some(meansBogus)).toBe(true);
  }, 60_000);
});
