import { readIp4, readIp6 } from '../rr/address.ts';
import { ByteSink } from '../text/sink.ts';

/** An address of 4 or 16 octets with the length of its prefix in bits. */
export interface SpfNetwork {
  readonly address: Uint8Array;
  readonly prefix: number;
}

/** The octets of an IPv4 address as ip4 writes it (RFC 7208 §12: no leading zeros), undefined for anything else. */
export function ip4Octets(text: string): Uint8Array | undefined {
  return octets(text, readIp4, 15);
}

/** The octets of an IPv6 address in any form of RFC 4291 §2.2, undefined for anything else. */
export function ip6Octets(text: string): Uint8Array | undefined {
  return octets(text, readIp6, 45);
}

/** Room for one address, as written and as octets. */
const written = new Uint8Array(45);
const address = new ByteSink(32);

function octets(
  text: string,
  read: (bytes: Uint8Array, start: number, end: number, out: ByteSink) => boolean,
  longest: number,
): Uint8Array | undefined {
  if (text.length > longest) return undefined;
  for (let at = 0; at < text.length; at++) written[at] = text.charCodeAt(at) & 0xff;
  address.length = 0;
  return read(written, 0, text.length, address) ? address.slice() : undefined;
}

/** A prefix length without leading zeros up to `limit` (RFC 7208 §12), undefined for anything else. */
export function prefixLength(digits: string, limit: number): number | undefined {
  return /^(?:0|[1-9]\d{0,2})$/.test(digits) && Number(digits) <= limit ? Number(digits) : undefined;
}

/** Whether an address lies in a network; addresses of the other family never do (RFC 7208 §5). */
export function networkHas({ address, prefix }: SpfNetwork, candidate: Uint8Array): boolean {
  if (address.length !== candidate.length) return false;
  const whole = prefix >> 3;
  for (let at = 0; at < whole; at++) if (address[at] !== candidate[at]) return false;
  const rest = prefix & 7;
  return rest === 0 || ((address[whole] ?? 0) ^ (candidate[whole] ?? 0)) >> (8 - rest) === 0;
}
