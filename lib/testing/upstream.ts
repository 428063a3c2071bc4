import { isIP } from 'node:net';
import { sendQuery } from '../net/send-query.ts';
import type { ListenAt } from '../net/serve-options.ts';
import { parseServerAddress, type ServerAddress, serverText } from '../net/server-address.ts';
import type { Elsewhere } from '../server/test-server.ts';
import { RCODE } from '../wire/codes.ts';
import { OPTION } from '../wire/edns.ts';
import type { Message, Question } from '../wire/message.ts';
import { failure, plainQuery, sized } from './elsewhere.ts';

/** Milliseconds that another server has to answer. */
const PATIENCE = 3000;

/** Queries that wait for another server at most: each has a socket of its own. */
const MOST_WAITING = 500;

/** Network error (RFC 8914 §4.24). */
const NETWORK_ERROR = 23;

/** What is between two neighbours alone: cookies (RFC 7873 §4), timeouts (RFC 7828 §3.1) and padding (RFC 7830 §6). */
const HOP_BY_HOP: ReadonlySet<number> = new Set([OPTION.COOKIE, OPTION.TCP_KEEPALIVE, OPTION.PADDING]);

/** Is told of each answer that came from another server. */
export type Heard = (question: Question, response: Message, dnssecOk: boolean) => void;

/** The server that a text such as `192.0.2.53` or `127.0.0.1:5353` means; throws for what is none. */
export function upstreamAddress(text: string): ServerAddress {
  const read = parseServerAddress(text);
  if ('problem' in read) throw new Error(`upstream: ${read.problem}`);
  return read;
}

/** A sentence when the other server is the one that listens at these places, which would ask itself for ever. */
export function circleOf(upstream: ServerAddress, places: readonly ListenAt[]): string | undefined {
  const isSame = places.some(
    ({ transport, address, port }) =>
      port === upstream.port && (transport === 'udp' || transport === 'tcp') && isReached(upstream.address, address),
  );
  if (!isSame) return undefined;
  return `${serverText(upstream)} is this server itself, which would ask itself for ever: name another one`;
}

/** Whether what is sent to an address comes to who listens at another one. */
function isReached(to: string, listening: string): boolean {
  const [given, open] = [to, listening].map((address) => plainAddress(address)) as [string, string];
  if (given === open) return true;
  const isLocal = isAny(given) || /^127\.|^::1$/u.test(given);
  return isLocal && isIP(given) === isIP(open) && (isAny(open) || isAny(given));
}

function plainAddress(address: string): string {
  const mapped = address.replace(/^::ffff:/iu, '');
  return isIP(mapped) === 4 ? mapped : address.toLowerCase();
}

function isAny(address: string): boolean {
  return address === '0.0.0.0' || /^[0:]+$/u.test(address);
}

/** Asks another server what it is asked, until `ended`; SERVFAIL with a sentence when that does not answer. */
export function askUpstream(server: ServerAddress, ended: AbortSignal, heard?: Heard): Elsewhere {
  let waiting = 0;
  return async (bytes, exchange, own) => {
    const query = plainQuery(bytes);
    if (query === undefined) return undefined;
    const { message, question } = query;
    const asker = { query: message, exchange, own };
    const failed = (text: string): ReturnType<typeof sized> =>
      sized(failure(message, RCODE.SERVFAIL, { code: NETWORK_ERROR, text: `upstream: ${text}` }), asker);
    if (waiting >= MOST_WAITING) return failed(`${MOST_WAITING} queries wait for ${serverText(server)} already`);
    waiting++;
    try {
      const sent = await sendQuery(server, forwardable(message), {
        transport: 'auto',
        timeout: PATIENCE,
        tries: 2,
        signal: ended,
      });
      if ('problem' in sent) return failed(sent.problem);
      heard?.(question, sent.message, message.edns?.dnssecOk === true);
      return sized(sent.message, asker);
    } finally {
      waiting--;
    }
  };
}

/** The query without what is meant for this server alone. */
function forwardable(query: Message): Message {
  const { edns } = query;
  if (edns === undefined) return query;
  return { ...query, edns: { ...edns, options: edns.options.filter(({ code }) => !HOP_BY_HOP.has(code)) } };
}
