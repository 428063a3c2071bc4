import { describe, expect, it, test } from 'vitest';
import { rules } from '../../../lib/lint/rules/dnssec/list.ts';
import { signed } from '../../dnssec/signer.ts';
import { fixed, linesOf, lintText, sayOf, TOP } from '../dns-core/run.ts';

/** All rules of the group. */
const IDS = rules.map(({ id }) => id);

const AB = 'ab'.repeat(32);
const SHA1 = 'ab'.repeat(20);
const ED25519 = 'iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w=';

/** RSA public keys as DNSKEY writes them. */
function rsa(bits: number, exponent: readonly number[] = [1, 0, 1], modulus: readonly number[] = []): string {
  const octets = new Uint8Array(bits / 8).fill(0xc3);
  return Buffer.from([exponent.length, ...exponent, ...modulus, ...octets]).toString('base64');
}

/** Rule without `dnssec-`, what the case is about, records behind TOP, and the lines that carry a finding. */
const cases: readonly (readonly [rule: string, about: string, records: string, lines: readonly number[]])[] = [
  ['ds-at-apex', 'at a delegation it is right', `sub NS ns1\nsub DS 1 13 2 ${AB}`, []],
  ['ds-without-ns', 'one finding for an RRset', `w DS 1 13 2 ${AB}\nw DS 2 13 2 ${AB}\n`, [1]],
  ['ds-without-ns', 'the apex is another rule', `@ DS 1 13 2 ${AB}\n`, []],
  ['ds-without-ns', 'below a delegation nobody looks', `sub NS ns1\nw.sub DS 1 13 2 ${AB}\n`, []],
  ['ds-without-ns', 'the NS may be the broken record', `sub DS 1 13 2 ${AB}\nsub NS a..b\n`, []],
  [
    'ds-sha1',
    'alone and beside a better one',
    `a NS ns1\na DS 1 8 1 ${SHA1}\nb NS ns1\nb DS 1 8 2 ${AB}\nb DS 1 8 1 ${SHA1}\n`,
    [2, 5],
  ],
  ['ds-sha1', 'unknown digests are no fault', `a NS ns1\na TYPE43 \\# 8 00010d63abababab\n`, []],
  ['ds-digest-length', 'SHA-384', `a NS ns1\na DS 1 14 4 ${'ab'.repeat(48)}\n`, []],
  [
    'algorithm-deprecated',
    'forbidden, deprecated and right ones',
    `@ DNSKEY 257 3 1 ${rsa(2048)}\n@ DNSKEY 257 3 7 ${rsa(2048)}\n@ DNSKEY 257 3 12 AAAA\n@ DNSKEY 257 3 8 ${rsa(2048)}\n`,
    [1, 2, 3],
  ],
  [
    'algorithm-deprecated',
    'unknown and private ones are no fault',
    '@ DNSKEY 257 3 99 AAAA\n@ DNSKEY 257 3 253 AAAA\n',
    [],
  ],
  [
    'algorithm-deprecated',
    'of DS only the forbidden ones',
    `a NS ns1\na DS 1 5 2 ${AB}\nb NS ns1\nb DS 1 3 2 ${AB}\n`,
    [4],
  ],
  [
    'key-weak',
    'length',
    `@ DNSKEY 257 3 8 ${rsa(2048)}\n@ DNSKEY 257 3 8 ${rsa(1024)}\n@ DNSKEY 257 3 8 ${rsa(512)}\n@ DNSKEY 257 3 8 ${rsa(4104)}\n`,
    [2, 3, 4],
  ],
  [
    'key-weak',
    'exponent and leading zeros',
    `@ DNSKEY 257 3 8 ${rsa(2048, [3])}\n@ DNSKEY 257 3 8 ${rsa(2048, [17])}\n@ DNSKEY 257 3 8 ${rsa(2048, [0, 1, 0, 1])}\n@ DNSKEY 257 3 8 ${rsa(2048, [1, 0, 1], [0])}\n`,
    [1, 3, 4],
  ],
  ['key-weak', 'other algorithms have fixed keys', `@ DNSKEY 257 3 15 ${ED25519}\n`, []],
  [
    'dnskey-flags',
    '256, 257 and others',
    `@ DNSKEY 256 3 15 ${ED25519}\n@ DNSKEY 0 3 15 ${ED25519}\n@ DNSKEY 385 3 15 ${ED25519}\n@ DNSKEY 257 2 15 ${ED25519}\n`,
    [2, 3, 4],
  ],
  ['no-sep', 'keys that a signer works from', `@ DNSKEY 256 3 15 ${ED25519}\n`, []],
  [
    'keytag-collision',
    'a key twice is a duplicate',
    `@ DNSKEY 257 3 15 ${ED25519}\n@ DNSKEY 257 3 15 ${ED25519}\n`,
    [],
  ],
  [
    'dnskey-not-apex',
    'each type and name once',
    `w DNSKEY 257 3 15 ${ED25519}\nw DNSKEY 256 3 15 ${ED25519}\nx ZONEMD 1 1 1 ${'ab'.repeat(48)}\n`,
    [1, 3],
  ],
  ['dnskey-not-apex', 'announced for another zone (RFC 9615)', `_dsboot.example.co._signal.ns1 CDS 1 13 2 ${AB}\n`, []],
  [
    'dnskey-not-apex',
    'of the zone below',
    `sub NS ns1\nsub DNSKEY 257 3 15 ${ED25519}\nw.sub DNSKEY 257 3 15 ${ED25519}\n`,
    [2],
  ],
  ['cds-cdnskey-inconsistent', 'below the apex nobody looks', `w CDS 1 13 2 ${AB}`, []],
  [
    'cds-cdnskey-inconsistent',
    'an algorithm that the zone has',
    `@ DNSKEY 257 3 15 ${ED25519}\n@ CDS 1 15 2 ${AB}\n`,
    [],
  ],
  [
    'cds-cdnskey-inconsistent',
    'an algorithm that it has not',
    `@ DNSKEY 257 3 15 ${ED25519}\n@ CDS 1 15 2 ${AB}\n@ CDS 1 13 2 ${AB}\n`,
    [3],
  ],
  ['cds-cdnskey-inconsistent', 'almost removal', `@ DNSKEY 257 3 15 ${ED25519}\n@ CDNSKEY 0 3 0 AAAA\n`, [2]],
  [
    'cds-cdnskey-inconsistent',
    'the DNSKEY may be the broken record',
    `@ CDS 1 13 2 ${AB}\n@ DNSKEY 257 3 300 AAAA\n`,
    [],
  ],
  ['nsec3param-unusable', 'one of two can be used', '@ NSEC3PARAM 1 0 0 -\n@ NSEC3PARAM 2 0 0 AA\n', []],
  ['nsec3-owner', 'below a delegation too', `sub NS ns1\nx.sub NSEC3 1 0 0 - ${'0'.repeat(32)} A\n`, [2]],
  ['nsec3-owner', 'any base32hex', `2T7B4G4V NSEC3 1 0 0 - ${'0'.repeat(32)} A\n`, []],
  ['nsec3-params', 'unknown hashes are another rule', '@ NSEC3PARAM 2 0 10 AA\n', []],
  ['nsec3-params', 'a salt alone', '@ NSEC3PARAM 1 0 0 AA\n', [1]],
  [
    'nsec-ttl',
    'each type once',
    `a 7200 NSEC b A\nb 7200 NSEC a A\n${'0'.repeat(32)} 7200 NSEC3 1 0 0 - ${'0'.repeat(32)} A\n`,
    [1, 3],
  ],
  [
    'partial',
    'one finding for the zone',
    'w RRSIG A 13 3 3600 20300101000000 20260101000000 1 @ AAAA\nx NSEC y A\n',
    [1],
  ],
  ['partial', 'keys alone are for a signer', `@ DNSKEY 257 3 15 ${ED25519}\n`, []],
  ['nxname-in-zone', 'in NSEC3 too', `${'0'.repeat(32)} NSEC3 1 0 0 - ${'0'.repeat(32)} A NXNAME\n`, [1]],
  ['nsec3-optout-small-zone', 'without opt-out', `${'0'.repeat(32)} NSEC3 1 0 0 - ${'0'.repeat(32)} A\n`, []],
  ['zonemd-mismatch', 'unknown schemes and hashes are no fault', `@ ZONEMD 1 2 1 ${AB}\n@ ZONEMD 1 1 99 ${AB}\n`, []],
  ['zonemd-mismatch', 'a zone that cannot be read whole', `@ ZONEMD 1 1 1 ${'ab'.repeat(48)}\nw A 192.0.2\n`, []],
  ['zonemd-mismatch', 'a second one', `@ ZONEMD 1 1 1 ${'ab'.repeat(48)}\n@ ZONEMD 1 1 1 ${'cd'.repeat(48)}\n`, [1, 2]],
];

describe('rules of DNSSEC at their edges', () => {
  it.each(cases)('%s: %s', (rule, _, records, lines) => {
    expect(linesOf(`dnssec-${rule}`, records)).toEqual(lines);
  });
});

function found(rule: string, text: string): readonly (readonly [string, string])[] {
  return lintText(text, [`dnssec-${rule}`]).map((one) => [one.severity, sayOf(one)]);
}

describe('what findings say', () => {
  const zone = `${TOP}${`w A 192.0.2.3\n`}`;

  test('how many signatures have expired', () => {
    const text = signed(zone).replaceAll('20261215000000 20261115000000', '20261115000000 20261015000000');
    expect(found('rrsig-expired', text)).toEqual([
      [
        'error',
        'the signature over the NS records of example.net expired on 2026-11-15; all 10 signatures have expired',
      ],
    ]);
    expect(found('rrsig-missing', text)).toEqual([]);
  });

  test('when the first signature ends, and which is made for very long', () => {
    const text = signed(zone)
      .replace(/^(w RRSIG A .*?) 20261215000000/m, '$1 20261121130000')
      .replace(/^(ns1 RRSIG A .*?) 20261215000000/m, '$1 20291215000000');
    expect(found('rrsig-lifetime', text)).toEqual([
      ['info', 'the signature over the A records of ns1.example.net is valid for 1126 days; expected at most 180 days'],
      ['warning', 'the signature over the A records of w.example.net ends in 1 hour; expected at least 12 hours more'],
    ]);
  });

  test('what a bitmap lacks and lists', () => {
    const text = signed(zone).replace(/^w NSEC (\S+) A RRSIG NSEC$/m, 'w NSEC $1 AAAA MX RRSIG NSEC NXNAME');
    expect(found('nsec-bitmap', text)).toEqual([
      ['error', 'NSEC of w.example.net lacks A and lists MX, AAAA and NXNAME, which the name does not have'],
    ]);
  });

  test('that names were not hashed for their number', () => {
    const many = Array.from({ length: 70 }, (_, index) => `h${index} A 192.0.2.3\n`).join('');
    const chain = signed(zone + many, { kind: 'nsec3' })
      .replaceAll(' 1 0 0 - ', ' 1 0 65535 - ')
      .replace('1 0 0 -', '1 0 65535 -');
    expect(found('nsec3-params', chain)).toEqual([
      [
        'warning',
        'example.net hashes names with 65535 additional iterations; expected 0; its NSEC3 records were not checked, as that takes 4849664 hashes',
      ],
    ]);
    for (const rule of ['nsec3-chain', 'nsec3-bitmap', 'nsec3-extra']) expect(found(rule, chain)).toEqual([]);
  });

  test('which name an NSEC should point at', () => {
    const text = signed(zone).replace(/^ns2 NSEC \S+/m, 'ns2 NSEC example.net.');
    expect(found('nsec-chain', text)).toEqual([
      ['error', 'NSEC of ns2.example.net points at example.net; expected w.example.net, the next name of the zone'],
    ]);
  });
});

describe('fixes', () => {
  test('the digest of the zone is written into an unsigned ZONEMD', () => {
    const text = `${TOP}@ ZONEMD 7 1 1 ${'ab'.repeat(20)} ${'ab'.repeat(28)}\n`;
    const after = fixed('dnssec-zonemd-mismatch', text) ?? '';
    expect(after).toMatch(/^@ ZONEMD 2026112101 1 1 [\da-f]{96}$/m);
    expect(lintText(after, ['dnssec-zonemd-mismatch'])).toEqual([]);
  });

  test('a signed ZONEMD is left alone', () => {
    expect(fixed('dnssec-zonemd-mismatch', signed(`${TOP}@ ZONEMD 7 1 1 ${'ab'.repeat(48)}\n`))).toBeUndefined();
  });

  test('a SHA-1 digest goes where a better one stays', () => {
    const better = `sub NS ns1\nsub DS 1 8 2 ${AB}\n`;
    expect(fixed('dnssec-ds-sha1', `${TOP}${better}sub DS 1 8 1 ${SHA1}\n`)).toBe(TOP + better);
    expect(fixed('dnssec-ds-sha1', `${TOP}sub NS ns1\nsub DS 1 8 1 ${SHA1}\n`)).toBeUndefined();
  });
});

/** Zones of many records that look for a slow way through them. */
const HOSTILE: readonly (readonly [about: string, zone: (count: number) => string])[] = [
  [
    'signatures with a wrong TTL over one RRset',
    (count) =>
      repeat(count, (at) => `w ${at % 7} A 192.0.2.${at % 256}`) +
      repeat(count, () => 'w RRSIG A 15 3 9 20261215000000 20261115000000 60795 @ AAAA'),
  ],
  [
    'signatures of unknown keys over many types',
    (count) =>
      repeat(
        count,
        (at) => `w TYPE${1000 + at} \\# 0\nw RRSIG TYPE${1000 + at} 15 3 3600 20261215000000 20261115000000 1 @ AAAA`,
      ),
  ],
  ['keys', (count) => repeat(count, (at) => `@ DNSKEY 257 3 8 ${Buffer.from(`xxxx${at}`).toString('base64')}`)],
  [
    'CDS and CDNSKEY',
    (count) =>
      repeat(count, (at) => `@ CDS ${at} 15 2 ${AB}\n@ CDNSKEY 257 3 15 ${Buffer.from(`${at}`).toString('base64')}`),
  ],
  [
    'NSEC3PARAM and NSEC3',
    (count) =>
      repeat(
        count,
        (at) => `@ NSEC3PARAM 1 0 ${at} -\n${String(at).padStart(32, '0')} NSEC3 1 0 ${at + 1} - ${'0'.repeat(32)} A`,
      ),
  ],
  ['NSEC at one name', (count) => repeat(count, (at) => `w NSEC x${at} A`)],
  ['names in a deep tree', (count) => repeat(count / 100, (at) => `${`a.`.repeat(100)}b${at} A 192.0.2.1`)],
];

function repeat(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
}

describe('hostile zones', () => {
  it.each(HOSTILE)('%s take no longer than other records', { timeout: 60_000 }, (_, zone) => {
    const seconds = (count: number): number => {
      const text = `${signed(TOP)}${zone(count)}`;
      const start = performance.now();
      lintText(text, IDS);
      return performance.now() - start;
    };
    seconds(500);
    // Eight times the records in less than thirty times the time: a square would be sixty-four.
    expect(seconds(16_000)).toBeLessThan(30 * Math.max(seconds(2000), 40));
  });
});
