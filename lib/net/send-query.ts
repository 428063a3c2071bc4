import { encodeMessage } from '../wire/encode.ts';
import type { Message } from '../wire/message.ts';
import { sayMessageProblem } from '../wire/problem.ts';
import type { TsigKey } from '../wire/tsig-keys.ts';
import type { Exchange, ExchangeResult } from './ask-exchange.ts';
import { exchangeTcp } from './ask-tcp.ts';
import { exchangeHttps, exchangeTls, type TlsTrust } from './ask-tls.ts';
import { exchangeUdp } from './ask-udp.ts';
import { type ServerAddress, serverText } from './server-address.ts';
import { signedQuery } from './signed-query.ts';

/** How a query goes to a server. */
export interface SendOptions {
  /** `auto` is UDP, and TCP when the response was truncated (RFC 7766 §5). */
  readonly transport: 'auto' | 'udp' | 'tcp' | 'tls' | 'https';
  /** Milliseconds for all of it. */
  readonly timeout: number;
  /** How often it is sent over UDP at most. */
  readonly tries: number;
  readonly trust?: TlsTrust;
  /** Path of DNS over HTTPS. */
  readonly path?: string;
  /** Signs the query; the response has to be signed too (RFC 8945). */
  readonly sign?: { readonly key: TsigKey; readonly now: () => number };
  /** Ends it when nobody waits any more. */
  readonly signal?: AbortSignal;
}

/** A response as it came, or a sentence that tells why there is none. */
export type SentQuery =
  | {
      readonly message: Message;
      readonly transport: 'udp' | 'tcp' | 'tls' | 'https';
      /** Octets of the response. */
      readonly octets: number;
      /** Whether it came over TCP after a truncated one. */
      readonly again: boolean;
      /** What its signature says: `verified` or an error; undefined when the query was not signed. */
      readonly tsig?: string;
    }
  | { readonly problem: string };

/** Sends exactly this query and nothing else, unlike askServer, which goes without EDNS when it has to. Never rejects. */
export async function sendQuery(server: ServerAddress, query: Message, options: SendOptions): Promise<SentQuery> {
  const encoded = encodeMessage(query);
  if ('problem' in encoded) return { problem: sayMessageProblem(encoded.problem) };
  const signed = options.sign && signedQuery(encoded.bytes, options.sign.key, options.sign.now);
  const patience = new AbortController();
  const give = (): void => patience.abort();
  const timer = setTimeout(give, options.timeout);
  if (options.signal?.aborted) give();
  options.signal?.addEventListener('abort', give);
  const octets = signed?.octets ?? encoded.bytes;
  const exchange: Exchange = { server, query, octets, signal: patience.signal };
  try {
    if (signed === undefined) return await send(exchange, options);
    const sent = await send({ ...exchange, refuses: signed.refuses }, options);
    return 'message' in sent ? { ...sent, tsig: signed.verdict() } : sent;
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', give);
  }
}

async function send(exchange: Exchange, options: SendOptions): Promise<SentQuery> {
  const { transport, timeout, tries, trust = {}, path = '/dns-query' } = options;
  switch (transport) {
    case 'tls':
      return told(await exchangeTls(exchange, trust), 'tls', exchange, options);
    case 'https':
      return told(await exchangeHttps(exchange, trust, path), 'https', exchange, options);
    case 'tcp':
      return told(await exchangeTcp(exchange), 'tcp', exchange, options);
    default: {
      const result = await exchangeUdp(exchange, timeout / tries);
      const truncated = result.kind === 'cut' || (result.kind === 'response' && result.message.truncated);
      if (transport === 'udp' || !truncated) return told(result, 'udp', exchange, options);
      const whole = told(await exchangeTcp(exchange), 'tcp', exchange, options);
      return 'message' in whole ? { ...whole, again: true } : whole;
    }
  }
}

function told(
  result: ExchangeResult,
  transport: 'udp' | 'tcp' | 'tls' | 'https',
  { server }: Exchange,
  { timeout }: SendOptions,
): SentQuery {
  const who = serverText(server);
  switch (result.kind) {
    case 'response':
      return { message: result.message, transport, octets: result.octets, again: false };
    case 'cut':
      return { problem: `${who} cut its answer off in the middle of a record` };
    case 'malformed':
      return { problem: `${who} gave a malformed answer: ${result.detail}` };
    case 'unreachable':
      return { problem: `${who} ${result.detail}` };
    case 'ended': {
      const hint = result.detail === undefined ? ': is the server running?' : `, but sent ${result.detail}`;
      return { problem: `${who} did not answer within ${Math.round(timeout / 100) / 10} s${hint}` };
    }
  }
}
