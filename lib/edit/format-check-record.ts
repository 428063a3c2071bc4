import { parseRdata } from '../rr/codec.ts';
import { readNameWord } from '../rr/name.ts';
import { NOTES, type Report } from '../rr/problem.ts';
import { BLANK, CLASS_OF } from '../text/classes.ts';
import { COMMENT_TOKEN, type Entry } from '../text/entry.ts';
import { ByteSink } from '../text/sink.ts';
import { emptyHeader, readHeader } from '../zone/header.ts';
import { isClientMxComment } from './format-client-mx.ts';

/** What an entry says as a record; the owner is empty when it is that of the record before. */
interface RecordValue {
  readonly owner: Uint8Array;
  readonly ttl: number;
  readonly recordClass: number;
  readonly type: number;
  readonly rdata: Uint8Array;
}

/** Whether two entries are the same record, read under an origin. */
export function sameRecord(left: Entry, right: Entry, origin: Uint8Array): boolean {
  const a = recordValue(left, origin);
  const b = recordValue(right, origin);
  if (a === undefined || b === undefined) return false;
  return (
    a.ttl === b.ttl &&
    a.recordClass === b.recordClass &&
    a.type === b.type &&
    Buffer.compare(a.owner, b.owner) === 0 &&
    Buffer.compare(a.rdata, b.rdata) === 0
  );
}

function recordValue(entry: Entry, origin: Uint8Array): RecordValue | undefined {
  let wrong = entry.problems.length > 0 || entry.wordCount === 0;
  const report: Report = (code) => {
    if (!NOTES.has(code)) wrong = true;
  };
  const owner = new ByteSink(64);
  if (!entry.blankStart) {
    if (entry.wordQuoted(0)) return undefined;
    readNameWord(entry.bytes, entry.wordStart(0), entry.wordEnd(0), origin, owner, report);
  }
  const header = emptyHeader();
  const rdata = new ByteSink(128);
  if (!readHeader(entry, header, report)) return undefined;
  if (!parseRdata(entry, header.rdataWord, header.type, { origin, report }, rdata) || wrong) return undefined;
  const { ttl, recordClass, type } = header;
  return { owner: owner.slice(), ttl, recordClass, type, rdata: rdata.slice() };
}

/** Whether every comment of an entry is one of the other as well; those the formatter keeps up to date may change. */
export function sameComments(left: Entry, right: Entry, clientMxType = -1): boolean {
  const kept = commentsOf(right);
  return commentsOf(left).every((comment) => {
    const index = kept.indexOf(comment);
    if (index >= 0) kept.splice(index, 1);
    return index >= 0 || (clientMxType >= 0 && isOurs(comment));
  });
}

/** Whether a comment is one that the formatter keeps up to date. */
export function isOurs(comment: string): boolean {
  const octets = Buffer.from(comment, 'latin1');
  return isClientMxComment(octets, 0, octets.length);
}

function commentsOf(entry: Entry): string[] {
  const comments: string[] = [];
  for (let token = 0; token < entry.tokenCount; token++) {
    if (entry.kinds[token] !== COMMENT_TOKEN) continue;
    const start = entry.starts[token] ?? 0;
    const end = trimmedEnd(entry.bytes, start, entry.tokenEnd(token));
    comments.push(Buffer.from(entry.bytes.subarray(start, end)).toString('latin1'));
  }
  return comments;
}

/** The end of a range without the blanks it ends with. */
export function trimmedEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && CLASS_OF[bytes[at - 1] as number] === BLANK) at--;
  return at;
}
