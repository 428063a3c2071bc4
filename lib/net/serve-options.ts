import type { Exchange, Transport } from '../server/exchange.ts';
import type { Delivery } from '../server/faults/fault.ts';

/** One place where queries are taken; port 0 means any that is free. */
export interface ListenAt {
  readonly transport: Transport;
  /** An IPv4 or IPv6 address; UDP answers leave from it. */
  readonly address: string;
  readonly port: number;
  /** Whether other programs that want it too may listen at the same port; the system shares the clients out. */
  readonly reusePort?: boolean;
}

/** What goes back for one query. */
export interface Handled {
  /** Undefined when nothing is to be sent. */
  readonly bytes: Uint8Array | undefined;
  /** Further messages of the same answer, as transfers have them (RFC 5936 §2.2); only connections can carry them. */
  readonly more?: Iterable<Uint8Array>;
  /** How the octets leave, when not as one whole message. */
  readonly delivery?: Delivery;
}

/** Answers one query; `query` stays as it is for as long as it is needed. */
export type Handle = (query: Uint8Array, exchange: Exchange) => Handled | Promise<Handled>;

/** What keeps one client from using up the server. */
export interface ServeLimits {
  /** Connections of one listener at a time; a further one takes the place of the one that is idle for longest. */
  readonly connections: number;
  /** Milliseconds a connection is kept without a whole query coming or an answer going (RFC 7766 §6.2.3). */
  readonly idle: number;
  /** Queries of one connection, or of a UDP socket, that may wait for their answers; then no more are read. */
  readonly inFlight: { readonly connection: number; readonly socket: number };
  /** Octets of answers a connection may hold unsent; then no more queries are read from it. */
  readonly unsent: number;
  /** Milliseconds that queries at hand have when the server closes. */
  readonly drain: number;
}

/** The limits that hold unless others are given. */
export const SERVE_LIMITS: ServeLimits = {
  connections: 1000,
  idle: 10_000,
  inFlight: { connection: 100, socket: 20_000 },
  unsent: 262_144,
  drain: 2000,
};

/** A certificate with its chain, and its key, in PEM. */
export interface TlsIdentity {
  readonly cert: string | Uint8Array;
  readonly key: string | Uint8Array;
}

/** What a server is started with. */
export interface ServeOptions {
  readonly listen: readonly ListenAt[];
  readonly handle: Handle;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly limits?: Partial<ServeLimits>;
  /** Needed to listen for TLS and HTTPS. */
  readonly tls?: TlsIdentity;
  /** Path of DNS over HTTPS, `/dns-query` unless given. */
  readonly path?: string;
  /** Told of what `handle` threw; the query gets SERVFAIL. */
  readonly failed?: (error: unknown) => void;
}

/** What every listener works with. */
export interface Host {
  readonly now: () => number;
  readonly limits: ServeLimits;
  /** Never throws and never rejects. */
  readonly handle: Handle;
}

/** One open place. */
export interface OpenListener extends ListenAt {
  /** Takes no more queries, finishes those at hand for as long as `drain` allows, then closes. */
  close(): Promise<void>;
}

/** Why a place cannot be listened at, as one sentence. */
export class ListenError extends Error {
  override readonly name: string = 'ListenError';
  readonly code: string;
  readonly at: ListenAt;

  constructor(code: string, at: ListenAt, sentence: string) {
    super(sentence);
    this.code = code;
    this.at = at;
  }
}
