import { nameToText } from '../../../lib/rr/name.ts';
import { typeRow, typeToText } from '../../../lib/rr/types.ts';
import { sentSummary } from '../../../lib/server/faults/sent.ts';
import type { QueryRecord } from '../../../lib/server/query-record.ts';
import { opcodeToText, rcodeToText } from '../../../lib/wire/codes.ts';
import { flagWords } from '../../../lib/wire/header.ts';

/** One query as the table shows it. */
export interface QueryRow {
  /** `13:02:59.123`, UTC. */
  readonly time: string;
  readonly address: string;
  readonly port: number;
  readonly transport: string;
  /** The name of the question; empty without one. */
  readonly name: string;
  /** The mnemonic, with the operation before it when that is none of the usual. */
  readonly type: string;
  readonly rcode: string;
  /** Those of the query, and behind an arrow those of the answer. */
  readonly flags: string;
  readonly faults: string;
  readonly ms: number;
  readonly querySize: number;
  readonly answerSize: number;
}

const known = new WeakMap<QueryRecord, QueryRow>();

/** The row of a query. */
export function rowOf(record: QueryRecord): QueryRow {
  const before = known.get(record);
  if (before !== undefined) return before;
  const row = makeRow(record);
  known.set(record, row);
  return row;
}

function makeRow(record: QueryRecord): QueryRow {
  const { exchange, faults, ms } = record;
  const { question, opcode, flags, edns, rcode, authoritative, truncated, querySize, answerSize } = sentSummary(record);
  const asked = flagWords(flags);
  const answered = [...(authoritative ? ['aa'] : []), ...(truncated ? ['tc'] : [])];
  const operation = opcode === undefined || opcode === 0 ? [] : [opcodeToText(opcode)];
  return {
    time: new Date(exchange.now).toISOString().slice(11, 23),
    address: exchange.client.address,
    port: exchange.client.port,
    transport: exchange.transport,
    name: question === undefined ? '' : nameToText(question.name),
    type: [...operation, ...(question === undefined ? [] : [typeText(question.type)])].join(' '),
    rcode: rcodeText(rcode),
    flags: [...asked, ...(edns?.dnssecOk ? ['do'] : []), '→', ...answered].join(' '),
    faults: faults.join(','),
    ms,
    querySize,
    answerSize,
  };
}

/** The name of a type as people know it, also of those that other software knows by number only. */
export function typeText(type: number | undefined): string {
  return type === undefined ? 'no question' : (typeRow(type)?.mnemonic ?? typeToText(type));
}

/** A response code; undefined when nothing was sent. */
export function rcodeText(rcode: number | undefined): string {
  return rcode === undefined ? 'no reply' : rcodeToText(rcode);
}
