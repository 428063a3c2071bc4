import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { validate } from '../../lib/config/validate.ts';
import { sayViolations } from '../../lib/config/violations.ts';

const record = { name: 'example.net.', ttl: 60, class: 'IN', type: 'MX', data: {} };
const zone = (...records: readonly unknown[]): unknown => ({ origin: 'example.net.', records });

describe('the zone schema', () => {
  test.each([
    ['a record of each form', zone(record, { ...record, data: undefined, wire: '00' })],
    ['the root', { origin: '.', records: [] }],
    ['a link to the schema', { $schema: './zone.schema.json', origin: 'example.', records: [] }],
    ['a name of escapes', zone({ ...record, name: 'a\\.b\\032c\\"\\\\.example.net.' })],
    ['data of any members', zone({ ...record, data: { any: [1, { thing: null }] } })],
  ])('takes %s', (_, value) => {
    expect(validate('zone', JSON.parse(JSON.stringify(value)))).toEqual([]);
  });

  test.each<[string, unknown, string, string]>([
    ['an array', [], '', 'the document is an array, expected an object'],
    ['no records', { origin: 'a.' }, '', 'the document lacks the member "records"'],
    ['a relative origin', { origin: 'a', records: [] }, '/origin', '/origin is "a", expected '],
    ['a text TTL', zone({ ...record, ttl: '60' }), '/records/0/ttl', '/records/0/ttl is "60", expected an integer'],
    ['a TTL below zero', zone({ ...record, ttl: -1 }), '/records/0/ttl', '/records/0/ttl is -1, which must be >= 0'],
    ['half an octet', zone({ ...record, wire: '0' }), '/records/0/wire', '/records/0/wire is "0", expected '],
    [
      'neither form',
      zone({ ...record, data: undefined }),
      '/records/0',
      '/records/0 lacks the member "data" or "wire"',
    ],
    ['a mistyped member', zone({ ...record, tll: 1 }), '/records/0', '/records/0 has the unknown member "tll"'],
  ])('refuses %s', (_, value, path, message) => {
    expect(validate('zone', JSON.parse(JSON.stringify(value)))).toEqual([
      { path, message: expect.stringContaining(message) },
    ]);
  });

  test('names every fault', () => {
    const faults = validate('zone', zone({ ...record, ttl: 'x' }, 5, { ...record, class: 1 }));
    expect(faults.map(({ path }) => path)).toEqual(['/records/0/ttl', '/records/1', '/records/2/class']);
  });
});

describe('the sentence of each keyword', () => {
  test.each<[string, object, unknown, string]>([
    [
      'enum',
      { enum: ['server', 'client'] },
      'sever',
      'the document is "sever", expected "server" or "client"; did you mean "server"?',
    ],
    ['enum of numbers', { enum: [1, 2] }, 3, 'the document is 3, expected 1 or 2'],
    ['const', { const: 1 }, 2, 'the document is 2, expected 1'],
    ['type list', { type: ['string', 'null'] }, {}, 'the document is an object, expected a string or null'],
    ['pattern', { type: 'string', pattern: '^a$' }, 'b', 'the document is "b", expected text that fits ^a$'],
    [
      'long text',
      { type: 'string', maxLength: 1 },
      'x'.repeat(99),
      `the document is "${'x'.repeat(56)}…", which must NOT have more than 1 characters`,
    ],
    [
      'types of branches',
      { anyOf: [{ type: 'string' }, { type: 'array' }] },
      1,
      'the document must be a string or an array',
    ],
    [
      'a far name',
      { type: 'object', properties: { ttl: {} }, additionalProperties: false },
      { colour: 1 },
      'the document has the unknown member "colour"',
    ],
    [
      'a branch further in',
      { anyOf: [{ type: 'object', properties: { a: { type: 'string' } } }] },
      { a: 1 },
      '/a is 1, expected a string',
    ],
    ['if', { if: { type: 'string' }, else: { minimum: 5 } }, 1, 'the document is 1, which must be >= 5'],
    [
      'escaped pointer',
      { type: 'object', properties: { 'a/b~c': { type: 'string' } } },
      { 'a/b~c': 1 },
      '/a~1b~0c is 1, expected a string',
    ],
  ])('%s', (_, schema, value, message) => {
    const check = new Ajv2020({ allErrors: true, verbose: true, strict: false }).compile(schema);
    expect(check(value)).toBe(false);
    expect(sayViolations(check.errors ?? [], value).map((each) => each.message)).toEqual([message]);
  });

  test('a choice without a common word leaves the words of the branch that was meant', () => {
    const schema = { anyOf: [{ type: 'string' }, { type: 'number', minimum: 5 }] };
    const check = new Ajv2020({ allErrors: true, verbose: true, strict: false }).compile(schema);
    expect(check(1)).toBe(false);
    expect(sayViolations(check.errors ?? [], 1).map((each) => each.message)).toEqual([
      'the document is 1, which must be >= 5',
    ]);
  });
});
