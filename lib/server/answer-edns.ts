import { labelCount } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { OPTION } from '../wire/edns.ts';
import { MAX_MESSAGE } from '../wire/encode.ts';
import type { Edns, EdnsOption } from '../wire/message.ts';
import { isClientSubnet } from './client-subnet.ts';
import { type CookieCheck, checkCookie } from './cookies.ts';
import type { Exchange, ServerOptions } from './exchange.ts';
import type { Resolved } from './resolve.ts';

/** Whether messages go over a connection that may stay open. */
export function isStream({ transport }: Exchange): boolean {
  return transport !== 'udp';
}

/** Octets that a datagram holds at most: the length of its packet has 16 bits, and counts two headers. */
export const LARGEST_DATAGRAM = 65_507;

/** Octets that can be sent in one message, whatever a client says that it takes. */
export function mostOctets(exchange: Exchange): number {
  return isStream(exchange) ? MAX_MESSAGE : LARGEST_DATAGRAM;
}

/** The first option of a code. */
function optionOf(edns: Edns | undefined, code: number): Uint8Array | undefined {
  return edns?.options.find((option) => option.code === code)?.data;
}

/** What the cookie of a query is worth; undefined when it has none or the server has no secret. */
export function cookieOf(edns: Edns | undefined, exchange: Exchange, options: ServerOptions): CookieCheck | undefined {
  const data = optionOf(edns, OPTION.COOKIE);
  const { cookieSecrets: secrets = [] } = options;
  if (data === undefined || secrets.length === 0) return undefined;
  return checkCookie(data, secrets, exchange.client.address, exchange.now);
}

/**
 * Whether a query has to show a valid server cookie and does not (RFC 7873 §5.2.1, §5.2.3, §5.2.4). Connections and
 * signatures tell better than a cookie who asks.
 */
export function lacksCookie(cookie: CookieCheck | undefined, exchange: Exchange, options: ServerOptions): boolean {
  if (options.requireCookie !== true || options.cookieSecrets === undefined) return false;
  return !isStream(exchange) && exchange.key === undefined && cookie?.state !== 'valid';
}

/** Whether the client subnet of a query, where such are understood, is none (RFC 7871 §7.2.1). */
export function hasBadSubnet(edns: Edns | undefined, { clientSubnet }: ServerOptions): boolean {
  const data = clientSubnet === false ? undefined : optionOf(edns, OPTION.CLIENT_SUBNET);
  return data !== undefined && !isClientSubnet(data);
}

/** Options of the reply that only depend on the query and its exchange: NSID, client subnet, COOKIE and TCP keepalive. */
export function exchangeOptions(
  edns: Edns,
  cookie: CookieCheck | undefined,
  exchange: Exchange,
  options: ServerOptions,
): EdnsOption[] {
  const found: EdnsOption[] = [];
  if (options.nsid !== undefined && optionOf(edns, OPTION.NSID) !== undefined) {
    found.push({ code: OPTION.NSID, data: options.nsid });
  }
  // Its scope of 0 tells that the answer is the same for all (RFC 7871 §7.2.1).
  const subnet = options.clientSubnet === false ? undefined : optionOf(edns, OPTION.CLIENT_SUBNET);
  if (subnet !== undefined && isClientSubnet(subnet)) found.push({ code: OPTION.CLIENT_SUBNET, data: subnet });
  if (cookie !== undefined && cookie.state !== 'malformed') found.push({ code: OPTION.COOKIE, data: cookie.reply });
  // RFC 7828 §3.2.1: never over UDP; HTTP has its own ways.
  const connection = exchange.transport === 'tcp' || exchange.transport === 'tls';
  if (connection && options.keepAlive !== undefined && optionOf(edns, OPTION.TCP_KEEPALIVE) !== undefined) {
    const units = Math.min(65535, Math.floor(options.keepAlive / 100));
    found.push({ code: OPTION.TCP_KEEPALIVE, data: Uint8Array.of(units >> 8, units & 255) });
  }
  return found;
}

/** Options that tell of the zone: EXPIRE (RFC 7314 §3.2) and ZONEVERSION (RFC 9660 §3.2). */
export function zoneOptions(edns: Edns, type: number, resolved: Resolved, options: ServerOptions): EdnsOption[] {
  const { zone, authoritative } = resolved;
  if (zone === undefined) return [];
  const found: EdnsOption[] = [];
  const soa = type === TYPE.SOA && resolved.outcome === 'answer' && authoritative;
  if (soa && optionOf(edns, OPTION.EXPIRE)?.length === 0) {
    found.push({ code: OPTION.EXPIRE, data: numbers(4, 0, zone.expire) });
  }
  if (options.zoneVersion !== false && optionOf(edns, OPTION.ZONEVERSION)?.length === 0) {
    // Type 0 is the SOA serial, behind it and the number of labels of the zone's name.
    const data = numbers(6, 2, zone.serial);
    data[0] = labelCount(zone.origin);
    found.push({ code: OPTION.ZONEVERSION, data });
  }
  return found;
}

function numbers(length: number, at: number, value: number): Uint8Array {
  const data = new Uint8Array(length);
  new DataView(data.buffer).setUint32(at, value);
  return data;
}

/** Octets of padding for a reply that has `length` octets without the option; undefined when none is wanted (RFC 8467 §4.1). */
export function paddingFor(
  edns: Edns | undefined,
  length: number,
  exchange: Exchange,
  block: number,
): number | undefined {
  const encrypted = exchange.transport === 'tls' || exchange.transport === 'https';
  if (!encrypted || block <= 0 || optionOf(edns, OPTION.PADDING) === undefined) return undefined;
  const open = length + 4;
  if (open > 65535) return undefined;
  return Math.min((block - (open % block)) % block, 65535 - open);
}
