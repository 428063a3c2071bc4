import type { SerialStyle } from '../zone/serial.ts';

/** A record to be written: names in wire form; without a TTL it gets that of its RRset or of its place. */
export interface NewRecord {
  readonly owner: Uint8Array;
  readonly ttl?: number;
  readonly type: number;
  readonly rdata: Uint8Array;
  /** Written behind the record. */
  readonly comment?: string;
}

/** A place between entries: behind or before a record (by its number), at an offset of a file (by its index), or at a file's end. */
export type Where =
  | { readonly after: number }
  | { readonly before: number }
  | { readonly file: number; readonly offset: number }
  | { readonly endOf: number };

/** What happens to the comments of an entry that is removed: each gets a line of its own, or they go too. */
export type CommentFate = 'keep' | 'remove';

/** One change of a zone. Records are named by their numbers in the zone as it is, however many changes are made at once. */
export type Change =
  | { readonly kind: 'add'; readonly records: readonly NewRecord[]; readonly where?: Where }
  | { readonly kind: 'replace'; readonly record: number; readonly by: NewRecord }
  | {
      readonly kind: 'replace-rrset';
      readonly owner: Uint8Array;
      readonly type: number;
      readonly ttl?: number;
      readonly rdatas: readonly Uint8Array[];
    }
  | { readonly kind: 'remove'; readonly records: readonly number[]; readonly comments: CommentFate }
  | {
      readonly kind: 'remove-rrset';
      readonly owner: Uint8Array;
      readonly type: number;
      readonly comments: CommentFate;
    }
  | { readonly kind: 'move'; readonly records: readonly number[]; readonly where: Where }
  | { readonly kind: 'set-ttl'; readonly records: readonly number[]; readonly ttl: number }
  | { readonly kind: 'set-rrset-ttl'; readonly owner: Uint8Array; readonly type: number; readonly ttl: number }
  | { readonly kind: 'set-owner'; readonly records: readonly number[]; readonly owner: Uint8Array }
  | { readonly kind: 'comment-out'; readonly records: readonly number[] }
  | { readonly kind: 'uncomment'; readonly file: number; readonly start: number; readonly end: number }
  | { readonly kind: 'raise-serial'; readonly now: number; readonly style?: SerialStyle }
  | { readonly kind: 'insert-text'; readonly text: string; readonly where?: Where };

/**
 * Adds a record: beside its RRset, else beside its owner, else beside records of its type, else behind the last entry,
 * in the layout found there. One that is there already is left as it is, but for its TTL.
 */
export function addRecord(record: NewRecord, where?: Where): Change {
  return addRecords([record], where);
}

/** Adds records (see addRecord). */
export function addRecords(records: readonly NewRecord[], where?: Where): Change {
  return where === undefined ? { kind: 'add', records } : { kind: 'add', records, where };
}

/** Writes another record in the place of one; only the parts that differ are edited, comments stay. */
export function replaceRecord(record: number, by: NewRecord): Change {
  return { kind: 'replace', record, by };
}

/** Makes an RRset consist of the given data: records that stay are not touched, others are written over, added or removed. */
export function replaceRrset(owner: Uint8Array, type: number, rdatas: readonly Uint8Array[], ttl?: number): Change {
  return { kind: 'replace-rrset', owner, type, rdatas, ...(ttl === undefined ? {} : { ttl }) };
}

/** Removes a record. */
export function removeRecord(record: number, comments: CommentFate = 'keep'): Change {
  return removeRecords([record], comments);
}

/** Removes records. */
export function removeRecords(records: readonly number[], comments: CommentFate = 'keep'): Change {
  return { kind: 'remove', records, comments };
}

/** Removes all records of an owner and type. */
export function removeRrset(owner: Uint8Array, type: number, comments: CommentFate = 'keep'): Change {
  return { kind: 'remove-rrset', owner, type, comments };
}

/** Moves a record with its comments to another place. */
export function moveRecord(record: number, where: Where): Change {
  return moveRecords([record], where);
}

/** Moves records, which stand in the given order behind each other then. */
export function moveRecords(records: readonly number[], where: Where): Change {
  return { kind: 'move', records, where };
}

/** Gives a record, or several, a TTL; no other record gets another one. */
export function setTtl(records: number | readonly number[], ttl: number): Change {
  return { kind: 'set-ttl', records: list(records), ttl };
}

/** Gives all records of an RRset a TTL (RFC 2181 §5.2). */
export function setRrsetTtl(owner: Uint8Array, type: number, ttl: number): Change {
  return { kind: 'set-rrset-ttl', owner, type, ttl };
}

/** Gives a record, or several, another owner; records that took theirs over from it keep it. */
export function setOwner(records: number | readonly number[], owner: Uint8Array): Change {
  return { kind: 'set-owner', records: list(records), owner };
}

/** Makes comments of a record, or several, that `uncomment` takes back. */
export function commentOut(records: number | readonly number[]): Change {
  return { kind: 'comment-out', records: list(records) };
}

/** Takes back the comment signs of the lines that the range of a file touches; what they hold then is read where it stands. */
export function uncomment(file: number, start: number, end: number = start): Change {
  return { kind: 'uncomment', file, start, end };
}

/** Raises the serial in its own style or the one given, always to one after it (RFC 1982 §3.2). */
export function raiseSerial(now: number, style?: SerialStyle): Change {
  return style === undefined ? { kind: 'raise-serial', now } : { kind: 'raise-serial', now, style };
}

/** Inserts lines of a zone file as they are; names in them start from the `$ORIGIN` of the place. */
export function insertText(text: string, where?: Where): Change {
  return where === undefined ? { kind: 'insert-text', text } : { kind: 'insert-text', text, where };
}

function list(records: number | readonly number[]): readonly number[] {
  return typeof records === 'number' ? [records] : records;
}
