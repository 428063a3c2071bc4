import { CLASSES, TYPE, typeToText } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import { readOpt } from './edns.ts';
import { HEADER_LENGTH, readHeader, u16At, u32At } from './header.ts';
import type { Edns, Header, Message, Question, ResourceRecord, SECTIONS } from './message.ts';
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
  // So many octets an array can have without a buffer of its own, which would cost more than all the rest.
  private readonly names = new ByteSink(64);
  private at: number = HEADER_LENGTH;
  private edns: Edns | undefined;
  private rcodeHigh = 0;
  private section: (typeof SECTIONS)[number] | undefined;
  private index = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  message(): Message | MessageProblem {
    const { bytes } = this;
    const header = readHeader(bytes);
    const questionCount = u16At(bytes, 4);
    const answerCount = u16At(bytes, 6);
    const authorityCount = u16At(bytes, 8);
    const additionalCount = u16At(bytes, 10);
    const records = answerCount + authorityCount + additionalCount;
    const length = bytes.length - HEADER_LENGTH;
    if (questionCount * LEAST_QUESTION + records * LEAST_RECORD > length)
      return problem('too-many-records', 4, { counted: questionCount + records, length });
    const failed = this.readQuestions(questionCount);
    if (failed !== undefined) return failed;
    const answer = this.readSection('answer', answerCount);
    if (!Array.isArray(answer)) return answer;
    const authority = this.readSection('authority', authorityCount);
    if (!Array.isArray(authority)) return authority;
    const additional = this.readSection('additional', additionalCount);
    if (!Array.isArray(additional)) return additional;
    if (this.at < bytes.length) return problem('trailing-octets', this.at, { length: bytes.length - this.at });
    const { questions, edns } = this;
    // Property by property: spreading the header takes longer than reading the message.
    const message: Message = {
      id: header.id,
      response: header.response,
      opcode: header.opcode,
      authoritative: header.authoritative,
      truncated: header.truncated,
      recursionDesired: header.recursionDesired,
      recursionAvailable: header.recursionAvailable,
      reserved: header.reserved,
      authenticData: header.authenticData,
      checkingDisabled: header.checkingDisabled,
      rcode: header.rcode + this.rcodeHigh * 16,
      questions,
      answer,
      authority,
      additional,
    };
    return edns === undefined ? message : Object.assign(message, { edns });
  }

  private readQuestions(count: number): MessageProblem | undefined {
    for (this.index = 0; this.index < count; this.index++) {
      const name = this.name();
      if (!(name instanceof Uint8Array)) return name;
      if (this.at + 4 > this.bytes.length) return this.cutOff();
      this.questions.push({ name, type: u16At(this.bytes, this.at), class: u16At(this.bytes, this.at + 2) });
      this.at += 4;
    }
    return undefined;
  }

  private readSection(section: (typeof SECTIONS)[number], count: number): ResourceRecord[] | MessageProblem {
    const records: ResourceRecord[] = [];
    this.section = section;
    for (this.index = 0; this.index < count; this.index++) {
      const start = this.at;
      const record = this.record();
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

  private record(): ResourceRecord | MessageProblem {
    const { bytes } = this;
    const name = this.name();
    if (!(name instanceof Uint8Array)) return name;
    const head = this.at;
    if (head + 10 > bytes.length) return this.cutOff();
    const type = u16At(bytes, head);
    const rrClass = u16At(bytes, head + 2);
    const end = head + 10 + u16At(bytes, head + 8);
    if (end > bytes.length) return this.cutOff();
    const rdata = this.rdata(type, rrClass, head + 10, end);
    if (!(rdata instanceof Uint8Array)) return rdata;
    this.at = end;
    return { name, type, class: rrClass, ttl: u32At(bytes, head + 4), rdata };
  }

  private name(): Uint8Array | MessageProblem {
    this.names.length = 0;
    const end = readName(this.bytes, this.at, this.bytes.length, this.names);
    if (typeof end !== 'number') return about(`the name of ${this.what}`, end);
    this.at = end;
    return this.names.slice();
  }

  private rdata(type: number, rrClass: number, start: number, end: number): Uint8Array | MessageProblem {
    const { bytes, names } = this;
    const layout = rdataLayout(type);
    // RFC 2136 §2.4 and §2.5: what an UPDATE asks for or deletes as a whole has no RDATA.
    const absent = start === end && (rrClass === CLASSES.ANY || rrClass === CLASSES.NONE);
    if (layout === undefined || absent) return bytes.slice(start, end);
    names.length = 0;
    let at = start;
    for (const step of layout) {
      const behind = step.kind === 'name' ? readName(bytes, at, end, names) : stepEnd(step, bytes, at, end);
      if (typeof behind !== 'number') return about(`${this.what} (${typeToText(type)})`, behind);
      if (behind < 0) break;
      if (step.kind !== 'name') names.put(bytes.subarray(at, behind));
      at = behind;
      if (step === layout.at(-1) && at === end) return names.slice();
    }
    return about(`${this.what} (${typeToText(type)})`, problem('rdata-malformed', at));
  }

  private cutOff(): MessageProblem {
    return about(this.what, problem('cut-off', this.bytes.length));
  }

  /** The part of the message at hand, as a sentence names it. */
  private get what(): string {
    const number = this.index + 1;
    return this.section === undefined ? `question ${number}` : `record ${number} of the ${this.section} section`;
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

function about(what: string, { code, offset, args }: MessageProblem): MessageProblem {
  return { code, offset, args: { ...args, what } };
}
