import type { Answered, Exchange } from '../server/exchange.ts';
import type { FaultHandler } from '../server/faults/fault.ts';
import { decodeMessage } from '../wire/decode.ts';
import { MAX_MESSAGE } from '../wire/encode.ts';
import { type DecodedPacket, isOpt, type Packet, packetBytes, packetOf } from './packet.ts';

/** What a responder gives: a packet, octets as they are, null for no answer, or nothing for the zones' answer as it may have changed it. */
export type Response = Packet | Uint8Array | null | undefined;

/**
 * Answers a query in code: gets the query and the answer of the zones as packets in the shape of dns-packet. What a packet
 * leaves out is taken from the zones' answer: id, type, flags, questions and the OPT record.
 */
export type Responder = (
  query: DecodedPacket,
  answer: DecodedPacket,
  exchange: Exchange,
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that only changes the answer gives nothing back
) => Response | void | Promise<Response | void>;

const AUTHORITATIVE = 0x400;
const RECURSION_DESIRED = 0x100;

/** Octets over UDP without EDNS (RFC 1035 §4.2.1). */
const PLAIN_UDP = 512;

/** A responder as the faults of a server take it. */
export function handlerOf(respond: Responder): FaultHandler {
  return async (query, answered, exchange) => {
    const asked = decodeMessage(query);
    const { bytes } = answered;
    // Whoever sends octets that are no message gets what the server says to that.
    if ('problem' in asked || bytes === undefined) return bytes;
    const question = packetOf(query);
    const before = packetOf(bytes);
    const limit = limitOf(answered, exchange);
    const answer = packetOf(bytes);
    const given = await respond(question, answer, exchange);
    if (given === null) return undefined;
    if (given instanceof Uint8Array) return given;
    if (given !== undefined) return packetBytes(completed(given, question, before), { before, limit });
    const changed = packetBytes(answer, { before, limit });
    const same = Buffer.compare(changed, packetBytes(before, { before, limit })) === 0;
    return same ? bytes : changed;
  };
}

/** What the client can take; a responder that wants more gives octets. */
function limitOf({ summary: { edns } }: Answered, { transport }: Exchange): number {
  return transport === 'udp' ? Math.max(PLAIN_UDP, edns?.udpSize ?? 0) : MAX_MESSAGE;
}

function completed(given: Packet, query: DecodedPacket, answer: DecodedPacket): Packet {
  const opt = answer.additionals.filter((record) => isOpt(record));
  return {
    ...given,
    id: given.id ?? query.id,
    type: given.type ?? 'response',
    flags: given.flags ?? AUTHORITATIVE | (query.flags & RECURSION_DESIRED),
    questions: given.questions ?? query.questions,
    additionals: given.additionals ?? opt,
  };
}
