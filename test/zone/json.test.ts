import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validate } from '../../lib/config/validate.ts';
import { zoneFromJson } from '../../lib/zone/from-json.ts';
import { jsonChunks, zoneToJson } from '../../lib/zone/json.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { rdataHex, recordLines, vectorZone, zoneOf } from './zones.ts';

const TEXT = `$TTL 300
@ IN SOA ns host 2026112101 2h 1h 2w 1h
  NS ns
  MX 10 Mail
  TYPE265 \\# 20 000A 044F757431 076578616D706C65 036E657400
ns 60 A 192.0.2.1
  AAAA 2001:db8::1
_25._tcp.mail TLSA 3 1 1 ${'Ab'.repeat(32)}
txt TXT "two" "strings \\"quoted\\" \\200"
odd TYPE999 \\# 2 AbCd
a\\.b CAA 0 issue "ca.example"
example.org. A 192.0.2.9
`;

describe('a zone as JSON', () => {
  const zone = zoneOf('example.net.', TEXT);

  test('has absolute names, file order, and a member for each field', () => {
    const { origin, records } = zoneToJson(zone);
    expect(origin).toBe('example.net.');
    expect(records.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'example.net. SOA',
      'example.net. NS',
      'example.net. MX',
      'example.net. TYPE265',
      'ns.example.net. A',
      'ns.example.net. AAAA',
      '_25._tcp.mail.example.net. TLSA',
      'txt.example.net. TXT',
      'odd.example.net. TYPE999',
      'a\\.b.example.net. CAA',
      'example.org. A',
    ]);
    expect(records[2]).toEqual({
      name: 'example.net.',
      ttl: 300,
      class: 'IN',
      type: 'MX',
      data: { preference: 10, exchange: 'Mail.example.net.' },
    });
    expect(records[8]?.data).toEqual({ rdata: 'abcd' });
  });

  test('has the RDATA in small hex when asked for', () => {
    const { records } = zoneToJson(zone, { wire: true });
    expect(records[2]).toMatchObject({ wire: '000a044d61696c076578616d706c65036e657400' });
    expect(records[4]).toMatchObject({ wire: 'c0000201' });
    expect(zoneToJson(zone).records.some((record) => 'wire' in record)).toBe(false);
  });

  test.each([{}, { wire: true }])('is written in chunks as the same value, %j', (options) => {
    const text = [...jsonChunks(zone, options)].join('');
    expect(JSON.parse(text)).toEqual(zoneToJson(zone, options));
    expect(text.split('\n')).toHaveLength(zone.count + 6);
  });

  test('fits its schema', () => {
    expect(validate('zone', zoneToJson(zone))).toEqual([]);
    expect(validate('zone', zoneToJson(zone, { wire: true }))).toEqual([]);
  });

  test('an empty zone is an empty list', () => {
    const empty = [...jsonChunks(zoneOf('.', ''))].join('');
    expect(JSON.parse(empty)).toEqual({ origin: '.', records: [] });
  });
});

describe('a zone from JSON', () => {
  test.each([
    ['data', {}, false],
    ['data and wire', { wire: true }, false],
    ['wire alone', { wire: true }, true],
  ])('gives the records back from %s', (_, options, withoutData) => {
    const zone = zoneOf('example.net.', TEXT);
    const value = JSON.parse(JSON.stringify(zoneToJson(zone, options)), (key, each) =>
      withoutData && key === 'data' ? undefined : each,
    );
    expect(value.records.every((record: object) => 'data' in record)).toBe(!withoutData);
    expect(recordLines(read(value))).toEqual(recordLines(zone));
  });

  test('takes the aliases of types, and small letters', () => {
    const record = { name: 'example.net.', ttl: 60, class: 'in' };
    const zone = read({
      origin: 'Example.net.',
      records: [
        { ...record, type: 'clientmx', data: { preference: 0, exchange: '.' } },
        { ...record, type: 'type1', wire: 'C0000201' },
      ],
    });
    expect(recordLines(zone)).toEqual(['example.net. 60 1 TYPE265 \\# 3 000000', 'example.net. 60 1 A 192.0.2.1']);
  });

  test('the first record gives the class', () => {
    const zone = read({
      origin: '.',
      records: [{ name: '.', ttl: 0, class: 'CH', type: 'TXT', data: { strings: ['x'] } }],
    });
    expect(zone.zoneClass).toBe(3);
  });

  const good = {
    name: 'example.net.',
    ttl: 60,
    class: 'IN',
    type: 'MX',
    data: { preference: 10, exchange: 'mail.example.net.' },
  };
  test.each<[string, unknown, [string, RegExp][]]>([
    ['null', null, [['', /^expected an object/]]],
    [
      'nothing',
      {},
      [
        ['/origin', /absolute name.*nothing/],
        ['/records', /array.*nothing/],
      ],
    ],
    ['a relative origin', { origin: 'example', records: [] }, [['/origin', /final dot/]]],
    ['a foreign member', { origin: '.', record: [], records: [] }, [['', /"record"; did you mean "records"\?/]]],
    ['a record that is none', { origin: '.', records: [good, 7] }, [['/records/1', /object, found 7/]]],
    ['a long label', wrong({ name: `${'a'.repeat(64)}.` }), [['/records/0/name', /63/]]],
    ['a text TTL', wrong({ ttl: '60' }), [['/records/0/ttl', /whole number.*"60"/]]],
    ['a TTL too large', wrong({ ttl: 2 ** 31 }), [['/records/0/ttl', /2147483647/]]],
    ['an unknown class', wrong({ class: 'INN' }), [['/records/0/class', /"INN"/]]],
    ['an unknown type', wrong({ type: 'MXX' }), [['/records/0/type', /"MXX"; did you mean "MX"\?/]]],
    ['a type for questions', wrong({ type: 'ANY' }), [['/records/0/type', /questions/]]],
    ['no RDATA', wrong({ data: undefined }), [['/records/0', /"data"/]]],
    ['odd hex', wrong({ data: undefined, wire: '0' }), [['/records/0/wire', /hex/]]],
    ['hex that is no MX', wrong({ data: undefined, wire: '00' }), [['/records/0/wire', /MX/]]],
    ['two different RDATA', wrong({ wire: '00' }), [['/records/0/wire', /other RDATA/]]],
    [
      'a field out of range',
      wrong({ data: { preference: 70000, exchange: '.' } }),
      [['/records/0/data/preference', /65535/]],
    ],
    ['a field missing', wrong({ data: { preference: 1 } }), [['/records/0/data/exchange', /./]]],
    ['data that is no object', wrong({ data: 'x' }), [['/records/0/data', /./]]],
    ['a mistyped member', wrong({ tll: 1 }), [['/records/0', /"tll"; did you mean "ttl"\?/]]],
    [
      'several at once',
      { origin: '.', records: [{ ...good, ttl: -1, class: 1 }, good, { ...good, type: 5 }] },
      [
        ['/records/0/ttl', /./],
        ['/records/0/class', /./],
        ['/records/2/type', /./],
      ],
    ],
  ])('says what is wrong with %s', (_, value, expected) => {
    const result = zoneFromJson(JSON.parse(JSON.stringify(value)));
    const problems = 'problems' in result ? result.problems : [];
    expect(problems.map(({ path }) => path)).toEqual(expected.map(([path]) => path));
    for (const [index, [, words]] of expected.entries()) expect(problems[index]?.message).toMatch(words);
  });

  function wrong(change: object): unknown {
    return { origin: '.', records: [{ ...good, ...change }] };
  }

  test('any JSON value is a zone or has problems, and never throws', () => {
    const part = fc.oneof(fc.jsonValue(), fc.constant('MX'), fc.constant('a.'), fc.constant({ preference: 1 }));
    const record = fc.dictionary(fc.constantFrom('name', 'ttl', 'class', 'type', 'data', 'wire', 'x'), part);
    const value = fc.oneof(fc.jsonValue(), fc.record({ origin: part, records: fc.oneof(part, fc.array(record)) }));
    fc.assert(
      fc.property(value, (each) => {
        const result = zoneFromJson(each);
        if ('problems' in result) expect(result.problems.length).toBeGreaterThan(0);
        else expect(result.zone.count).toBe((each as { records: unknown[] }).records.length);
      }),
    );
  });
});

function read(value: unknown): Zone {
  const result = zoneFromJson(value);
  if ('problems' in result) throw new Error(JSON.stringify(result.problems));
  return result.zone;
}

test.each([{}, { wire: true }])('every type comes back as it was, %j', (options) => {
  const zone = vectorZone();
  const value: unknown = JSON.parse([...jsonChunks(zone, options)].join(''));
  expect(validate('zone', value)).toEqual([]);
  const again = read(value);
  expect(recordLines(again)).toEqual(recordLines(zone));
  expect(rdataHex(again)).toEqual(rdataHex(zone));
});
