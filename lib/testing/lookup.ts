import { isIP } from 'node:net';
import { printRdata } from '../rr/codec.ts';
import { TYPE, typeToText } from '../rr/types.ts';
import type { TestClient } from './client.ts';

/** An address as `lookup` of node:dns gives it. */
export interface LookupAddress {
  address: string;
  family: number;
}

/** What `lookup` of node:dns takes, of which the rest means nothing here. */
export interface LookupOptions {
  readonly family?: number | 'IPv4' | 'IPv6' | undefined;
  readonly all?: boolean | undefined;
  /** Flags such as `V4MAPPED` of node:dns. */
  readonly hints?: number | undefined;
  readonly order?: 'ipv4first' | 'ipv6first' | 'verbatim' | undefined;
  readonly verbatim?: boolean | undefined;
}

/** Takes what a lookup found. */
export type LookupDone = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/** As `lookup` of node:dns: for the `lookup` option of net.connect, http.request and the like. */
export interface Lookup {
  (host: string, done: LookupDone): void;
  (host: string, family: number, done: LookupDone): void;
  (host: string, options: LookupOptions, done: LookupDone): void;
}

/** `V4MAPPED` of node:dns, here as everywhere else 8; on some systems 2048. */
const V4_MAPPED = new Set([8, 2048]);

/** A lookup that asks the server of a test and nobody else: no hosts file, no search list. */
export function lookupOver(client: TestClient): Lookup {
  return (host: string, given: LookupOptions | number | LookupDone, then?: LookupDone): void => {
    const done = typeof given === 'function' ? given : then;
    const options = typeof given === 'number' ? { family: given } : typeof given === 'function' ? {} : given;
    if (done === undefined) throw new TypeError('lookup: the function that takes the address is missing');
    const found = (addresses: LookupAddress[]): void => {
      const [first] = addresses;
      if (options.all) done(null, addresses);
      else if (first !== undefined) done(null, first.address, first.family);
    };
    addressesOf(client, host, options).then(found, (error: NodeJS.ErrnoException) =>
      done(error, options.all ? [] : '', 0),
    );
  };
}

async function addressesOf(client: TestClient, host: string, options: LookupOptions): Promise<LookupAddress[]> {
  const literal = isIP(host);
  if (literal !== 0) return [{ address: host, family: literal }];
  const family = { IPv4: 4, IPv6: 6 }[String(options.family)] ?? Number(options.family ?? 0);
  const four = family === 6 ? [] : await asked(client, host, TYPE.A, 4);
  const six = family === 4 ? [] : await asked(client, host, TYPE.AAAA, 6);
  const mapped = family === 6 && six.length === 0 && [...V4_MAPPED].some((hint) => ((options.hints ?? 0) & hint) !== 0);
  const instead = mapped ? (await asked(client, host, TYPE.A, 4)).map(toMapped) : [];
  const all = options.order === 'ipv6first' ? [...six, ...four] : [...four, ...six, ...instead];
  if (all.length > 0) return all;
  throw trouble('ENOTFOUND', -3008, host);
}

function toMapped({ address }: LookupAddress): LookupAddress {
  return { address: `::ffff:${address}`, family: 6 };
}

async function asked(client: TestClient, host: string, type: number, family: number): Promise<LookupAddress[]> {
  const answer = await client.query(host, typeToText(type)).catch(() => undefined);
  const rcode = answer?.rcode;
  if (answer === undefined || (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN')) throw trouble('EAI_AGAIN', -3001, host);
  return answer.message.answer
    .filter((record) => record.type === type)
    .map(({ rdata }) => ({ address: printRdata(type, rdata), family }));
}

/** As the system's own lookup fails. */
function trouble(code: string, errno: number, hostname: string): NodeJS.ErrnoException {
  const syscall = 'getaddrinfo';
  return Object.assign(new Error(`${syscall} ${code} ${hostname}`), { code, errno, syscall, hostname });
}
