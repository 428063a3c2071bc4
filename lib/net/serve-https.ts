import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2';
import type { Server, Socket } from 'node:net';
import { TYPE } from '../rr/types.ts';
import { decodeMessage } from '../wire/decode.ts';
import { MAX_MESSAGE } from '../wire/encode.ts';
import { u32At } from '../wire/header.ts';
import { type Guest, Guests } from './serve-guests.ts';
import type { Host, ListenAt, OpenListener, TlsIdentity } from './serve-options.ts';
import { bindStream, peerOf, placeOf, type RawSockets, rawSockets } from './serve-tcp.ts';

const MEDIA_TYPE = 'application/dns-message';

/** Path of DNS over HTTPS that most servers have. */
const DOH_PATH = '/dns-query';

/** Streams of one HTTP/2 connection at a time. */
const STREAMS = 100;

/** Listens for DNS over HTTPS without taking a connection yet; throws when the certificate cannot be used. */
export function bindHttps(at: ListenAt, { cert, key }: TlsIdentity, host: Host): Promise<Http2SecureServer> {
  const server = createSecureServer({
    cert: Buffer.from(cert),
    key: Buffer.from(key),
    allowHTTP1: true,
    minVersion: 'TLSv1.2',
    handshakeTimeout: host.limits.idle,
    settings: { maxConcurrentStreams: STREAMS },
  });
  server.maxConnections = host.limits.connections * 2;
  server.on('tlsClientError', (_: Error, socket: Socket) => socket.destroy());
  return bindStream(server as Http2SecureServer & Server, at);
}

/** Answers queries over HTTPS (RFC 8484), HTTP/2 and HTTP/1.1. */
export function serveHttps(server: Http2SecureServer, host: Host, path: string = DOH_PATH): OpenListener {
  const guests = new Guests(host.limits.connections, host.limits.idle);
  const known = new Map<string, HttpGuest>();
  const raw = rawSockets(server as Http2SecureServer & Server);
  server.on('secureConnection', (socket: Socket) => {
    const key = peerOf(socket);
    const guest = new HttpGuest(socket);
    socket.on('error', () => {});
    if (!guests.admit(guest)) return void socket.destroy();
    known.set(key, guest);
    socket.on('close', () => {
      known.delete(key);
      guests.leave(guest);
    });
  });
  server.on('session', (session) => {
    const guest = known.get(peerOf(session.socket));
    if (guest !== undefined) guest.closeSession = () => session.close();
    session.on('error', () => {});
  });
  server.on('request', (request: Http2ServerRequest, response: Http2ServerResponse) => {
    const guest = known.get(peerOf(request.socket));
    response.on('error', () => {});
    if (guest === undefined) return;
    guest.begin();
    let waits = true;
    const done = (): void => {
      if (waits) guest.end();
      waits = false;
    };
    response.on('close', done);
    void respond(request, response, { host, path, guest, raw, done }).catch(() => response.destroy());
  });
  server.on('error', () => {});
  return {
    ...placeOf(server as Http2SecureServer & Server),
    transport: 'https',
    async close() {
      server.close();
      await guests.dismiss(host.limits.drain);
      raw.destroy();
    },
  };
}

/** One connection that speaks HTTP. */
class HttpGuest implements Guest {
  age = 0;
  closeSession: (() => void) | undefined;
  readonly socket: Socket;
  private requests = 0;
  private ending = false;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  get waiting(): boolean {
    return this.requests > 0;
  }

  get idle(): boolean {
    return this.requests === 0;
  }

  begin(): void {
    this.requests++;
    this.age = 0;
  }

  end(): void {
    this.requests--;
    this.age = 0;
    if (this.ending && this.requests === 0) this.socket.destroySoon();
  }

  finish(): void {
    this.ending = true;
    this.closeSession?.();
    if (this.requests === 0) this.socket.destroySoon();
  }

  destroy(): void {
    this.socket.destroy();
  }
}

/** What is wrong with a request: its status, and a line that says so. */
class Refusal {
  readonly status: number;
  readonly says: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, says: string, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.says = says;
    this.headers = headers;
  }
}

/** What a response is made with. */
interface Surroundings {
  readonly host: Host;
  readonly path: string;
  readonly guest: HttpGuest;
  readonly raw: RawSockets;
  /** Nobody waits for the response any more. */
  readonly done: () => void;
}

async function respond(
  request: Http2ServerRequest,
  response: Http2ServerResponse,
  { host, path, guest, raw, done }: Surroundings,
): Promise<void> {
  const query = await queryOf(request, path);
  if (query instanceof Refusal) return refuse(response, query);
  const client = { address: request.socket.remoteAddress ?? '', port: request.socket.remotePort ?? 0 };
  const { bytes, delivery = {} } = await host.handle(query, { transport: 'https', client, now: host.now() });
  const { length, cut, end } = delivery;
  const ends = (): void => {
    if (end === 'hang') done();
    else if (end === 'reset') raw.reset(guest.socket);
    else if (end === 'close') guest.socket.destroySoon();
  };
  if (bytes === undefined && end !== undefined) return ends();
  if (bytes === undefined) return refuse(response, new Refusal(400, 'this is no DNS query'));
  response.writeHead(200, {
    'content-type': MEDIA_TYPE,
    'content-length': length ?? bytes.length,
    'cache-control': `max-age=${freshness(bytes)}`,
  });
  if (request.method === 'HEAD') response.end(ends);
  // The length that streams have before the message is that of the header here.
  else if (cut === undefined) response.end(bytes, ends);
  else response.write(bytes.subarray(0, Math.max(0, cut - 2)), ends);
}

function refuse(response: Http2ServerResponse, { status, says, headers }: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
  response.end(`${says}\n`);
}

async function queryOf(request: Http2ServerRequest, path: string): Promise<Uint8Array | Refusal> {
  const [asked = '', parameters = ''] = (request.url ?? '').split('?', 2);
  if (asked !== path) return new Refusal(404, `DNS over HTTPS is at ${path}`);
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return fromParameter(new URLSearchParams(parameters).getAll('dns'));
    case 'POST':
      return fromBody(request);
    default:
      return new Refusal(405, 'queries come by GET or POST', { allow: 'GET, HEAD, POST' });
  }
}

/** A query of the `dns` parameter: base64url without padding (RFC 8484 §6). */
function fromParameter([text, ...more]: readonly string[]): Uint8Array | Refusal {
  if (text === undefined || more.length > 0) return new Refusal(400, 'one parameter dns holds the query');
  if (!/^[\w-]*$/u.test(text) || text.length % 4 === 1)
    return new Refusal(400, 'the parameter dns is base64url without padding');
  if (text.length > (MAX_MESSAGE * 4) / 3 + 2) return new Refusal(414, 'no DNS message is so long');
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

async function fromBody(request: Http2ServerRequest): Promise<Uint8Array | Refusal> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== MEDIA_TYPE) return new Refusal(415, `the query is ${MEDIA_TYPE}`);
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of request as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > MAX_MESSAGE) return new Refusal(413, 'no DNS message is so long');
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

/** Seconds for which a response holds: the least TTL of its answer, or that of the negative answer (RFC 8484 §5.1). */
export function freshness(bytes: Uint8Array): number {
  const decoded = decodeMessage(bytes);
  if (!('message' in decoded)) return 0;
  const { answer, authority } = decoded.message;
  const soa = authority.find(({ type }) => type === TYPE.SOA);
  const times = answer.map(({ ttl }) => ttl);
  if (times.length === 0 && soa !== undefined) times.push(soa.ttl, u32At(soa.rdata, soa.rdata.length - 4));
  // What exceeds 2^31-1 counts as 0 (RFC 2181 §8).
  return times.length === 0 ? 0 : Math.min(...times.map((ttl) => (ttl > 0x7fffffff ? 0 : ttl)));
}
