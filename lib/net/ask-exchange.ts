import type { Message } from '../wire/message.ts';
import type { ServerAddress } from './server-address.ts';

/** A query on its way to a server. */
export interface Exchange {
  readonly server: ServerAddress;
  readonly query: Message;
  readonly octets: Uint8Array;
  /** Why octets that have the form of the response are not taken for it, as the end of "sent …". */
  readonly refuses?: (bytes: Uint8Array) => string | undefined;
  /** Ends the exchange when time is up or nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/** What one exchange came to. */
export type ExchangeResult =
  | { readonly kind: 'response'; readonly message: Message; readonly octets: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'malformed' | 'unreachable'; readonly detail: string }
  /** The signal came first; `detail` tells what came instead of a response, if anything. */
  | { readonly kind: 'ended'; readonly detail?: string };

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection: no DNS server listens there',
  ECONNRESET: 'reset the connection',
  EPIPE: 'closed the connection',
  EHOSTUNREACH: 'cannot be reached: there is no route to the host',
  ENETUNREACH: 'cannot be reached: there is no route to its network',
  EADDRNOTAVAIL: 'cannot be reached from this machine',
  EAFNOSUPPORT: 'cannot be reached: this machine does not speak its address family',
  EACCES: 'cannot be reached: sending to it is not permitted',
  EPERM: 'cannot be reached: sending to it is not permitted',
  EMFILE: 'was not asked: too many files are open on this machine',
  ETIMEDOUT: 'did not answer before the system gave up',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'shows a certificate that nobody else has signed, and that is none of the roots given',
  SELF_SIGNED_CERT_IN_CHAIN: 'shows a certificate of a root that is none of those given',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'shows a certificate that none of the roots given has issued',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'shows a certificate that none of the roots given has issued',
  CERT_HAS_EXPIRED: 'shows a certificate that has expired',
  CERT_NOT_YET_VALID: 'shows a certificate that is not valid yet',
};

/** What OpenSSL says to octets that are no TLS. */
const NO_TLS: ReadonlySet<string> = new Set(['wrong version number', 'packet length too long', 'unknown protocol']);

/** What went wrong with TLS, of which OpenSSL tells more than anybody wants to know; undefined for what it does not tell. */
function tlsTrouble(message: unknown): string | undefined {
  const [, reason] = /:SSL routines:[^:]*:([^:]+)/u.exec(String(message)) ?? [];
  if (reason === undefined) return undefined;
  if (NO_TLS.has(reason)) return 'does not speak TLS at this port';
  if (reason.endsWith('no application protocol'))
    return 'speaks TLS at this port, but not the protocol asked for: DNS over TLS and over HTTPS have ports of their own';
  return `cannot be asked: TLS failed (${reason})`;
}

/** What an error of a socket says of the server, as the end of a sentence. */
export function socketTrouble(error: unknown): ExchangeResult {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const detail = typeof code === 'string' && Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return {
    kind: 'unreachable',
    detail: detail ?? tlsTrouble(message) ?? `cannot be asked: ${String(message ?? error)}`,
  };
}
