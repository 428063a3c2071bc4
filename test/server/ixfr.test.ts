import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TYPE } from '../../lib/rr/types.ts';
import { difference, Journal } from '../../lib/server/journal.ts';
import { ServedZone } from '../../lib/server/served-zone.ts';
import type { TestServer } from '../../lib/server/test-server.ts';
import type { ResourceRecord } from '../../lib/wire/message.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { zoneOf } from '../zone/zones.ts';
import { EDNS, line, messageOf, query } from './dialogue.ts';
import { handled, ORIGIN, recordOf, updatable, updated } from './updates.ts';

const textOf = (serial: number, lines: readonly string[]): string =>
  `$ORIGIN example.net.\n$TTL 300\n@ SOA ns1 h ${serial} 1 1 1 1\n@ NS ns1\n${lines.join('\n')}\n`;

/** The records of the answer to IXFR from a serial. */
function changesSince(server: TestServer, serial: number, transport: 'udp' | 'tcp' = 'tcp'): ResourceRecord[] {
  const authority = [recordOf('@', 0, 'SOA', `ns1 h ${serial} 1 1 1 1`)];
  const reply = handled(server, query('example.net. IXFR', { authority, edns: EDNS }), { transport });
  return [reply.bytes, ...(reply.more ?? [])].flatMap((bytes) => messageOf(bytes).answer);
}

function wholeZone(server: TestServer): string[] {
  const reply = handled(server, query('example.net. AXFR'), { transport: 'tcp' });
  const all = [reply.bytes, ...(reply.more ?? [])].flatMap((bytes) => messageOf(bytes).answer);
  return all.slice(0, -1).map(line).sort();
}

/** What a secondary makes of its copy by an answer to IXFR (RFC 1995 §4). */
function applied(copy: readonly string[], answer: readonly ResourceRecord[]): string[] {
  if (answer.length === 1) return [...copy];
  if (answer[1]?.type !== TYPE.SOA) return answer.slice(0, -1).map(line).sort();
  const zone = new Set(copy);
  let adding = true;
  for (const record of answer.slice(1, -1)) {
    if (record.type === TYPE.SOA) adding = !adding;
    if (adding) zone.add(line(record));
    else if (!zone.delete(line(record))) throw new Error(`${line(record)} is not there to be deleted`);
  }
  return [...zone].sort();
}

const names = ['a', 'b', 'c.b', '*', '@'];
const values = ['A 192.0.2.1', 'A 192.0.2.2', 'TXT "x"', 'MX 10 a', 'MX 10 A', 'TYPE265 \\# 3 000000'];
const record = fc
  .tuple(fc.constantFrom(...names), fc.constantFrom('60', '300'), fc.constantFrom(...values))
  .map((words) => words.join(' '));
/** The records of a zone, each RRset with one TTL. */
const zoneLines = fc.array(record, { maxLength: 12 }).map((lines) => {
  const ttls = new Map<string, string>();
  return lines.map((each) => {
    const [owner = '', ttl = '', type = '', ...rdata] = each.split(' ');
    const key = `${owner} ${type}`;
    if (!ttls.has(key)) ttls.set(key, ttl);
    return [owner, ttls.get(key), type, ...rdata].join(' ');
  });
});

describe('IXFR', () => {
  test('brings every earlier version of a zone to the latest', () => {
    fc.assert(
      fc.property(fc.array(zoneLines, { minLength: 2, maxLength: 6 }), fc.boolean(), (versions, wraps) => {
        const start = wraps ? 4_294_967_294 : 1;
        const serialAt = (index: number): number => (start + index) >>> 0;
        const server = updatable(textOf(start, versions[0] ?? []));
        const copies = [wholeZone(server)];
        for (const [index, lines] of versions.entries()) {
          if (index === 0) continue;
          server.putZone(zoneOf('example.net.', textOf(serialAt(index), lines)));
          copies.push(wholeZone(server));
        }
        for (const [index, copy] of copies.entries()) {
          const answer = changesSince(server, serialAt(index));
          expect(applied(copy, answer)).toEqual(copies.at(-1));
          expect(answer[1]?.type ?? TYPE.SOA).toBe(TYPE.SOA);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('is a chain of old SOA, what goes, new SOA, what comes', () => {
    const server = updatable(textOf(1, ['a A 192.0.2.1', 'b TXT "old"']));
    expect(updated(server, 'delete a', 'add c 60 A 192.0.2.3')).toBe(0);
    expect(updated(server, 'delete b TXT "old"')).toBe(0);
    const soa = (serial: number): string => `example.net. 300 SOA ns1.example.net. h.example.net. ${serial} 1 1 1 1`;
    const last = [soa(2), 'b.example.net. 300 TXT "old"', soa(3)];
    expect(changesSince(server, 2).map(line)).toEqual([soa(3), ...last, soa(3)]);
    const first = [soa(1), 'a.example.net. 300 A 192.0.2.1', soa(2), 'c.example.net. 60 A 192.0.2.3'];
    expect(changesSince(server, 1).map(line)).toEqual([soa(3), ...first, ...last, soa(3)]);
    expect(changesSince(server, 1, 'udp').map(line)).toEqual([soa(3), ...first, ...last, soa(3)]);
    expect(changesSince(server, 3).map(line)).toEqual([soa(3)]);
  });

  test('is the SOA alone over UDP when the differences do not fit', () => {
    const server = updatable(textOf(1, []));
    const many = Array.from({ length: 20 }, (_, i) => `add n${i} 60 TXT "${'x'.repeat(100)}"`);
    expect(updated(server, ...many)).toBe(0);
    expect(changesSince(server, 1, 'udp').map(({ type }) => type)).toEqual([TYPE.SOA]);
    expect(changesSince(server, 1)).toHaveLength(24);
  });

  test.each<[string, (server: TestServer) => void]>([
    ['nobody knows what the client has', () => {}],
    ['the serial went back', (server) => server.putZone(zoneOf('example.net.', textOf(1, [])))],
    [
      'the zone changed without its serial',
      (server) => server.putZone(zoneOf('example.net.', textOf(3, ['z A 192.0.2.9']))),
    ],
    [
      'the zone was gone in between',
      (server) => {
        const zone = zoneOf('example.net.', textOf(9, []));
        server.removeZone(ORIGIN);
        server.putZone(zone);
      },
    ],
  ])('is the whole zone when %s', (why, change) => {
    const server = updatable(textOf(2, []));
    server.putZone(zoneOf('example.net.', textOf(3, ['a A 192.0.2.1'])));
    expect(changesSince(server, 2)[1]?.type).toBe(TYPE.SOA);
    change(server);
    const from = why.startsWith('nobody') ? 1 : 2;
    server.putZone(zoneOf('example.net.', textOf(20, ['b A 192.0.2.1'])));
    expect(changesSince(server, from)[1]?.type).toBe(TYPE.NS);
  });

  test('goes on when the same zone is read again', () => {
    const server = updatable(textOf(1, ['a A 192.0.2.1']));
    expect(updated(server, 'add b 60 A 192.0.2.2')).toBe(0);
    const served = server.zones.zone(ORIGIN);
    if (served !== undefined)
      server.putZone(zoneOf('example.net.', new TextDecoder().decode(served.tree.zone.files[0]?.bytes)));
    expect(changesSince(server, 1)[1]?.type).toBe(TYPE.SOA);
  });

  test('is refused to those who may not transfer', () => {
    const server = updatable(textOf(1, []), { mayTransfer: () => false });
    expect(updated(server, 'add b 60 A 192.0.2.2')).toBe(0);
    expect(changesSince(server, 1)).toEqual([]);
    expect(changesSince(server, 1, 'udp')).toHaveLength(1);
  });
});

describe('a journal', () => {
  const served = (serial: number, lines: readonly string[]): ServedZone =>
    new ServedZone(new ZoneTree(zoneOf('example.net.', textOf(serial, lines))));

  test('forgets the oldest differences', () => {
    const journal = new Journal({ differences: 3 });
    const zones = Array.from({ length: 10 }, (_, i) => served(i + 1, [`n${i} A 192.0.2.1`]));
    for (const [index, zone] of zones.entries()) {
      const old = zones[index - 1];
      if (old !== undefined) journal.note(old, zone);
    }
    expect([6, 7, 8, 9].map((serial) => journal.since(ORIGIN, serial, 10)?.length)).toEqual([undefined, 3, 2, 1]);
    expect(journal.records).toBe(12);
  });

  test('holds no more records than it may, whatever comes', () => {
    const journal = new Journal({ records: 50 });
    let old = served(1, []);
    for (let serial = 2; serial < 40; serial++) {
      const now = served(
        serial,
        Array.from({ length: (serial * 7) % 60 }, (_, i) => `n${i} TXT "${serial}"`),
      );
      journal.note(old, now);
      expect(journal.records).toBeLessThanOrEqual(50);
      old = now;
    }
  });

  test('keeps nothing when it is to keep nothing', () => {
    const journal = new Journal({ differences: 0 });
    journal.note(served(1, []), served(2, ['a A 192.0.2.1']));
    expect([journal.records, journal.since(ORIGIN, 1, 2)]).toEqual([0, undefined]);
  });

  test('finds what differs in a time that grows with the zone', () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `n${i} A 192.0.2.1`);
    const [old, now] = [served(1, lines), served(2, [...lines, 'new A 192.0.2.2'])];
    const start = performance.now();
    expect(difference(old.tree, now.tree)).toMatchObject({ from: 1, to: 2, removed: [], added: [{ type: TYPE.A }] });
    expect(performance.now() - start).toBeLessThan(3000);
  });
});
