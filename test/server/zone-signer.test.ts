import { expect, test } from 'vitest';
import { readSignature } from '../../lib/dnssec/signatures.ts';
import { addRecords } from '../../lib/edit/change.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { TestServer } from '../../lib/server/test-server.ts';
import { ZoneSigner } from '../../lib/server/zone-signer.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { testKey } from '../dnssec/signer.ts';
import { verifyZone } from '../dnssec/verifier.ts';
import { cleanZone, wire } from '../zone/zones.ts';

const DAY = 86_400_000;
const TEXT = '$TTL 60\n@ SOA a b 1 2 3 4 5\n@ NS a\na A 192.0.2.1\n';
const ORIGIN = wire('example.net.');

/** A server that signs, what it told, and a clock to be set. */
function signing(texts: Readonly<Record<string, string>>): {
  readonly server: TestServer;
  readonly told: readonly string[];
  readonly clock: { now: number };
} {
  const clock = { now: 1_600_000_000_000 };
  const told: string[] = [];
  const signer = new ZoneSigner({
    keys: [testKey(1)],
    now: () => clock.now,
    told: (origin, unsigned) => told.push(`${nameToText(origin)} ${unsigned ?? 'by us'}`),
  });
  const zones = Object.entries(texts).map(([origin, text]) => new ZoneTree(cleanZone(origin, text)));
  const world = { now: () => clock.now, ticks: () => 0, wait: () => Promise.resolve() };
  const server = new TestServer(new ServedZones(zones), world, { prepare: (zone) => signer.prepare(zone) });
  return { server, told, clock };
}

/** The days until the first and the last signature end. */
function ends(zone: Zone | undefined, now: number): number[] {
  if (zone === undefined) throw new Error('no zone');
  const all = [...zone.types.subarray(0, zone.count).keys()].filter((record) => zone.types[record] === TYPE.RRSIG);
  const days = all.map((record) => (readSignature(zone.rdataOf(record)).expiration * 1000 - now) / DAY);
  return [Math.min(...days), Math.max(...days)];
}

test('signs what is put, changed and read, and tells of each zone once', () => {
  const { server, told } = signing({ 'example.net.': TEXT, 'example.org.': `${TEXT}@ NSEC3PARAM 1 0 0 -\n` });
  expect(told).toEqual(['example.net. by us', 'example.org. signed']);
  const record = { owner: wire('b.example.net.'), type: TYPE.A, ttl: 60, rdata: Uint8Array.of(192, 0, 2, 2) };
  expect(server.changeZone(ORIGIN, () => [addRecords([record])])).toBeUndefined();
  server.putZone(cleanZone('example.com.', TEXT));
  expect(told).toEqual(['example.net. by us', 'example.org. signed', 'example.com. by us']);
  const signed = server.zones.zones().filter(({ keys }) => keys.length > 0);
  expect(signed.map(({ origin, text }) => [nameToText(origin), text.zone.count])).toEqual([
    ['example.net.', 4],
    ['example.com.', 3],
  ]);
  for (const { tree } of signed) {
    expect(verifyZone(tree.zone).bad).toEqual([]);
    expect(verifyZone(tree.zone).good).toBeGreaterThan(5);
  }
});

test('leaves zones that are served already as they are', () => {
  const { server } = signing({ 'example.net.': TEXT });
  const before = server.zones;
  server.zones = before;
  expect(server.zones.zone(ORIGIN)).toBe(before.zone(ORIGIN));
});

test('tells when a zone comes to be signed by others, and back', () => {
  const { server, told } = signing({ 'example.net.': TEXT });
  server.putZone(cleanZone('example.net.', `${TEXT}@ NSEC3PARAM 1 0 0 -\n`));
  server.putZone(cleanZone('example.net.', TEXT));
  expect(told).toEqual(['example.net. by us', 'example.net. signed', 'example.net. by us']);
});

test('signs anew in time', () => {
  const { server, clock } = signing({ 'example.net.': TEXT });
  const zone = (): Zone | undefined => server.zones.zone(ORIGIN)?.tree.zone;
  expect(ends(zone(), clock.now)).toEqual([14, 14]);
  clock.now += 6 * DAY;
  server.prepareAgain();
  expect(ends(zone(), clock.now)).toEqual([8, 8]);
  clock.now += DAY;
  server.prepareAgain();
  expect(ends(zone(), clock.now)).toEqual([14, 14]);
  expect(server.zones.zone(ORIGIN)?.text.zone.count).toBe(3);
});
