import { isIP } from 'node:net';

/** Where a DNS server listens; the address is an IPv4 or IPv6 one, never a host name. */
export interface ServerAddress {
  readonly address: string;
  readonly port: number;
}

/** Port of DNS over UDP and TCP (RFC 1035 §4.2). */
const DNS_PORT = 53;

/** `127.0.0.1:5300`, `[::1]:53`. */
export function serverText({ address, port }: ServerAddress): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** The server that a text such as `127.0.0.1`, `127.0.0.1:5300`, `::1` or `[::1]:5300` means, or what to write instead. */
export function parseServerAddress(text: string): ServerAddress | { readonly problem: string } {
  const bracketed = /^\[([^[\]]*)\](?::(.*))?$/.exec(text);
  if (bracketed) {
    const [, address = '', port] = bracketed;
    if (isIP(address) === 6) return withPort(address, port);
    if (isIP(address) === 4)
      return {
        problem: `only IPv6 addresses stand in brackets: write ${address}${port === undefined ? '' : `:${port}`}`,
      };
    return { problem: `'${address}' is no IPv6 address: write one such as [::1]:5300` };
  }
  // With one colon it cannot be one; asking Node whether it is an IPv6 address takes a few milliseconds the first time.
  if (!/^[^:]*:[^:]*$/u.test(text) && isIP(text) !== 0) return { address: text, port: DNS_PORT };
  const colon = text.lastIndexOf(':');
  const host = colon < 0 ? text : text.slice(0, colon);
  const port = colon < 0 ? undefined : text.slice(colon + 1);
  if (isIP(host) === 4) return withPort(host, port);
  if (isIP(host) === 6) return { problem: `an IPv6 address with a port needs brackets: write [${host}]:${port}` };
  if (host === '') return { problem: `the address is missing: write one such as 127.0.0.1${colon < 0 ? '' : text}` };
  if (host.toLowerCase() === 'localhost') {
    const end = port ? `:${port}` : '';
    return { problem: `a host name would need DNS itself: write 127.0.0.1${end} or [::1]${end}` };
  }
  return {
    problem: `'${host}' is no IP address: write one such as 127.0.0.1:5300 or [::1]:5300, as a host name would need DNS itself`,
  };
}

function withPort(address: string, port: string | undefined): ServerAddress | { readonly problem: string } {
  if (port === undefined) return { address, port: DNS_PORT };
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number >= 1 && number <= 65535) return { address, port: number };
  return { problem: `'${port}' is no port: write a number from 1 to 65535` };
}
