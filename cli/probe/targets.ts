import { isIP } from 'node:net';
import { normalizeHostName } from '../../lib/certs/names.ts';
import { type MailDestination, readDestination } from '../../lib/mail/mail-domain.ts';
import { UsageError } from '../errors.ts';

/** One argument of `probe`: a mail domain whose hosts are looked up, or a host at a port. */
export type ProbeTarget =
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'host'; readonly host: string; readonly port: number };

/** Reads `example.net` as a mail domain, `mx1.example.net:842`, `192.0.2.1` and `[2001:db8::1]:25` as hosts. */
export function readTarget(text: string): ProbeTarget {
  if (isIP(text) !== 0) return { kind: 'host', host: text.toLowerCase(), port: 25 };
  const [, inner, rest = ''] = /^\[(?:IPv6:)?([^\]]*)\](.*)$/iu.exec(text) ?? [];
  if (inner !== undefined) {
    if (isIP(inner) === 0) throw new UsageError(`'${text}': [${inner}] holds no address; write [2001:db8::1]:25`);
    return { kind: 'host', host: inner.toLowerCase(), port: rest === '' ? 25 : portOf(rest.replace(/^:/u, ''), text) };
  }
  const colon = text.lastIndexOf(':');
  if (colon >= 0) {
    const name = text.slice(0, colon);
    const port = portOf(text.slice(colon + 1), text);
    if (isIP(name) === 4) return { kind: 'host', host: name, port };
    const host = normalizeHostName(name);
    if (host === undefined) throw new UsageError(`'${text}': '${name}' is no host name; write mx1.example.net:842`);
    return { kind: 'host', host, port };
  }
  const read: MailDestination = readDestination(text);
  if (read.kind === 'wrong') throw new UsageError(read.problem);
  return read.kind === 'domain' ? read : { kind: 'host', host: read.address, port: 25 };
}

function portOf(text: string, whole: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/u.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(
    `'${whole}': '${text}' is no port; expected a number from 1 to 65535, as in mx1.example.net:842`,
  );
}

/** Reads `25=2525,842=8842`: which port is connected to in place of another one. */
export function readPortMap(text: string): ReadonlyMap<number, number> {
  const pairs = text.split(',').map((pair) => {
    const [, from = '', to = ''] = /^(\d{1,5})=(\d{1,5})$/u.exec(pair.trim()) ?? [];
    if (from === '') throw new UsageError(`--port-map: '${pair}' is no pair of ports; write 25=2525,842=8842`);
    return [portOf(from, pair), portOf(to, pair)] as const;
  });
  return new Map(pairs);
}

/** How TLS begins at a port as long as nobody says otherwise (RFC 8314 §3.3, draft-nurpmeso §2); undefined for other ports. */
export function usualMode(port: number): 'starttls' | 'implicit' | undefined {
  if (port === 25 || port === 587) return 'starttls';
  return port === 465 || port === 842 ? 'implicit' : undefined;
}
