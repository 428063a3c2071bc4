import type { Socket } from 'node:dgram';
import type { Server } from 'node:net';
import type { Exchange } from '../server/exchange.ts';
import { RCODE } from '../wire/codes.ts';
import { HEADER_LENGTH } from '../wire/header.ts';
import { canReusePort } from './reuse-port.ts';
import {
  type Handle,
  type Handled,
  type Host,
  type ListenAt,
  ListenError,
  type OpenListener,
  SERVE_LIMITS,
  type ServeOptions,
} from './serve-options.ts';
import { bindTcp, serveTcp } from './serve-tcp.ts';
import { listenTrouble } from './serve-trouble.ts';
import { bindUdp, serveUdp } from './serve-udp.ts';

/** A server that takes queries. */
export interface RunningServer extends AsyncDisposable {
  /** Where it listens, in the order asked for, with the ports that port 0 became. */
  readonly listeners: readonly ListenAt[];
  /** Takes no more queries, finishes those at hand within the limit, and closes; the same promise however often called. */
  close(): Promise<void>;
}

/** How often another port is tried for UDP and TCP together. */
const PORT_TRIES = 50;

/** A bound place before it takes queries: all are bound before the first query is answered. */
interface Bound {
  serve(): OpenListener;
  release(): void;
}

/**
 * Starts a server at all places asked for, or rejects with a ListenError and listens nowhere. UDP and TCP of one address
 * that both ask for port 0 get the same port.
 */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const host: Host = {
    now: options.now,
    limits: { ...SERVE_LIMITS, ...options.limits },
    handle: guarded(options.handle, options.failed),
  };
  const shared = options.listen.find(({ reusePort }) => reusePort);
  if (shared !== undefined) await ensureShared(shared);
  const bound: Bound[] = [];
  try {
    for (const [index, place] of options.listen.entries()) {
      if (bound[index] !== undefined) continue;
      const unbound = options.listen.map((each, at) => (bound[at] === undefined ? each : undefined));
      const partner = partnerOf(place, unbound);
      if (partner < 0) bound[index] = await bind(place, host, options);
      else [bound[index], bound[partner]] = await bindPair(place, options.listen[partner] ?? place, host, options);
    }
  } catch (error) {
    for (const each of bound) each?.release();
    throw error;
  }
  const open = bound.map((each) => each.serve());
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= Promise.all(open.map((each) => each.close())).then(() => undefined);
    return closed;
  };
  return {
    listeners: open.map(({ transport, address, port }) => ({ transport, address, port })),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function ensureShared(place: ListenAt): Promise<void> {
  const can = await canReusePort(place.address).catch((error: unknown) => fail(error, place));
  if (!can) fail({ code: 'NO_REUSE_PORT' }, place);
}

const PARTNER: Readonly<Record<string, string>> = { udp: 'tcp', tcp: 'udp' };

/** The place that shares its port with one that asks for any: UDP with TCP of the same address; -1 when there is none. */
function partnerOf({ transport, address, port }: ListenAt, others: readonly (ListenAt | undefined)[]): number {
  if (port !== 0 || PARTNER[transport] === undefined) return -1;
  return others.findIndex(
    (other) => other?.port === 0 && other.address === address && other.transport === PARTNER[transport],
  );
}

async function bindPair(one: ListenAt, other: ListenAt, host: Host, options: ServeOptions): Promise<[Bound, Bound]> {
  for (let tries = 1; ; tries++) {
    // TCP first: its free ports are fewer, as closed connections hold some for a while.
    const [first, second] = one.transport === 'tcp' ? [one, other] : [other, one];
    const tcp = await bindTcp(first).catch((error: unknown) => fail(error, first));
    const { port } = tcp.address() as { port: number };
    try {
      const udp = await bind({ ...second, port }, host, options);
      const stream = streamBound(tcp, host);
      return one.transport === 'tcp' ? [stream, udp] : [udp, stream];
    } catch (error) {
      tcp.close();
      if (!(error instanceof ListenError) || error.code !== 'EADDRINUSE' || tries === PORT_TRIES) throw error;
    }
  }
}

async function bind(place: ListenAt, host: Host, { tls, path }: ServeOptions): Promise<Bound> {
  try {
    if (place.transport === 'udp') return datagramBound(await bindUdp(place), host);
    if (place.transport === 'tcp') return streamBound(await bindTcp(place), host);
    if (tls === undefined) throw Object.assign(new Error('no certificate'), { code: 'NO_CERTIFICATE' });
    // Encryption takes long to load, and most servers do without.
    if (place.transport === 'tls') {
      const { bindTls, serveTls } = await import('./serve-tls.ts');
      const server = await bindTls(place, tls, host);
      return { serve: () => serveTls(server, host), release: () => void server.close() };
    }
    const { bindHttps, serveHttps } = await import('./serve-https.ts');
    const server = await bindHttps(place, tls, host);
    return { serve: () => serveHttps(server, host, path), release: () => void server.close() };
  } catch (error) {
    return fail(error, place);
  }
}

function fail(error: unknown, place: ListenAt): never {
  throw listenTrouble(error, place);
}

const datagramBound = (socket: Socket, host: Host): Bound => ({
  serve: () => serveUdp(socket, host),
  release: () => void socket.close(),
});

const streamBound = (server: Server, host: Host): Bound => ({
  serve: () => serveTcp(server, host),
  release: () => void server.close(),
});

/** A handler that answers SERVFAIL where the given one fails. */
function guarded(handle: Handle, failed: (error: unknown) => void = () => {}): Handle {
  const instead = (query: Uint8Array, error: unknown): Handled => {
    failed(error);
    return { bytes: serverFailure(query) };
  };
  return (query: Uint8Array, exchange: Exchange) => {
    try {
      const handled = handle(query, exchange);
      return handled instanceof Promise ? handled.catch((error: unknown) => instead(query, error)) : handled;
    } catch (error) {
      return instead(query, error);
    }
  };
}

/** SERVFAIL without a question; undefined for what is no query. */
function serverFailure(query: Uint8Array): Uint8Array | undefined {
  const flags = query[2] ?? 0;
  if (query.length < HEADER_LENGTH || flags >= 0x80) return undefined;
  const bytes = new Uint8Array(HEADER_LENGTH);
  // Id, QR with opcode and RD of the query, RCODE.
  bytes.set([query[0] ?? 0, query[1] ?? 0, 0x80 | (flags & 0x79), RCODE.SERVFAIL]);
  return bytes;
}
