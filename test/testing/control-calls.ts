import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { ControlReply, ControlRequest } from '../../lib/net/control-options.ts';
import { waitFor } from '../../lib/net/waiting.ts';
import { TestServer } from '../../lib/server/test-server.ts';
import { answerControl } from '../../lib/testing/control/api.ts';
import type { ControlContext } from '../../lib/testing/control/route.ts';
import { openApi } from '../../lib/testing/control/routes.ts';
import { exchange, octets, query, served } from '../server/dialogue.ts';

/** What every request of these tests shows. */
export const TOKEN = 'secret-of-the-test';

/** A zone with a comment that has to stay. */
export const ZONE = `$ORIGIN example.net.
$TTL 3600
@ SOA ns1 hostmaster 2026112101 7200 1800 1209600 3600
@ NS ns1
@ NS ns2
ns1 A 192.0.2.1
ns2 A 198.51.100.1
www 300 A 192.0.2.80 ; the web
@ MX 10 mail
mail A 192.0.2.25
`;

/** A server with its control interface, without sockets. */
export class Controlled {
  readonly server: TestServer;
  readonly context: ControlContext;
  resets = 0;
  /** Milliseconds since 1970. */
  now = 1_700_000_000_000;

  constructor(zones: Readonly<Record<string, string>> = { 'example.net.': ZONE }) {
    const loaded = served(zones);
    const now = (): number => this.now;
    this.server = new TestServer(loaded, { now, ticks: now, wait: async () => {} });
    this.context = {
      server: this.server,
      version: 'zonewright test',
      loaded: () => loaded,
      listeners: () => [{ transport: 'udp', address: '127.0.0.1', port: 5300 }],
      now,
      wait: waitFor,
      onReset: () => void this.resets++,
    };
  }

  /** Sends a query, such as `www.example.net. A`. */
  async ask(words: string, transport: 'udp' | 'tcp' = 'udp'): Promise<void> {
    await this.server.handle(octets(query(words)), { ...exchange(transport), now: this.now });
  }

  /** Calls a route, such as `GET /v1/zones`; the reply has to be one that the description knows. */
  async call(words: string, body?: unknown, more: Partial<ControlRequest> = {}): Promise<Called> {
    const [method = '', target = ''] = words.split(' ');
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const request: ControlRequest = {
      method,
      target,
      body: Buffer.from(text ?? ''),
      client: { address: '127.0.0.1', port: 4711 },
      signal: new AbortController().signal,
      ...more,
      headers: {
        host: '127.0.0.1:5380',
        authorization: `Bearer ${TOKEN}`,
        ...(body !== undefined && { 'content-type': typeof body === 'string' ? 'text/dns' : 'application/json' }),
        ...more.headers,
      },
    };
    const rules = { address: '127.0.0.1', token: TOKEN };
    const called = calledFrom(await answerControl(request, this.context, rules));
    checkDescribed(method, target, called);
    return called;
  }
}

/** A reply read whole. */
export interface Called {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The text as JSON, undefined when it is none. */
  readonly json: never;
  readonly reply: ControlReply;
}

function calledFrom(reply: ControlReply): Called {
  const { status, headers = {}, body = '' } = reply;
  const text =
    typeof body === 'string' ? body : body instanceof Uint8Array ? Buffer.from(body).toString() : [...body].join('');
  const isJson = headers['content-type']?.startsWith('application/json') === true;
  return { status, headers, text, json: (isJson ? JSON.parse(text) : undefined) as never, reply };
}

/** The description of all routes. */
export interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
}

type Content = Readonly<Record<string, { readonly schema: object }>>;

/** The description of all routes. */
export const DESCRIBED: Described = openApi('test') as Described;

/** A validator for the schemas of the description. */
export function described(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false });
  addFormats.default(ajv);
  return ajv;
}

const ajv = described();

function checkDescribed(method: string, target: string, { status, headers, json }: Called): void {
  const path = (target.split('?')[0] ?? '').split('/');
  const fits = (each: string): boolean =>
    each.split('/').length === path.length &&
    each.split('/').every((part, at) => part.startsWith('{') || part === path[at]);
  // The path without parameters comes before the one that has some.
  const [known = ''] = Object.keys(DESCRIBED.paths)
    .filter(fits)
    .sort((a, b) => a.indexOf('{') - b.indexOf('{'));
  const operation = DESCRIBED.paths[known]?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
  const refused = DESCRIBED.components.schemas['Error'] ?? {};
  if (operation === undefined || [400, 401, 403, 404, 413].includes(status)) {
    check(refused, json);
    return;
  }
  const response = operation.responses[String(status)];
  if (response === undefined)
    throw new Error(`${method} ${known} is not described to answer ${status}: ${JSON.stringify(json)}`);
  if (status >= 400) {
    check(refused, json);
    return;
  }
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type === '' && response.content === undefined) return;
  const schema = response.content?.[type]?.schema;
  if (schema === undefined) throw new Error(`${method} ${known} is not described to answer ${status} with ${type}`);
  if (type === 'application/json') check(schema, json);
}

function check(schema: object, value: unknown): void {
  const valid = ajv.compile(schema);
  if (!valid(value)) throw new Error(`${JSON.stringify(valid.errors)} in ${JSON.stringify(value)}`);
}
