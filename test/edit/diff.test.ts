import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DiffOptions, diffZones, type ZoneDiff } from '../../lib/edit/diff.ts';
import { applyDiff } from '../../lib/edit/diff-apply.ts';
import { pairRecords } from '../../lib/edit/diff-fields.ts';
import { diffToJson } from '../../lib/edit/diff-json.ts';
import { findRenames } from '../../lib/edit/diff-renames.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { typeToText } from '../../lib/rr/types.ts';
import { canonicalLines } from '../../lib/zone/canonical.ts';
import { zoneFromJson } from '../../lib/zone/from-json.ts';
import { zoneToJson } from '../../lib/zone/json.ts';
import { zoneOf } from '../zone/zones.ts';
import { randomZone } from './random-zones.ts';

const SOA = '@ 60 SOA ns host 1 2 3 4 5\n';
const compare = (old: string, now: string, options?: DiffOptions): ZoneDiff =>
  diffZones(zoneOf('example.net.', old), zoneOf('example.net.', now), options);

/** Each difference as `kind owner type -removed +added ttl`. */
function told(diff: ZoneDiff): string[] {
  return Array.from(diff.changes(), ({ kind, owner, type, removed, added, oldTtl, newTtl }) => {
    const ttl = oldTtl === newTtl ? '' : ` ${oldTtl ?? ''}>${newTtl ?? ''}`;
    return `${kind} ${nameToText(owner)} ${typeToText(type)} -${removed.length} +${added.length}${ttl}`;
  });
}

describe('differences of two zones', () => {
  test.each<[string, string, string, string[]]>([
    ['nothing', 'a 60 A 192.0.2.1\n', 'a 60 A 192.0.2.1\n', []],
    [
      'order',
      'a 60 A 192.0.2.1\na 60 A 192.0.2.2\nb 60 A 192.0.2.3\n',
      'b 60 A 192.0.2.3\na 60 A 192.0.2.2\na 60 A 192.0.2.1\n',
      [],
    ],
    ['duplicates', 'a 60 A 192.0.2.1\n', 'a 60 A 192.0.2.1\na 60 A 192.0.2.1\n', []],
    ['letter case of owners', 'a.B 60 A 192.0.2.1\n', 'A.b 60 A 192.0.2.1\n', []],
    ['letter case of names in RDATA', 'a 60 MX 10 Mx\n', 'a 60 MX 10 mX\n', []],
    ['spelling', 'a 1m TXT a b\n', 'a.example.net. 60 IN TXT ( "a" ; text\n "\\098" )\n', []],
    ['generic form', 'a 60 A 192.0.2.1\n', 'a 60 TYPE1 \\# 4 C0000201\n', []],
    ['Client MX by any name', 'a 60 CLIENTMX 10 o.\n', 'a 60 TYPE265 \\# 5 000a016f00\n', []],
    [
      'letter case in Client MX',
      'a 60 CLIENTMX 10 o\n',
      'a 60 CLIENTMX 10 O\n',
      ['changed a.example.net. TYPE265 -1 +1'],
    ],
    [
      'letter case in a type without small letters',
      'a 60 SVCB 1 o\n',
      'a 60 SVCB 1 O\n',
      ['changed a.example.net. SVCB -1 +1'],
    ],
    ['a new RRset', '', 'a 60 A 192.0.2.1\na 60 A 192.0.2.2\n', ['added a.example.net. A -0 +2 >60']],
    ['an RRset gone', 'a 60 A 192.0.2.1\n', '', ['removed a.example.net. A -1 +0 60>']],
    ['a record more', 'a 60 A 192.0.2.1\n', 'a 60 A 192.0.2.9\na 60 A 192.0.2.1\n', ['changed a.example.net. A -0 +1']],
    ['a TTL', 'a 60 A 192.0.2.1\n', 'a 61 A 192.0.2.1\n', ['changed a.example.net. A -0 +0 60>61']],
    ['a TTL and a record', 'a 60 A 192.0.2.1\n', 'a 61 A 192.0.2.2\n', ['changed a.example.net. A -1 +1 60>61']],
    // The first TTL of the last run of an owner counts, as servers load it.
    [
      'mixed TTLs that mean the same',
      'a 60 A 192.0.2.1\na 70 A 192.0.2.2\n',
      'a 60 A 192.0.2.1\na 60 A 192.0.2.2\n',
      [],
    ],
    [
      'mixed TTLs in other runs',
      'a 60 A 192.0.2.1\nb 1 A 192.0.2.3\na 70 A 192.0.2.2\n',
      'a 60 A 192.0.2.1\na 70 A 192.0.2.2\nb 1 A 192.0.2.3\n',
      ['changed a.example.net. A -0 +0 70>60'],
    ],
    [
      'owners in canonical order',
      'z 60 A 192.0.2.1\n',
      'b.a 60 A 192.0.2.1\na 60 A 192.0.2.1\n',
      ['added a.example.net. A -0 +1 >60', 'added b.a.example.net. A -0 +1 >60', 'removed z.example.net. A -1 +0 60>'],
    ],
    [
      'another type',
      'a 60 CNAME b\n',
      'a 60 A 192.0.2.1\n',
      ['added a.example.net. A -0 +1 >60', 'removed a.example.net. CNAME -1 +0 60>'],
    ],
  ])('%s', (_, old, now, expected) => {
    expect(told(compare(SOA + old, SOA + now))).toEqual(expected);
    expect(compare(SOA + old, SOA + now).counts).toEqual(mirrored(compare(SOA + now, SOA + old)));
  });

  test('the signatures of each type are an RRset of their own', () => {
    const signature = (type: string, key: number): string =>
      `@ 60 RRSIG ${type} 13 2 60 20300101000000 20200101000000 ${key} example.net. AAAA\n`;
    const old = SOA + signature('SOA', 1) + signature('NS', 1);
    const diff = compare(old, SOA + signature('SOA', 1) + signature('NS', 2));
    expect(Array.from(diff.changes(), ({ type, covered }) => [typeToText(type), typeToText(covered ?? 0)])).toEqual([
      ['RRSIG', 'NS'],
    ]);
    expect(compare(old, SOA, { ignoreDnssec: true }).length).toBe(0);
  });

  test('what signing makes can be left out, a DS never', () => {
    const now = `${SOA}@ 60 DNSKEY 256 3 13 AAAA\n@ 60 NSEC a A\n@ 60 CDS 1 13 2 00\na 60 NS b\na 60 DS 1 13 2 ${'00'.repeat(32)}\n`;
    const diff = compare(SOA, now, { ignoreDnssec: true });
    expect(told(diff).map((line) => line.split(' ')[2])).toEqual(['NS', 'DS']);
  });

  test.each<[string, string, DiffOptions, unknown]>([
    [
      'a serial',
      '@ 60 SOA ns host 2 2 3 4 5',
      {},
      { length: 1, onlySerial: true, serial: { old: 1, new: 2, raised: true } },
    ],
    [
      'an ignored serial',
      '@ 60 SOA ns host 2 2 3 4 5',
      { ignoreSerial: true },
      { length: 0, onlySerial: false, serial: { old: 1, new: 2, raised: true } },
    ],
    [
      'a serial that goes back',
      '@ 60 SOA ns host 0 2 3 4 5',
      {},
      { length: 1, onlySerial: true, serial: { old: 1, new: 0, raised: false } },
    ],
    ['another field', '@ 60 SOA ns host 2 2 3 4 6', {}, { length: 1, onlySerial: false }],
    [
      'another field, the serial ignored',
      '@ 60 SOA ns host 2 2 3 4 6',
      { ignoreSerial: true },
      { length: 1, onlySerial: false },
    ],
    ['the TTL', '@ 61 SOA ns host 2 2 3 4 5', {}, { length: 1, onlySerial: false }],
    ['letter case', '@ 60 SOA NS Host 1 2 3 4 5', {}, { length: 0, serial: undefined }],
    ['no SOA', '@ 60 TXT x', {}, { length: 2, serial: undefined }],
    [
      'two SOA',
      '@ 60 SOA ns host 2 2 3 4 5\n@ 60 SOA ns host 3 2 3 4 5',
      { ignoreSerial: true },
      { length: 1, serial: undefined },
    ],
  ])('the SOA: %s', (_, soa, options, expected) => {
    expect(compare(SOA, `${soa}\n`, options)).toMatchObject(expected as object);
  });

  test('ignored TTLs do not count', () => {
    expect(compare(`${SOA}a 60 A 192.0.2.1\n`, `${SOA}a 70 A 192.0.2.1\n`, { ignoreTtl: true }).length).toBe(0);
  });

  test('records outside are counted, not compared', () => {
    const diff = compare(`${SOA}a.example.org. 60 A 192.0.2.1\n`, `${SOA}b 60 CH TXT x\n`);
    expect(diff.length).toBe(0);
    expect(diff.outside.old).toEqual({ otherClass: [], outOfZone: [1] });
    expect(diff.outside.new).toEqual({ otherClass: [1], outOfZone: [] });
  });
});

function mirrored({ counts: { rrsets, records, ttls } }: ZoneDiff): ZoneDiff['counts'] {
  return {
    rrsets: { added: rrsets.removed, removed: rrsets.added, changed: rrsets.changed },
    records: { added: records.removed, removed: records.added },
    ttls,
  };
}

describe('fields of changed records', () => {
  const pairs = (old: string, now: string): string[] => {
    const diff = compare(SOA + old, SOA + now);
    const { pairs: found, removed, added } = pairRecords(diff, diff.at(0));
    const shown = found.map(({ fields }) =>
      fields.map((field) => (field.old === field.new ? field.old : `${field.old}>${field.new}`)).join(' '),
    );
    return [...shown, ...removed.map(() => '-'), ...added.map(() => '+')];
  };
  test.each<[string, string, string, string[]]>([
    ['a preference', 'a 60 MX 10 b\n', 'a 60 MX 20 b\n', ['10>20 b.example.net.']],
    [
      'two preferences',
      'a 60 MX 10 b\na 60 MX 20 c\n',
      'a 60 MX 30 b\na 60 MX 40 c\n',
      ['10>30 b.example.net.', '20>40 c.example.net.'],
    ],
    [
      'the nearest',
      'a 60 SRV 1 2 3 b\na 60 SRV 5 6 7 b\n',
      'a 60 SRV 5 6 8 b\na 60 SRV 1 2 9 c\n',
      ['1 2 3>9 b.example.net.>c.example.net.', '5 6 7>8 b.example.net.'],
    ],
    ['nothing in common', 'a 60 MX 10 b\na 60 MX 11 x\n', 'a 60 MX 20 c\na 60 MX 11 x\n', ['-', '+']],
    ['one field, one record', 'a 60 A 192.0.2.1\n', 'a 60 A 192.0.2.2\n', ['192.0.2.1>192.0.2.2']],
    [
      'one field, two records',
      'a 60 A 192.0.2.1\na 60 A 192.0.2.3\n',
      'a 60 A 192.0.2.2\na 60 A 192.0.2.3\n',
      ['-', '+'],
    ],
    ['Client MX', 'a 60 CLIENTMX 10 b\n', 'a 60 CLIENTMX 20 b\n', ['10>20 b.example.net.']],
    ['octets that are no Client MX', 'a 60 TYPE265 \\# 1 00\n', 'a 60 CLIENTMX 20 b\n', ['-', '+']],
    ['an unknown type', 'a 60 TYPE65280 \\# 1 00\n', 'a 60 TYPE65280 \\# 1 01\n', ['-', '+']],
  ])('%s', (_, old, now, expected) => {
    expect(pairs(old, now)).toEqual(expected);
  });
});

describe('renamed hosts', () => {
  const renames = (old: string, now: string): string[] =>
    findRenames(compare(SOA + old, SOA + now)).map(
      ({ from, to, below, followed }) => `${nameToText(from)} ${nameToText(to)} ${below.length} ${followed.length}`,
    );
  test.each<[string, string, string, string[]]>([
    [
      'a host and its MX',
      '@ 60 MX 10 a\na 60 A 192.0.2.1\n',
      '@ 60 MX 10 b\nb 60 A 192.0.2.1\n',
      ['a.example.net. b.example.net. 0 1'],
    ],
    [
      'letter case',
      '@ 60 MX 10 A\na 60 A 192.0.2.1\n',
      '@ 60 MX 10 B\nb 60 A 192.0.2.1\n',
      ['a.example.net. b.example.net. 0 1'],
    ],
    [
      'names below',
      '@ 60 MX 10 a\na 60 A 192.0.2.1\n_25._tcp.a 60 TXT x\n',
      '@ 60 MX 10 b\nb 60 A 192.0.2.1\n_25._tcp.b 60 TXT x\n',
      ['a.example.net. b.example.net. 1 1'],
    ],
    [
      'two, told apart by who names them',
      '@ 60 MX 10 a\n@ 60 MX 20 b\na 60 A 192.0.2.1\nb 60 A 192.0.2.1\n',
      '@ 60 MX 10 c\n@ 60 MX 20 d\nc 60 A 192.0.2.1\nd 60 A 192.0.2.1\n',
      ['a.example.net. c.example.net. 0 1', 'b.example.net. d.example.net. 0 1'],
    ],
    [
      'two that cannot be told apart',
      '@ 60 NS a\n@ 60 NS b\na 60 A 192.0.2.1\nb 60 A 192.0.2.1\n',
      '@ 60 NS c\n@ 60 NS d\nc 60 A 192.0.2.1\nd 60 A 192.0.2.1\n',
      [],
    ],
    ['another address', '@ 60 MX 10 a\na 60 A 192.0.2.1\n', '@ 60 MX 10 b\nb 60 A 192.0.2.2\n', []],
    ['the old name stays', '@ 60 MX 10 a\na 60 A 192.0.2.1\n', '@ 60 MX 10 b\nb 60 A 192.0.2.1\na 60 TXT x\n', []],
    ['nobody names it', 'a 60 A 192.0.2.1\n', 'b 60 A 192.0.2.1\n', []],
    ['another preference', '@ 60 MX 10 a\na 60 A 192.0.2.1\n', '@ 60 MX 20 b\nb 60 A 192.0.2.1\n', []],
  ])('%s', (_, old, now, expected) => {
    expect(renames(old, now)).toEqual(expected);
  });

  test('the SOA tells of a renamed primary', () => {
    const diff = compare(
      '@ 60 SOA a host 1 2 3 4 5\na 60 A 192.0.2.1\n',
      '@ 60 SOA b host 2 2 3 4 5\nb 60 A 192.0.2.1\n',
    );
    expect(findRenames(diff)).toHaveLength(1);
  });
});

describe('properties', () => {
  const line = fc.tuple(
    fc.constantFrom('@', 'a', 'A', 'b.a', '*.a', '\\001.b', 'x\\.y', 'c.example.org.'),
    fc.nat(3),
    fc.constantFrom(
      'IN SOA ns host 1 2 3 4 5',
      'IN SOA ns host 2 2 3 4 5',
      'IN MX 10 a',
      'IN MX 10 A',
      'IN MX 20 b',
      'IN A 192.0.2.1',
      'IN TXT a',
      'IN TXT A',
      'IN CNAME b',
      'IN CLIENTMX 10 a',
      'IN CLIENTMX 10 A',
      'CH TXT x',
      'IN TYPE999 \\# 0',
      'IN RRSIG A 13 2 60 20300101000000 20200101000000 1 example.net. AAAA',
      'IN RRSIG MX 13 2 60 20300101000000 20200101000000 1 example.net. AAAA',
      'IN RRSIG MX 13 2 60 20300101000000 20200101000000 2 example.net. AAAA',
    ),
  );
  const wild = fc.array(line, { maxLength: 25 }).map((lines) => lines.map((words) => `${words.join(' ')}\n`).join(''));
  const tame = fc.tuple(randomZone, fc.integer({ min: 1, max: 3 })).map(([zone, serial]) => zone.text(serial));
  // The first line says the class of the zone.
  const some = fc.oneof(wild, tame).map((text) => `ns 60 IN A 192.0.2.53\n${text}`);

  test('the old zone with the differences is the new zone, as a model and as JSON', () => {
    fc.assert(
      fc.property(some, some, (old, now) => {
        const diff = compare(old, now);
        const wanted = [...canonicalLines(diff.new)];
        expect([...canonicalLines(applyDiff(diff))]).toEqual(wanted);
        expect(appliedJson(diff)).toEqual(wanted);
      }),
      { numRuns: 400 },
    );
  });

  test('a zone does not differ from itself, however its records stand', () => {
    fc.assert(
      fc.property(tame, (text) => {
        const turned = text.trimEnd().split('\n').reverse().join('\n');
        expect(compare(text, text).length).toBe(0);
        expect(told(compare(text, turned))).toEqual([]);
      }),
    );
  });

  test('there and back again the counts are the same', () => {
    fc.assert(
      fc.property(some, some, fc.boolean(), fc.boolean(), (old, now, ignoreTtl, ignoreSerial) => {
        const [there, back] = [
          compare(old, now, { ignoreTtl, ignoreSerial }),
          compare(now, old, { ignoreTtl, ignoreSerial }),
        ];
        expect(there.counts).toEqual(mirrored(back));
        expect(there.length).toBe(back.length);
      }),
    );
  });
});

/** Canonical lines of the old zone changed as the JSON says it, which is made without knowing the new one. */
function appliedJson(diff: ZoneDiff): string[] {
  const canonical = zoneToJson(applyDiff(compareWithItself(diff)));
  const { changes } = JSON.parse(JSON.stringify(diffToJson(diff))) as ReturnType<typeof diffToJson>;
  const key = (name: string, type: string, covers: unknown): string => `${name.toLowerCase()} ${type} ${covers ?? ''}`;
  let records = canonical.records.map((record) => ({ ...record }));
  const keyOf = ({ name, type, data }: (typeof records)[number]): string =>
    key(name, type, type === 'RRSIG' ? data['typeCovered'] : '');
  for (const { name, type, covers, ttl, removed, added } of changes) {
    const gone = new Set(removed.map(({ data }) => JSON.stringify(data)));
    const mine = key(name, type, covers);
    records = records.filter((record) => keyOf(record) !== mine || !gone.has(JSON.stringify(record.data)));
    if (ttl.new !== undefined) {
      for (const [index, record] of records.entries())
        if (keyOf(record) === mine) records[index] = { ...record, ttl: ttl.new };
    }
    for (const { data } of added) records.push({ name, ttl: ttl.new ?? 0, class: 'IN', type, data });
  }
  const read = zoneFromJson({ origin: canonical.origin, records });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return [...canonicalLines(read.zone)];
}

function compareWithItself({ old }: ZoneDiff): ZoneDiff {
  return diffZones(old, old);
}
