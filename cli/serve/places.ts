import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { ListenAt } from '../../lib/net/serve-options.ts';
import { parseServerAddress, type ServerAddress, serverText } from '../../lib/net/server-address.ts';
import { UsageError } from '../errors.ts';

/** Ports where none is given: those of the protocols are privileged. */
export const SERVE_PORTS = {
  listen: 5300,
  'tls-listen': 8853,
  'https-listen': 8443,
  control: 5380,
  challtestsrv: 8055,
} as const;

/** What the command line says about where to listen. */
export interface PlaceOptions {
  readonly listen?: readonly string[];
  readonly tlsListen?: readonly string[];
  readonly httpsListen?: readonly string[];
  readonly reusePort?: boolean;
}

/** The places to listen at; without any word the loopback. */
export function placesOf({ listen, tlsListen = [], httpsListen = [], reusePort = false }: PlaceOptions): ListenAt[] {
  const plain = listen ?? (tlsListen.length + httpsListen.length > 0 ? [] : ['127.0.0.1']);
  const places: ListenAt[] = [
    ...plain.flatMap((text) => plainPlaces(parsePlace('listen', text))),
    ...tlsListen.map((text) => ({ transport: 'tls' as const, ...parsePlace('tls-listen', text) })),
    ...httpsListen.map((text) => ({ transport: 'https' as const, ...parsePlace('https-listen', text) })),
  ];
  return reusePort ? places.map((place) => ({ ...place, reusePort })) : places;
}

/** The place that `127.0.0.1`, `127.0.0.1:0`, `[::1]:5300`, or `5300` alone for the loopback means; throws UsageError. */
export function parsePlace(option: keyof typeof SERVE_PORTS, text: string): ServerAddress {
  const given = /^\d+$/u.test(text) ? `127.0.0.1:${text}` : text;
  const bare = /^(?:[^[\]:]*|[^[\]:]*:[^[\]]*:[^[\]]*|\[[^\]]*\])$/u.test(given);
  // Port 0 is none that could be asked, but one that can be listened at.
  const anyPort = /[\]\d]:0+$/u.test(given) && !bare;
  const read = parseServerAddress(anyPort ? given.replace(/0+$/u, '1') : given);
  if ('problem' in read) throw new UsageError(`--${option} ${text}: ${read.problem}`);
  if (bare) return { address: read.address, port: SERVE_PORTS[option] };
  return anyPort ? { address: read.address, port: 0 } : read;
}

/** UDP and TCP; UDP at all addresses is UDP at each of them, so that answers leave from the one asked. */
function plainPlaces({ address, port }: ServerAddress): ListenAt[] {
  const tcp = { transport: 'tcp', address, port } as const;
  const all = isIP(address) === 4 ? address === '0.0.0.0' : /^[0:]+$/u.test(address);
  const each = all && port !== 0 ? ownAddresses(isIP(address)) : [address];
  return [...each.map((one) => ({ transport: 'udp', address: one, port }) as const), tcp];
}

function ownAddresses(family: number): string[] {
  const found = Object.entries(networkInterfaces()).flatMap(([name, each = []]) =>
    each
      .filter((one) => one.family === (family === 4 ? 'IPv4' : 'IPv6'))
      .map(({ address }) => (/^fe80:/iu.test(address) ? `${address}%${name}` : address)),
  );
  return [...new Set(found)];
}

/** Whether only this machine can reach a place. */
export function isLoopback(address: string): boolean {
  return /^(?:::ffff:)?127\.|^::1$/u.test(address);
}

/** Places as text, transports of one address and port together: `127.0.0.1:5300 (UDP, TCP)`. */
export function placesText(places: readonly ListenAt[]): string {
  const byPlace = new Map<string, string[]>();
  for (const { transport, address, port } of places) {
    const where = serverText({ address, port });
    byPlace.set(where, [...(byPlace.get(where) ?? []), transport.toUpperCase()]);
  }
  return [...byPlace].map(([where, transports]) => `${where} (${transports.join(', ')})`).join(', ');
}
