import { equalNames, nameLength } from '../rr/name.ts';
import { TYPE } from '../rr/types.ts';
import { ByteSink } from '../text/sink.ts';
import { NameWriter } from './compression.ts';
import { optLength, writeOpt } from './edns.ts';
import { putU16, setTruncated, writeHeader } from './header.ts';
import { type Message, type ResourceRecord, SECTIONS } from './message.ts';
import { problem } from './names.ts';
import type { MessageProblem } from './problem.ts';
import { rdataLayout, stepEnd } from './rdata-layout.ts';
import { writability } from './writable.ts';

/** Octets a message can have (RFC 1035 §4.2.2). */
export const MAX_MESSAGE = 65535;

/** How a message is to be written. */
export interface EncodeOptions {
  /** Octets it may have, 65535 unless given. */
  readonly limit?: number;
  /** How many records at the start of the additional section are glue, without which TC has to be set (RFC 9471 §3). */
  readonly glue?: number;
}

/** The octets of a message, or why it has none. */
export type EncodedMessage =
  | {
      readonly bytes: Uint8Array;
      /** Whether something was left out: what TC stands for, or additional data that nobody misses. */
      readonly shortened: boolean;
    }
  | { readonly problem: MessageProblem };

/**
 * Writes a message (RFC 1035 §4.1): owners and the names of RFC 1035 types compressed, no other name (RFC 3597 §4). What
 * exceeds the limit is left out from the end, by whole RRsets; when that concerns the answer, the authority section or
 * glue, TC is set (RFC 2181 §9). The OPT record and a TSIG record at the end always stay.
 */
export function encodeMessage(message: Message, options: EncodeOptions = {}): EncodedMessage {
  const unwritable = writability(message);
  if (unwritable !== undefined) return { problem: unwritable };
  return new Encoding(message, options).encode();
}

/** One message on its way to octets. */
class Encoding {
  private readonly message: Message;
  private readonly limit: number;
  private readonly glue: number;
  private readonly out = new ByteSink(512);
  private readonly names: NameWriter = new NameWriter(this.out);
  private readonly last: readonly ResourceRecord[];

  constructor(message: Message, { limit = MAX_MESSAGE, glue = 0 }: EncodeOptions) {
    this.message = message;
    this.limit = Math.min(limit, MAX_MESSAGE);
    this.glue = glue;
    const final = message.additional.at(-1);
    this.last = final?.type === TYPE.TSIG ? [final] : [];
  }

  encode(): EncodedMessage {
    const { message, out, names } = this;
    writeHeader(message, out);
    for (const question of message.questions) {
      names.write(question.name, 0);
      out.u16(question.type);
      out.u16(question.class);
    }
    const reserved = this.reserved();
    if (out.length + reserved > this.limit)
      return { problem: problem('limit-too-small', 0, { length: out.length + reserved, limit: this.limit }) };
    const counts = this.sections(this.limit - reserved);
    const { edns } = message;
    if (edns !== undefined) writeOpt(edns, message.rcode, out);
    for (const record of this.last) this.writePlain(record);
    putU16(out.bytes, 4, message.questions.length);
    for (const [index, count] of counts.entries()) putU16(out.bytes, 6 + 2 * index, count);
    const kept = (counts[2] ?? 0) + (edns ? 1 : 0) + this.last.length;
    putU16(out.bytes, 10, kept);
    const shortened = SECTIONS.some((section, index) => (counts[index] ?? 0) < this.records(section).length);
    if (this.missing(counts)) setTruncated(out.bytes);
    return { bytes: out.slice(), shortened };
  }

  private reserved(): number {
    const { edns } = this.message;
    const last = this.last.reduce((length, { name, rdata }) => length + name.length + 10 + rdata.length, 0);
    return last + (edns === undefined ? 0 : optLength(edns));
  }

  private records(section: (typeof SECTIONS)[number]): readonly ResourceRecord[] {
    const records = this.message[section];
    return section === 'additional' && this.last.length > 0 ? records.slice(0, -1) : records;
  }

  /** Writes what fits, RRset by RRset, and counts the records of each section. */
  private sections(limit: number): number[] {
    const counts = [0, 0, 0];
    for (const [index, section] of SECTIONS.entries()) {
      const records = this.records(section);
      for (let from = 0; from < records.length; ) {
        const to = endOfSet(records, from);
        const start = this.out.length;
        for (let at = from; at < to && this.out.length <= limit; at++) this.write(records[at] as ResourceRecord);
        if (this.out.length > limit) {
          this.out.length = start;
          return counts;
        }
        counts[index] = to;
        from = to;
      }
    }
    return counts;
  }

  /** Whether something is left out that TC has to tell of. */
  private missing([answer = 0, authority = 0, additional = 0]: readonly number[]): boolean {
    const { message, glue } = this;
    const glueLeft = additional < Math.min(glue, this.records('additional').length);
    return answer < message.answer.length || authority < message.authority.length || glueLeft;
  }

  private write(record: ResourceRecord): void {
    const { out, names } = this;
    names.write(record.name, 0);
    this.writeHead(record);
    const lengthAt = out.length - 2;
    const layout = record.rdata.length === 0 ? undefined : rdataLayout(record.type);
    if (layout === undefined) {
      out.put(record.rdata);
    } else {
      const { rdata } = record;
      let at = 0;
      for (const step of layout) {
        if (step.kind === 'name' && step.compress) {
          at = names.write(rdata, at);
          continue;
        }
        const end = step.kind === 'name' ? at + nameLength(rdata, at) : stepEnd(step, rdata, at, rdata.length);
        out.put(rdata.subarray(at, end));
        at = end;
      }
    }
    putU16(out.bytes, lengthAt, out.length - lengthAt - 2);
  }

  private writePlain(record: ResourceRecord): void {
    this.out.put(record.name);
    this.writeHead(record);
    this.out.put(record.rdata);
  }

  private writeHead(record: ResourceRecord): void {
    this.out.u16(record.type);
    this.out.u16(record.class);
    this.out.u32(record.ttl);
    this.out.u16(record.rdata.length);
  }
}

/** Where the RRset that starts at an index ends: records of one owner, class and type in a row. */
function endOfSet(records: readonly ResourceRecord[], from: number): number {
  const first = records[from];
  let to = from + 1;
  for (let next = records[to]; first !== undefined && next !== undefined && sameSet(first, next); next = records[to])
    to++;
  return to;
}

function sameSet(a: ResourceRecord, b: ResourceRecord): boolean {
  return a.type === b.type && a.class === b.class && equalNames(a.name, b.name);
}
