import { describe, expect, test } from 'vitest';
import { knowsZoneHash, readZoneDigest, zoneDigest } from '../../lib/dnssec/zone-digest.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import { hexText } from '../../lib/rr/octets.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { readZone } from '../../lib/zone/read.ts';
import type { Zone } from '../../lib/zone/zone.ts';

function zoneOf(text: string, origin = 'example.'): Zone {
  const name = nameFromText(origin);
  if ('problem' in name) throw new Error(origin);
  return readZone({ name: 'zone', bytes: Buffer.from(text), origin: name.name });
}

/** The zone of RFC 8976 §A.1 without its digest. */
const SIMPLE = `
example. 86400 IN SOA ns1 admin 2018031900 1800 900 604800 86400
example. 86400 IN NS ns1
example. 86400 IN NS ns2
ns1 3600 IN A 203.0.113.63
ns2 3600 IN AAAA 2001:db8::63
`;
const DIGEST = 'c68090d90a7aed716bc459f9340e3d7c1370d4d24b7e2fc3a1ddc0b9a87153b9a9713b3c9ae5cc27777f98b8e730044c';

function digestOf(text: string): string {
  return hexText(zoneDigest(zoneOf(text), 1) ?? new Uint8Array(0));
}

describe('the digest of a zone', () => {
  test('is that of RFC 8976 §A.1', () => {
    expect(digestOf(SIMPLE)).toBe(DIGEST);
  });

  test.each([
    ['ZONEMD of the zone', `example. 86400 ZONEMD 2018031900 1 1 ${DIGEST}\n`],
    ['the signature over it', 'example. 86400 RRSIG ZONEMD 13 1 86400 20300101000000 20260101000000 1 example. AAAA\n'],
    ['a second copy of a record', 'NS1 3600 IN A 203.0.113.63\n'],
    ['records outside the zone', 'other. 3600 A 192.0.2.1\n'],
    ['records of another class', 'example. 3600 CH TXT x\n'],
  ])('leaves out %s', (_, line) => {
    expect(digestOf(SIMPLE + line)).toBe(DIGEST);
  });

  test.each([
    ['ZONEMD at another name', `w 3600 ZONEMD 2018031900 1 1 ${DIGEST}\n`],
    ['other signatures', 'example. 86400 RRSIG NS 13 1 86400 20300101000000 20260101000000 1 example. AAAA\n'],
    ['data below a delegation', 'sub 3600 NS ns1\nx.sub 3600 TXT occluded\n'],
  ])('takes in %s', (_, line) => {
    expect(digestOf(SIMPLE + line)).not.toBe(DIGEST);
  });

  test('letter case of owners and of old types does not count', () => {
    expect(digestOf(SIMPLE.replace(/ns1/g, 'NS1').replace('admin', 'ADMIN'))).toBe(DIGEST);
  });

  test('has more than one chunk of a larger zone', () => {
    const many = Array.from({ length: 5000 }, (_, index) => `h${index} 60 A 192.0.2.1\n`);
    expect(digestOf(SIMPLE + many.join(''))).toBe(digestOf(SIMPLE + many.reverse().join('')));
  });

  test('is known for two hash algorithms', () => {
    expect(zoneDigest(zoneOf(SIMPLE), 2)).toHaveLength(64);
    expect([knowsZoneHash(1), knowsZoneHash(2), knowsZoneHash(240)]).toEqual([true, true, false]);
    expect(zoneDigest(zoneOf(SIMPLE), 240)).toBeUndefined();
  });

  test('stands behind six octets of its record', () => {
    const zone = zoneOf(`${SIMPLE}@ 1 ZONEMD 4294967295 1 1 ${DIGEST}\n`);
    const record = [...zone.types.subarray(0, zone.count)].indexOf(TYPE.ZONEMD);
    const read = readZoneDigest(zone.rdataOf(record));
    expect([read?.serial, read?.scheme, read?.hashAlgorithm]).toEqual([4294967295, 1, 1]);
    expect(hexText(read?.digest ?? new Uint8Array(0))).toBe(DIGEST);
    expect(readZoneDigest(Uint8Array.of(1, 2, 3, 4, 1))).toBeUndefined();
  });
});
