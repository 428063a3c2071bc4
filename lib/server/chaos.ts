import { nameFromText, nameKey } from '../rr/name.ts';
import { CLASSES, TYPE } from '../rr/types.ts';
import type { Question, ResourceRecord } from '../wire/message.ts';
import type { ServerOptions } from './exchange.ts';

/** Names in class CH that tell of the server itself (RFC 4892 §2), and which option has their text. */
const NAMES: ReadonlyMap<string, 'version' | 'identity'> = new Map([
  [keyOf('version.bind.'), 'version'],
  [keyOf('version.server.'), 'version'],
  [keyOf('hostname.bind.'), 'identity'],
  [keyOf('id.server.'), 'identity'],
]);

function keyOf(text: string): string {
  const read = nameFromText(text);
  return 'name' in read ? nameKey(read.name) : '';
}

/** What the server says of itself: records, none for another type than TXT, undefined where it says nothing. */
export function chaosAnswer({ name, type }: Question, options: ServerOptions): readonly ResourceRecord[] | undefined {
  const about = NAMES.get(nameKey(name));
  const text = about && options[about];
  if (text === undefined) return undefined;
  if (type !== TYPE.TXT && type !== TYPE.ANY) return [];
  return [{ name, type: TYPE.TXT, class: CLASSES.CH, ttl: 0, rdata: stringsOf(text) }];
}

/** A text as character strings of at most 255 octets each. */
function stringsOf(text: string): Uint8Array {
  const octets = new TextEncoder().encode(text).subarray(0, 60_000);
  const strings: number[] = [];
  for (let at = 0; at === 0 || at < octets.length; at += 255) {
    const part = octets.subarray(at, at + 255);
    strings.push(part.length, ...part);
  }
  return Uint8Array.from(strings);
}
