import { lowerOctet } from '../rr/escapes.ts';
import { isWithin, nameFromText, readNameWord } from '../rr/name.ts';
import { TYPE, typeFromBytes } from '../rr/types.ts';
import { Entry, scanEntry } from '../text/entry.ts';
import { ByteSink } from '../text/sink.ts';

const ORIGIN = new TextEncoder().encode('$origin');

/** How many entries are looked at for the SOA that names the zone. */
const FAR_ENOUGH = 10_000;

/**
 * The zone's name as its file says it: the owner of the first SOA when that is absolute or made so by `$ORIGIN`,
 * else the first absolute `$ORIGIN`, else the file name (`example.net.zone`, `example.net.db`, `db.example.net`,
 * `example.net`); undefined when none fits.
 */
export function findOrigin(bytes: Uint8Array, fileName: string): Uint8Array | undefined {
  let judged: { readonly name: Uint8Array | undefined } | undefined;
  const fromFile = (): Uint8Array | undefined => {
    judged ??= { name: originOfFileName(fileName) };
    return judged.name;
  };
  const entry = new Entry();
  let first: Uint8Array | undefined;
  let origin: Uint8Array | undefined;
  let owner: { readonly at: number; readonly name: Uint8Array | undefined } | undefined;
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let count = 0; count < FAR_ENOUGH && at < bytes.length; count++) {
    scanEntry(bytes, at, entry);
    at = entry.end;
    if (entry.wordCount === 0) continue;
    if (isOriginDirective(entry)) {
      origin = wordName(entry, 1, undefined) ?? wordName(entry, 1, origin ?? fromFile());
      first ??= origin;
      continue;
    }
    if (!entry.blankStart) owner = { at: entry.start, name: wordName(entry, 0, origin) };
    if (!hasSoa(entry) || owner === undefined) continue;
    if (owner.name !== undefined && owner.name.length > 1) return owner.name;
    // Exports of hosting panels put `$ORIGIN .` before the SOA of any zone: then the file name is the better witness.
    const named = fitting(bytes, fromFile());
    if (owner.name !== undefined) return named ?? owner.name;
    scanEntry(bytes, owner.at, entry);
    return named && wordName(entry, 0, named);
  }
  return first ?? fitting(bytes, fromFile());
}

/** The name from the file name, unless the file speaks of another zone: it has absolute owners, and none lies within. */
function fitting(bytes: Uint8Array, fromFile: Uint8Array | undefined): Uint8Array | undefined {
  if (fromFile === undefined) return undefined;
  const entry = new Entry();
  let strangers = 0;
  for (let at = 0, count = 0; at < bytes.length && count < FAR_ENOUGH; count++, at = entry.end) {
    scanEntry(bytes, at, entry);
    if (entry.wordCount < 2 || entry.blankStart || bytes[entry.wordEnd(0) - 1] !== 0x2e) continue;
    const owner = wordName(entry, 0, undefined);
    if (owner === undefined) continue;
    if (isWithin(owner, fromFile)) return fromFile;
    strangers++;
  }
  return strangers > 0 ? undefined : fromFile;
}

/** The zone name in a file name, undefined when it is none: at least two labels once known affixes are taken off. */
export function originOfFileName(fileName: string): Uint8Array | undefined {
  const base = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  const bare = base
    .replace(/^(?:db|zone|master|pri|named)\.(?=.+\.)/iu, '')
    .replace(/\.(?:zone|db|dns|txt|hosts|signed|zonefile)$/iu, '');
  if (!/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\.?$/iu.test(bare) || /^\d+(?:\.\d+)*$/u.test(bare)) return undefined;
  const read = nameFromText(bare.endsWith('.') ? bare : `${bare}.`);
  return 'name' in read ? read.name : undefined;
}

function isOriginDirective(entry: Entry): boolean {
  if (entry.blankStart || entry.wordCount < 2 || entry.wordEnd(0) - entry.wordStart(0) !== ORIGIN.length) return false;
  const start = entry.wordStart(0);
  return ORIGIN.every((octet, index) => lowerOctet(entry.bytes[start + index] as number) === octet);
}

function wordName(entry: Entry, word: number, origin: Uint8Array | undefined): Uint8Array | undefined {
  const sink = new ByteSink(64);
  const ignore = (): void => {};
  const read = readNameWord(entry.bytes, entry.wordStart(word), entry.wordEnd(word), origin, sink, ignore);
  return read ? sink.slice() : undefined;
}

/** Whether the entry's type is SOA: one of its first words after the owner. */
function hasSoa(entry: Entry): boolean {
  for (let word = entry.blankStart ? 0 : 1; word < Math.min(entry.wordCount, 4); word++) {
    if (entry.wordQuoted(word)) return false;
    const type = typeFromBytes(entry.bytes, entry.wordStart(word), entry.wordEnd(word));
    if (type >= 0) return type === TYPE.SOA;
  }
  return false;
}
