import { type AddressInfo, createServer, isIP, type Server, type Socket } from 'node:net';
import { ByteSink } from '../text/sink.ts';
import { Guests } from './serve-guests.ts';
import type { Host, ListenAt, OpenListener } from './serve-options.ts';
import { StreamGuest } from './serve-stream.ts';

/** Connections the system holds until they are taken. */
const BACKLOG = 1024;

/** Listens; rejects with the error of the system. */
export function bindStream<Listening extends Server>(
  server: Listening,
  { address, port, reusePort = false }: ListenAt,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const ipv6Only = isIP(address) === 6;
    server.listen({ host: address, port, backlog: BACKLOG, ipv6Only, ...(reusePort && { reusePort }) }, () => {
      server.removeListener('error', reject);
      resolve(server);
    });
  });
}

/** Listens for TCP without taking a connection yet. */
export function bindTcp(at: ListenAt): Promise<Server> {
  // Who has sent all queries may close that half and still gets the answers.
  return bindStream(createServer({ allowHalfOpen: true }), at);
}

/** Answers queries over TCP (RFC 7766). */
export function serveTcp(server: Server, host: Host): OpenListener {
  return serveStreams(server, 'connection', 'tcp', host);
}

/** Answers queries over the connections that an event of the server hands over. */
export function serveStreams(server: Server, event: string, transport: 'tcp' | 'tls', host: Host): OpenListener {
  const guests = new Guests(host.limits.connections, host.limits.idle);
  const raw = rawSockets(server);
  const surroundings = { transport, host, guests, batch: new ByteSink(4096), reset: raw.reset };
  server.on(event, (socket) => new StreamGuest(socket, surroundings));
  // What the system cannot accept now, for want of descriptors, it may accept later.
  server.on('error', () => {});
  return {
    ...placeOf(server),
    transport,
    async close() {
      server.close();
      await guests.dismiss(host.limits.drain);
      raw.destroy();
    },
  };
}

/** The connections of a server as TCP has them, those that are not past their handshake included. */
export interface RawSockets {
  destroy(): void;
  /** Resets a connection, also one that TLS stands upon. */
  readonly reset: (socket: Socket) => void;
}

/** Keeps track of the connections of a server. */
export function rawSockets(server: Server): RawSockets {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  return {
    destroy() {
      for (const socket of open) socket.destroy();
    },
    reset(socket) {
      const peer = peerOf(socket);
      for (const raw of open) if (!raw.destroyed && peerOf(raw) === peer) raw.resetAndDestroy();
      socket.destroy();
    },
  };
}

/** Tells the connections of one listener apart. */
export function peerOf({ remoteAddress, remotePort }: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return `${remoteAddress} ${remotePort}`;
}

/** Where a server really listens. */
export function placeOf(server: Server): { readonly address: string; readonly port: number } {
  const { address, port } = server.address() as AddressInfo;
  return { address, port };
}
