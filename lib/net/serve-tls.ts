import type { Server } from 'node:net';
import { createServer } from 'node:tls';
import type { Host, ListenAt, OpenListener, TlsIdentity } from './serve-options.ts';
import { bindStream, serveStreams } from './serve-tcp.ts';

/** Listens for DNS over TLS (RFC 7858) without taking a connection yet; throws when the certificate cannot be used. */
export function bindTls(at: ListenAt, { cert, key }: TlsIdentity, host: Host): Promise<Server> {
  const server = createServer({
    cert: Buffer.from(cert),
    key: Buffer.from(key),
    ALPNProtocols: ['dot'],
    minVersion: 'TLSv1.2',
    handshakeTimeout: host.limits.idle,
    allowHalfOpen: true,
  });
  // Connections still in their handshake are counted by the server itself.
  server.maxConnections = host.limits.connections * 2;
  // Whose handshake fails, or takes too long, is left to itself.
  server.on('tlsClientError', (_, socket) => socket.destroy());
  return bindStream(server, at);
}

/** Answers queries over TLS. */
export function serveTls(server: Server, host: Host): OpenListener {
  return serveStreams(server, 'secureConnection', 'tls', host);
}
