import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read, reading, SOA } from './reading.ts';

describe('reading any text', () => {
  const piece = fc.constantFrom(
    '@',
    'w',
    'a\\.b',
    'x.example.org.',
    '.',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '(',
    ')',
    '"',
    '"a b"',
    ';c',
    '\\',
    '\\# 3 000000',
    '\\065',
    'IN',
    'CH',
    '60',
    '1h',
    '3600',
    'A',
    'AAAA',
    'MX',
    'TXT',
    'SRV',
    'SOA',
    'NS',
    'CAA',
    'TYPE265',
    'CLIENTMX',
    'TYPE1',
    'NSEC',
    'TLSA',
    'DS',
    'RRSIG',
    '192.0.2.1',
    '2001:db8::1',
    '::1',
    '1:2:3:4:5:6:7::',
    '10 mx1',
    '0 10 842 mx1',
    '3 1 1',
    'ab cd',
    '0 issue "a.org"',
    'A MX RRSIG',
    '20261121000000',
    '1234 13 2',
    'ns1 hm 1 2 3 4 5',
    '$ORIGIN',
    '$TTL',
    '$INCLUDE x',
    '$GENERATE 1-2 h$ A 192.0.2.$',
    'é',
    '\u0000',
    '*',
    '_smtp-tls._tcp',
  );
  const text = fc
    .array(fc.tuple(piece, fc.constantFrom(' ', ' ', ' ', '', '\n', '\n')), { maxLength: 60 })
    .map((parts) => parts.flat().join(''));
  const record = fc
    .tuple(
      fc.constantFrom('', '@', 'w', 'v.w', 'Mail'),
      fc.constantFrom('', ' 60', ' IN', ' IN 60', ' 60 IN', ' 1w'),
      fc.constantFrom(
        'A 192.0.2.1',
        'A 01.2.3.4',
        'AAAA ::',
        'AAAA 1::2',
        'AAAA ::ffff:1.2.3.4',
        'MX 10 m',
        'MX 010 m.',
        'TXT a "b c" d',
        'TXT ""',
        'TXT "é"',
        'NS ns1',
        'CNAME @',
        'SRV 0 0 25 m',
        'CAA 0 issue "x"',
        'CAA 0 ISSUE "x"',
        'MB a',
        'NSEC a A WALLET',
        'RESINFO a',
        'CAA 0 iss-ue "x"',
        'TLSA 3 1 1 abCD 12',
        'TLSA 3 1 1 abc d',
        'DS 1 13 2 00',
        `DS 1 13 2 ${'ab'.repeat(32)}`,
        `DS 1 13 2 ${'ab'.repeat(16)} ${'ab'.repeat(16)}`,
        'SOA ns1 hm 1 1h 2h 3w 4',
        'SOA ns1 hm ( 1 2\n3 4 ; x\n5 )',
        'DNSKEY 257 3 13 AAAA',
        'DNSKEY 257 3 13 AA==',
        'DNSKEY 257 3 13 AAA= AAAA',
        'RRSIG A 13 2 60 20260101000000 20250101000000 1 @ AAAA',
        'NSEC b A MX TYPE265 RRSIG',
        'NSEC b',
        'NSEC3 1 0 0 - 0p9mhaveqvm6t7vbl5lop2u3t2rp3tom A RRSIG',
        'NSEC3 1 0 0 - 0p9 A',
        'NSEC3PARAM 1 0 0 ab',
        'TYPE265 \\# 3 000000',
        'TYPE265 \\# 3 0000 00',
        'TYPE265 \\# 4 000000',
        'TYPE265 0 .',
        'CAA 0 issue x',
        'HINFO "a" b',
        'PTR p',
        'SSHFP 4 2 00',
        'NAPTR 1 1 "U" "x" "y" .',
        'URI 1 1 "u"',
        'RP a b',
        'LOC 1 N 1 E 0',
        'A ( 192.0.2.1 )',
        'MX 10 ( m ) ; c',
      ),
      fc.constantFrom('\n', ' \n', ' ; c\n', '\r\n'),
    )
    .map(([owner, middle, rdata, end]) => `${owner}${middle} ${rdata}${end}`);

  const directive = fc
    .tuple(
      fc.constantFrom('$TTL', '$TTL', '$ORIGIN', '$ORIGIN', '$ttl', '$TTLx', '$Origin', '$INCLUDE', '$'),
      fc.constantFrom(' ', ' ', '\t', '', ' ( ', ' ; c\n'),
      fc.constantFrom(
        '60',
        '1h',
        '1h2m',
        '60x',
        '0060',
        '2147483647',
        '2147483648',
        '99999999999',
        '"60"',
        '',
        'b.example.net.',
        'B.Example.Net.',
        'c',
        '@',
        '.',
        'x.example.org.',
        'a..',
        'a.b\\.c.',
        'a!.',
        '"a."',
        `${'a.'.repeat(126)}`,
        `${'a.'.repeat(128)}`,
        `${'a'.repeat(64)}.`,
      ),
      fc.constantFrom('\n', ' ; c\n', ' \r\n', ' )\n', ' x\n', ''),
    )
    .map((parts) => parts.join(''));

  it('the fast path and the close look read the same', () => {
    const zones = fc.oneof(
      text,
      fc.array(record, { maxLength: 12 }).map((records) => SOA + records.join('')),
      fc.array(fc.oneof(record, directive), { maxLength: 12 }).map((entries) => SOA + entries.join('')),
    );
    fc.assert(
      fc.property(zones, (zone) => {
        expect(reading(read(zone))).toEqual(reading(read(zone, { fast: false })));
      }),
      { numRuns: 4000 },
    );
  });

  it('any bytes are read without throwing, and every problem lies in the file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        for (const problem of read(bytes).problems) {
          expect(problem.start).toBeGreaterThanOrEqual(0);
          expect(problem.end).toBeLessThanOrEqual(bytes.length);
          expect(problem.start).toBeLessThanOrEqual(problem.end);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
