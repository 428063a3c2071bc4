import { describe, expect, test } from 'vitest';
import { algorithmText } from '../../lib/dnssec/algorithms.ts';
import { asksForRemoval, keyDigest, namesKey, readDs } from '../../lib/dnssec/digests.ts';
import { keyFault, keyTag, readKey, readRsaKey } from '../../lib/dnssec/keys.ts';
import { hashOfOwner, NameHasher, nextHashAt, readParameters, sameHashes } from '../../lib/dnssec/nsec3.ts';
import { readSignature, secondsUntil, signedLabels } from '../../lib/dnssec/signatures.ts';
import { rdataFromText } from '../../lib/rr/codec.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import { hexText } from '../../lib/rr/octets.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { base32hex } from './signer.ts';

function name(text: string): Uint8Array {
  const read = nameFromText(text);
  if ('problem' in read) throw new Error(text);
  return read.name;
}

function rdata(type: number, text: string): Uint8Array {
  const read = rdataFromText(type, text);
  if (!('rdata' in read)) throw new Error(text);
  return read.rdata;
}

const RSA =
  '256 3 5 AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw==';
const P256 = '257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==';
const P384 =
  '257 3 14 xKYaNhWdGOfJ+nPrL8/arkwf2EY3MDJ+SErKivBVSum1w/egsXvSADtNJhyem5RCOpgQ6K8X1DRSEkrbYQ+OB+v8/uX45NBwY8rp65F6Glur8I/mlVNgF6W/qTI37m40';

/** Keys with their tags and digests as RFCs print them. */
const KEYS: readonly (readonly [source: string, owner: string, key: string, ds: string])[] = [
  ['RFC 4034 §5.4', 'dskey.example.com.', RSA, '60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118'],
  [
    'RFC 4509 §2.3',
    'dskey.example.com.',
    RSA,
    '60485 5 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A',
  ],
  [
    'RFC 6605 §6.1',
    'example.net.',
    P256,
    '55648 13 2 b4c8c1fe2e7477127b27115656ad6256f424625bf5c1e2770ce6d6e37df61d17',
  ],
  [
    'RFC 6605 §6.2',
    'example.net.',
    P384,
    '10771 14 4 72d7b62976ce06438e9c0bf319013cf801f09ecc84b8d7e9495f27e305c6a9b0563a9b5f4d288405c3008a946df983d6',
  ],
];

describe('keys and digests', () => {
  test.each(KEYS)('are those of %s', (_, owner, keyText, dsText) => {
    const key = rdata(TYPE.DNSKEY, keyText);
    const ds = readDs(rdata(TYPE.DS, dsText));
    if (ds === undefined) throw new Error(dsText);
    expect(keyTag(key)).toBe(ds.keyTag);
    expect(hexText(keyDigest(name(owner), key, ds.digestType) ?? new Uint8Array(0))).toBe(hexText(ds.digest));
    expect(namesKey(ds, name(owner.toUpperCase()), key)).toBe(true);
    expect(namesKey(ds, name('other.example.'), key)).toBe(false);
    expect(keyFault(readKey(key) ?? { flags: 0, protocol: 0, algorithm: 0, key })).toBeUndefined();
  });

  test('a digest of an unknown type is taken on trust', () => {
    const key = rdata(TYPE.DNSKEY, P256);
    expect(keyDigest(name('example.net.'), key, 99)).toBeUndefined();
    const ds = { keyTag: 55648, algorithm: 13, digestType: 99, digest: Uint8Array.of(1) };
    expect(namesKey(ds, name('example.net.'), key)).toBe(true);
    expect(namesKey({ ...ds, keyTag: 1 }, name('example.net.'), key)).toBe(false);
  });

  test('the tag of an RSAMD5 key is taken from its modulus (RFC 4034 §B.1)', () => {
    expect(keyTag(Uint8Array.of(1, 0, 3, 1, 1, 3, 0xaa, 0x12, 0x34, 0x56))).toBe(0x1234);
  });

  test('RSA keys are read with short and long exponents', () => {
    expect(readRsaKey(Uint8Array.of(1, 3, 0x00, 0x7f, 0xff))).toEqual({
      exponent: Uint8Array.of(3),
      modulus: Uint8Array.of(0, 0x7f, 0xff),
      bits: 15,
    });
    expect(readRsaKey(Uint8Array.of(0, 0, 1, 3, 0x80))?.bits).toBe(8);
    for (const broken of [[], [0], [0, 0, 0, 1], [4, 1], [1, 3], [0, 255, 255, 1]]) {
      expect(readRsaKey(Uint8Array.from(broken))).toBeUndefined();
    }
    expect(readRsaKey(Uint8Array.of(1, 3, 0, 0))?.bits).toBe(0);
  });

  test.each([
    ['0 3 13 AAAA', { kind: 'no-zone-key' }],
    ['256 2 13 AAAA', { kind: 'protocol' }],
    ['256 3 13 AAAA', { kind: 'length', octets: 64 }],
    ['256 3 15 AAAA', { kind: 'length', octets: 32 }],
    ['256 3 8 AA==', { kind: 'no-key' }],
    ['256 3 200 AA==', undefined],
    ['384 3 253 AA==', undefined],
  ] as const)('the fault of DNSKEY %s', (text, fault) => {
    const key = readKey(rdata(TYPE.DNSKEY, text));
    expect(key && keyFault(key)).toEqual(fault);
  });

  test('removal is told by its exact form', () => {
    expect(asksForRemoval(rdata(TYPE.CDS, '0 0 0 00'))).toBe(true);
    expect(asksForRemoval(rdata(TYPE.CDNSKEY, '0 3 0 AA=='))).toBe(true);
    expect(asksForRemoval(rdata(TYPE.CDNSKEY, '0 3 0 AAAA'))).toBe(false);
  });

  test('fields that are not there are not read', () => {
    expect([readKey(Uint8Array.of(1, 2, 3)), readDs(Uint8Array.of(1, 2, 3))]).toEqual([undefined, undefined]);
    expect([algorithmText(13), algorithmText(99)]).toEqual(['13 (ECDSAP256SHA256)', '99']);
  });
});

/** Hashes with the salt aabbccdd and 12 iterations (RFC 5155 Appendix A). */
const HASHES: readonly (readonly [owner: string, hash: string])[] = [
  ['example.', '0p9mhaveqvm6t7vbl5lop2u3t2rp3tom'],
  ['a.example.', '35mthgpgcu1qg68fab165klnsnk3dpvl'],
  ['ai.example.', 'gjeqe526plbf1g8mklp59enfd789njgi'],
  ['ns1.example.', '2t7b4g4vsa5smi47k61mv5bv1a22bojr'],
  ['ns2.example.', 'q04jkcevqvmu85r014c7dkba38o0ji5r'],
  ['w.example.', 'k8udemvp1j2f7eg6jebps17vp3n8i58h'],
  ['*.w.example.', 'r53bq7cc2uvmubfu5ocmm6pers9tk9en'],
  ['x.w.example.', 'b4um86eghhds6nea196smvmlo4ors995'],
  ['y.w.example.', 'ji6neoaepv8b5o6k4ev33abha8ht9fgc'],
  ['x.y.w.example.', '2vptu5timamqttgl4luu9kg21e0aor3s'],
  ['XX.Example.', 't644ebqk9bibcna874givr6joj62mlhv'],
];

describe('hashes of names', () => {
  const parameters = { algorithm: 1, flags: 0, iterations: 12, salt: Uint8Array.of(0xaa, 0xbb, 0xcc, 0xdd) };

  test.each(HASHES)('%s', (owner, hash) => {
    const wire = name(owner);
    expect(base32hex(new NameHasher(parameters).hash(wire, 0, wire.length))).toBe(hash);
    expect(base32hex(hashOfOwner(name(`${hash.toUpperCase()}.example.`)) ?? new Uint8Array(0))).toBe(hash);
  });

  test('a longest name with a longest salt', () => {
    const wire = name(`${`${'a'.repeat(63)}.`.repeat(3)}${'a'.repeat(61)}.`);
    const hasher = new NameHasher({ ...parameters, salt: new Uint8Array(255) });
    expect(hasher.hash(wire, 0, wire.length)).toHaveLength(20);
  });

  test('parameters and the next hash are found behind the salt', () => {
    const nsec3 = rdata(TYPE.NSEC3, '1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr A');
    const read = readParameters(nsec3);
    expect(read).toEqual({ ...parameters, flags: 1 });
    expect(read && sameHashes(read, parameters)).toBe(true);
    expect(nextHashAt(nsec3)).toBe(10);
    expect(nextHashAt(nsec3.subarray(0, 20))).toBe(-1);
    expect(readParameters(nsec3.subarray(0, 7))).toBeUndefined();
  });

  test.each(['.', 'example.net.', '2t7b4g4vsa5smi47k61mv5bv1a22bojr2.example.'])('%s is not at a hash', (owner) => {
    expect(hashOfOwner(name(owner))).toBeUndefined();
  });
});

describe('fields of signatures', () => {
  test('are read where they stand', () => {
    const text = 'MX 15 3 3600 20261215000000 20261115000000 60795 example.net. AAAA';
    const {
      typeCovered,
      algorithm,
      labels,
      originalTtl,
      expiration,
      inception,
      keyTag: tag,
    } = readSignature(rdata(TYPE.RRSIG, text));
    expect([typeCovered, algorithm, labels, originalTtl, tag]).toEqual([TYPE.MX, 15, 3, 3600, 60795]);
    expect([expiration, inception].map((time) => new Date(time * 1000).toISOString().slice(0, 10))).toEqual([
      '2026-12-15',
      '2026-11-15',
    ]);
  });

  test.each([
    ['2026-11-21T00:00:00Z', Date.parse('2026-11-21T00:00:10Z') / 1000, 10],
    ['2026-11-21T00:00:00.999Z', Date.parse('2026-11-20T23:59:59Z') / 1000, -1],
    // Times wrap around in 2106 (RFC 4034 §3.1.5).
    ['2106-02-07T06:28:00Z', 100, 116],
    ['2106-02-07T06:29:00Z', 0xffff_fff0, -60],
  ])('from %s to %d are %d seconds', (now, time, seconds) => {
    expect(secondsUntil(time, Date.parse(now))).toBe(seconds);
  });

  test.each([
    ['.', 0],
    ['example.net.', 2],
    ['*.example.net.', 2],
    ['a.*.example.net.', 4],
    ['*a.example.net.', 3],
  ])('%s is signed with %d labels', (owner, labels) => {
    expect(signedLabels(name(owner))).toBe(labels);
  });
});
