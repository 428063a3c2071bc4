import { TYPE } from '../rr/types.ts';
import { LARGEST_DATAGRAM } from '../server/answer-edns.ts';
import type { Exchange } from '../server/exchange.ts';
import type { FromElsewhere } from '../server/test-server.ts';
import { OPCODE } from '../wire/codes.ts';
import { decodeMessage } from '../wire/decode.ts';
import { encodeMessage, MAX_MESSAGE } from '../wire/encode.ts';
import { extendedErrorOption } from '../wire/extended-errors.ts';
import type { EdnsOption, Message, Question } from '../wire/message.ts';

/** A query with its one question. */
export interface PlainQuery {
  readonly message: Message;
  readonly question: Question;
}

/** Octets over UDP without EDNS (RFC 1035 §4.2.1). */
const PLAIN_UDP = 512;

/** Who is to get a message. */
export interface Asker {
  readonly query: Message;
  readonly exchange: Exchange;
  /** Options that are between the server and this client alone. */
  readonly own: readonly EdnsOption[];
}

/**
 * The query that octets are when somebody else can be asked it: one question, no other opcode, and no transfer, as many
 * messages may answer that.
 */
export function plainQuery(query: Uint8Array): PlainQuery | undefined {
  const decoded = decodeMessage(query);
  if ('problem' in decoded || decoded.message.opcode !== OPCODE.QUERY) return undefined;
  const { message } = decoded;
  const [question] = message.questions;
  if (question === undefined || message.questions.length > 1) return undefined;
  return question.type === TYPE.AXFR || question.type === TYPE.IXFR ? undefined : { message, question };
}

/** A message as the client of a query can take it; what does not fit over UDP is cut off, with TC. */
export function sized(
  message: Message,
  { query, exchange, own }: Asker,
  outcome: FromElsewhere['outcome'] = 'forwarded',
): FromElsewhere | undefined {
  const udpLimit = Math.min(LARGEST_DATAGRAM, Math.max(PLAIN_UDP, query.edns?.udpSize ?? 0));
  const limit = exchange.transport === 'udp' ? udpLimit : MAX_MESSAGE;
  const { edns } = message;
  const whole = edns === undefined ? message : { ...message, edns: { ...edns, options: [...own, ...edns.options] } };
  const encoded = encodeMessage(whole, { limit });
  return 'bytes' in encoded ? { bytes: encoded.bytes, outcome } : undefined;
}

/** A response without records, which says why in an extended error (RFC 8914) when the query has EDNS. */
export function failure(
  query: Message,
  rcode: number,
  because: { readonly code: number; readonly text: string },
): Message {
  const { edns } = query;
  const { additional: _, edns: __, ...rest } = query;
  return {
    ...rest,
    response: true,
    authenticData: false,
    rcode,
    additional: [],
    ...(edns && { edns: { ...edns, options: [extendedErrorOption(because)] } }),
  };
}
