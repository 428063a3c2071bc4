import { parseRdata } from '../rr/codec.ts';
import { readNameWord } from '../rr/name.ts';
import { NOTES } from '../rr/problem.ts';
import { classToText, typeToText } from '../rr/types.ts';
import type { Edit } from '../text/edits.ts';
import { applyEdits } from '../text/edits.ts';
import { Entry } from '../text/entry.ts';
import { ByteSink } from '../text/sink.ts';
import { lookAt, type RecordLook } from '../zone/look.ts';
import type { Zone } from '../zone/zone.ts';
import type { NewRecord } from './change.ts';
import { ttlText } from './columns.ts';
import type { Wish } from './draft.ts';
import {
  type HeadWords,
  headEdits,
  isGeneric,
  rdataEdits,
  rdataText,
  readableComment,
  readableData,
  typeWordFor,
  wordsOf,
} from './entry-edits.ts';
import { type Layout, writesRelative } from './layout.ts';

/** What holds where a record is written. */
export interface WritePlace {
  readonly layout: Layout;
  readonly origin: Uint8Array;
  /** The owner as it is written there. */
  readonly owner: string;
  /** Whether the record before has the same owner. */
  readonly follows: boolean;
  readonly ttl: number;
  /** The TTL that a record without one gets, -1 when none. */
  readonly given: number;
  /** Whether the TTL of a new record is written. */
  readonly stated: boolean;
  /** Whether the record will be the first of a zone whose class has to be said. */
  readonly first: boolean;
}

/** The line of a new record, as a person would write it there. */
export function newLine(zone: Zone, record: NewRecord, place: WritePlace): string {
  const { layout, origin } = place;
  const readable = readableData(record.type, record.rdata);
  const comments = [readable, record.comment].filter((each) => each !== undefined && each !== '');
  const line = layout.line({
    owner: place.follows && layout.blankOwners ? '' : place.owner,
    ttl: !place.stated ? '' : ttlText(place.ttl, layout.ttlLike),
    class: layout.hasClass || place.first ? layout.cased('class', classToText(zone.zoneClass)) : '',
    type: layout.cased('type', typeToText(record.type)),
    rdata: rdataText(record.type, record.rdata, layout.relativeNames ? origin : undefined),
  });
  const comment = comments.length === 0 ? '' : ` ; ${comments.join('; ').replace(/\p{Cc}+/gu, ' ')}`;
  return `${line}${comment}\n`;
}

/** How a record is to be edited: the words of its head, what else is wished, and the origins where it stands and where it will. */
export interface RecordEditing {
  readonly head: HeadWords;
  readonly wish: Wish | undefined;
  readonly layout: Layout;
  readonly origin: Uint8Array;
  readonly at: Uint8Array;
}

/** The edits of one entry that make it say what is wished. */
export function recordEdits(zone: Zone, record: number, look: RecordLook, editing: RecordEditing): Edit[] {
  const { head, wish, layout, origin, at } = editing;
  const edits = headEdits(look, head, layout.ttlColumn);
  const oldType = zone.types[record] ?? 0;
  const oldRdata = zone.rdataOf(record);
  const type = wish?.type ?? oldType;
  const rdata = wish?.rdata ?? oldRdata;
  const moved = at !== origin && !readsAs(look, oldType, oldRdata, at);
  if (wish?.rdata === undefined && wish?.type === undefined && !moved) return edits;
  const generic = isGeneric(look) && wish?.type === undefined;
  const relative = writesRelative(zone, record, look, origin) ?? layout.relativeNames;
  const text = rdataText(type, rdata, relative ? at : undefined, generic);
  // Values that stay keep their spelling, such as 2h for 7200, unless the names among them would become others.
  const [before, after] =
    at === origin && type === oldType ? [wordsAlone(type, oldRdata), wordsAlone(type, rdata)] : [[], []];
  const same = (slot: number, slots: number): boolean =>
    before.length === slots && after.length === slots && before[slot] === after[slot];
  edits.push(...rdataEdits(look, typeWordFor(look, type, oldType), text, generic ? () => false : same));
  const said = readableComment(look, oldType, oldRdata);
  const readable = readableData(type, rdata);
  if (said !== undefined && readable !== undefined) edits.push({ ...said, text: `; ${readable}` });
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function wordsAlone(type: number, rdata: Uint8Array): string[] {
  return wordsOf(rdataText(type, rdata, undefined));
}

/** Whether the RDATA words of an entry mean the same octets under an origin. */
function readsAs({ entry, header }: RecordLook, type: number, rdata: Uint8Array, origin: Uint8Array): boolean {
  const out = new ByteSink(64);
  const read = parseRdata(entry, header.rdataWord, type, { origin, report: () => {} }, out);
  return read && Buffer.compare(out.slice(), rdata) === 0;
}

/** The entry of a record as it stands at another place, comments and all; undefined when it is no UTF-8. */
export function movedText(
  zone: Zone,
  record: number,
  wish: Wish | undefined,
  place: WritePlace,
  origin: Uint8Array,
): { readonly text: string; readonly stated: boolean } | undefined {
  const look = lookAt(zone, record, new Entry());
  const { entry, header } = look;
  const bytes = entry.bytes.subarray(entry.start, entry.end);
  const stated = header.ttlWord >= 0 || place.ttl !== place.given;
  const ownerSaid =
    header.ownerWord >= 0 ? saysOwner(look, wish?.owner ?? zone.ownerOf(record), place.origin) : place.follows;
  const ttlSaid = header.ttlWord >= 0 ? header.ttl === place.ttl : place.ttl === place.given;
  const like = header.ttlWord >= 0 ? decoder.decode(bytes.subarray(entry.wordStart(header.ttlWord) - entry.start)) : '';
  const head: HeadWords = {
    owner: ownerSaid ? undefined : place.owner,
    ttl: ttlSaid ? undefined : ttlText(place.ttl, like === '' ? place.layout.ttlLike : (/^\w+/.exec(like)?.[0] ?? '')),
    class: place.first ? classToText(zone.zoneClass) : undefined,
  };
  const edits = recordEdits(zone, record, look, { head, wish, layout: place.layout, origin, at: place.origin });
  const shifted = edits.map(({ start, end, text }) => ({ start: start - entry.start, end: end - entry.start, text }));
  const written = applyEdits(bytes, shifted);
  const text = decoder.decode(written);
  if (Buffer.compare(Buffer.from(text), written) !== 0) return undefined;
  return { text: text.endsWith('\n') ? text : `${text}\n`, stated };
}

/** Whether the owner word of an entry means a name under an origin. */
function saysOwner({ entry }: RecordLook, owner: Uint8Array, origin: Uint8Array): boolean {
  const out = new ByteSink(64);
  let fault = false;
  const report = (code: Parameters<typeof NOTES.has>[0]): void => {
    fault ||= !NOTES.has(code);
  };
  const read = readNameWord(entry.bytes, entry.wordStart(0), entry.wordEnd(0), origin, out, report);
  return read && !fault && Buffer.compare(Buffer.from(lower(out.slice())), Buffer.from(lower(owner))) === 0;
}

const decoder = new TextDecoder();
const lower = (name: Uint8Array): string => Buffer.from(name).toString('latin1').toLowerCase();
