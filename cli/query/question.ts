import { isIP } from 'node:net';
import { parseServerAddress, type ServerAddress } from '../../lib/net/server-address.ts';
import { readIp6 } from '../../lib/rr/address.ts';
import { nameFromText } from '../../lib/rr/name.ts';
import { sayProblem } from '../../lib/rr/say.ts';
import { CLASSES, nearestType, TYPE, typeFromText } from '../../lib/rr/types.ts';
import { ByteSink } from '../../lib/text/sink.ts';
import type { Question } from '../../lib/wire/message.ts';
import { UsageError } from '../errors.ts';

/** What the words of a command line ask, and whom; the server is undefined when none is named. */
export interface Asked {
  readonly question: Question;
  readonly server: ServerAddress | undefined;
}

/** Reads `NAME [TYPE] [CLASS] [@SERVER[:PORT]]` with NAME first among the names, the others in any order. */
export function readQuestion(words: readonly string[], reverse: string | undefined, port: number): Asked {
  let server: ServerAddress | undefined;
  let name = reverse === undefined ? undefined : reverseName(reverse);
  let type: number | undefined;
  let rrClass: number | undefined;
  for (const word of words) {
    if (word.startsWith('@')) server = serverOf(word.slice(1), port);
    else if (name === undefined) name = nameOf(word);
    else if (type === undefined && typeFromText(word) !== undefined) type = typeFromText(word);
    else if (rrClass === undefined && classOf(word) !== undefined) rrClass = classOf(word);
    else throw new UsageError(strange(word, type));
  }
  if (name === undefined) throw new UsageError('the name is missing: write zonewright query NAME TYPE @SERVER');
  const usual = reverse === undefined ? TYPE.A : TYPE.PTR;
  return { question: { name, type: type ?? usual, class: rrClass ?? CLASSES.IN }, server };
}

function strange(word: string, type: number | undefined): string {
  const guess = nearestType(word);
  if (type !== undefined) return `'${word}' is one word too many: there is one name, one type and one @SERVER`;
  return `'${word}' is no type${guess === undefined ? ': write one such as MX, or TYPE265 for any' : `; did you mean ${guess}?`}`;
}

function nameOf(word: string): Uint8Array {
  const read = nameFromText(word === '.' || word.endsWith('.') ? word : `${word}.`);
  if ('name' in read) return read.name;
  throw new UsageError(`'${word}' is no domain name: ${sayProblem(read.problem)}`);
}

function classOf(word: string): number | undefined {
  const known: Readonly<Record<string, number>> = CLASSES;
  return known[word.toUpperCase()];
}

/** The server of `@127.0.0.1`, `@[::1]:5300`; `port` is meant where none is written. */
export function serverOf(text: string, port: number): ServerAddress {
  const read = parseServerAddress(text);
  if ('problem' in read) throw new UsageError(`@${text}: ${read.problem}`);
  const bare = isIP(text) !== 0 || /^\[[^\]]*\]$/u.test(text);
  return bare ? { address: read.address, port } : read;
}

/** The name below in-addr.arpa or ip6.arpa that stands for an address (RFC 1035 §3.5, RFC 3596 §2.5). */
function reverseName(address: string): Uint8Array {
  if (isIP(address) === 4) return nameOf(`${address.split('.').reverse().join('.')}.in-addr.arpa.`);
  const text = new TextEncoder().encode(address);
  const out = new ByteSink(16);
  if (!readIp6(text, 0, text.length, out)) throw new UsageError(`-x needs an IP address, not '${address}'`);
  const digits = [...out.slice()].map((octet) => octet.toString(16).padStart(2, '0')).join('');
  return nameOf(`${[...digits].reverse().join('.')}.ip6.arpa.`);
}
