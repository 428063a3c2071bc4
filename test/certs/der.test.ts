import { describe, expect, test } from 'vitest';
import { dnsNameFault } from '../../lib/certs/alternative-names.ts';
import { type DerCursor, expectEnd, openDer, readInto, readValue, tag } from '../../lib/certs/der.ts';
import { bitLength, readObjectIdentifier, readSmallInteger, readTime } from '../../lib/certs/der-values.ts';
import { readDistinguishedName } from '../../lib/certs/distinguished-name.ts';
import { der } from './cases.ts';

function readAll<Result>(octets: Uint8Array, read: (cursor: DerCursor) => Result): Result | string {
  const cursor = openDer(octets);
  const result = read(cursor);
  expectEnd(cursor, 'it');
  return cursor.faults[0]?.problem ?? result;
}

const bytes = (...octets: number[]): Uint8Array => Uint8Array.from(octets);
const octetsRead = (octets: Uint8Array): number | string =>
  readAll(octets, (cursor) => {
    const value = readValue(cursor, 'it');
    return value.end - value.contents;
  });

describe('tag and length', () => {
  test.each<[string, Uint8Array, number | string]>([
    ['empty contents', bytes(4, 0), 0],
    ['short length', bytes(4, 1, 9), 1],
    ['long length of one octet', bytes(4, 0x81, 0x80, ...Array<number>(128).fill(0)), 128],
    ['long length of two octets', bytes(4, 0x82, 1, 0, ...Array<number>(256).fill(0)), 256],
    ['nothing', bytes(), 'it is missing'],
    ['tag alone', bytes(4), 'it ends before its length'],
    ['length cut', bytes(4, 0x82, 1), 'it ends before its length'],
    ['contents cut', bytes(4, 5, 1, 2), 'it says 5 octets but only 2 are left'],
    ['indefinite length', bytes(0x24, 0x80, 0, 0), 'it has an indefinite length, which DER forbids'],
    ['long form below 128', bytes(4, 0x81, 1, 9), 'it has a length that is not in its shortest form'],
    ['leading zero', bytes(4, 0x82, 0, 0x80), 'it has a length that is not in its shortest form'],
    ['five octets of length', bytes(4, 0x85, 1, 1, 1, 1, 1), 'it has a length of 5 octets'],
    ['four gigabytes', bytes(4, 0x84, 0xff, 0xff, 0xff, 0xff), 'it says 4294967295 octets but only 0 are left'],
    ['reserved length', bytes(4, 0xff), 'it has a length of 127 octets'],
    ['high tag number', bytes(0x1f, 0x81, 1, 0), 'it has a tag number above 30'],
    ['left over', bytes(4, 0, 0), 'it has octets left over'],
  ])('%s', (_, octets, outcome) => {
    expect(octetsRead(octets)).toBe(outcome);
  });

  test('the first fault stays, and reads after it are empty', () => {
    const cursor = openDer(bytes(0x30, 2, 4, 9));
    const inside = readInto(cursor, 'the list', tag.sequence);
    readValue(inside, 'the member');
    const after = readValue(inside, 'the next');
    expect(after.end - after.contents).toBe(0);
    expect(cursor.faults).toEqual([{ offset: 2, problem: 'the member says 9 octets but only 0 are left' }]);
  });
});

describe('values', () => {
  test.each<[number[], string]>([
    [[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d], '1.2.840.113549'],
    [[0x55, 4, 3], '2.5.4.3'],
    [[0], '0.0'],
    [[0x27], '0.39'],
    [[0x28], '1.0'],
    [[0x88, 0x37], '2.999'],
    [[0x2a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], '1.2.9223372036854775807'],
    [[], 'it is not an object identifier'],
    [[0x2a, 0x86], 'it is not an object identifier'],
    [[0x2a, 0x80, 1], 'it is not an object identifier'],
    [Array<number>(200).fill(1), 'it is not an object identifier'],
  ])('object identifier %j', (octets, text) => {
    expect(readAll(der(tag.objectIdentifier, octets), (cursor) => readObjectIdentifier(cursor, 'it'))).toBe(text);
  });

  test.each<[number, string, string]>([
    [tag.utcTime, '261121000000Z', '2026-11-21T00:00:00.000Z'],
    [tag.utcTime, '491231235959Z', '2049-12-31T23:59:59.000Z'],
    [tag.utcTime, '500101000000Z', '1950-01-01T00:00:00.000Z'],
    [tag.generalizedTime, '20500228235959Z', '2050-02-28T23:59:59.000Z'],
    [tag.generalizedTime, '00500101000000Z', '0050-01-01T00:00:00.000Z'],
    [tag.generalizedTime, '20240229000000Z', '2024-02-29T00:00:00.000Z'],
  ])('time %i %s', (kind, text, time) => {
    expect(new Date(readAll(der(kind, text), (cursor) => readTime(cursor, 'it'))).toISOString()).toBe(time);
  });

  const form = 'it is not a time of the form YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ';
  test.each<[number, string, string]>([
    [tag.utcTime, '2611210000Z', form],
    [tag.utcTime, '261121000000+0100', form],
    [tag.utcTime, '20261121000000Z', form],
    [tag.generalizedTime, '20261121000000.5Z', form],
    [tag.generalizedTime, '261121000000Z', form],
    [tag.utf8String, '261121000000Z', form],
    [tag.utcTime, '', form],
    [tag.utcTime, '260230000000Z', 'it is no date of the calendar'],
    [tag.utcTime, '261301000000Z', 'it is no date of the calendar'],
    [tag.utcTime, '260100000000Z', 'it is no date of the calendar'],
    [tag.utcTime, '261121240000Z', 'it is no date of the calendar'],
    [tag.utcTime, '261121006000Z', 'it is no date of the calendar'],
    [tag.utcTime, '261121000060Z', 'it is no date of the calendar'],
  ])('no time %i %s', (kind, text, problem) => {
    expect(readAll(der(kind, text), (cursor) => readTime(cursor, 'it'))).toBe(problem);
  });

  test.each<[number[], number | string]>([
    [[0], 0],
    [[0x7f], 127],
    [[0, 0xff], 255],
    [[1, 0, 0, 0], 16777216],
    [[1, 0, 0, 0, 0], 'it is too large'],
    [[], 'it is an empty INTEGER'],
  ])('small integer %j', (octets, outcome) => {
    expect(readAll(der(tag.integer, octets), (cursor) => readSmallInteger(cursor, 'it'))).toBe(outcome);
  });

  test.each<[number[], number]>([
    [[], 0],
    [[0], 0],
    [[1], 1],
    [[0x80], 8],
    [[0, 0x01, 0xff], 9],
    [[0xff, 0xff], 16],
  ])('bit length of %j', (octets, bits) => {
    expect(bitLength(bytes(...octets))).toBe(bits);
  });
});

describe('distinguished names', () => {
  const commonName = [0x55, 4, 3];
  const named = (type: readonly number[], value: Uint8Array): Uint8Array =>
    der(0x30, der(0x31, der(0x30, der(0x06, type), value)));
  const textOfName = (octets: Uint8Array): string =>
    readAll(octets, (cursor) => readDistinguishedName(cursor, 'the name').text) as string;

  test.each<[string, Uint8Array, string]>([
    ['PrintableString', der(tag.printableString, 'a'), 'CN=a'],
    ['IA5String', der(tag.ia5String, 'a'), 'CN=a'],
    ['NumericString', der(tag.numericString, '42'), 'CN=42'],
    ['TeletexString', der(tag.teletexString, [0xe4]), 'CN=ä'],
    ['BMPString', der(tag.bmpString, [0, 0x61, 0x26, 0x03]), 'CN=a☃'],
    ['UniversalString', der(tag.universalString, [0, 1, 0xf6, 0]), 'CN=😀'],
    ['odd BMPString', der(tag.bmpString, [0]), 'CN=#1e0100'],
    ['UniversalString beyond Unicode', der(tag.universalString, [0, 0x11, 0, 0]), 'CN=#1c0400110000'],
    ['broken UTF-8', der(tag.utf8String, [0xff]), 'CN=#0c01ff'],
    ['no string', der(tag.integer, [5]), 'CN=#020105'],
    ['empty', der(tag.utf8String, ''), 'CN='],
    ['one space', der(tag.utf8String, ' '), 'CN=\\ '],
    ['two spaces', der(tag.utf8String, '  '), 'CN=\\ \\ '],
    ['number sign', der(tag.utf8String, '#1#'), 'CN=\\#1#'],
    ['NUL', der(tag.utf8String, 'a\u0000b'), 'CN=a\\00b'],
    ['terminal escape', der(tag.utf8String, '\u001b[2J'), 'CN=\\1B[2J'],
    ['direction override', der(tag.utf8String, 'a\u202eb'), 'CN=a\\E2\\80\\AEb'],
  ])('%s', (_, value, text) => {
    expect(textOfName(named(commonName, value))).toBe(text);
  });

  test('an attribute without a short name is written as hexadecimal', () => {
    expect(textOfName(named([0x2a, 3, 4], der(tag.utf8String, 'a')))).toBe('1.2.3.4=#0c0161');
  });

  test('a set without attributes is a fault', () => {
    expect(textOfName(der(0x30, der(0x31)))).toBe('the name has an empty part');
  });
});

describe('dnsNameFault', () => {
  test.each<[string, string | undefined]>([
    ['mx1.example.net', undefined],
    ['*.example.net', undefined],
    ['3com.example', undefined],
    ['a'.repeat(63), undefined],
    ['', 'is empty'],
    ['*', 'has a wildcard that is not the whole left-most label'],
    ['mx.*.net', 'has a wildcard that is not the whole left-most label'],
    ['a\u001b[2J', 'holds a control character'],
    ['192.0.2.1', 'is an IP address: it belongs in iPAddress'],
    ['2001:db8::1', 'is an IP address: it belongs in iPAddress'],
    ['-a.net', 'has a label that starts or ends with a hyphen'],
    ['a-.net', 'has a label that starts or ends with a hyphen'],
    ['a@b.net', 'holds a character that is no letter, digit or hyphen'],
    [`${'a'.repeat(64)}.net`, 'has a label longer than 63 octets'],
    [`${'a.'.repeat(130)}a`, 'is longer than 253 octets'],
    ['.example.net', 'has an empty label'],
  ])('%j', (name, fault) => {
    expect(dnsNameFault(name)).toBe(fault);
  });
});
