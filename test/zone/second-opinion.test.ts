import * as zonefileModule from 'dns-zonefile';
import { parseZone } from 'dnsz';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalChunks, canonicalLines } from '../../lib/zone/canonical.ts';
import { cleanZone } from './zones.ts';

type Row = Readonly<Record<string, string | number>>;

/** The package exports one object, which its types do not say. */
const zonefile = (zonefileModule as unknown as { default: { parse(text: string): Record<string, Row | Row[]> } })
  .default;

/** The members in which dns-zonefile keeps the RDATA of a type, in the order of the text. */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  soa: ['mname', 'rname', 'serial', 'refresh', 'retry', 'expire', 'minimum'],
  ns: ['host'],
  a: ['ip'],
  aaaa: ['ip'],
  cname: ['alias'],
  mx: ['preference', 'host'],
  ptr: ['host'],
  txt: ['txt'],
  srv: ['priority', 'weight', 'port', 'target'],
  caa: ['flags', 'tag', 'value'],
  ds: ['key_tag', 'algorithm', 'digest_type', 'digest'],
};

const label = fc.constantFrom('a', 'B', 'mail', '_smtp-tls._tcp', '*', 'x1-y');
const name = fc.array(label, { maxLength: 3 }).map((labels) => [...labels, 'Example.net.'].join('.'));
const u16 = fc.nat(65535);
const word = fc.stringMatching(/^[a-z0-9=;:\\ -]{0,12}$/).map((text) => text.replaceAll('\\', ''));
const hex = fc.stringMatching(/^[0-9A-F]{64}$/);
const rdata = fc.oneof(
  name.map((target) => `NS ${target}`),
  fc.ipV4().map((address) => `A ${address}`),
  fc.tuple(u16, u16).map(([a, b]) => `AAAA 2001:db8:${a.toString(16)}::${(b | 1).toString(16)}`),
  name.map((target) => `CNAME ${target}`),
  fc.tuple(u16, name).map((words) => `MX ${words.join(' ')}`),
  name.map((target) => `PTR ${target}`),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `TXT ${words.map((each) => `"${each}"`).join(' ')}`),
  fc.tuple(u16, u16, u16, name).map((words) => `SRV ${words.join(' ')}`),
  fc.constantFrom('issue', 'iodef').map((tag) => `CAA 0 ${tag} "ca.example"`),
  fc.tuple(u16, hex).map(([tag, digest]) => `DS ${tag} 8 2 ${digest}`),
);
const zoneText = fc
  .array(fc.tuple(name, fc.integer({ min: 1, max: 2 ** 31 - 1 }), rdata), { maxLength: 20 })
  .map((records) =>
    [['example.net.', 60, 'SOA ns host 1 2 3 4 5'], ...records].map((words) => `${words.join(' ')}\n`).join(''),
  );

test('dns-zonefile reads the canonical text of simple types as the same records', () => {
  fc.assert(
    fc.property(zoneText, (text) => {
      const zone = cleanZone('example.net.', text);
      const said = Object.entries(zonefile.parse([...canonicalChunks(zone)].join(''))).flatMap(([type, rows]) =>
        [rows].flat().map((row) => {
          const members = MEMBERS[type] ?? [];
          return [row.name, row.ttl, 'IN', type.toUpperCase(), ...members.map((member) => row[member])].join(' ');
        }),
      );
      expect(said.sort()).toEqual([...canonicalLines(zone)].sort());
    }),
  );
});

test('dnsz reads the canonical text as the same records', () => {
  fc.assert(
    fc.property(zoneText, (text) => {
      const zone = cleanZone('example.net.', text);
      const { records } = parseZone([...canonicalChunks(zone)].join(''));
      const said = records.map((each) => `${each.name}. ${each.ttl} ${each.class} ${each.type} ${each.content}`);
      expect(said).toEqual([...canonicalLines(zone)]);
    }),
  );
});
