import fc from 'fast-check';
import type { NewRecord } from '../../lib/edit/change.ts';
import { rdataFromText } from '../../lib/rr/codec.ts';
import { typeFromText } from '../../lib/rr/types.ts';
import { COMMENT_TOKEN, Entry, scanEntry } from '../../lib/text/entry.ts';
import { readZone } from '../../lib/zone/read.ts';
import type { Zone } from '../../lib/zone/zone.ts';
import { wire } from '../zone/zones.ts';

/** The name of all zones of these tests. */
export const ORIGIN: Uint8Array = wire('example.net.');

/** A zone of a main file and the files that it includes. */
export function readFiles(files: Readonly<Record<string, string>>): Zone {
  const bytes = (name: string): Uint8Array | undefined => {
    const text = files[name];
    return text === undefined ? undefined : new TextEncoder().encode(text);
  };
  return readZone({
    name: 'main',
    bytes: bytes('main') ?? new Uint8Array(0),
    origin: ORIGIN,
    readInclude: (path) => {
      const found = bytes(path);
      return found === undefined ? { problem: 'it is not there' } : { name: path, bytes: found };
    },
  });
}

/** A record in words, its names relative to example.net. */
export function recordOf(owner: string, type: string, rdata: string, ttl?: number): NewRecord {
  const number = typeFromText(type) ?? 0;
  const read = rdataFromText(number, rdata, ORIGIN);
  if ('problem' in read) throw new Error(JSON.stringify(read.problem));
  return { owner: wire(owner, ORIGIN), type: number, rdata: read.rdata, ...(ttl === undefined ? {} : { ttl }) };
}

const OWNERS = [
  '',
  '',
  '',
  '@',
  'a',
  'b',
  'a.sub',
  'a.example.net.',
  'Sub',
  '*',
  'in',
  '300',
  'x\\.y',
  'b.sub.example.net.',
];
const TTLS = ['', '', '', '60 ', '1h ', '300\t', '0 ', '2D '];
const CLASSES = ['', 'IN ', 'in\t'];

/** Data of a record; `~` becomes a number of its own, so that each record is told from the others. */
const DATA = [
  'A 10.0.~.1',
  'A 10.0.~.1',
  'AAAA 2001:db8::~',
  'TXT "t~; x"',
  'TXT ( "t~" ; one\n  two ) ; three\n',
  'MX ~ mail',
  'MX ~ mail.example.net. ; mail',
  'SRV ( ~ 0 ; weights\n\t25 ; a port\n a.sub )',
  'TYPE265 \\# 8 00~~  04 6d61696c 00',
  'TYPE65400 \\# 2 00~~',
  'NS ns~ ; é',
];

const LINES = ['; a comment\n', ';;\n', '\n', '  \t\n', ' ; behind blanks\n'];
const DIRECTIVES = ['$ORIGIN sub\n', '$ORIGIN example.net. ; back\n', '$ORIGIN @\n', '$TTL 1h\n', '$ttl 120 ; short\n'];
const GENERATES = ['$GENERATE 1-2 g$ A 10.9.~.$\n', '$GENERATE 1-2 g$ 77 IN A 10.9.~.$ ; made\n'];

const record = fc
  .tuple(
    fc.constantFrom(...OWNERS),
    fc.constantFrom(' ', '  ', '\t', '\t\t', '     '),
    fc.constantFrom(...TTLS),
    fc.constantFrom(...CLASSES),
    fc.boolean(),
    fc.constantFrom(...DATA),
    fc.constantFrom('\n', ' \n', ' ; c\n'),
  )
  .map(([owner, gap, ttl, recordClass, swapped, data, end]) => {
    const head = swapped ? recordClass + ttl : ttl + recordClass;
    return `${owner}${gap}${head}${data}${data.endsWith('\n') ? '' : end}`;
  });

const other = fc.constantFrom(...LINES, ...LINES, ...DIRECTIVES, ...GENERATES);
const body = fc.array(fc.oneof({ weight: 5, arbitrary: record }, other), { maxLength: 12 });
const SOAS = [
  '@ 3600 IN SOA ns hm 7 2h 1h 2w 1h\n',
  '@ IN SOA ns hm ( 7 ; serial\n 2h ; refresh\n 1h 2w 1h )\n',
  '$TTL 1d\n@\tSOA\tns hm (\n\t2026112100\n\t2h 1h 2w 1h ) ; end\n',
];

/** Files of zones in all layouts: owners and TTLs taken over, `$ORIGIN`, `$TTL`, `$GENERATE`, includes, parentheses, comments. */
export const writtenZones: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .record({
    soa: fc.constantFrom(...SOAS),
    parts: fc.array(body, { minLength: 1, maxLength: 3 }),
    includes: fc.array(fc.tuple(body, fc.constantFrom('', ' sub', ' example.org.')), { maxLength: 2 }),
    nested: fc.boolean(),
    crlf: fc.boolean(),
    unended: fc.boolean(),
  })
  .map(({ soa, parts, includes, nested, crlf, unended }) => {
    let count = 0;
    const numbered = (text: string): string =>
      text.replace(/~~|~/g, (mark) => {
        count += 1;
        return mark === '~~' ? count.toString(16).padStart(2, '0') : String(count);
      });
    const finished = (lines: string): string => {
      let text = numbered(lines);
      if (unended) text = text.replace(/\n$/, '');
      return crlf ? text.replaceAll('\n', '\r\n') : text;
    };
    const files: Record<string, string> = {};
    let main = soa;
    const [first, second] = includes;
    for (const [index, part] of parts.entries()) {
      main += part.join('');
      if (index === 0 && first !== undefined) main += `$INCLUDE one${first[1]}\n`;
      if (index === 1 && second !== undefined && !nested) main += `$INCLUDE "two"${second[1]} ; here\n`;
    }
    if (first !== undefined) {
      const inner = second !== undefined && nested ? `$INCLUDE two${second[1]}\n` : '';
      files['one'] = finished(first[0].join('') + inner);
    }
    if (second !== undefined) files['two'] = finished(second[0].join(''));
    // A directive on a last line without newline is one that BIND refuses.
    files['main'] = finished(main);
    return files;
  });

/** A record as it is compared: what it says, and by what it is told from others. */
export interface Said {
  readonly owner: string;
  readonly ttl: number;
  readonly class: number;
  readonly type: number;
  readonly rdata: string;
}

/** What the records of a zone say, in order. */
export function said(zone: Zone): Said[] {
  return Array.from({ length: zone.count }, (_, index) => ({
    owner: Buffer.from(zone.ownerOf(index)).toString('latin1').toLowerCase(),
    ttl: zone.ttls[index] ?? -1,
    class: zone.classes[index] ?? -1,
    type: zone.types[index] ?? -1,
    rdata: Buffer.from(zone.rdataOf(index)).toString('hex'),
  }));
}

/** All comments of the files of a zone, in order. */
export function commentsOf(zone: Zone): string[] {
  const entry = new Entry();
  const found: string[] = [];
  for (const { bytes } of zone.files) {
    for (let at = 0; at < bytes.length; at = entry.end) {
      scanEntry(bytes, at, entry);
      for (let token = 0; token < entry.tokenCount; token++) {
        if (entry.kinds[token] !== COMMENT_TOKEN) continue;
        found.push(new TextDecoder().decode(bytes.subarray(entry.starts[token], entry.tokenEnd(token))).trimEnd());
      }
    }
  }
  return found;
}

/** The lines of the files that are no records: comments, blank lines and directives. */
export function otherLines(zone: Zone): string[] {
  const entry = new Entry();
  const found: string[] = [];
  for (const { bytes, name } of zone.files) {
    for (let at = 0; at < bytes.length; at = entry.end) {
      scanEntry(bytes, at, entry);
      const text = new TextDecoder().decode(bytes.subarray(entry.start, entry.end));
      if (entry.wordCount === 0 || text.startsWith('$')) found.push(`${name}: ${text.trimEnd()}`);
    }
  }
  return found;
}
