import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { keyPin } from '../certs/key-pin.ts';
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
  /** SHA-256 of keys in base64, of which the certificate has to have one, before anything is asked (RFC 7858 §4.2). */
  readonly pins?: readonly string[];
}

/** Octets that an answer over HTTPS has at most. */
const LARGEST = 65_535;

/** Asks over TLS (RFC 7858). Never rejects. */
export function exchangeTls(exchange: Exchange, trust: TlsTrust): Promise<ExchangeResult> {
  const open = (): TLSSocket => connect({ ...tlsOptions(exchange, trust), ALPNProtocols: ['dot'] });
  const objection = (socket: TLSSocket): string | undefined => pinObjection(socket, trust);
  return exchangeStream(exchange, open, trust.pins && { event: 'secureConnect', objection });
}

/** Asks over HTTPS with HTTP/2 and POST (RFC 8484). Never rejects. */
export function exchangeHttps(exchange: Exchange, trust: TlsTrust, path: string): Promise<ExchangeResult> {
  const { server, signal } = exchange;
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
    const ask = (): void => post({ session, exchange, trust, path }, finish, trouble);
    if (trust.pins === undefined) return ask();
    session.once('connect', (_, socket) => {
      const detail = pinObjection(socket as TLSSocket, trust);
      if (detail === undefined) ask();
      else finish({ kind: 'unreachable', detail });
    });
  });
}

/** One question on its way over HTTP. */
interface Posting {
  readonly session: ClientHttp2Session;
  readonly exchange: Exchange;
  readonly trust: TlsTrust;
  readonly path: string;
}

function post(
  { session, exchange, trust, path }: Posting,
  finish: (result: ExchangeResult) => void,
  trouble: (error: Error) => void,
): void {
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
  stream.end(exchange.octets);
}

/** What is wrong with the key of a server of which others are wanted. */
function pinObjection(socket: TLSSocket, { pins = [] }: TlsTrust): string | undefined {
  const { raw } = socket.getPeerCertificate();
  const pin = raw === undefined ? undefined : keyPin(raw);
  if (pin !== undefined && pins.includes(pin)) return undefined;
  const wanted = pins.length === 1 ? `not ${pins[0]}` : 'which is none of those wanted';
  return `shows a certificate whose key has the pin ${pin ?? '(none)'}, ${wanted}`;
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
