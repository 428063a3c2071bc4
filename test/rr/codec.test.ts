import { describe, expect, it } from 'vitest';
import {
  canonicalRdata,
  checkRdata,
  fieldSpans,
  nameField,
  parseRdata,
  printRdata,
  rdataFromJson,
  rdataFromText,
  rdataToJson,
  readField,
} from '../../lib/rr/codec.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { sayProblem } from '../../lib/rr/say.ts';
import { TYPE } from '../../lib/rr/types.ts';
import { Entry, scanEntry } from '../../lib/text/entry.ts';
import { ByteSink } from '../../lib/text/sink.ts';
import { fromHex, ORIGIN, rdataOf, toHex, typeNumber } from './rdata.ts';

/** Code, place and sentence of everything said about a record, its RDATA behind the first two words. */
function said(record: string): string[] {
  const bytes = new TextEncoder().encode(record);
  const entry = new Entry();
  scanEntry(bytes, 0, entry);
  const found: string[] = [];
  const type = typeNumber(record.split(' ')[1] ?? '');
  parseRdata(
    entry,
    2,
    type,
    {
      origin: ORIGIN,
      report: (code, start, end, args) =>
        found.push(`${code} "${new TextDecoder().decode(bytes.subarray(start, end))}" ${sayProblem({ code, args })}`),
    },
    new ByteSink(),
  );
  return found;
}

describe('what is said about a record, and where', () => {
  it.each<[record: string, ...said: string[]]>([
    ['x MX 10 mx1'],
    ['x MX 70000 mx1', 'integer-range "70000" MX preference 70000 is out of range (0 to 65535)'],
    ['x MX 10', 'parse-error "" expected a domain name as MX exchange, but the record ends here'],
    ['x MX 10 a b c', 'parse-error "b" expected the end of the record after MX exchange, found "b"'],
    ['x MX 10 a..b', 'empty-label ".." name "a..b" has an empty label; write one dot between two labels'],
    [
      'x CLIENTMX 10 mx1',
      'mnemonic-nonportable "CLIENTMX" CLIENTMX is understood by no name server; write TYPE265 \\# with its length and octets',
    ],
    [
      'x cmx \\# 3 000000',
      'mnemonic-nonportable "cmx" cmx is understood by no name server; write TYPE265 \\# with its length and octets',
    ],
    [
      'x TYPE265 10 mx1',
      'mnemonic-nonportable "TYPE265" own data behind TYPE265 is understood by no name server; write TYPE265 \\# with its length and octets',
    ],
    ['x TYPE265 \\# 3 000000'],
    [
      'x TYPE265 \\# 4 0000 c00c',
      'rfc3597-split-hex "0000 c00c" generic data is split into 2 words, which some servers read wrongly; write it as one',
    ],
    [
      'x MX \\# 3 000000',
      'rfc3597-known-type "\\# 3 000000" MX is written in the generic form though it has a form of its own',
    ],
    ['x WALLET \\# 2 0161', 'nonportable "WALLET" NSD and Knot DNS refuse the type WALLET; write TYPE262 \\# …'],
    ['x TYPE262 \\# 2 0161'],
    ['x WALLET a', 'nonportable "WALLET" NSD and Knot DNS refuse the type WALLET; write TYPE262 \\# …'],
    [
      'x A \\# 3 010203',
      'rfc3597-known-type "\\# 3 010203" A is written in the generic form though it has a form of its own',
      'parse-error "010203" expected an IPv4 address at octet 0 as A address, found "010203"',
    ],
    ['x TXT \\#x', 'nonportable "\\#" Knot DNS refuses data that begins with \\#; write the # as \\035'],
    [
      'x CNAME \\#.',
      'nonportable "\\#" NSD refuses the label "\\#" in a name; write it as \\035',
      'nonportable "\\#" Knot DNS refuses data that begins with \\#; write the # as \\035',
    ],
    ['x MX 10 #', 'nonportable "#" Knot DNS refuses "#" in a name; write it as \\035'],
    ['x MX 10 #x', 'nonportable "#" Knot DNS refuses "#" in a name; write it as \\#'],
    ['x CAA 0 issue \\#', 'nonportable "\\#" NSD refuses \\# for the text "#"; put it in double quotes'],
    ['x CAA 0 issue "\\#"'],
    ['x TXT "\\#x" \\#x'],
    ['x TXT "ü"', 'nonportable "ü" Knot DNS refuses characters beyond ASCII in a string; write each octet as \\DDD'],
    ['x TXT ü', 'non-ascii "ü" TXT strings "ü" has characters beyond ASCII; write each octet as \\DDD'],
    ['x TXT "a""b"', 'nonportable "b" Knot DNS refuses two strings without a blank between; put a blank between them'],
    ['x NSEC a MXX', 'parse-error "MXX" expected an RR type as NSEC types, found "MXX"; did you mean MX?'],
    [
      'x NSEC a CMX',
      'mnemonic-nonportable "CMX" CMX is understood by no name server; write TYPE265 \\# with its length and octets',
    ],
    ['x SRV 0 0 x mx1', 'parse-error "x" expected a number from 0 to 65535 as SRV port, found "x"'],
    ['x DS 1 8 2 00', 'nonportable "00" BIND refuses a digest of 1 octet; this digest type has 32'],
    [
      `x TXT "${'a'.repeat(256)}"`,
      `string-too-long "${'a'.repeat(256)}" string has 256 octets; one string has at most 255, so split it into several quoted ones`,
    ],
  ])('%s', (record, ...expected) => {
    expect(said(record)).toEqual(expected);
  });
});

describe('RDATA beyond 65535 octets', () => {
  it.each(['own', 'generic'])('is refused in the %s form', (form) => {
    const text = form === 'own' ? '"a" '.repeat(40_000) : `\\# 65535 ${'00'.repeat(70_000)}`;
    expect(rdataFromText(TYPE.TXT, text, ORIGIN)).toHaveProperty('problem');
    const just = rdataFromText(TYPE.TXT, `${'"aa" '.repeat(21_845)}`, ORIGIN);
    expect('rdata' in just && just.rdata.length).toBe(65_535);
  });
});

describe('fields', () => {
  const mx = rdataOf(TYPE.MX, '10 MX1');

  it('are found by name and index', () => {
    expect(toHex(readField(TYPE.MX, mx, 'preference') ?? mx)).toBe('000a');
    expect(nameToText(nameField(TYPE.MX, mx, 1) ?? mx)).toBe('MX1.example.net.');
    expect(nameField(TYPE.MX, mx, 0)).toBeUndefined();
    expect(nameField(TYPE.MX, mx.subarray(0, 4), 1)).toBeUndefined();
    expect(readField(TYPE.MX, mx, 'nosuch')).toBeUndefined();
    expect(fieldSpans(TYPE.MX, mx)).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: mx.length },
    ]);
    expect(fieldSpans(TYPE.MX, mx.subarray(0, 1))).toEqual([]);
    expect(fieldSpans(65280, mx)).toEqual([{ start: 0, end: mx.length }]);
  });

  it('that are wrong are named with the octet where they start', () => {
    expect(checkRdata(TYPE.MX, mx.subarray(0, 5))).toEqual({
      ok: false,
      field: 'exchange',
      expected: 'a domain name',
      at: 2,
    });
    expect(checkRdata(TYPE.A, fromHex('0102030405'))).toEqual({
      ok: false,
      field: 'address',
      expected: 'the end of the data',
      at: 4,
    });
    expect(checkRdata(65280, fromHex('01'))).toEqual({ ok: true });
  });

  it('are lower-cased in the canonical form of MX and not of type 265', () => {
    expect(nameToText(canonicalRdata(TYPE.MX, mx).subarray(2))).toBe('mx1.example.net.');
    expect(canonicalRdata(TYPE.CLIENTMX, mx)).toBe(mx);
    expect(toHex(mx.subarray(0, 6))).toBe('000a034d5831');
  });
});

describe('printing', () => {
  it('relative to an origin', () => {
    expect(printRdata(TYPE.MX, rdataOf(TYPE.MX, '10 mx1'), { origin: ORIGIN })).toBe('10 mx1');
    expect(printRdata(TYPE.SRV, rdataOf(TYPE.SRV, '0 0 842 @'), { origin: ORIGIN })).toBe('0 0 842 @');
  });

  it.each([
    ['A', '010203', '\\# 3 010203'],
    ['MX', '000ac00c', '\\# 4 000ac00c'],
    ['TXT', '', '\\# 0'],
    ['LOC', '01121612800000008000000000989680', '\\# 16 01121612800000008000000000989680'],
    ['CLIENTMX', '000a00', '\\# 3 000a00'],
  ])('%s %s as %s', (type, wire, text) => {
    expect(printRdata(typeNumber(type), fromHex(wire))).toBe(text);
  });
});

describe('JSON', () => {
  it.each([
    ['MX', { preference: 10 }, '/exchange: missing, expected a domain name'],
    ['MX', { preference: '10', exchange: 'a.' }, '/preference: expected a number from 0 to 65535'],
    ['MX', { preference: 10.5, exchange: 'a.' }, '/preference: expected a number from 0 to 65535'],
    ['MX', { preference: 10, exchange: 'a..b.' }, '/exchange: expected a domain name with a final dot'],
    ['MX', { preference: 10, exchange: 'a' }, '/exchange: expected a domain name with a final dot'],
    ['MX', { preference: 10, exchange: 'a.', 'x/y~z': 1 }, '/x~1y~0z: unknown field'],
    ['MX', [], 'expected an object'],
    ['MX', null, 'expected an object'],
    ['A', { rdata: '0g' }, '/rdata: expected a string of hexadecimal digits'],
    ['A', { rdata: '00', address: '192.0.2.1' }, '/rdata: expected no other field'],
    ['TXT', { strings: [] }, '/strings: expected an array of texts'],
    ['TXT', { strings: ['a', 5] }, '/strings/1: expected a text of at most 255 octets'],
    ['TXT', { strings: ['\ud800'] }, '/strings/0: expected a text of at most 255 octets'],
    ['TXT', { strings: [{ hex: '0' }] }, '/strings/0: expected a text of at most 255 octets'],
    ['NSEC', { nextName: 'a.', types: ['A', 'FOO'] }, '/types/1: expected an RR type'],
    [
      'SVCB',
      { priority: 1, target: '.', params: { alpn: ['h2', ''] } },
      '/params/alpn/1: expected a text of 1 to 255 octets',
    ],
    [
      'SVCB',
      { priority: 1, target: '.', params: { 'a/b': 1 } },
      '/params/a~1b: expected a known parameter key or keyN',
    ],
    [
      'SVCB',
      { priority: 1, target: '.', params: { port: 1, key3: '\u0000\u0001' } },
      '/params/port: expected each key once',
    ],
    [
      'SVCB',
      { priority: 1, target: '.', params: { mandatory: ['port'] } },
      '/params/mandatory: expected keys that are there',
    ],
    [
      'LOC',
      { location: { latitude: 91, longitude: 0, altitude: 0 } },
      '/location/latitude: expected a number from -90 to 90',
    ],
    [
      'HIP',
      { algorithm: 2, tag: '', publicKey: 'AA==', servers: [] },
      '/tag: expected at most 255 pairs of hexadecimal digits',
    ],
  ])('%s %j: %s', (type, json, problem) => {
    expect(rdataFromJson(typeNumber(type), json)).toEqual({ problem });
  });

  it('takes relative names with an origin, hexadecimal for every type, and leaves out what is optional', () => {
    expect(rdataFromJson(TYPE.MX, { preference: 0, exchange: '@' }, ORIGIN)).toEqual({
      rdata: rdataOf(TYPE.MX, '0 @'),
    });
    expect(rdataFromJson(TYPE.MX, { rdata: 'C00C' })).toEqual({ rdata: fromHex('c00c') });
    expect(rdataFromJson(TYPE.ISDN, { isdnAddress: '1' })).toEqual({ rdata: fromHex('0131') });
    expect(rdataFromJson(TYPE.LOC, { location: { latitude: 0, longitude: 0, altitude: 0 } })).toEqual({
      rdata: rdataOf(TYPE.LOC, '0 N 0 E 0'),
    });
  });

  it('shows malformed RDATA as hexadecimal', () => {
    expect(rdataToJson(TYPE.A, fromHex('0102'))).toEqual({ rdata: '0102' });
    expect(rdataToJson(TYPE.CLIENTMX, fromHex('000ac00c'))).toEqual({ rdata: '000ac00c' });
  });
});
