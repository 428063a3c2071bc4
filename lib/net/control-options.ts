/** One HTTP request, read whole. */
export interface ControlRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly client: { readonly address: string; readonly port: number };
  /** Aborted when the client has gone or the server closes. */
  readonly signal: AbortSignal;
}

/** Events of a stream that are fetched when there is room for them, so that nobody has to keep them. */
export interface ControlEvents {
  /** What has happened since the last call, as the text of whole events (HTML, Server-sent events); may be empty. */
  next(): string;
  /** Called once, when nobody listens any more. */
  close(): void;
}

/** The answer to a request. */
export interface ControlReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Iterable<string>;
  /** A stream of events in the place of a body. */
  readonly events?: ControlEvents;
}

/** What keeps clients from using up the program. */
export interface ControlLimits {
  /** Connections at a time; a further one is closed. */
  readonly connections: number;
  /** Streams of events at a time. */
  readonly streams: number;
  /** Octets of a request's body. */
  readonly body: number;
  /** Milliseconds in which a whole request has to come. */
  readonly request: number;
  /** Milliseconds a connection is kept on which nothing moves. */
  readonly idle: number;
  /** Octets of events that a client may leave unread before it is dropped. */
  readonly unread: number;
  /** Milliseconds between two looks for events. */
  readonly beat: number;
  /** Milliseconds that answers have when the server closes. */
  readonly drain: number;
}

/** The limits that hold unless others are given. */
const CONTROL_LIMITS: ControlLimits = {
  connections: 100,
  streams: 20,
  body: 1_048_576,
  request: 10_000,
  idle: 30_000,
  unread: 1_048_576,
  beat: 200,
  drain: 1000,
};

/** What a control interface is started with. */
export interface ControlOptions {
  readonly address: string;
  /** 0 for any that is free. */
  readonly port: number;
  readonly handle: (request: ControlRequest) => ControlReply | Promise<ControlReply>;
  readonly limits?: Partial<ControlLimits>;
  /** Told of what `handle` threw; the client gets 500. */
  readonly failed?: (error: unknown) => void;
}

/** The limits of a listener. */
export function limitsOf({ limits }: ControlOptions): ControlLimits {
  return { ...CONTROL_LIMITS, ...limits };
}

/** An error as all of them are told: a word for programs and a sentence. */
export function failure(status: number, code: string, message: string, more: object = {}): ControlReply {
  const body = `${JSON.stringify({ error: { code, message, ...more } })}\n`;
  return { status, headers: { 'content-type': 'application/json' }, body };
}
