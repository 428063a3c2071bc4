import { sendQuery } from '../net/send-query.ts';
import { parseServerAddress, type ServerAddress } from '../net/server-address.ts';
import type { Elsewhere } from '../server/test-server.ts';
import { OPCODE, RCODE } from '../wire/codes.ts';
import { decodeMessage } from '../wire/decode.ts';
import { encodeMessage, MAX_MESSAGE } from '../wire/encode.ts';
import { extendedErrorOption } from '../wire/extended-errors.ts';
import type { Message } from '../wire/message.ts';

/** Milliseconds that another server has to answer. */
const PATIENCE = 3000;

/** Octets over UDP without EDNS (RFC 1035 §4.2.1). */
const PLAIN_UDP = 512;

/** Network error (RFC 8914 §4.24). */
const NETWORK_ERROR = 23;

/** The server that a text such as `192.0.2.53` or `127.0.0.1:5353` means; throws for what is none. */
export function upstreamAddress(text: string): ServerAddress {
  const read = parseServerAddress(text);
  if ('problem' in read) throw new Error(`upstream: ${read.problem}`);
  return read;
}

/** Asks another server what it is asked; SERVFAIL with a sentence when that does not answer. */
export function askUpstream(server: ServerAddress): Elsewhere {
  return async (query, { transport }) => {
    const decoded = decodeMessage(query);
    if ('problem' in decoded || decoded.message.opcode !== OPCODE.QUERY) return undefined;
    const { message } = decoded;
    const over = transport === 'udp' ? 'udp' : 'auto';
    const sent = await sendQuery(server, message, { transport: over, timeout: PATIENCE, tries: 2 });
    const limit = transport === 'udp' ? Math.max(PLAIN_UDP, message.edns?.udpSize ?? 0) : MAX_MESSAGE;
    const encoded = encodeMessage('message' in sent ? sent.message : failure(message, sent.problem), { limit });
    return 'bytes' in encoded ? encoded.bytes : undefined;
  };
}

function failure(query: Message, problem: string): Message {
  const { edns } = query;
  const options = [extendedErrorOption({ code: NETWORK_ERROR, text: `upstream: ${problem}` })];
  const { additional: _, edns: __, ...rest } = query;
  return {
    ...rest,
    response: true,
    rcode: RCODE.SERVFAIL,
    additional: [],
    ...(edns && { edns: { ...edns, options } }),
  };
}
