import { describe, expect, test } from 'vitest';
import { TYPE } from '../../lib/rr/types.ts';
import {
  BELOW_CUT,
  BELOW_DNAME,
  HAS_DESCENDANTS,
  IS_CUT,
  OUT_OF_ZONE,
  OWNS_CNAME,
  OWNS_DNAME,
  OWNS_RECORDS,
  ZoneTree,
} from '../../lib/zone/tree.ts';
import { wire, zoneOf } from './zones.ts';

describe('what a name is', () => {
  const zone = zoneOf(
    'example.net.',
    `deep.below.d 60 IN A 192.0.2.1
d 60 DNAME target
a.ent 60 A 192.0.2.1
ns.sub 60 A 192.0.2.1
x.y.sub 60 NS ns
sub 60 NS ns.sub
www 60 CNAME a
@ 60 NS ns
chaos 60 CH TXT x
example.org. 60 NS ns
`,
  );
  const tree = new ZoneTree(zone);

  test.each([
    ['@', OWNS_RECORDS | HAS_DESCENDANTS],
    ['d', OWNS_RECORDS | OWNS_DNAME | HAS_DESCENDANTS],
    ['below.d', HAS_DESCENDANTS | BELOW_DNAME],
    ['deep.below.d', OWNS_RECORDS | BELOW_DNAME],
    ['ent', HAS_DESCENDANTS],
    ['sub', OWNS_RECORDS | IS_CUT | HAS_DESCENDANTS],
    ['ns.sub', OWNS_RECORDS | BELOW_CUT],
    ['y.sub', HAS_DESCENDANTS | BELOW_CUT],
    ['x.y.sub', OWNS_RECORDS | IS_CUT | BELOW_CUT],
    ['www', OWNS_RECORDS | OWNS_CNAME],
    ['chaos', 0],
    ['example.org.', OUT_OF_ZONE],
  ])('%s', (name, flags) => {
    const id = zone.names.find(wire(name, zone.origin));
    expect(tree.flags[id]).toBe(flags);
  });

  test('parents end at the apex', () => {
    const id = zone.names.find(wire('x.y.sub.example.net.'));
    const parent = tree.parent[id] as number;
    expect(zone.names.wire(parent)).toEqual(wire('y.sub.example.net.'));
    expect(tree.parent[zone.apex]).toBe(-1);
    expect(tree.parent[zone.names.find(wire('example.org.'))]).toBe(-1);
  });
});

describe.each([3, 32, 33, 500])('a name with %i addresses and other records between', (count) => {
  const lines = Array.from(
    { length: count },
    (_, i) => `x 60 IN A 192.0.${i >> 8}.${i & 255}\n${i % 3 === 0 ? 'y 60 IN A 192.0.2.1\n' : ''}`,
  );
  const zone = zoneOf('example.net.', `x 60 IN TXT first\n${lines.join('')}x 60 CH A 192.0.2.9\nx 60 IN TXT last\n`);
  const tree = new ZoneTree(zone);
  const x = zone.names.find(wire('x.example.net.'));
  const records = (type?: number): number[] =>
    Array.from({ length: zone.count }, (_, record) => record).filter(
      (record) =>
        zone.owners[record] === x && zone.classes[record] === 1 && (type ?? zone.types[record]) === zone.types[record],
    );

  test('gives them by type and all together, in file order', () => {
    expect(tree.rrset(x, TYPE.A)).toEqual(records(TYPE.A));
    expect(tree.rrset(x, TYPE.TXT)).toEqual(records(TYPE.TXT));
    expect(tree.rrset(x, TYPE.MX)).toEqual([]);
    expect(tree.recordsAt(x)).toEqual(records());
    expect(tree.recordsAt(x)).toHaveLength(count + 2);
  });

  test('knows the first of each type', () => {
    expect(tree.firstOf(x, TYPE.A)).toBe(records(TYPE.A)[0]);
    expect(tree.firstOf(x, TYPE.MX)).toBe(-1);
    expect(tree.hasType(x, TYPE.TXT)).toBe(true);
    expect(tree.hasType(x, TYPE.MX)).toBe(false);
    expect(tree.firstOf(-1, TYPE.A)).toBe(-1);
  });
});

test('names of every depth get their ancestors', () => {
  const zone = zoneOf('example.net.', `${'a.'.repeat(120)}b 60 IN A 192.0.2.1\n`);
  const tree = new ZoneTree(zone);
  let depth = 0;
  for (let name = zone.owners[0] as number; name !== zone.apex; name = tree.parent[name] as number) {
    expect(tree.exists(name)).toBe(true);
    depth++;
  }
  expect(depth).toBe(121);
});
