import * as dnsZonefileModule from 'dns-zonefile';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { zoneFromDnsZonefile, zoneToDnsZonefile } from '../../lib/zone/formats/dns-zonefile.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { cleanZone, recordLines, vectorZone, wire, zoneOf } from './zones.ts';

const dnsZonefile = (
  dnsZonefileModule as unknown as { default: { parse(text: string): object; generate(json: object): string } }
).default;

/** The JSON of a zone as a reader of JSON gets it, and what is lost. */
function written(zone: Zone): { json: Record<string, unknown>; lost: string[] } {
  const lost: string[] = [];
  const { json } = zoneToDnsZonefile(zone, (record, why) => lost.push(`${recordLines(zone)[record]}: ${why}`));
  return { json: JSON.parse(JSON.stringify(json)), lost };
}

function read(json: unknown, origin?: string): { lines: string[]; problems: string[] } {
  const { zone, problems } = zoneFromDnsZonefile(json, origin === undefined ? undefined : wire(origin));
  return {
    lines: zone === undefined ? [] : recordLines(zone),
    problems: problems.map(({ path, message }) => `${path}: ${message}`),
  };
}

const SOA = '@ 60 SOA ns host 1 2 3 4 5\n';
const octet = fc.oneof(
  fc.constantFrom(...'$&\'`"\\;{}() \t@.x'),
  fc.nat(255).map((code) => String.fromCharCode(code)),
);
const escaped = (text: string): string =>
  Array.from(text, (each) => `\\${`${each.charCodeAt(0)}`.padStart(3, '0')}`).join('');
const label = fc.oneof(
  fc.constantFrom('a', 'B', '*', '_smtp-tls._tcp', '60', 'IN', 'MX', '{mx}', "it's"),
  fc.array(octet, { minLength: 1, maxLength: 6 }).map((octets) => escaped(octets.join(''))),
);
const name = fc.oneof(
  fc.constantFrom('@', 'a.example.org.', '.', 'example.net.'),
  label,
  fc.tuple(label, label).map(([one, other]) => `${one}.${other}`),
);
const word = fc.oneof(
  fc.constantFrom('', '{soa}', '{$ttl}', '{serial}', '$&', "$'x", 'SOA ( x )', 'v=spf1 -all', 'a;b', '{datetime}'),
  fc.array(octet, { maxLength: 9 }).map((octets) => escaped(octets.join(''))),
);
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((texts) => texts.map((text) => `"${text}"`).join(' '));
const number = fc.nat(65535);
const rdata = fc.oneof(
  fc.constantFrom('A 192.0.2.1', 'AAAA 2001:db8::1', 'DS 1 13 2 '.padEnd(74, 'a1')),
  name.map((target) => `NS ${target}`),
  name.map((target) => `CNAME ${target}`),
  name.map((target) => `PTR ${target}`),
  fc.tuple(number, name).map(([preference, host]) => `MX ${preference} ${host}`),
  fc.tuple(number, number, number, name).map((fields) => `SRV ${fields.join(' ')}`),
  words.map((texts) => `TXT ${texts}`),
  words.map((texts) => `SPF ${texts}`),
  fc.tuple(fc.nat(255), word).map(([flags, value]) => `CAA ${flags} issue "${value}"`),
);
const line = fc.tuple(name, fc.constantFrom(0, 1, 60, 2 ** 31 - 1), rdata).map((parts) => `${parts.join(' ')}\n`);

describe('a zone of the types that dns-zonefile knows', () => {
  test('comes back from its JSON, and from what the package makes of that', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const zone = cleanZone('example.net.', SOA + lines.join(''));
        const { json, lost } = written(zone);
        expect(lost).toEqual([]);
        const records = recordLines(zone).sort();
        expect(read(json)).toEqual({ lines: expect.anything(), problems: [] });
        expect(read(json).lines.sort()).toEqual(records);
        expect(recordLines(zoneOf('example.net.', dnsZonefile.generate(json))).sort()).toEqual(records);
      }),
      { numRuns: 300 },
    );
  });

  test('is read from what the package makes of a zone file', () => {
    const text = `$ORIGIN example.net.\n$TTL 3600\n@\tIN\tSOA\tns.example.net. host.example.net. ( 1 2 3 4 5 )
@ IN NS ns\nns 60 IN A 192.0.2.1\nns IN AAAA 2001:db8::1\n@ IN MX 10 mail\nmail IN CNAME ns
@ IN TXT "v=spf1 -all"\n_x._tcp IN SRV 1 2 3 ns\n@ IN CAA 0 issue "ca.example"\n1 IN PTR ns\n`;
    const { lines, problems } = read(dnsZonefile.parse(text));
    expect(problems).toEqual([]);
    expect(lines.sort()).toEqual(recordLines(cleanZone('example.net.', text)).sort());
  });
});

describe('what dns-zonefile cannot hold', () => {
  test('is every type but twelve', () => {
    const zone = vectorZone();
    const { json, lost } = written(zone);
    const held = Object.values(json)
      .flat()
      .filter((each) => typeof each === 'object');
    const known = ['SOA', 'NS', 'A', 'AAAA', 'CNAME', 'MX', 'PTR', 'TXT', 'SRV', 'SPF', 'CAA', 'DS'];
    expect(held.length + lost.length).toBe(zone.count);
    for (const each of lost) {
      expect(each).toMatch(/does not know the type|room for one SOA|generic RDATA/);
      if (each.endsWith('the type TXT')) expect(known).not.toContain('TXT');
    }
    const types = new Set(recordLines(zone).map((each) => each.split(' ')[3]));
    for (const type of known) expect(types).toContain(type);
    for (const type of types)
      expect(lost.some((each) => each.endsWith(`the type ${type}`))).toBe(!known.includes(type ?? ''));
  });

  test('is another class and a second SOA', () => {
    expect(written(zoneOf('example.net.', '@ 60 CH TXT x\n')).lost).toEqual([
      expect.stringContaining('the class IN only'),
    ]);
    expect(written(cleanZone('example.net.', SOA + SOA.replace('1', '2'))).lost).toEqual([
      expect.stringContaining('room for one SOA'),
    ]);
  });
});

describe('JSON of dns-zonefile', () => {
  test('takes origin and TTL from where they stand', () => {
    const soa = {
      name: 'example.net.',
      mname: 'ns',
      rname: 'host',
      serial: 1,
      refresh: 2,
      retry: 3,
      expire: 4,
      minimum: 5,
    };
    expect(read({ soa, a: [{ ip: '192.0.2.1' }] }).lines.at(-1)).toBe('example.net. 5 1 A 192.0.2.1');
    expect(read({ soa: { ...soa, ttl: 9 }, a: [{ ip: '192.0.2.1' }] }).lines.at(-1)).toMatch(/^example\.net\. 9 /);
    expect(read({ $ttl: '1h', a: [{ name: 'x', ip: '192.0.2.1' }] }, 'net.').lines).toEqual([
      'x.net. 3600 1 A 192.0.2.1',
    ]);
    expect(read({ $origin: 'org', $ttl: 1, a: [{ ttl: 0, ip: '192.0.2.1' }] }, 'net.').lines).toEqual([
      'org. 0 1 A 192.0.2.1',
    ]);
  });

  test.each([
    [[], ': expected an object'],
    [{ a: [] }, '/$origin: expected the name of the zone, found nothing: give --origin NAME'],
    [{ $origin: 'a..b', a: [] }, /^\/\$origin: /],
    [{ $origin: 'net.', mx: {} }, '/mx: expected an array, found an object'],
    [{ $origin: 'net.', tlsa: [] }, '/tlsa: dns-zonefile has no such member'],
    [{ $origin: 'net.', a: [1] }, '/a/0: expected an object, found 1'],
    [{ $origin: 'net.', a: [{ ip: '192.0.2.1' }] }, '/a/0: has no TTL, and there is no $ttl'],
    [{ $origin: 'net.', a: [{ ip: '192.0.2.1', ttl: 'x' }] }, /^\/a\/0\/ttl: expected seconds/],
    [{ $origin: 'net.', $ttl: 1, a: [{ ip: '192.0.2.300' }] }, /^\/a\/0: .*192\.0\.2\.300/],
    [
      { $origin: 'net.', $ttl: 1, mx: [{ host: 'a', preference: null }] },
      '/mx/0/preference: expected text or a number, found null',
    ],
    [
      { $origin: 'net.', $ttl: 1, txt: [{ txt: 'v=DKIM1; p=x' }] },
      '/txt/0: has a line end or a comment: put its text into quotes',
    ],
    [
      { $origin: 'net.', $ttl: 1, ns: [{ host: 'a\n@ NS b' }] },
      '/ns/0: has a line end or a comment: put its text into quotes',
    ],
    [
      { $origin: 'net.', $ttl: 1, ns: [{ host: '( a\nb' }] },
      '/ns/0: has a line end or a comment: put its text into quotes',
    ],
    [{ $origin: 'net.', $ttl: 1, ns: [{ name: 1, host: 'a' }] }, '/ns/0/name: expected a name, found 1'],
    [
      { $origin: 'net.', $ttl: 1, ns: [{ nsdname: 'a', host: 'a' }] },
      '/ns/0/nsdname: dns-zonefile has no such member in ns',
    ],
  ])('%j is told to be wrong', (json, problem) => {
    const { lines, problems } = read(json);
    expect(problems).toEqual([typeof problem === 'string' ? problem : expect.stringMatching(problem)]);
    expect(lines).toEqual([]);
  });
});
