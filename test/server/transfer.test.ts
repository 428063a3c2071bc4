import { describe, expect, test } from 'vitest';
import { nameToText } from '../../lib/rr/name.ts';
import { TYPE, typeToText } from '../../lib/rr/types.ts';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { transfer } from '../../lib/server/transfer.ts';
import { decodeMessage } from '../../lib/wire/decode.ts';
import { encodeMessage } from '../../lib/wire/encode.ts';
import { type Message, queryFor } from '../../lib/wire/message.ts';
import { readZone } from '../../lib/zone/read.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { join, record, wire } from '../wire/messages.ts';

function zonesOf(text: string): ServedZones {
  const bytes = new TextEncoder().encode(text);
  return new ServedZones([new ZoneTree(readZone({ name: 'zone', bytes, origin: wire('example.net.') }))]);
}

const soa = '@ 60 SOA ns1 hostmaster 7 7200 1800 1209600 3600\n';
const base = `$TTL 60\n$ORIGIN example.net.\n${soa}@ NS ns1\nns1 A 192.0.2.1\n`;

function ask(type: number, change: Partial<Message> = {}, name = 'example.net.'): Uint8Array {
  const encoded = encodeMessage({ ...queryFor({ name: wire(name), type, class: 1 }, 77), ...change });
  if ('problem' in encoded) throw new Error(encoded.problem.code);
  return encoded.bytes;
}

function messages(text: string, query: Uint8Array): Message[] | undefined {
  const given = transfer(query, zonesOf(text));
  return (
    given &&
    [...given].map((bytes) => {
      const decoded = decodeMessage(bytes);
      if (!('message' in decoded)) throw new Error(decoded.problem.code);
      return decoded.message;
    })
  );
}

const lines = (all: readonly Message[] = []): string[] =>
  all.flatMap(({ answer }) => answer.map(({ name, type }) => `${nameToText(name)} ${typeToText(type)}`));

const whole = ['example.net. SOA', 'example.net. NS', 'ns1.example.net. A', 'example.net. SOA'];

describe('AXFR', () => {
  test('begins and ends with the SOA record, and has every other record once', () => {
    expect(lines(messages(base, ask(TYPE.AXFR)))).toEqual(whole);
  });

  test('has what is below delegations, wildcards and types without a name', () => {
    const text = `${base}sub NS ns.sub\nns.sub A 192.0.2.2\n*.w TXT "x"\n@ TYPE65280 \\# 1 00\nhidden.ns.sub A 192.0.2.3\n`;
    expect(lines(messages(text, ask(TYPE.AXFR)))).toEqual([
      'example.net. SOA',
      'example.net. NS',
      'example.net. TYPE65280',
      'ns1.example.net. A',
      'sub.example.net. NS',
      'ns.sub.example.net. A',
      '*.w.example.net. TXT',
      'hidden.ns.sub.example.net. A',
      'example.net. SOA',
    ]);
  });

  test('leaves out what is twice or not in the zone', () => {
    const text = `${base}ns1 A 192.0.2.1\nNS1 A 192.0.2.1\nexample.org. A 192.0.2.9\n${soa}`;
    expect(lines(messages(text, ask(TYPE.AXFR)))).toEqual(whole);
  });

  test('is many messages for a large zone: one question, one id, AA in all', () => {
    const many = Array.from({ length: 2000 }, (_, i) => `host${i} TXT "${'x'.repeat(100)}"\n`).join('');
    const edns = { udpSize: 1232, version: 0, dnssecOk: true, flags: 0, options: [] };
    const all = messages(base + many, ask(TYPE.AXFR, { edns })) ?? [];
    expect(all.length).toBeGreaterThan(10);
    expect(lines(all)).toHaveLength(2004);
    expect(
      all.every(({ id, response, authoritative, rcode }) => id === 77 && response && authoritative && rcode === 0),
    ).toBe(true);
    expect(all.map(({ questions }) => questions.length)).toEqual([1, ...all.slice(1).map(() => 0)]);
    expect(all.map((each) => each.edns?.dnssecOk)).toEqual([true, ...all.slice(1).map(() => undefined)]);
  });

  test('ends with SERVFAIL at a record that no message can hold', () => {
    const strings = Array.from({ length: 255 }, () => `"${'x'.repeat(255)}"`).join(' ');
    const last = messages(`${base}big TXT ${strings} "${'x'.repeat(240)}"\n`, ask(TYPE.AXFR))?.at(-1);
    expect(last).toMatchObject({ rcode: 2, answer: [] });
  });

  test.each<[string, Uint8Array]>([
    ['another zone', ask(TYPE.AXFR, {}, 'example.org.')],
    ['a name in the zone', ask(TYPE.AXFR, {}, 'ns1.example.net.')],
    ['another type', ask(TYPE.SOA)],
    ['a response', ask(TYPE.AXFR, { response: true })],
    ['another operation', ask(TYPE.AXFR, { opcode: 4 })],
    ['another class', ask(TYPE.AXFR, { questions: [{ name: wire('example.net.'), type: TYPE.AXFR, class: 3 }] })],
    ['nothing', ask(TYPE.AXFR, { questions: [] })],
    ['octets that are no message', Uint8Array.of(1, 2, 3)],
  ])('is nothing for %s', (_, query) => {
    expect(messages(base, query)).toBeUndefined();
  });

  test('is nothing for a zone without SOA', () => {
    expect(messages(base.replace(soa, ''), ask(TYPE.AXFR))).toBeUndefined();
  });
});

describe('IXFR', () => {
  const has = (serial: number): Partial<Message> => {
    const numbers = new DataView(new ArrayBuffer(20));
    numbers.setUint32(0, serial);
    const rdata = join(wire('ns1.example.net.'), wire('h.example.net.'), new Uint8Array(numbers.buffer));
    return { authority: [record('example.net.', TYPE.SOA, rdata)] };
  };

  test.each([
    ['the same serial', 7, ['example.net. SOA']],
    ['a later serial', 8, ['example.net. SOA']],
    ['an earlier serial', 6, whole],
    ['a serial that wrapped around', 4_294_967_295, whole],
  ])('for a client with %s', (_, serial, expected) => {
    expect(lines(messages(base, ask(TYPE.IXFR, has(serial))))).toEqual(expected);
  });

  test('without a serial is the whole zone', () => {
    expect(lines(messages(base, ask(TYPE.IXFR)))).toEqual(whole);
  });
});
