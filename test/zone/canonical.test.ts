import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNames, nameToText } from '../../lib/rr/name.ts';
import { canonicalChunks, canonicalLines } from '../../lib/zone/canonical.ts';
import { canonicalOrder } from '../../lib/zone/order.ts';
import { cleanZone, wire, zoneOf } from './zones.ts';

const SOA = 'example.net. 60 IN SOA ns.example.net. host.example.net. 1 7200 3600 1209600 3600';
const lines = (text: string): string[] => [...canonicalLines(zoneOf('example.net.', text))];

describe('canonical text', () => {
  test('puts the owners into the order of RFC 4034 §6.1', () => {
    const owners = [
      'example.',
      'a.example.',
      'yljkjljk.a.example.',
      'Z.a.example.',
      'zABC.a.EXAMPLE.',
      'z.example.',
      '\\001.z.example.',
      '*.z.example.',
      '\\200.z.example.',
    ];
    const shuffled = [5, 8, 1, 3, 0, 7, 2, 6, 4].map((index) => `${owners[index]} 60 IN A 192.0.2.1\n`);
    const sorted = [...canonicalLines(cleanZone('example.', shuffled.join('')))].map((line) => line.split(' ')[0]);
    expect(sorted).toEqual(owners.map((owner) => owner.toLowerCase()));
  });

  test.each<[string, string, string[]]>([
    [
      'types go by number, a SOA among them',
      'a 60 TXT t\na 60 A 192.0.2.1\na 60 TYPE1 \\# 4 C0000200\n',
      ['a.example.net. 60 IN A 192.0.2.0', 'a.example.net. 60 IN A 192.0.2.1', 'a.example.net. 60 IN TXT "t"'],
    ],
    [
      'RDATA goes by octets, not by text',
      '@ 60 MX 10 b\n@ 60 MX 9 c\n@ 60 MX 10 A\n',
      [
        'example.net. 60 IN MX 9 c.example.net.',
        'example.net. 60 IN MX 10 a.example.net.',
        'example.net. 60 IN MX 10 b.example.net.',
      ],
    ],
    [
      'one RDATA is the beginning of another',
      'a 60 TXT ab\na 60 TXT a\na 60 TYPE999 \\# 2 0000\na 60 TYPE999 \\# 1 00\n',
      [
        'a.example.net. 60 IN TXT "a"',
        'a.example.net. 60 IN TXT "ab"',
        'a.example.net. 60 IN TYPE999 \\# 1 00',
        'a.example.net. 60 IN TYPE999 \\# 2 0000',
      ],
    ],
    [
      'equal records stand once',
      'a 60 MX 0 B\nA 60 MX 0 b\na 60 TXT A\na 60 TXT a\n',
      ['a.example.net. 60 IN MX 0 b.example.net.', 'a.example.net. 60 IN TXT "A"', 'a.example.net. 60 IN TXT "a"'],
    ],
    [
      'names keep their case where RFC 4034 §6.2 does not know the type',
      'A 60 TYPE265 \\# 8 000A 044F757431 00\na 60 SVCB 1 Svc\na 60 SRV 0 0 1 Host\n',
      [
        'a.example.net. 60 IN SRV 0 0 1 host.example.net.',
        'a.example.net. 60 IN SVCB 1 Svc.example.net.',
        'a.example.net. 60 IN TYPE265 \\# 8 000a044f75743100',
      ],
    ],
    ['units become seconds', 'a 1h A 192.0.2.1\n', ['a.example.net. 3600 IN A 192.0.2.1']],
    ['an unknown type without RDATA', 'a 60 TYPE999 \\# 0\n', ['a.example.net. 60 IN TYPE999 \\# 0']],
    ['a type without words', 'a 60 APL\n', ['a.example.net. 60 IN APL']],
    ['a zone of another class', 'a 60 CH TXT x\n', ['a.example.net. 60 CH TXT "x"']],
    ['escapes', 'a\\.b\\032c 60 TXT "\\"\\255"\n', ['a\\.b\\032c.example.net. 60 IN TXT "\\"\\255"']],
    ['no record at all', '; nothing\n', []],
  ])('%s', (_, text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  // What BIND does: within a run of one owner the first TTL counts, a later run replaces it.
  test.each<[string, string, number[]]>([
    ['one run', 'a 20 A 192.0.2.1\na 10 A 192.0.2.2\n', [20, 20]],
    ['two runs', 'a 20 A 192.0.2.1\nb 5 A 192.0.2.1\na 10 A 192.0.2.2\na 30 A 192.0.2.3\n', [10, 10, 10, 5]],
    ['a duplicate in a later run', 'a 20 A 192.0.2.1\nb 5 A 192.0.2.1\na 10 A 192.0.2.1\n', [10, 5]],
    [
      'signatures go by what they sign',
      'a 9 RRSIG MX 13 2 30 20300101000000 20200101000000 1 @ AbCd\na 8 RRSIG A 13 2 60 20300101000000 20200101000000 1 @ AbCd\na 7 RRSIG A 13 2 60 20300101000000 20200101000000 2 @ AbCd\n',
      [8, 8, 9],
    ],
    ['other types between', 'a 20 A 192.0.2.1\na 7 TXT x\na 10 A 192.0.2.2\n', [20, 20, 7]],
  ])('an RRset has one TTL: %s', (_, text, ttls) => {
    expect(lines(text).map((line) => Number(line.split(' ')[1]))).toEqual(ttls);
  });

  test('leaves out what is not part of the zone, and says so', () => {
    const zone = zoneOf(
      'example.net.',
      `${SOA}\nexample.org. 60 A 192.0.2.1\na 60 CH TXT x\nexample.net.org. 60 A 192.0.2.1\n`,
    );
    const order = canonicalOrder(zone);
    expect([...order.records]).toEqual([0]);
    expect(order.outside).toEqual([1, 2, 3]);
    expect([...canonicalLines(zone, order)]).toEqual([SOA]);
  });

  test('comes in chunks of whole lines', () => {
    const text = Array.from({ length: 3000 }, (_, i) => `h${i} 60 IN TXT ${'x'.repeat(40)}\n`).join('');
    const zone = cleanZone('example.net.', text);
    const chunks = [...canonicalChunks(zone)];
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.every((chunk) => chunk.endsWith('\n'))).toBe(true);
    expect(chunks.join('')).toBe([...canonicalLines(zone)].map((line) => `${line}\n`).join(''));
  });
});

const octet = fc.oneof(fc.constantFrom(0, 1, 2, 0x2a, 0x41, 0x61, 0x62, 0x5a, 0xff), fc.nat(255));
const label = fc
  .uint8Array({ minLength: 1, maxLength: 3 })
  .chain(({ length }) => fc.array(octet, { minLength: length, maxLength: length }));
const names = fc.array(fc.array(label, { maxLength: 4 }), { minLength: 1, maxLength: 60 });

test('owners stand in the order of compareNames, each once', () => {
  fc.assert(
    fc.property(names, (owners) => {
      const origin = wire('example.net.');
      const wires = owners.map((labels) =>
        Uint8Array.from([...labels.flatMap((each) => [each.length, ...each]), ...origin]),
      );
      const zone = cleanZone('example.net.', wires.map((each) => `${nameToText(each)} 60 IN A 192.0.2.1\n`).join(''));
      const sorted = Array.from(canonicalOrder(zone).records, (record) => zone.ownerOf(record));
      const expected = wires
        .toSorted(compareNames)
        .filter((each, i, all) => i === 0 || compareNames(all[i - 1] ?? each, each) !== 0);
      expect(sorted.length).toBe(expected.length);
      for (const [index, each] of expected.entries()) expect(compareNames(sorted[index] ?? origin, each)).toBe(0);
    }),
  );
});

test('canonical text read again is the same canonical text', () => {
  const line = fc.tuple(
    fc.constantFrom('@', 'a', 'A', 'b.a', '*.a', '\\001.b', 'x\\.y'),
    fc.nat(100),
    fc.constantFrom(
      'A 192.0.2.1',
      'A 192.0.2.2',
      'MX 10 Mail',
      'MX 5 mail',
      'TXT "a b" c',
      'CAA 0 issue "ca.example"',
      'TYPE265 \\# 4 000A0000',
      'NS ns.B',
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (records) => {
      const once = lines(records.map((words) => `${words.join(' ')}\n`).join('')).join('\n');
      expect(lines(`${once}\n`).join('\n')).toBe(once);
    }),
  );
});
