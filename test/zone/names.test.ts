import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameFromText } from '../../lib/rr/name.ts';
import { NameTable } from '../../lib/zone/names.ts';

function wire(text: string): Uint8Array {
  const read = nameFromText(text);
  if ('problem' in read) throw new Error(text);
  return read.name;
}

const label = fc.constantFrom('a', 'A', 'b', 'mx1', 'MX1', '*', '_tcp', 'x\\.y', 'example', 'net', 'c');
const name = fc.array(label, { maxLength: 5 }).map((labels) => `${labels.join('.')}.`);

describe('the name table', () => {
  it('knows a name in any letter case by one id, and no other, as a map of texts does', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 200 }), fc.constantFrom('.', 'net.', 'example.net.'), (names, apex) => {
        const table = new NameTable(1, wire(apex).length);
        const known = new Map<string, number>();
        for (const text of names) {
          const id = known.get(text.toLowerCase()) ?? known.size;
          known.set(text.toLowerCase(), id);
          expect(table.intern(wire(text))).toBe(id);
        }
        for (const [text, id] of known) expect(table.find(wire(text.toUpperCase()))).toBe(id);
        for (const text of [...known.keys(), 'q.', 'q.example.net.']) {
          const wildcard = known.get(text === '.' ? '*.' : `*.${text}`) ?? -1;
          expect(table.findWildcard(wire(text), 0)).toBe(wildcard);
        }
        expect(table.count).toBe(known.size);
      }),
      { numRuns: 300 },
    );
  });

  it('holds many names below one child of the apex', () => {
    const table = new NameTable(16, wire('example.net.').length);
    for (let host = 0; host < 20_000; host++) expect(table.intern(wire(`h${host}.hosts.example.net.`))).toBe(host);
    for (let host = 0; host < 20_000; host += 97) expect(table.find(wire(`H${host}.Hosts.example.net.`))).toBe(host);
    expect(table.find(wire('h20000.hosts.example.net.'))).toBe(-1);
  });
});
