import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { streamEvents } from './control-events.ts';
import { type ControlLimits, type ControlOptions, type ControlReply, failure, limitsOf } from './control-options.ts';
import { listenTrouble } from './serve-trouble.ts';

/** A control interface that takes requests. */
export interface RunningControl extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  /** Takes no more requests, ends those that wait, and closes; the same promise however often called. */
  close(): Promise<void>;
}

/** Octets of a request's line and headers. */
const LONGEST_HEADERS = 16_384;

/** What all answers of one listener share. */
interface Desk {
  readonly options: ControlOptions;
  readonly limits: ControlLimits;
  /** Aborted when it closes. */
  readonly closing: AbortController;
  /** Streams of events that are open. */
  streams: number;
}

/** Takes HTTP requests at one place; rejects with a ListenError when it cannot be listened at. */
export async function startControl(options: ControlOptions): Promise<RunningControl> {
  const limits = limitsOf(options);
  const desk: Desk = { options, limits, closing: new AbortController(), streams: 0 };
  const server = createServer({
    maxHeaderSize: LONGEST_HEADERS,
    headersTimeout: limits.request,
    requestTimeout: limits.request,
    keepAliveTimeout: Math.min(5000, limits.idle),
    connectionsCheckingInterval: Math.max(50, Math.min(1000, limits.request / 4)),
  });
  server.maxConnections = limits.connections;
  server.timeout = limits.idle;
  server.maxRequestsPerSocket = 0;
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    response.on('error', () => {});
    request.on('error', () => {});
    void respond(request, response, desk).catch(() => response.destroy());
  };
  server.on('request', take);
  // Whoever asks before it sends is told before it sends.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (Number(request.headers['content-length'] ?? 0) <= limits.body) response.writeContinue();
    take(request, response);
  });
  server.on('clientError', refuseNonsense);
  await listen(server, options);
  const { address, port } = server.address() as { address: string; port: number };
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= closeServer(server, desk);
    return closed;
  };
  return { address, port, close, [Symbol.asyncDispose]: close };
}

function listen(server: Server, { address, port }: ControlOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(listenTrouble(error, { transport: 'tcp', address, port }));
    server.once('error', fail);
    server.listen({ host: address, port }, () => {
      server.off('error', fail);
      server.on('error', () => {});
      resolve();
    });
  });
}

async function closeServer(server: Server, { closing, limits }: Desk): Promise<void> {
  await new Promise<void>((resolve) => {
    const patience = setTimeout(() => server.closeAllConnections(), limits.drain);
    server.close(() => {
      clearTimeout(patience);
      resolve();
    });
    closing.abort();
    server.closeIdleConnections();
  });
}

/** Octets that are no HTTP, or that come too slowly. */
function refuseNonsense(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, says] =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? ['408 Request Timeout', failure(408, 'too-slow', 'the request did not come in time')]
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? [
            '431 Request Header Fields Too Large',
            failure(431, 'headers-too-large', `the headers of a request have at most ${LONGEST_HEADERS} octets`),
          ]
        : ['400 Bad Request', failure(400, 'bad-request', 'this is no HTTP request')];
  const body = String(says.body);
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

async function respond(request: IncomingMessage, response: ServerResponse, desk: Desk): Promise<void> {
  const { socket } = request;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  response.on('close', leave);
  desk.closing.signal.addEventListener('abort', leave);
  try {
    const reply = await replyTo(request, gone.signal, desk);
    if (response.destroyed) return reply.events?.close();
    if (desk.closing.signal.aborted) response.setHeader('connection', 'close');
    socket.setTimeout(desk.limits.idle);
    if (reply.events === undefined) await send(request, response, reply);
    else await stream(response, reply, gone.signal, desk);
  } finally {
    desk.closing.signal.removeEventListener('abort', leave);
  }
}

async function replyTo(request: IncomingMessage, signal: AbortSignal, desk: Desk): Promise<ControlReply> {
  const { options, limits } = desk;
  const { socket, headers } = request;
  const body = await bodyOf(request, limits.body);
  if (body === undefined)
    return failure(413, 'body-too-large', `the body of a request has at most ${limits.body} octets`);
  // The answer may be one that waits for something to happen.
  socket.setTimeout(0);
  try {
    return await options.handle({
      method: request.method ?? '',
      target: request.url ?? '',
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
      ),
      body,
      client: { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 },
      signal,
    });
  } catch (error) {
    options.failed?.(error);
    return failure(500, 'internal', 'the request could not be answered: something in this program went wrong');
  }
}

/** The body of a request; undefined when it is too long, and then the rest of it is thrown away. */
async function bodyOf(request: IncomingMessage, most: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > most) {
    request.resume();
    return undefined;
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (piece: Uint8Array) => {
      length += piece.length;
      if (length > most) resolve(undefined);
      else pieces.push(piece);
    });
    request.on('end', () => resolve(new Uint8Array(Buffer.concat(pieces))));
    request.on('close', () => reject(new Error('the request was not finished')));
  });
}

async function send(request: IncomingMessage, response: ServerResponse, reply: ControlReply): Promise<void> {
  const { status, headers = {}, body = '' } = reply;
  // Nobody reads the rest of a body that is too long.
  if (!request.complete) response.setHeader('connection', 'close');
  if (typeof body === 'string' || body instanceof Uint8Array) {
    response.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': Buffer.byteLength(body) }) });
    response.end(body);
    return;
  }
  response.writeHead(status, headers);
  for (const piece of request.method === 'HEAD' ? [] : body) {
    if (response.destroyed) return;
    if (!response.write(piece)) await drained(response);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go);
      response.off('close', go);
      resolve();
    };
    response.on('drain', go);
    response.on('close', go);
  });
}

async function stream(response: ServerResponse, reply: ControlReply, signal: AbortSignal, desk: Desk): Promise<void> {
  const { events, headers = {} } = reply;
  if (events === undefined) return;
  if (desk.streams >= desk.limits.streams) {
    events.close();
    const most = desk.limits.streams;
    const refused = failure(503, 'too-many-streams', `at most ${most} streams of events are open at a time`);
    response.writeHead(503, { ...refused.headers });
    response.end(refused.body);
    return;
  }
  desk.streams++;
  try {
    response.writeHead(reply.status, headers);
    await streamEvents(response, events, signal, desk.limits);
  } finally {
    desk.streams--;
  }
}
