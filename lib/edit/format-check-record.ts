import { parseRdata } from '../rr/codec.ts';
import { readNameWord } from '../rr/name.ts';
import { NOTES, type Report } from '../rr/problem.ts';
import { BLANK, CLASS_OF } from '../text/classes.ts';
import { COMMENT_TOKEN, type Entry } from '../text/entry.ts';
import { ByteSink } from '../text/sink.ts';
import { emptyHeader, type Header, readHeader } from '../zone/header.ts';
import { isClientMxComment } from './format-client-mx.ts';

/** Reads entries by the codec to tell whether they are the same records. */
export class RecordReader {
  private readonly left = new RecordValue();
  private readonly right = new RecordValue();

  /** Whether two entries are the same record, read under an origin. */
  same(left: Entry, right: Entry, origin: Uint8Array): boolean {
    const { left: a, right: b } = this;
    return (
      a.read(left, origin) &&
      b.read(right, origin) &&
      a.header.ttl === b.header.ttl &&
      a.header.recordClass === b.header.recordClass &&
      a.header.type === b.header.type &&
      left.blankStart === right.blankStart &&
      sameText(a.owner, b.owner) &&
      sameText(a.rdata, b.rdata)
    );
  }
}

/** What an entry says as a record; the owner is empty when it is that of the record before. */
class RecordValue {
  readonly owner = new ByteSink(512);
  readonly rdata = new ByteSink(4096);
  readonly header: Header = emptyHeader();
  private wrong = false;

  /** False when the entry cannot be read. */
  read(entry: Entry, origin: Uint8Array): boolean {
    const { owner, rdata, header, report } = this;
    this.wrong = entry.problems.length > 0 || entry.wordCount === 0;
    owner.length = 0;
    rdata.length = 0;
    if (!entry.blankStart) {
      if (entry.wordQuoted(0)) return false;
      readNameWord(entry.bytes, entry.wordStart(0), entry.wordEnd(0), origin, owner, report);
    }
    if (!readHeader(entry, header, report)) return false;
    return parseRdata(entry, header.rdataWord, header.type, { origin, report }, rdata) && !this.wrong;
  }

  private readonly report: Report = (code) => {
    if (!NOTES.has(code)) this.wrong = true;
  };
}

function sameText(a: ByteSink, b: ByteSink): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a.bytes[at] !== b.bytes[at]) return false;
  return true;
}

/** Whether every comment of an entry is one of the other as well; those the formatter keeps up to date may change. */
export function sameComments(left: Entry, right: Entry, clientMxType = -1): boolean {
  if (!hasComment(left)) return true;
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

function hasComment({ kinds, tokenCount }: Entry): boolean {
  for (let token = 0; token < tokenCount; token++) if (kinds[token] === COMMENT_TOKEN) return true;
  return false;
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
