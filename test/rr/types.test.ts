import { describe, expect, it } from 'vitest';
import { KINDS } from '../../lib/rr/kinds.ts';
import {
  CLASSES,
  classFromBytes,
  classToText,
  nearestType,
  TYPE,
  TYPES,
  typeFromText,
  typeRow,
  typeToText,
} from '../../lib/rr/types.ts';

describe('the table', () => {
  it('has the types of the registry, each number and mnemonic once', () => {
    const words = TYPES.flatMap((row) => [row.mnemonic, ...(row.aliases ?? [])]);
    expect(new Set(words).size).toBe(words.length);
    expect(new Set(TYPES.map((row) => row.number)).size).toBe(TYPES.length);
    expect(TYPES.filter((row) => row.number <= 264 || row.number === 32768 || row.number === 32769)).toHaveLength(99);
    expect(TYPES.filter((row) => row.meta).map((row) => row.mnemonic)).toEqual([
      'OPT',
      'NXNAME',
      'TKEY',
      'TSIG',
      'IXFR',
      'AXFR',
      'MAILB',
      'MAILA',
      'ANY',
    ]);
  });

  it('is in order, with a reference and known kinds', () => {
    const numbers = TYPES.map((row) => row.number);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    for (const row of TYPES) {
      expect(row.reference).not.toBe('');
      expect(row.mnemonic).toMatch(/^[A-Z][A-Z0-9-]*$/);
      expect(row.fields.length).toBeGreaterThan(0);
      for (const field of row.fields) expect(KINDS).toHaveProperty(field.kind);
      expect(new Set(row.fields.map((field) => field.name)).size).toBe(row.fields.length);
      expect(row.fields.slice(0, -1).some((field) => field.optional)).toBe(false);
    }
  });

  it('names additional-section targets that are fields of names', () => {
    for (const row of TYPES) {
      if (row.additional === undefined) continue;
      expect(row.fields.find((field) => field.name === row.additional)?.kind).toBe('name');
    }
    expect(TYPES.filter((row) => row.singleton).map((row) => row.mnemonic)).toEqual(['CNAME', 'SOA', 'DNAME']);
  });

  it('compresses only types of RFC 1035, and lower-cases only those of RFC 4034 §6.2', () => {
    const having = (mode: (field: (typeof TYPES)[number]['fields'][number]) => boolean | undefined) =>
      TYPES.filter((row) => row.fields.some((field) => field.kind.endsWith('name') && mode(field))).map(
        (row) => row.mnemonic,
      );
    expect(having((field) => field.compression === 'compress')).toEqual(['NS', 'CNAME', 'SOA', 'PTR', 'MINFO', 'MX']);
    expect(having((field) => field.lowerCase)).toEqual(
      'NS MD MF CNAME SOA MB MG MR PTR MINFO MX RP AFSDB RT SIG PX NXT SRV NAPTR KX A6 DNAME RRSIG'.split(' '),
    );
  });
});

describe('type words', () => {
  it('every mnemonic in any case, alias and TYPEn names its number', () => {
    for (const row of TYPES) {
      for (const word of [row.mnemonic, ...(row.aliases ?? []), `TYPE${row.number}`]) {
        expect(typeFromText(word)).toBe(row.number);
        expect(typeFromText(word.toLowerCase())).toBe(row.number);
      }
    }
    expect(TYPE.CLIENTMX).toBe(265);
    expect(typeFromText('cmx')).toBe(265);
  });

  it.each([
    ['TYPE0', 0],
    ['TYPE65535', 65535],
    ['type00265', 265],
    ['TYPE65536', undefined],
    ['TYPE', undefined],
    ['TYPE1x', undefined],
    ['TYPE-1', undefined],
    ['', undefined],
    ['MXX', undefined],
    ['M', undefined],
    ['toString', undefined],
  ])('%j is %s', (text, type) => {
    expect(typeFromText(text)).toBe(type);
  });

  it('types that others do not know by name are written by number', () => {
    expect([15, 265, 10, 69, 65280, 255].map(typeToText)).toEqual([
      'MX',
      'TYPE265',
      'TYPE10',
      'TYPE69',
      'TYPE65280',
      'ANY',
    ]);
    expect(typeRow(65280)).toBeUndefined();
  });

  it.each([
    ['MXX', 'MX'],
    ['TXR', 'TXT'],
    ['CNMAE', 'CNAME'],
    ['CLIENTMXX', 'CLIENTMX'],
    ['AAA', 'AAAA'],
    ['DNSKY', 'DNSKEY'],
    ['FOOBAR', undefined],
    ['Q', undefined],
    ['', undefined],
    ['x'.repeat(10_000), undefined],
  ])('%s most likely means %s', (text, nearest) => {
    expect(nearestType(text)).toBe(nearest);
  });
});

it.each([
  ['IN', 1],
  ['ch', 3],
  ['Hs', 4],
  ['CLASS1', 1],
  ['class65535', 65535],
  ['CLASS65536', -1],
  ['INN', -1],
])('class %s is %i', (text, number) => {
  const bytes = new TextEncoder().encode(text);
  expect(classFromBytes(bytes, 0, bytes.length)).toBe(number);
});

it('classes are written by mnemonic or number', () => {
  expect(Object.values(CLASSES).map(classToText)).toEqual(['IN', 'CH', 'HS', 'NONE', 'ANY']);
  expect(classToText(2)).toBe('CLASS2');
});
