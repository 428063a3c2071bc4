import { nameToText } from '../rr/name.ts';
import { classToText } from '../rr/types.ts';
import type { AnswerOutcome, EdnsFacts, Transport } from '../server/exchange.ts';
import type { QueryRecord } from '../server/query-record.ts';
import { opcodeToText, rcodeToText } from '../wire/codes.ts';
import { decodeMessage } from '../wire/decode.ts';
import { extendedErrors } from '../wire/extended-errors.ts';
import { readHeader } from '../wire/header.ts';
import { recordLine, typeName } from './records.ts';

/** What was sent for a query. */
export interface SeenResponse {
  /** `NOERROR`, `NXDOMAIN`, …; undefined when what was sent is no message. */
  readonly rcode: string | undefined;
  /** Records as lines of a zone file. */
  readonly answers: readonly string[];
  readonly authority: readonly string[];
  readonly additional: readonly string[];
  readonly authoritative: boolean;
  readonly truncated: boolean;
  /** Texts of extended errors (RFC 8914). */
  readonly errors: readonly string[];
  readonly size: number;
  readonly bytes: Uint8Array;
}

/** One query as a test reads it. */
export interface SeenQuery {
  /** Counts from 1 since the start. */
  readonly number: number;
  /** As it was sent, without the final dot; empty without a question. */
  readonly name: string;
  /** `MX`, `CLIENTMX`, `TYPE65280`; empty without a question. */
  readonly type: string;
  readonly class: string;
  readonly transport: Transport;
  readonly client: { readonly address: string; readonly port: number };
  readonly opcode: string;
  readonly flags: {
    readonly recursionDesired: boolean;
    readonly authenticData: boolean;
    readonly checkingDisabled: boolean;
  };
  readonly edns: EdnsFacts | undefined;
  /** What the zones said; `outside` for names of none, `forwarded` when another server answered. */
  readonly outcome: AnswerOutcome;
  /** Absolute name of the zone; undefined for none. */
  readonly zone: string | undefined;
  /** Ids of the rules that acted. */
  readonly faults: readonly string[];
  /** Undefined when nothing was sent. */
  readonly response: SeenResponse | undefined;
  /** When it came, milliseconds since 1970. */
  readonly time: number;
  /** Milliseconds until it was answered. */
  readonly ms: number;
  readonly bytes: Uint8Array;
}

/** A name as tests write it: without its final dot. */
export function plainName(name: Uint8Array): string {
  const text = nameToText(name);
  return text === '.' ? text : text.slice(0, -1);
}

/** A query of the history as a test reads it. */
export function seenQuery({ number, exchange, query, response, summary, faults, ms }: QueryRecord): SeenQuery {
  const { question, edns, outcome, zone, opcode } = summary;
  const header = readHeader(query);
  return {
    number,
    name: question === undefined ? '' : plainName(question.name),
    type: question === undefined ? '' : typeName(question.type),
    class: question === undefined ? '' : classToText(question.class),
    transport: exchange.transport,
    client: { address: exchange.client.address, port: exchange.client.port },
    opcode: opcode === undefined ? '' : opcodeToText(opcode),
    flags: {
      recursionDesired: header.recursionDesired,
      authenticData: header.authenticData,
      checkingDisabled: header.checkingDisabled,
    },
    edns,
    outcome,
    zone: zone === undefined ? undefined : nameToText(zone),
    faults,
    response: response === undefined ? undefined : seenResponse(response),
    time: exchange.now,
    ms,
    bytes: query,
  };
}

function seenResponse(bytes: Uint8Array): SeenResponse {
  const decoded = decodeMessage(bytes);
  const size = bytes.length;
  if ('problem' in decoded) {
    const { header } = decoded;
    const { authoritative = false, truncated = false } = header ?? {};
    const none = { answers: [], authority: [], additional: [], errors: [] };
    return { rcode: undefined, ...none, authoritative, truncated, size, bytes };
  }
  const { message } = decoded;
  return {
    rcode: rcodeToText(message.rcode),
    answers: message.answer.map(recordLine),
    authority: message.authority.map(recordLine),
    additional: message.additional.map(recordLine),
    authoritative: message.authoritative,
    truncated: message.truncated,
    errors: extendedErrors(message).map(({ text }) => text),
    size,
    bytes,
  };
}

/** `SRV _smtp-tls._tcp.example.test over udp → SERVFAIL (rule-1)`. */
export function sayQuery({ name, type, transport, response, faults, outcome }: SeenQuery): string {
  const what = type === '' ? 'octets without a question' : `${type} ${name}`;
  const count = response?.answers.length ?? 0;
  const records = response?.truncated ? 'truncated' : `${count} ${count === 1 ? 'record' : 'records'}`;
  const data = response?.rcode === 'NOERROR' ? `, ${records}` : '';
  const said = response === undefined ? 'no answer' : `${response.rcode ?? 'no message'}${data}`;
  const acted = [...faults, ...(outcome === 'forwarded' ? ['answered upstream'] : [])];
  return `${what} over ${transport} → ${said}${acted.length === 0 ? '' : ` (${acted.join(', ')})`}`;
}
