import { encodeMessage } from '../wire/encode.ts';
import type { Message } from '../wire/message.ts';
import { sayMessageProblem } from '../wire/problem.ts';
import type { Exchange, ExchangeResult } from './ask-exchange.ts';
import { exchangeTcp } from './ask-tcp.ts';
import { exchangeHttps, exchangeTls, type TlsTrust } from './ask-tls.ts';
import { exchangeUdp } from './ask-udp.ts';
import { type ServerAddress, serverText } from './server-address.ts';

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
    }
  | { readonly problem: string };

/** Sends exactly this query and nothing else, unlike askServer, which goes without EDNS when it has to. Never rejects. */
export async function sendQuery(server: ServerAddress, query: Message, options: SendOptions): Promise<SentQuery> {
  const encoded = encodeMessage(query);
  if ('problem' in encoded) return { problem: sayMessageProblem(encoded.problem) };
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), options.timeout);
  const exchange: Exchange = { server, query, octets: encoded.bytes, signal: patience.signal };
  try {
    return await send(exchange, options);
  } finally {
    clearTimeout(timer);
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
