import { a, aaaa, type Built, caa, clientMx, cname, mx, srv, type TlsaValues, tlsa, txt } from '../../edit/builders.ts';
import type { ControlReply, ControlRequest } from '../../net/control-options.ts';
import { equalNames, nameKey, nameToText } from '../../rr/name.ts';
import { TYPE } from '../../rr/types.ts';
import type { Answered } from '../../server/exchange.ts';
import type { ServedZones } from '../../server/served-zones.ts';
import type { TestServer } from '../../server/test-server.ts';
import { refusal } from './access.ts';
import { type HttpHistory, WebChallenges } from './challtestsrv-web.ts';
import { type DefaultAddresses, MockNames } from './mock-names.ts';
import { absoluteName } from './names.ts';
import { ControlError } from './replies.ts';

/** The addresses that pebble-challtestsrv gives to all names. */
const DEFAULTS: DefaultAddresses = { ipv4: '127.0.0.1', ipv6: '::1' };

/** The members of a request; their letter case does not count. */
type Given = ReadonlyMap<string, unknown>;

type Act = (given: Given) => string | undefined;

/** What the builders of record data take is checked by them, whatever it is. */
type Loose = (fields: never) => Built;

/**
 * The management interface of pebble-challtestsrv over a test server: the same paths, bodies and answers, and in the same
 * style MX, SRV, TLSA and CLIENTMX. Unlike that one it takes addresses only where addresses are meant.
 */
export class ChallengeTestServer {
  private readonly server: TestServer;
  private readonly names = new MockNames(DEFAULTS);
  private readonly web = new WebChallenges();
  /** The last query of each name that was to be forgotten. */
  private readonly forgotten = new Map<string, number>();
  /** Names that fail, as text in small letters. */
  private readonly failing = new Set<string>();
  private readonly acts: ReadonlyMap<string, Act>;

  constructor(server: TestServer) {
    this.server = server;
    this.acts = new Map<string, Act>([
      ['/set-default-ipv4', (given) => this.setDefault('ipv4', given)],
      ['/set-default-ipv6', (given) => this.setDefault('ipv6', given)],
      ['/set-cname', (given) => this.setAlias(given)],
      ['/clear-cname', this.clearing(TYPE.CNAME)],
      ['/set-txt', this.adding((given) => [txt(text(given, 'value'))])],
      ['/clear-txt', this.clearing(TYPE.TXT)],
      ['/add-a', this.adding((given) => texts(given, 'addresses').map(a))],
      ['/clear-a', this.clearing(TYPE.A)],
      ['/add-aaaa', this.adding((given) => texts(given, 'addresses').map(aaaa))],
      ['/clear-aaaa', this.clearing(TYPE.AAAA)],
      ['/add-caa', this.adding((given) => fieldsOf(given, 'policies').map(caa as Loose))],
      ['/clear-caa', this.clearing(TYPE.CAA)],
      ['/add-mx', this.adding((given) => absolute(given, 'exchangers', 'exchange').map(mx as Loose))],
      ['/clear-mx', this.clearing(TYPE.MX)],
      ['/add-clientmx', this.adding((given) => absolute(given, 'exchangers', 'exchange').map(clientMx as Loose))],
      ['/clear-clientmx', this.clearing(TYPE.CLIENTMX)],
      ['/add-srv', this.adding((given) => absolute(given, 'services', 'target').map(srv as Loose))],
      ['/clear-srv', this.clearing(TYPE.SRV)],
      ['/add-tlsa', this.adding((given) => fieldsOf(given, 'associations').map(association))],
      ['/clear-tlsa', this.clearing(TYPE.TLSA)],
      ['/set-servfail', (given) => this.setFailure(given)],
      ['/clear-servfail', (given) => this.clearFailure(given)],
      ['/dns-request-history', (given) => history(this.questions(host(given)))],
      ['/http-request-history', (given) => history(this.web.requests(text(given, 'host')))],
      ['/clear-request-history', (given) => this.forget(given)],
      ['/add-http01', (given) => this.web.addToken(text(given, 'token'), text(given, 'content'))],
      ['/del-http01', (given) => this.web.removeToken(text(given, 'token'))],
      ['/add-redirect', (given) => this.web.addRedirect(text(given, 'path'), text(given, 'targeturl'))],
      ['/del-redirect', (given) => this.web.removeRedirect(text(given, 'path'))],
    ]);
  }

  /** The answer of a test server with these names (see TestServer). */
  amend(answered: Answered, from: (zones: ServedZones) => Answered): Answered {
    return this.names.amend(answered, this.server.zones, from);
  }

  /** Answers a request: POST manages, anything else is looked up as a challenge. */
  handle(request: ControlRequest, address: string): ControlReply {
    if (request.method !== 'POST') return this.web.handle(request);
    const refused = refusal(request, { address, token: undefined });
    if (refused !== undefined) return refused;
    const path = request.target.split('?', 1)[0] ?? '';
    const act = this.acts.get(path);
    if (act === undefined) {
      const isTls = /tlsalpn/u.test(path);
      return isTls ? plain(501, 'challenges over TLS (tls-alpn-01) are not served') : plain(404, `there is no ${path}`);
    }
    try {
      const said = act(membersOf(request));
      return said === undefined ? { status: 200 } : { status: 200, headers: JSON_HEADERS, body: said };
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      return plain(400, error.message);
    }
  }

  /** Everything as at the start. */
  reset(): void {
    this.names.clearAll();
    this.names.setDefault(DEFAULTS);
    this.web.clear();
    this.forgotten.clear();
    this.failing.clear();
    this.server.faults.remove(FAILURE);
  }

  private setDefault(which: keyof DefaultAddresses, given: Given): undefined {
    const address = given.get('ip') ?? '';
    if (typeof address !== 'string') throw bad('ip is an address, or empty for none');
    if (address !== '') dataOf([(which === 'ipv4' ? a : aaaa)(address)]);
    this.names.setDefault({ [which]: address === '' ? undefined : address });
  }

  private adding(build: (given: Given) => readonly Built[]): Act {
    return (given) => {
      const name = host(given);
      this.names.add(name, dataOf(build(given)));
      return undefined;
    };
  }

  private clearing(type: number): Act {
    return (given) => {
      this.names.clear(host(given), type);
      return undefined;
    };
  }

  private setAlias(given: Given): undefined {
    const name = host(given);
    const data = dataOf([cname(nameToText(absoluteName(text(given, 'target'))))]);
    this.names.clear(name, TYPE.CNAME);
    this.names.add(name, data);
  }

  private setFailure(given: Given): undefined {
    this.failing.add(nameToText(host(given)).toLowerCase());
    this.fail();
  }

  private clearFailure(given: Given): undefined {
    this.failing.delete(nameToText(host(given)).toLowerCase());
    this.fail();
  }

  private fail(): void {
    const match = { name: [...this.failing] };
    if (this.failing.size === 0) this.server.faults.remove(FAILURE);
    else this.server.faults.add({ id: FAILURE, match, action: { rcode: 'SERVFAIL' } });
  }

  private questions(name: Uint8Array): object[] {
    const after = this.forgotten.get(nameKey(name)) ?? 0;
    return this.server.history.list().flatMap(({ number, summary: { question } }) => {
      if (question === undefined || number <= after || !equalNames(question.name, name)) return [];
      return [{ Question: { Name: nameToText(question.name), Qtype: question.type, Qclass: question.class } }];
    });
  }

  private forget(given: Given): undefined {
    const type = given.get('type');
    if (type === 'dns') this.forgotten.set(nameKey(host(given)), this.server.history.total);
    else if (type === 'http') this.web.forget(text(given, 'host'));
    else if (type !== 'tlsalpn') throw bad(`${JSON.stringify(type ?? '')} event type unknown`);
  }
}

/** Id of the fault that makes names fail. */
const FAILURE = 'challtestsrv-servfail';

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

function history(events: readonly object[] | readonly HttpHistory[]): string {
  return JSON.stringify(events, undefined, 3);
}

function plain(status: number, sentence: string): ControlReply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${sentence}\n` };
}

function bad(sentence: string): ControlError {
  return new ControlError(400, 'bad', sentence);
}

function membersOf({ body }: ControlRequest): Given {
  const said = Buffer.from(body).toString('utf8');
  if (said === '') throw bad('expected JSON POST body, was empty');
  let value: unknown;
  try {
    value = JSON.parse(said);
  } catch (error) {
    throw bad(String((error as Error).message));
  }
  return lowerMembers(value);
}

function lowerMembers(value: unknown): Given {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad('an object of JSON is expected');
  return new Map(Object.entries(value).map(([name, each]) => [name.toLowerCase(), each]));
}

function text(given: Given, member: string): string {
  const value = given.get(member);
  if (typeof value === 'string' && value !== '') return value;
  throw bad(`${member} is a text and must not be empty`);
}

function texts(given: Given, member: string): string[] {
  const value = given.get(member);
  if (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')) return value;
  throw bad(`${member} is a list of texts and must not be empty`);
}

function host(given: Given): Uint8Array {
  return absoluteName(text(given, 'host'));
}

/** A list of objects with the fields of records. */
function fieldsOf(given: Given, member: string): never[] {
  const value = given.get(member);
  if (!Array.isArray(value) || value.length === 0) throw bad(`${member} is a list of objects and must not be empty`);
  return value.map((each) => Object.fromEntries(lowerMembers(each)) as never);
}

/** The same where one field is a name, which is absolute with or without its final dot. */
function absolute(given: Given, member: string, name: string): never[] {
  return fieldsOf(given, member).map((fields: Readonly<Record<string, unknown>>) => {
    const value = fields[name];
    if (typeof value !== 'string' || value === '') throw bad(`${name} is a name and must not be empty`);
    return { ...fields, [name]: nameToText(absoluteName(value)) } as never;
  });
}

function association(fields: Readonly<Record<string, unknown>>): Built {
  const { usage, selector, matching, data } = fields as unknown as TlsaValues;
  if (typeof data !== 'string') throw bad('data is a text of hexadecimal digits');
  return tlsa({ usage, selector, matching, data });
}

function dataOf(built: readonly Built[]): Extract<Built, { readonly rdata: Uint8Array }>[] {
  return built.map((each) => {
    if ('problem' in each) throw bad(each.problem);
    return each;
  });
}
