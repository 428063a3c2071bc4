import { u32At } from '../wire/header.ts';
import { addressOctets } from './addresses.ts';
import { sipHash24 } from './siphash.ts';

/** Octets of a client cookie, and of a server cookie at least and at most (RFC 7873 §4). */
const CLIENT = 8;
const SERVER_LEAST = 8;
const SERVER_MOST = 32;
/** Octets of a server cookie of version 1 (RFC 9018 §4). */
const VERSION_1 = 16;

/** Seconds a server cookie is good for, is given back unchanged, and may be ahead of the clock (RFC 9018 §4.3). */
const GOOD_FOR = 3600;
const FRESH_FOR = 1800;
const AHEAD = 300;

/** What the cookie option of a query is, and the octets of the one that answers it. */
export type CookieCheck =
  | { readonly state: 'malformed' }
  | { readonly state: 'client-only' | 'invalid' | 'valid'; readonly reply: Uint8Array };

/** Checks the data of a COOKIE option (RFC 7873 §5.2, RFC 9018 §4) for the client at an address; `now` is in milliseconds. */
export function checkCookie(
  data: Uint8Array,
  secrets: readonly Uint8Array[],
  address: string,
  now: number,
): CookieCheck {
  const length = data.length - CLIENT;
  if (length < 0 || (length > 0 && length < SERVER_LEAST) || length > SERVER_MOST) return { state: 'malformed' };
  const client = data.subarray(0, CLIENT);
  const server = data.subarray(CLIENT);
  const where = addressOctets(address) ?? new Uint8Array(0);
  const seconds = Math.floor(now / 1000) % 0x100000000;
  const current = secrets[0] ?? new Uint8Array(16);
  if (length > 0 && isOurs(client, server, secrets, where)) {
    const age = (seconds - u32At(server, 4)) | 0;
    if (age >= -AHEAD && age <= GOOD_FOR) {
      const fresh = age <= FRESH_FOR && sameOctets(server.subarray(8), hashOf(client, server, where, current));
      return { state: 'valid', reply: fresh ? data : made(client, where, current, seconds) };
    }
  }
  return { state: length === 0 ? 'client-only' : 'invalid', reply: made(client, where, current, seconds) };
}

function isOurs(client: Uint8Array, server: Uint8Array, secrets: readonly Uint8Array[], address: Uint8Array): boolean {
  if (server.length !== VERSION_1 || server[0] !== 1) return false;
  return secrets.some((secret) => sameOctets(server.subarray(8), hashOf(client, server, address, secret)));
}

function made(client: Uint8Array, address: Uint8Array, secret: Uint8Array, seconds: number): Uint8Array {
  const cookie = new Uint8Array(CLIENT + VERSION_1);
  cookie.set(client);
  cookie[CLIENT] = 1;
  new DataView(cookie.buffer).setUint32(CLIENT + 4, seconds);
  cookie.set(hashOf(client, cookie.subarray(CLIENT), address, secret), CLIENT + 8);
  return cookie;
}

/** Client cookie, version, reserved octets, timestamp and address, hashed (RFC 9018 §4.4). */
function hashOf(client: Uint8Array, server: Uint8Array, address: Uint8Array, secret: Uint8Array): Uint8Array {
  const input = new Uint8Array(CLIENT + 8 + address.length);
  input.set(client);
  input.set(server.subarray(0, 8), CLIENT);
  input.set(address, CLIENT + 8);
  return sipHash24(secret, input);
}

/** Whether octets are the same, in a time that does not tell where they differ. */
function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) difference |= (a[at] as number) ^ (b[at] ?? 0);
  return difference === 0;
}
