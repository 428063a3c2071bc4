import { connect as connectHttp2 } from 'node:http2';
import { type ConnectionOptions, connect } from 'node:tls';
import { type Exchange, type ExchangeResult, socketTrouble } from './ask-exchange.ts';
import { judgeReply } from './ask-response.ts';
import { exchangeStream } from './ask-tcp.ts';
import { serverText } from './server-address.ts';

/** Whether and how the certificate of a server is judged. */
export interface TlsTrust {
  /** Roots in PEM; without them no certificate is judged (RFC 7858 §4.1). */
  readonly roots?: Uint8Array;
  /** The name the certificate has to carry, told to the server too; its address when it is left out. */
  readonly name?: string;
}

/** Octets that an answer over HTTPS has at most. */
const LARGEST = 65_535;

/** Asks over TLS (RFC 7858). Never rejects. */
export function exchangeTls(exchange: Exchange, trust: TlsTrust): Promise<ExchangeResult> {
  return exchangeStream(exchange, () => connect({ ...tlsOptions(exchange, trust), ALPNProtocols: ['dot'] }));
}

/** Asks over HTTPS with HTTP/2 and POST (RFC 8484). Never rejects. */
export function exchangeHttps(exchange: Exchange, trust: TlsTrust, path: string): Promise<ExchangeResult> {
  const { server, octets, signal } = exchange;
  return new Promise((resolve) => {
    const session = connectHttp2(`https://${serverText(server)}`, tlsOptions(exchange, trust));
    const finish = (result: ExchangeResult): void => {
      signal.removeEventListener('abort', end);
      session.destroy();
      resolve(result);
    };
    const end = (): void => finish({ kind: 'ended' });
    if (signal.aborted) return end();
    signal.addEventListener('abort', end);
    // What ends the stream is that the connection ended; why it did is behind that.
    const trouble = (error: Error): void => finish(socketTrouble(error.cause ?? error));
    session.on('error', trouble);
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/dns-message',
      accept: 'application/dns-message',
      ...(trust.name !== undefined && { ':authority': trust.name }),
    });
    let status = 0;
    const pieces: Uint8Array[] = [];
    let length = 0;
    stream.on('error', trouble);
    stream.on('response', (headers) => {
      status = Number(headers[':status']);
    });
    stream.on('data', (piece: Uint8Array) => {
      length += piece.length;
      pieces.push(piece);
      if (length > LARGEST) finish({ kind: 'malformed', detail: `more than ${LARGEST} octets` });
    });
    stream.on('end', () => {
      if (status !== 200) return finish({ kind: 'malformed', detail: `HTTP status ${status} for ${path}` });
      const bytes = Buffer.concat(pieces);
      const reply = judgeReply(bytes, exchange);
      if (reply.kind === 'response') finish({ ...reply, octets: bytes.length });
      else finish(reply.kind === 'stray' ? { kind: 'malformed', detail: reply.detail } : reply);
    });
    stream.end(octets);
  });
}

function tlsOptions({ server }: Exchange, { roots, name }: TlsTrust): ConnectionOptions {
  return {
    host: server.address,
    port: server.port,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: roots !== undefined,
    ...(roots && { ca: Buffer.from(roots) }),
    ...(name !== undefined && { servername: name }),
  };
}
