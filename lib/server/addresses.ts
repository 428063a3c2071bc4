import { readIp4, readIp6 } from '../rr/address.ts';
import { ByteSink } from '../text/sink.ts';

/** Addresses that begin with the same bits. */
export interface AddressPrefix {
  readonly octets: Uint8Array;
  readonly bits: number;
}

/** Bits before an IPv4 address within IPv6 (RFC 4291 §2.5.5.2). */
const MAPPED_BITS = 96;

/** Octets of an IPv4 or IPv6 address; IPv4 within IPv6 (`::ffff:192.0.2.1`) is IPv4, a zone (`%eth0`) is left out. */
export function addressOctets(text: string): Uint8Array | undefined {
  const bytes = new TextEncoder().encode(text.replace(/%.*$/u, ''));
  const out = new ByteSink(16);
  if (!readIp4(bytes, 0, bytes.length, out) && !readIp6(bytes, 0, bytes.length, out)) return undefined;
  const octets = out.slice();
  const isMapped = octets.length === 16 && octets[10] === 255 && octets[11] === 255 && isZero(octets, 10);
  return isMapped ? octets.slice(12) : octets;
}

/** An address, or a prefix such as `192.0.2.0/24` or `::ffff:192.0.2.0/120`, which is the same; undefined when it is neither. */
export function addressPrefix(text: string): AddressPrefix | undefined {
  const [, address = '', digits] = /^([^/]+)(?:\/(\d{1,3}))?$/u.exec(text) ?? [];
  const octets = addressOctets(address);
  if (octets === undefined) return undefined;
  const most = octets.length * 8;
  const before = octets.length === 4 && address.includes(':') ? MAPPED_BITS : 0;
  const bits = digits === undefined ? most : Number(digits) - before;
  return bits < 0 || bits > most ? undefined : { octets, bits };
}

/** Whether an address begins with the bits of a prefix. */
function isOfPrefix(address: Uint8Array, { octets, bits }: AddressPrefix): boolean {
  if (address.length !== octets.length) return false;
  const whole = bits >> 3;
  for (let at = 0; at < whole; at++) if (address[at] !== octets[at]) return false;
  const left = bits & 7;
  return left === 0 || ((address[whole] as number) ^ (octets[whole] as number)) >> (8 - left) === 0;
}

/** Tells whether the text of an address begins with one of some prefixes. */
export function inPrefixes(prefixes: readonly AddressPrefix[]): (address: string) => boolean {
  // Most queries in a row come from one client.
  let last: string | undefined;
  let fits = false;
  return (address) => {
    if (address !== last) {
      last = address;
      const octets = addressOctets(address);
      fits = octets !== undefined && prefixes.some((prefix) => isOfPrefix(octets, prefix));
    }
    return fits;
  };
}

function isZero(octets: Uint8Array, length: number): boolean {
  return octets.subarray(0, length).every((octet) => octet === 0);
}
