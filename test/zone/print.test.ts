import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zoneFileChunks } from '../../lib/zone/print.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { cleanZone, rdataHex, recordLines, vectorZone, zoneOf } from './zones.ts';

const print = (zone: Zone): string => [...zoneFileChunks(zone)].join('');

describe('a printed zone file', () => {
  test('is what a person would write', () => {
    const zone = cleanZone(
      'example.net.',
      `$TTL 1h
@ SOA ns1 hostmaster.example.org. 2026112101 2h 1h 2w 1h
@ NS ns1
@ MX 10 mx1
@ CLIENTMX 10 Out1
@ 300 TXT "v=spf1 -all" "\\"x\\""
ns1 A 192.0.2.1
ns1 300 AAAA 2001:db8::1
_smtp-tls._tcp SRV 0 0 842 mx1
\\@ TXT at
mx1 A 192.0.2.2
@ CAA 0 issue "ca.example"
other.example.org. CNAME example.net.
`,
    );
    expect(print(zone)).toBe(`$ORIGIN example.net.
$TTL 3600

@                  IN SOA     ns1 hostmaster.example.org. (
                              2026112101   ; serial
                              7200         ; refresh
                              3600         ; retry
                              1209600      ; expire
                              3600 )       ; minimum
                   IN NS      ns1
                   IN MX      10 mx1
                   IN TYPE265 \\# 20 000a044f757431076578616d706c65036e657400 ; CLIENTMX 10 Out1.example.net.
               300 IN TXT     "v=spf1 -all" "\\"x\\""

ns1                IN A       192.0.2.1
               300 IN AAAA    2001:db8::1
_smtp-tls._tcp     IN SRV     0 0 842 mx1
\\@                 IN TXT     "at"
mx1                IN A       192.0.2.2

@                  IN CAA     0 issue "ca.example"

other.example.org. IN CNAME   @
`);
  });

  test('has no TTL column when all TTLs are one', () => {
    const zone = cleanZone('example.net.', 'a 60 IN A 192.0.2.1\na 60 IN A 192.0.2.2\nlonger 60 IN APL\n');
    expect(print(zone)).toBe(`$ORIGIN example.net.
$TTL 60

a      IN A       192.0.2.1
       IN A       192.0.2.2
longer IN APL
`);
  });

  test('has as $TTL the most frequent TTL, the first of several', () => {
    const ttl = (text: string): string | undefined => print(cleanZone('example.net.', text)).split('\n')[1];
    expect(ttl('a 5 A 192.0.2.1\nb 7 A 192.0.2.1\nc 7 A 192.0.2.1\n')).toBe('$TTL 7');
    expect(ttl('a 5 A 192.0.2.1\nb 0 A 192.0.2.1\n')).toBe('$TTL 5');
    expect(ttl('a 0 A 192.0.2.1\nb 5 A 192.0.2.1\n')).toBe('$TTL 0');
  });

  test('moves the rest of the line behind a long owner', () => {
    const owner = 'a-very-long-owner-name-that-needs-more-than-its-column';
    const zone = cleanZone('example.net.', `${owner} 60 A 192.0.2.1\nb 60 A 192.0.2.1\n`);
    expect(print(zone).split('\n').slice(3, 5)).toEqual([
      `${owner} IN A       192.0.2.1`,
      'b                                IN A       192.0.2.1',
    ]);
  });

  test.each([
    ['an empty zone', '.', ''],
    ['the root', '.', '. 60 IN NS a.\na. 60 IN A 192.0.2.1\ncom. 60 NS a.gtld.\n'],
    ['another class', 'example.net.', '@ 60 CH TXT x\n'],
    ['classes mixed', 'example.net.', '@ 60 IN TXT x\n@ 60 CH TXT x\n'],
    ['names whose letters count', 'example.net.', '@ 60 SVCB 1 Svc.Example.NET.\n@ 60 NSEC A.EXAMPLE.net. A\n'],
    ['generic RDATA', 'example.net.', '@ 60 TYPE999 \\# 0\n@ 60 TYPE999 \\# 3 aBc0F0\n@ 60 TYPE265 \\# 2 0000\n'],
    ['types with timers twice', 'example.net.', '@ 60 SOA a b 1 2 3 4 5\n@ 60 SOA a\\032c b 1 2 3 4 5\n'],
    [
      'owners like directives and types',
      'example.net.',
      '\\$TTL 60 A 192.0.2.1\nIN 60 A 192.0.2.1\n3600 60 A 192.0.2.1\n',
    ],
    [
      'awkward octets',
      'ex\\.ample.net.',
      'a\\032\\000\\255 60 A 192.0.2.1\n\\;\\(\\"\\\\ 60 TXT "\\000\\255;(" ""\n*.x 60 A 192.0.2.1\n',
    ],
  ])('gives the same records again: %s', (_, origin, text) => {
    const zone = zoneOf(origin, text);
    const again = zoneOf(origin, print(zone));
    expect(recordLines(again)).toEqual(recordLines(zone));
    expect(again.zoneClass).toBe(zone.zoneClass);
    expect(print(again)).toBe(print(zone));
  });
});

test('every type comes back as it was', () => {
  const zone = vectorZone();
  const again = cleanZone('example.net.', print(zone));
  expect(recordLines(again)).toEqual(recordLines(zone));
  expect(rdataHex(again)).toEqual(rdataHex(zone));
});

const owner = fc.oneof(
  fc.constantFrom('@', 'a', 'b.a', '*', '*.a', 'A', 'x.example.org.', '.', 'net.', '$x', 'in', '60'),
  fc
    .array(fc.nat(255), { minLength: 1, maxLength: 5 })
    .map((octets) => octets.map((each) => `\\${`${each}`.padStart(3, '0')}`).join('')),
);
const rdata = fc.oneof(
  fc.constantFrom(
    'A 192.0.2.1',
    'NS @',
    'MX 0 .',
    'TYPE265 \\# 3 000000',
    'SOA a b.example.org. 1 2 3 4 5',
    'TYPE1234 \\# 1 ff',
    'HTTPS 1 . alpn=h2',
  ),
  owner.map((name) => `CNAME ${name}`),
  fc
    .uint8Array({ maxLength: 9 })
    .map((octets) => `TXT "${Array.from(octets, (each) => `\\${`${each}`.padStart(3, '0')}`).join('')}"`),
);
const line = fc
  .tuple(owner, fc.constantFrom(60, 60, 60, 3600, 0), rdata)
  .map(([name, ttl, words]) => `${name.replace('$', '\\$')} ${ttl} IN ${words}\n`);

test('a printed zone gives the same records in the same order', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
      const zone = cleanZone('example.net.', lines.join(''));
      expect(zone.count).toBe(lines.length);
      expect(recordLines(cleanZone('example.net.', print(zone)))).toEqual(recordLines(zone));
    }),
  );
});
