import { createHmac } from 'node:crypto';
import { lowerName, nameFromText, nameKey } from '../rr/name.ts';

/** How signatures of a key are computed (RFC 8945 §6). */
export interface TsigAlgorithm {
  readonly name: string;
  /** Wire form of the name. */
  readonly wire: Uint8Array;
  readonly hash: string;
  /** Octets that the hash has, and those of them that are sent. */
  readonly size: number;
  readonly sent: number;
}

/** Name, hash, its octets, and the octets sent when those are fewer. */
const ROWS: readonly (readonly [name: string, hash: string, size: number, sent?: number])[] = [
  ['hmac-sha1', 'sha1', 20],
  ['hmac-sha224', 'sha224', 28],
  ['hmac-sha256', 'sha256', 32],
  ['hmac-sha256-128', 'sha256', 32, 16],
  ['hmac-sha384', 'sha384', 48],
  ['hmac-sha384-192', 'sha384', 48, 24],
  ['hmac-sha512', 'sha512', 64],
  ['hmac-sha512-256', 'sha512', 64, 32],
];

const ALGORITHMS: ReadonlyMap<string, TsigAlgorithm> = new Map(
  ROWS.map(([name, hash, size, sent = size]) => [name, { name, wire: wireOf(name), hash, size, sent }]),
);

/** Names of all algorithms, in the order of RFC 8945 §6. */
export const TSIG_ALGORITHMS: readonly string[] = [...ALGORITHMS.keys()];

const MD5 = /^hmac-md5(?:\.sig-alg\.reg\.int)?$/u;

function wireOf(name: string): Uint8Array {
  return Uint8Array.of(name.length, ...new TextEncoder().encode(name), 0);
}

/** The algorithm of a name, undefined for one that is not computed here. */
export function tsigAlgorithm(name: string): TsigAlgorithm | undefined {
  return ALGORITHMS.get(name.toLowerCase().replace(/\.$/u, ''));
}

/** A secret that two parties share (RFC 8945 §2); nothing that prints objects shows the secret. */
export class TsigKey {
  /** Wire form in small letters. */
  readonly name: Uint8Array;
  readonly algorithm: TsigAlgorithm;
  readonly #secret: Uint8Array;

  constructor(name: Uint8Array, algorithm: TsigAlgorithm, secret: Uint8Array) {
    this.name = lowerName(name);
    this.algorithm = algorithm;
    this.#secret = secret.slice();
  }

  /** The whole MAC of octets in their order. */
  mac(parts: readonly Uint8Array[]): Uint8Array {
    const mac = createHmac(this.algorithm.hash, this.#secret);
    for (const part of parts) mac.update(part);
    return new Uint8Array(mac.digest());
  }
}

/** Keys by their names; of two with one name the last counts. */
export class TsigKeys {
  private readonly keys: ReadonlyMap<string, TsigKey>;

  constructor(keys: readonly TsigKey[]) {
    this.keys = new Map(keys.map((key) => [nameKey(key.name), key]));
  }

  get size(): number {
    return this.keys.size;
  }

  /** The key of a name in wire form. */
  find(name: Uint8Array): TsigKey | undefined {
    return this.keys.get(nameKey(name));
  }
}

/** Keys, or a sentence that tells what is wrong; it never repeats what may be a secret. */
export type TsigKeysRead = { readonly keys: readonly TsigKey[] } | { readonly problem: string };

/** Reads `[ALGORITHM:]NAME:SECRET`, the secret in base64; HMAC-SHA256 when no algorithm is given. */
export function readTsigKey(text: string): TsigKeysRead {
  const words = text.split(':');
  if (words.length < 2 || words.length > 3) return { problem: 'a key is NAME:SECRET or ALGORITHM:NAME:SECRET' };
  const [algorithm = '', name = '', secret = ''] = words.length === 2 ? ['hmac-sha256', ...words] : words;
  return keyOf(name, algorithm, secret);
}

/** Reads the `key` statements of a BIND configuration file, as tsig-keygen writes them; others in it are passed over. */
export function readTsigKeyFile(text: string): TsigKeysRead {
  const words = wordsOf(text);
  const keys: TsigKey[] = [];
  for (let at = 0; at < words.length; ) {
    if (words[at] !== 'key' || words[at + 2] !== '{') {
      at = endOfStatement(words, at);
      continue;
    }
    const end = endOfStatement(words, at);
    const name = unquoted(words[at + 1] ?? '');
    const body = words.slice(at + 3, end);
    const value = (word: string): string | undefined => {
      const found = body.findIndex((each) => each.toLowerCase() === word);
      return found < 0 || body[found + 1] === undefined ? undefined : unquoted(body[found + 1] ?? '');
    };
    const [algorithm, secret] = [value('algorithm'), value('secret')];
    const absent = algorithm === undefined ? 'algorithm' : 'secret';
    if (algorithm === undefined || secret === undefined) return { problem: `the key "${name}" has no ${absent}` };
    const read = keyOf(name, algorithm, secret);
    if ('problem' in read) return read;
    keys.push(...read.keys);
    at = end;
  }
  if (keys.length > 0) return { keys };
  return { problem: 'there is no key in it; expected key "NAME" { algorithm hmac-sha256; secret "BASE64"; };' };
}

/** Words, quoted ones with their quotes, and the marks `{`, `}` and `;`; comments of all three kinds left out. */
function wordsOf(text: string): string[] {
  const token = /\/\*[\s\S]*?\*\/|(?:\/\/|#)[^\n]*|"[^"\n]*"|[{};]|[^\s{};"]+/gu;
  return (text.match(token) ?? []).filter((word) => !/^(?:\/\*|\/\/|#)/u.test(word));
}

/** Where the statement that starts at a word ends: behind its `;`, braces and all. */
function endOfStatement(words: readonly string[], start: number): number {
  let depth = 0;
  for (let at = start; at < words.length; at++) {
    if (words[at] === '{') depth++;
    if (words[at] === '}') depth--;
    if (words[at] === ';' && depth <= 0) return at + 1;
  }
  return words.length;
}

function unquoted(word: string): string {
  return word.replace(/^"(.*)"$/u, '$1');
}

function keyOf(name: string, algorithmName: string, secret: string): TsigKeysRead {
  const read = nameFromText(name.endsWith('.') ? name : `${name}.`);
  if ('problem' in read || name === '') return { problem: 'the name of the key is no domain name' };
  const algorithm = tsigAlgorithm(algorithmName);
  if (algorithm === undefined) {
    if (MD5.test(algorithmName.toLowerCase()))
      return { problem: 'HMAC-MD5 must not be used any more (RFC 8945 §6): make a key with hmac-sha256' };
    return { problem: `the algorithm is none of ${TSIG_ALGORITHMS.join(', ')}` };
  }
  const octets = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u.test(secret)
    ? new Uint8Array(Buffer.from(secret, 'base64'))
    : undefined;
  if (octets === undefined || octets.length === 0)
    return { problem: `the secret of the key "${name}" is not in base64` };
  return { keys: [new TsigKey(read.name, algorithm, octets)] };
}
