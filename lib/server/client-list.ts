import { nearest } from '../text/nearest.ts';
import { type AddressPrefix, addressPrefix, inPrefixes } from './addresses.ts';
import type { Exchange } from './exchange.ts';

/** Words for clients: those of this machine or with a key, all, those with a key, or nobody. */
const CLIENT_WORDS: readonly string[] = ['loopback', 'any', 'key', 'none'];

/** Clients that may do something. */
export interface ClientList {
  readonly any: boolean;
  /** Whether whoever signs with a key is one of them. */
  readonly key: boolean;
  readonly prefixes: readonly AddressPrefix[];
}

/** What is wrong with a list, to be said behind its name. */
export interface ClientListProblem {
  readonly problem: string;
}

/** Reads words, addresses and prefixes such as 192.0.2.0/24, of which a client has to fit one. */
export function clientList(texts: readonly string[]): ClientList | ClientListProblem {
  const words = texts.map((text) => text.toLowerCase());
  const has = (word: string): boolean => words.includes(word);
  if (words.length === 0) return { problem: 'needs a word or an address: none means nobody' };
  if (has('none') && words.some((word) => word !== 'none')) return { problem: "cannot be 'none' and somebody else" };
  const prefixes: AddressPrefix[] = [];
  for (const word of words) {
    if (word === 'loopback') prefixes.push(...LOOPBACK);
    if (CLIENT_WORDS.includes(word)) continue;
    const prefix = addressPrefix(word);
    if (prefix === undefined) return { problem: `cannot be '${word}'; ${hint(word)}` };
    prefixes.push(prefix);
  }
  return { any: has('any'), key: has('key') || has('loopback'), prefixes };
}

const LOOPBACK: readonly AddressPrefix[] = [
  { octets: Uint8Array.of(127, 0, 0, 0), bits: 8 },
  { octets: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), bits: 128 },
];

function hint(word: string): string {
  const near = nearest(word, CLIENT_WORDS);
  const all = `${CLIENT_WORDS.join(', ')}, or an address or prefix such as 192.0.2.1, 192.0.2.0/24 or 2001:db8::/32`;
  return near === undefined ? `it is ${all}` : `did you mean ${near}?`;
}

/** Whether nobody is in a list. */
export function isNobody({ any, key, prefixes }: ClientList): boolean {
  return !any && !key && prefixes.length === 0;
}

/** Tells the clients of a list from others. */
export function clientCheck({ any, key: byKey, prefixes }: ClientList): (exchange: Exchange) => boolean {
  const isNear = inPrefixes(prefixes);
  return ({ client, key }) => any || (byKey && key !== undefined) || isNear(client.address);
}
