import { createConnection, type Socket } from 'node:net';
import { startServer } from '../../lib/net/serve.ts';
import type { ListenAt, ServeOptions } from '../../lib/net/serve-options.ts';
import { FrameReader, frame } from '../../lib/wire/frames.ts';
import { u16At } from '../../lib/wire/header.ts';
import { queryFor } from '../../lib/wire/message.ts';
import { wire } from '../wire/messages.ts';
import { octets } from './fake-dns.ts';

/** A server on free ports of the loopback, UDP and TCP on one. */
export interface Served extends AsyncDisposable {
  readonly listeners: readonly ListenAt[];
  /** Of UDP and TCP. */
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a server that says each query back with QR set, unless told otherwise. */
export async function serving(options: Partial<ServeOptions> = {}): Promise<Served> {
  const server = await startServer({
    listen: both('127.0.0.1'),
    handle: (query) => ({ bytes: mirrored(query) }),
    now: () => Date.now(),
    ...options,
  });
  return { ...server, port: server.listeners[0]?.port ?? 0 };
}

/** UDP and TCP at one address. */
export function both(address: string, port = 0): ListenAt[] {
  return [
    { transport: 'udp', address, port },
    { transport: 'tcp', address, port },
  ];
}

/** A query as its own answer. */
export function mirrored(query: Uint8Array): Uint8Array {
  const bytes = query.slice();
  bytes[2] = (bytes[2] ?? 0) | 0x80;
  return bytes;
}

/** The octets of a query. */
export function query(id: number, name = 'example.net.', type = 1): Uint8Array {
  return octets(queryFor({ name: wire(name), type, class: 1 }, id));
}

/** One connection: what it sends, and the messages that come. */
export interface Connection {
  readonly socket: Socket;
  readonly ids: number[];
  readonly pieces: number[];
  readonly closed: Promise<void>;
  /** Waits until so many messages have come or the connection is closed. */
  until(count: number): Promise<void>;
}

/** Opens a connection to a port of the loopback. */
export function connected(port: number): Promise<Connection> {
  const reader = new FrameReader();
  const ids: number[] = [];
  const pieces: number[] = [];
  let wake: (() => void) | undefined;
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port, allowHalfOpen: true });
    const closed = new Promise<void>((done) => {
      socket.on('end', done);
      socket.on('close', done);
    });
    let over = false;
    void closed.then(() => {
      over = true;
      wake?.();
    });
    socket.on('error', reject);
    socket.on('data', (piece) => {
      pieces.push(piece.length);
      for (const message of reader.push(piece)) ids.push(u16At(message, 0));
      wake?.();
    });
    const until = async (count: number): Promise<void> => {
      while (ids.length < count && !over) {
        await new Promise<void>((next) => {
          wake = next;
        });
      }
    };
    socket.on('connect', () => resolve({ socket, ids, pieces, closed, until }));
  });
}

/** Queries with ids from 0 on, one behind the other. */
export function pipelined(count: number): Uint8Array {
  return Buffer.concat(Array.from({ length: count }, (_, id) => frame(query(id))));
}

/** Waits for a moment. */
export function moment(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
