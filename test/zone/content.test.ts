import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameContent } from '../../lib/zone/content.ts';
import { zoneOf } from './zones.ts';

const SOA = '@ 3600 SOA ns hostmaster 1 7200 3600 1209600 3600\n';
const same = (a: string, b: string): boolean => sameContent(zoneOf('example.net.', a), zoneOf('example.net.', b));

describe('two zones have the same content', () => {
  test.each([
    ['comments and blanks', 'w 60 A 192.0.2.1\n', '; web\nw\t60\tIN\tA 192.0.2.1 ; here\n'],
    ['order', 'w 60 A 192.0.2.1\nv 60 A 192.0.2.2\n', 'v 60 A 192.0.2.2\nw 60 A 192.0.2.1\n'],
    ['letter case of names', 'W 60 MX 1 Mail\n', 'w 60 MX 1 mail\n'],
    ['a record written twice', 'w 60 A 192.0.2.1\n', 'w 60 A 192.0.2.1\nw 60 A 192.0.2.1\n'],
    ['the form of RDATA', 'w 60 A 192.0.2.1\n', 'w 60 TYPE1 \\# 4 c0000201\n'],
    ['the serial', SOA, SOA.replace(' 1 ', ' 2 ')],
    ['signatures', 'w 60 NSEC x A\n', 'w 60 ZONEMD 1 1 1 00\n'],
  ])('when they differ in %s', (_, a, b) => expect(same(a, b)).toBe(true));
});

describe('two zones have different content', () => {
  test.each([
    ['a TTL', 'w 60 A 192.0.2.1\n', 'w 61 A 192.0.2.1\n'],
    ['an address', 'w 60 A 192.0.2.1\n', 'w 60 A 192.0.2.2\n'],
    ['an owner', 'w 60 A 192.0.2.1\n', 'v 60 A 192.0.2.1\n'],
    ['a type', 'w 60 TXT a\n', 'w 60 SPF a\n'],
    ['letter case of text', 'w 60 TXT a\n', 'w 60 TXT A\n'],
    ['one record more', 'w 60 A 192.0.2.1\n', 'w 60 A 192.0.2.1\nv 60 A 192.0.2.1\n'],
    ['another timer of the SOA', SOA, SOA.replace('7200', '7201')],
    ['the mailbox of the SOA', SOA, SOA.replace('hostmaster', 'postmaster')],
    ['a key', 'w 60 DNSKEY 257 3 13 AAAA\n', 'w 60 DNSKEY 257 3 13 AAAB\n'],
  ])('when they differ in %s', (_, a, b) => expect(same(a, b)).toBe(false));

  test('whichever of many records changed', () => {
    const zone = (changed: number): string =>
      Array.from({ length: 40 }, (_, index) => `w${index} 60 TXT ${index === changed ? 'new' : 'old'}\n`).join('');
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 39 }), fc.integer({ min: -1, max: 39 }), (a, b) => {
        expect(same(zone(a), zone(b))).toBe(a === b);
      }),
    );
  });

  test('when they are of another zone or class', () => {
    const text = 'a.example. 60 A 192.0.2.1\n';
    expect(sameContent(zoneOf('example.', text), zoneOf('example.net.', text))).toBe(false);
    expect(same('w 60 TXT a\n', 'w 60 CH TXT a\n')).toBe(false);
  });
});
