import { RCODE } from '../wire/codes.ts';
import { encodeMessage } from '../wire/encode.ts';
import { type Message, type Question, queryFor } from '../wire/message.ts';
import { sayMessageProblem } from '../wire/problem.ts';
import type { ExchangeResult } from './ask-exchange.ts';
import { exchangeTcp } from './ask-tcp.ts';
import { exchangeUdp } from './ask-udp.ts';
import { type ServerAddress, serverText } from './server-address.ts';

/** How a server is asked. */
export interface AskOptions {
  /** A number from 0 to 65535 that nobody can foretell (RFC 5452 §9.2). */
  readonly random: () => number;
  /** Milliseconds until the whole question is given up, 3000 unless given. */
  readonly timeout?: number;
  /** How often the query is sent again over UDP within that time; once unless given. */
  readonly retries?: number;
  /** `auto`, unless given: UDP, and TCP when the response was truncated. */
  readonly transport?: 'auto' | 'udp' | 'tcp';
  /** RD, set unless given. */
  readonly recursion?: boolean;
  /** DO: DNSSEC records are wanted. */
  readonly dnssec?: boolean;
  /** CD: no validation is wanted. */
  readonly checkingDisabled?: boolean;
  /** Octets of a response that may come over UDP, 1232 unless given; 0 asks without EDNS. */
  readonly udpSize?: number;
  readonly signal?: AbortSignal;
}

/** Why a server gave no answer. `unaskable`: the question cannot be put into a message. */
export type AskFailure = 'timeout' | 'unreachable' | 'malformed' | 'aborted' | 'unaskable';

/** A response, whatever its RCODE, or a sentence that tells why there is none. */
export type AskResult =
  | {
      readonly message: Message;
      readonly transport: 'udp' | 'tcp';
      /** Octets of the response. */
      readonly octets: number;
    }
  | { readonly failure: AskFailure; readonly detail: string };

const TIMEOUT = 3000;

/** What fits into every path without fragments (RFC 9715). */
const UDP_SIZE = 1232;

/** Response codes of servers that may not know EDNS (RFC 6891 §7). */
const WITHOUT_EDNS: ReadonlySet<number> = new Set([RCODE.FORMERR, RCODE.NOTIMP]);

/**
 * Asks a server one question: over UDP, over TCP when the response was truncated (RFC 7766 §5), without EDNS when the
 * server does not understand it (RFC 6891 §7). Takes no longer than the timeout and never rejects.
 */
export async function askServer(server: ServerAddress, question: Question, options: AskOptions): Promise<AskResult> {
  const { timeout = TIMEOUT, signal } = options;
  const clock = new AbortController();
  const timer = setTimeout(() => clock.abort(), timeout);
  const give = (): void => clock.abort();
  if (signal?.aborted) clock.abort();
  signal?.addEventListener('abort', give);
  try {
    return await new Asking(server, question, options, clock.signal).ask();
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', give);
  }
}

/** One question to one server. */
class Asking {
  private readonly server: ServerAddress;
  private readonly question: Question;
  private readonly options: AskOptions;
  private readonly signal: AbortSignal;

  constructor(server: ServerAddress, question: Question, options: AskOptions, signal: AbortSignal) {
    this.server = server;
    this.question = question;
    this.options = options;
    this.signal = signal;
  }

  async ask(): Promise<AskResult> {
    const { transport = 'auto', udpSize = UDP_SIZE } = this.options;
    const first = await this.askWith(udpSize, transport);
    if (udpSize === 0 || !('message' in first)) return first;
    if (first.message.edns !== undefined || !WITHOUT_EDNS.has(first.message.rcode)) return first;
    return this.askWith(0, transport);
  }

  private async askWith(udpSize: number, transport: 'auto' | 'udp' | 'tcp'): Promise<AskResult> {
    const { server, signal, options } = this;
    const query = this.query(udpSize);
    const encoded = encodeMessage(query);
    if ('problem' in encoded) return { failure: 'unaskable', detail: sayMessageProblem(encoded.problem) };
    const exchange = { server, query, octets: encoded.bytes, signal };
    if (transport !== 'tcp') {
      const again = (options.timeout ?? TIMEOUT) / ((options.retries ?? 1) + 1);
      const result = await exchangeUdp(exchange, again);
      const truncated = result.kind === 'cut' || (result.kind === 'response' && result.message.truncated);
      if (!truncated || (transport === 'udp' && result.kind === 'response')) return this.told(result, 'udp');
      if (transport === 'udp') return this.failed('malformed', 'cut its answer off in the middle of a record');
    }
    const result = await exchangeTcp(exchange);
    if (result.kind === 'cut' || (result.kind === 'response' && result.message.truncated))
      return this.failed('malformed', 'says over TCP too that its answer is truncated');
    return this.told(result, 'tcp');
  }

  private query(udpSize: number): Message {
    const { random, recursion = true, dnssec = false, checkingDisabled = false } = this.options;
    const edns = { udpSize, version: 0, dnssecOk: dnssec, flags: 0, options: [] };
    return {
      ...queryFor(this.question, random() & 0xffff),
      recursionDesired: recursion,
      // Asks a validating resolver to tell what it found, without the signatures (RFC 6840 §5.7).
      authenticData: true,
      checkingDisabled,
      ...(udpSize > 0 && { edns }),
    };
  }

  private told(result: ExchangeResult, transport: 'udp' | 'tcp'): AskResult {
    if (result.kind === 'response') return { message: result.message, octets: result.octets, transport };
    if (result.kind === 'unreachable') return this.failed('unreachable', result.detail);
    if (result.kind === 'malformed') return this.failed('malformed', `gave a malformed answer: ${result.detail}`);
    if (this.options.signal?.aborted) return this.failed('aborted', 'was not waited for any longer');
    const detail = result.kind === 'ended' ? result.detail : undefined;
    return this.failed('timeout', `did not answer within ${seconds(this.options.timeout ?? TIMEOUT)}${hint(detail)}`);
  }

  private failed(failure: AskFailure, detail: string): AskResult {
    return { failure, detail: `${serverText(this.server)} ${detail}` };
  }
}

function hint(detail: string | undefined): string {
  return detail === undefined ? ': is the server running?' : `, but sent ${detail}`;
}

function seconds(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
