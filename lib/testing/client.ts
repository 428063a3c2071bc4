import { sendQuery } from '../net/send-query.ts';
import type { ServerAddress } from '../net/server-address.ts';
import { CLASSES, classFromBytes } from '../rr/types.ts';
import type { Transport } from '../server/exchange.ts';
import { rcodeToText } from '../wire/codes.ts';
import { extendedErrors } from '../wire/extended-errors.ts';
import { type Message, queryFor } from '../wire/message.ts';
import { recordLine } from './records.ts';
import { typeOf } from './zone-edit.ts';
import { wireName } from './zone-source.ts';

/** How a test asks its server; without anything over UDP, and over TCP when the answer was truncated. */
export interface ClientOptions {
  readonly transport?: 'auto' | Transport;
  readonly class?: string;
  /** DO: DNSSEC records are wanted. */
  readonly dnssec?: boolean;
  /** RD, set unless told otherwise. */
  readonly recursionDesired?: boolean;
  /** False asks without EDNS; a number is the octets that may come over UDP. */
  readonly edns?: boolean | number;
  /** Milliseconds, 2000 unless given. */
  readonly timeout?: number;
  /** How often it is sent over UDP, once unless given. */
  readonly tries?: number;
  /** Changes the query in any other way. */
  readonly message?: Partial<Message>;
}

/** An answer as a test reads it. */
export interface ClientAnswer {
  readonly rcode: string;
  readonly authoritative: boolean;
  readonly truncated: boolean;
  /** Records as lines of a zone file. */
  readonly answers: readonly string[];
  readonly authority: readonly string[];
  readonly additional: readonly string[];
  /** Texts of extended errors (RFC 8914). */
  readonly errors: readonly string[];
  readonly transport: Transport;
  readonly size: number;
  readonly message: Message;
}

/** Octets that may come over UDP (RFC 9715). */
const UDP_SIZE = 1232;

/** Asks the server of a test; queries count in its history as any others. */
export class TestClient {
  private readonly serverFor: (transport: Transport) => ServerAddress;
  private count = 0;

  constructor(serverFor: (transport: Transport) => ServerAddress) {
    this.serverFor = serverFor;
  }

  /** The answer for a name, absolute with or without the final dot, and any type; rejects when none comes. */
  async query(name: string, type: string, options: ClientOptions = {}): Promise<ClientAnswer> {
    const { transport = 'auto', timeout = 2000, tries = 1, recursionDesired = true } = options;
    this.count = (this.count + 1) % 0x10000;
    const question = { name: wireName(name), type: typeOf(type), class: classOf(options.class ?? 'IN') };
    const query = { ...queryFor(question, this.count), recursionDesired, ...ednsOf(options), ...options.message };
    const server = this.serverFor(transport === 'auto' ? 'udp' : transport);
    const sent = await sendQuery(server, query, { transport, timeout, tries });
    if ('problem' in sent) throw new Error(`${type} ${name}: ${sent.problem}`);
    const { message } = sent;
    return {
      rcode: rcodeToText(message.rcode),
      authoritative: message.authoritative,
      truncated: message.truncated,
      answers: message.answer.map(recordLine),
      authority: message.authority.map(recordLine),
      additional: message.additional.map(recordLine),
      errors: extendedErrors(message).map(({ text }) => text),
      transport: sent.transport,
      size: sent.octets,
      message,
    };
  }
}

function ednsOf({ edns = true, dnssec = false }: ClientOptions): Partial<Message> {
  if (edns === false && !dnssec) return {};
  const udpSize = typeof edns === 'number' ? edns : UDP_SIZE;
  return { edns: { udpSize, version: 0, dnssecOk: dnssec, flags: 0, options: [] } };
}

function classOf(text: string): number {
  const bytes = new TextEncoder().encode(text);
  const found = classFromBytes(bytes, 0, bytes.length);
  if (found < 0) throw new Error(`'${text}' is no class; there are ${Object.keys(CLASSES).join(', ')}`);
  return found;
}
