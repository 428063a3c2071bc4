import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { typeFromText } from '../../lib/rr/types.ts';
import { lookup } from '../../lib/zone/lookup.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { phenomena } from './lookup-zones.ts';
import { sayOutcome, wire, zoneOf } from './zones.ts';

describe.each(phenomena)('$what', ({ origin, zone: text, rows }) => {
  const zone = zoneOf(origin, text);
  const tree = new ZoneTree(zone);

  test.each(rows)('%s', (question, outcome) => {
    const [name = '', type = ''] = question.split(' ');
    expect(sayOutcome(zone, lookup(tree, wire(name), typeFromText(type) ?? -1))).toBe(outcome);
  });
});

describe('RFC 6672 §2.2: the table of substitutions', () => {
  test.each([
    ['com.', 'example.com.', 'example.net.', 'outside'],
    ['example.com.', 'example.com.', 'example.net.', 'nodata at example.com.'],
    ['a.example.com.', 'example.com.', 'example.net.', 'a.example.net.'],
    ['a.b.example.com.', 'example.com.', 'example.net.', 'a.b.example.net.'],
    ['ab.example.com.', 'b.example.com.', 'example.net.', 'nxdomain below example.com.'],
    ['foo.example.com.', 'example.com.', 'example.net.', 'foo.example.net.'],
    ['a.x.example.com.', 'x.example.com.', 'example.net.', 'a.example.net.'],
    ['a.example.com.', 'example.com.', 'y.example.net.', 'a.y.example.net.'],
    ['cyc.example.com.', 'example.com.', 'example.com.', 'cyc.example.com.'],
    ['cyc.example.com.', 'example.com.', 'c.example.com.', 'cyc.c.example.com.'],
    ['shortloop.x.x.', 'x.', '.', 'shortloop.x.'],
    ['shortloop.x.', 'x.', '.', 'shortloop.'],
  ])('%s with %s DNAME %s', (asked, owner, target, result) => {
    const origin = owner.endsWith('example.com.') ? 'example.com.' : owner;
    const zone = zoneOf(origin, `${owner} 60 IN DNAME ${target}\n`);
    const said = sayOutcome(zone, lookup(new ZoneTree(zone), wire(asked), 1));
    expect(said.replace(/^rewrite by \S+ to /, '')).toBe(result);
  });
});

describe('a zone without records', () => {
  const tree = new ZoneTree(zoneOf('example.net.', ''));

  test('has an apex that owns nothing', () => {
    expect(lookup(tree, wire('example.net.'), 6)).toEqual({ kind: 'nodata', name: 0, emptyNonTerminal: false });
    expect(lookup(tree, wire('a.b.example.net.'), 6)).toEqual({ kind: 'nxdomain', closestEncloser: 0 });
  });
});

describe('octets that are no name', () => {
  const tree = new ZoneTree(zoneOf('example.net.', '* 60 IN A 192.0.2.1\n'));
  const root = new ZoneTree(zoneOf('.', '* 60 IN A 192.0.2.1\n'));
  const apex = wire('example.net.');

  test.each([
    ['nothing at all', Uint8Array.of()],
    ['an empty label', Uint8Array.of(0, ...apex)],
    ['a compression pointer', Uint8Array.of(0xc0, 0x0c, ...apex)],
    ['a label longer than 63 octets', Uint8Array.of(64, ...new Uint8Array(64), ...apex)],
    ['a name longer than 255 octets', Uint8Array.of(...wire(`${'a.'.repeat(121)}example.net.`), 1, 97, 0)],
    ['no root label', apex.subarray(0, apex.length - 1)],
  ])('%s is outside', (_, name) => {
    expect(lookup(tree, name, 1)).toEqual({ kind: 'outside' });
  });

  test('more than the root label is outside the root', () => {
    expect(lookup(root, Uint8Array.of(0, 0), 1)).toEqual({ kind: 'outside' });
    expect(lookup(root, Uint8Array.of(1, 97, 0), 1)).toMatchObject({ kind: 'answer' });
  });

  test('any octets have an outcome', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (octets, below) => {
        const name = below ? Uint8Array.of(...octets, ...apex) : octets;
        expect(['answer', 'nodata', 'nxdomain', 'outside']).toContain(lookup(tree, name, 1).kind);
      }),
    );
  });
});
