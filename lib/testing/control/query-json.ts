import { printRdata } from '../../rr/codec.ts';
import { nameToText } from '../../rr/name.ts';
import { hexText } from '../../rr/octets.ts';
import { classToText, typeToText } from '../../rr/types.ts';
import type { EdnsFacts } from '../../server/exchange.ts';
import type { QueryRecord } from '../../server/query-record.ts';
import { opcodeToText, rcodeToText } from '../../wire/codes.ts';
import { decodeMessage } from '../../wire/decode.ts';
import { flagWords } from '../../wire/header.ts';
import { SECTIONS } from '../../wire/message.ts';
import type { Schema } from './route.ts';

/** One query as a JSON value; what is undefined is left out. */
export interface QueryJson {
  readonly number: number;
  readonly time: string;
  readonly id: number | undefined;
  readonly client: string;
  readonly clientPort: number;
  readonly transport: string;
  readonly opcode: string | undefined;
  readonly name: string | undefined;
  readonly type: string | undefined;
  readonly class: string | undefined;
  readonly flags: readonly string[];
  readonly edns: object | undefined;
  /** What the zones said. */
  readonly outcome: string;
  /** Of what was sent; undefined when nothing was, or no message. */
  readonly rcode: string | undefined;
  readonly aa: boolean;
  readonly tc: boolean;
  readonly zone: string | undefined;
  readonly faults: readonly string[];
  readonly querySize: number;
  readonly answerSize: number;
  readonly ms: number;
}

/** The response code of what was sent, undefined when nothing was. */
export function sentRcode({ response, summary, faults }: QueryRecord): number | undefined {
  if (response === undefined || response.length < 12) return undefined;
  // The codes above 15 have bits in the OPT record (RFC 6891 §6.1.3), which only a decoder finds.
  if (faults.length === 0) return summary.rcode;
  const decoded = decodeMessage(response);
  return 'message' in decoded ? decoded.message.rcode : (response[3] ?? 0) & 15;
}

/** One query and what became of it. */
export function queryToJson(record: QueryRecord): QueryJson {
  const { number, exchange, query, response, summary, faults, ms } = record;
  const { question, id, opcode, zone } = summary;
  const rcode = sentRcode(record);
  const flags = ((response?.[2] ?? 0) << 8) | (response?.[3] ?? 0);
  return {
    number,
    time: new Date(exchange.now).toISOString(),
    id,
    client: exchange.client.address,
    clientPort: exchange.client.port,
    transport: exchange.transport,
    opcode: opcode === undefined ? undefined : opcodeToText(opcode),
    name: question && nameToText(question.name),
    type: question && typeToText(question.type),
    class: question && classToText(question.class),
    flags: flagWords(summary.flags),
    edns: summary.edns && ednsJson(summary.edns),
    outcome: summary.outcome,
    rcode: rcode === undefined ? undefined : rcodeToText(rcode),
    aa: (flags & 0x0400) !== 0,
    tc: (flags & 0x0200) !== 0,
    zone: zone && nameToText(zone),
    faults,
    querySize: query.length,
    answerSize: response?.length ?? 0,
    ms: Math.round(ms * 1000) / 1000,
  };
}

/** One query with all that was sent for it: the octets as hexadecimal digits, the records as lines of zone files. */
export function queryDetails(record: QueryRecord): object {
  const { query, response } = record;
  const decoded = response === undefined ? undefined : decodeMessage(response);
  const message = decoded !== undefined && 'message' in decoded ? decoded.message : undefined;
  return {
    ...queryToJson(record),
    query: hexText(query),
    response: response && hexText(response),
    ...(message &&
      Object.fromEntries(
        SECTIONS.map((section) => [
          section,
          message[section].map(
            (each) =>
              `${nameToText(each.name)} ${each.ttl} ${classToText(each.class)} ${typeToText(each.type)} ` +
              printRdata(each.type, each.rdata),
          ),
        ]),
      )),
  };
}

function ednsJson({ version, udpSize, dnssecOk, options }: EdnsFacts): object {
  return { version, udpSize, do: dnssecOk, options };
}

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const texts = { type: 'array', items: text };

/** The schema of queryToJson. */
export const QUERY_SCHEMA: Schema = {
  type: 'object',
  description: 'one query and what became of it',
  properties: {
    number: { ...count, description: 'counts from 1 since the start' },
    time: { ...text, format: 'date-time' },
    id: count,
    client: text,
    clientPort: count,
    transport: { enum: ['udp', 'tcp', 'tls', 'https'] },
    opcode: text,
    name: { ...text, description: 'as it was asked, absolute' },
    type: text,
    class: text,
    flags: texts,
    edns: {
      type: 'object',
      properties: {
        version: count,
        udpSize: count,
        do: { type: 'boolean' },
        options: { type: 'array', items: count },
      },
    },
    outcome: { ...text, description: 'what the zones said, whatever faults made of it' },
    rcode: { ...text, description: 'of what was sent; missing when nothing was' },
    aa: { type: 'boolean' },
    tc: { type: 'boolean' },
    zone: text,
    faults: { ...texts, description: 'ids of the faults that acted' },
    querySize: count,
    answerSize: count,
    ms: { type: 'number' },
  },
  required: ['number', 'time', 'client', 'transport', 'outcome', 'faults'],
};

/** The schema of queryDetails. */
export const QUERY_DETAILS_SCHEMA: Schema = {
  ...QUERY_SCHEMA,
  description: 'one query with all that was sent for it',
  properties: {
    ...(QUERY_SCHEMA['properties'] as object),
    query: { ...text, description: 'octets as hexadecimal digits' },
    response: text,
    answer: texts,
    authority: texts,
    additional: texts,
  },
};
