import type { Schema } from './route.ts';

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const ttl = { type: 'integer', minimum: 0, maximum: 2_147_483_647 };

/** A record as `zonewright convert --to json` writes it. */
const RECORD = {
  type: 'object',
  properties: {
    name: { ...text, description: 'absolute' },
    ttl,
    class: text,
    type: text,
    data: { type: 'object', description: 'a member for each field of the type' },
    wire: { ...text, description: 'RDATA in hexadecimal digits' },
  },
  required: ['name', 'ttl', 'class', 'type'],
};

/** A zone as JSON. */
export const ZONE_SCHEMA: Schema = {
  type: 'object',
  properties: { origin: text, records: { type: 'array', items: RECORD } },
  required: ['origin', 'records'],
};

/** What a list tells of a zone. */
export const ZONE_SUMMARY_SCHEMA: Schema = {
  type: 'object',
  properties: {
    name: text,
    class: text,
    serial: count,
    records: count,
    warnings: {
      type: 'array',
      items: {
        type: 'object',
        properties: { line: count, column: count, rule: text, message: text },
        required: ['line', 'column', 'rule', 'message'],
      },
    },
  },
  required: ['name', 'class', 'serial', 'records'],
};

/** All zones. */
export const ZONES_SCHEMA: Schema = {
  type: 'object',
  properties: { zones: { type: 'array', items: ZONE_SUMMARY_SCHEMA } },
  required: ['zones'],
};

/** Zones to be served in the place of all others. */
export const PUT_ZONES_SCHEMA: Schema = {
  type: 'object',
  properties: {
    zones: {
      type: 'array',
      items: {
        anyOf: [
          { type: 'object', properties: { name: text, text }, required: ['name', 'text'], additionalProperties: false },
          ZONE_SCHEMA,
        ],
      },
    },
  },
  required: ['zones'],
  additionalProperties: false,
};

const DATUM = { anyOf: [text, { type: 'object' }] };

const WHERE = {
  name: { ...text, description: 'the owner, from the name of the zone on unless it ends with a dot' },
  type: { ...text, description: 'such as MX, CLIENTMX or TYPE265' },
};

const WHAT = {
  data: {
    description: 'text as in a zone file, an object of fields, or a list of these',
    anyOf: [text, { type: 'object' }, { type: 'array', items: DATUM, minItems: 1 }],
  },
  records: { ...text, description: 'lines of a zone file, in the place of name, type, ttl and data' },
};

function operation(op: string, description: string, properties: object, required: readonly string[] = []): object {
  return {
    type: 'object',
    description,
    properties: { op: { const: op }, ...properties },
    required: ['op', ...required],
    additionalProperties: false,
  };
}

/** Changes of records. */
export const CHANGES_SCHEMA: Schema = {
  type: 'array',
  items: {
    oneOf: [
      operation('add', 'adds records; one that is there stays', { ...WHERE, ttl, ...WHAT }),
      operation('remove', 'removes these records, or all of the name and type', { ...WHERE, ...WHAT }),
      operation('replace', 'makes RRsets consist of these records', { ...WHERE, ttl, ...WHAT }),
      operation('ttl', 'gives records another TTL', { ...WHERE, ttl }, ['name', 'ttl']),
      operation('raise-serial', 'raises the serial of the zone', { style: { enum: ['date', 'unix', 'counter'] } }),
    ],
  },
};
