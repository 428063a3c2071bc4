import type { ControlReply, ControlRequest } from '../../net/control-options.ts';

/** One request for a challenge, with the members that pebble-challtestsrv gives it. */
export interface HttpHistory {
  readonly URL: string;
  readonly Host: string;
  readonly HTTPS: boolean;
  readonly ServerName: string;
}

/** Requests that are remembered. */
const MOST_REQUESTS = 10_000;

/** Where challenges are looked for (RFC 8555 §8.3). */
const WELL_KNOWN = '/.well-known/acme-challenge/';

/** Challenges of http-01 that are answered, redirections, and what was asked for. */
export class WebChallenges {
  private readonly tokens = new Map<string, string>();
  private readonly redirects = new Map<string, string>();
  private seen: HttpHistory[] = [];

  addToken(token: string, content: string): undefined {
    this.tokens.set(token, content);
  }

  removeToken(token: string): undefined {
    this.tokens.delete(token);
  }

  addRedirect(path: string, target: string): undefined {
    this.redirects.set(path, target);
  }

  removeRedirect(path: string): undefined {
    this.redirects.delete(path);
  }

  clear(): void {
    this.tokens.clear();
    this.redirects.clear();
    this.seen = [];
  }

  /** Requests whose Host is this one, ports aside. */
  requests(host: string): HttpHistory[] {
    return this.seen.filter((each) => keyOf(each) === host.toLowerCase());
  }

  forget(host: string): void {
    this.seen = this.seen.filter((each) => keyOf(each) !== host.toLowerCase());
  }

  handle({ method, target, headers }: ControlRequest): ControlReply {
    if (method !== 'GET' && method !== 'HEAD')
      return { ...nothing(405, 'POST manages, GET asks for a challenge'), headers: { allow: 'GET, HEAD, POST' } };
    if (this.seen.length >= MOST_REQUESTS) this.seen = this.seen.slice(MOST_REQUESTS / 2);
    const HTTPS = false;
    this.seen.push({ URL: target, Host: headers['host'] ?? '', HTTPS, ServerName: '' });
    const path = target.split('?', 1)[0] ?? '';
    const redirect = this.redirects.get(path);
    if (redirect !== undefined) return { status: 301, headers: { location: inHeader(redirect) } };
    const content = path.startsWith(WELL_KNOWN) ? this.tokens.get(path.slice(WELL_KNOWN.length)) : undefined;
    if (content === undefined) return nothing(404, 'there is no such challenge');
    return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body: content };
  }
}

/** A text with all escaped that would end a header line or that no header can have. */
function inHeader(text: string): string {
  return encodeURI(Buffer.from(text).toString()).replaceAll('%25', '%');
}

function keyOf({ Host }: HttpHistory): string {
  return Host.toLowerCase().replace(/:\d*$/u, '');
}

function nothing(status: number, sentence: string): ControlReply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${sentence}\n` };
}
