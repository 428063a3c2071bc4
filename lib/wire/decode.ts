import { CLASSES, TYPE, typeToText } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import { readOpt } from './edns.ts';
import { HEADER_LENGTH, readHeader, u16At, u32At } from './header.ts';
import type { Edns, Header, Message, Question, ResourceRecord } from './message.ts';
import { problem, readName } from './names.ts';
import type { MessageProblem } from './problem.ts';
import { rdataLayout, stepEnd } from './rdata-layout.ts';

/** Least octets of a question and of a record: both with the root as name. */
const LEAST_QUESTION = 5;
const LEAST_RECORD = 11;

/** A message, or what is wrong with the octets and what could be read before, so that a server can answer FORMERR. */
export type DecodedMessage =
  | { readonly message: Message }
  | {
      readonly problem: MessageProblem;
      /** Undefined when there are less than twelve octets. */
      readonly header?: Header;
      /** The questions before the problem. */
      readonly questions: readonly Question[];
    };

/**
 * Reads a whole message (RFC 1035 §4.1). Strict: every octet has its place, names and RDATA stay within theirs, pointers
 * only lead back. Never throws; time and space are bounded by the length of the octets, not by what they claim.
 */
export function decodeMessage(bytes: Uint8Array): DecodedMessage {
  if (bytes.length < HEADER_LENGTH)
    return { problem: problem('short-header', bytes.length, { length: bytes.length }), questions: [] };
  // A Buffer would hand out parts of itself where other arrays hand out copies.
  const decoding = new Decoding(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  const message = decoding.message();
  if ('questions' in message) return { message };
  return { problem: message, header: readHeader(bytes), questions: decoding.questions };
}

/** One message on its way from octets. */
class Decoding {
  readonly questions: Question[] = [];
  private readonly bytes: Uint8Array;
  private readonly names = new ByteSink(256);
  private at: number = HEADER_LENGTH;
  private edns: Edns | undefined;
  private rcodeHigh = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  message(): Message | MessageProblem {
    const { bytes } = this;
    const header = readHeader(bytes);
    const counts = [4, 6, 8, 10].map((at) => u16At(bytes, at));
    const [questionCount = 0, answerCount = 0, authorityCount = 0, additionalCount = 0] = counts;
    const records = answerCount + authorityCount + additionalCount;
    const length = bytes.length - HEADER_LENGTH;
    if (questionCount * LEAST_QUESTION + records * LEAST_RECORD > length)
      return problem('too-many-records', 4, { counted: questionCount + records, length });
    const failed = this.readQuestions(questionCount);
    if (failed !== undefined) return failed;
    const answer = this.section('answer', answerCount);
    if (!Array.isArray(answer)) return answer;
    const authority = this.section('authority', authorityCount);
    if (!Array.isArray(authority)) return authority;
    const additional = this.section('additional', additionalCount);
    if (!Array.isArray(additional)) return additional;
    if (this.at < bytes.length) return problem('trailing-octets', this.at, { length: bytes.length - this.at });
    const rcode = header.rcode + this.rcodeHigh * 16;
    const { questions, edns } = this;
    return { ...header, rcode, questions, answer, authority, additional, ...(edns && { edns }) };
  }

  private readQuestions(count: number): MessageProblem | undefined {
    for (let index = 0; index < count; index++) {
      const what = `question ${index + 1}`;
      const name = this.name(what);
      if (!(name instanceof Uint8Array)) return name;
      if (this.at + 4 > this.bytes.length) return problem('cut-off', this.bytes.length, { what });
      this.questions.push({ name, type: u16At(this.bytes, this.at), class: u16At(this.bytes, this.at + 2) });
      this.at += 4;
    }
    return undefined;
  }

  private section(section: 'answer' | 'authority' | 'additional', count: number): ResourceRecord[] | MessageProblem {
    const records: ResourceRecord[] = [];
    for (let index = 0; index < count; index++) {
      const what = `record ${index + 1} of the ${section} section`;
      const start = this.at;
      const record = this.record(what);
      if ('code' in record) return record;
      if (record.type !== TYPE.OPT) {
        records.push(record);
        continue;
      }
      if (section !== 'additional') return problem('edns-misplaced', start);
      const failed = this.takeOpt(record, start);
      if (failed !== undefined) return failed;
    }
    return records;
  }

  private record(what: string): ResourceRecord | MessageProblem {
    const { bytes } = this;
    const name = this.name(what);
    if (!(name instanceof Uint8Array)) return name;
    const head = this.at;
    if (head + 10 > bytes.length) return problem('cut-off', bytes.length, { what });
    const type = u16At(bytes, head);
    const rrClass = u16At(bytes, head + 2);
    const end = head + 10 + u16At(bytes, head + 8);
    if (end > bytes.length) return problem('cut-off', bytes.length, { what });
    const rdata = this.rdata(type, rrClass, head + 10, end, what);
    if (!(rdata instanceof Uint8Array)) return rdata;
    this.at = end;
    return { name, type, class: rrClass, ttl: u32At(bytes, head + 4), rdata };
  }

  private name(what: string): Uint8Array | MessageProblem {
    this.names.length = 0;
    const end = readName(this.bytes, this.at, this.bytes.length, this.names, `the name of ${what}`);
    if (typeof end !== 'number') return end;
    this.at = end;
    return this.names.slice();
  }

  private rdata(type: number, rrClass: number, start: number, end: number, what: string): Uint8Array | MessageProblem {
    const { bytes, names } = this;
    const layout = rdataLayout(type);
    // RFC 2136 §2.4 and §2.5: what an UPDATE asks for or deletes as a whole has no RDATA.
    const absent = start === end && (rrClass === CLASSES.ANY || rrClass === CLASSES.NONE);
    if (layout === undefined || absent) return bytes.slice(start, end);
    const owner = `${what} (${typeToText(type)})`;
    names.length = 0;
    let at = start;
    for (const step of layout) {
      const behind = step.kind === 'name' ? readName(bytes, at, end, names, owner) : stepEnd(step, bytes, at, end);
      if (typeof behind !== 'number') return behind;
      if (behind < 0) return problem('rdata-malformed', at, { what: owner });
      if (step.kind !== 'name') names.put(bytes.subarray(at, behind));
      at = behind;
    }
    return at === end ? names.slice() : problem('rdata-malformed', at, { what: owner });
  }

  private takeOpt(record: ResourceRecord, start: number): MessageProblem | undefined {
    if (this.edns !== undefined) return problem('edns-twice', start);
    if (record.name.length !== 1) return problem('edns-owner', start);
    const read = readOpt(record, this.at - record.rdata.length);
    if ('code' in read) return read;
    this.edns = read.edns;
    this.rcodeHigh = read.rcodeHigh;
    return undefined;
  }
}
