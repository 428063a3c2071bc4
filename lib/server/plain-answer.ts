import { HEADER_LENGTH, u16At } from '../wire/header.ts';
import type { Answered, AnswerOutcome, AnswerSummary } from './exchange.ts';
import { OPT_LENGTH } from './plain-query.ts';

/** A plain answer; its summary is made when it is asked for, from the octets of the query, which must not change before. */
export class PlainAnswer implements Answered {
  readonly bytes: Uint8Array;
  readonly query: Uint8Array;
  readonly outcome: AnswerOutcome;
  /** Name of the zone that has answered. */
  readonly zone: Uint8Array;

  constructor(bytes: Uint8Array, query: Uint8Array, outcome: AnswerOutcome, zone: Uint8Array) {
    this.bytes = bytes;
    this.query = query;
    this.outcome = outcome;
    this.zone = zone;
  }

  get summary(): AnswerSummary {
    const { bytes, query, outcome, zone } = this;
    let end: number = HEADER_LENGTH;
    while (query[end] !== 0) end += 1 + (query[end] as number);
    end++;
    const edns = {
      version: 0,
      udpSize: u16At(query, end + 7),
      dnssecOk: (query[end + 11] as number) >= 0x80,
      options: [],
    };
    return {
      outcome,
      id: u16At(query, 0),
      opcode: 0,
      flags: u16At(query, 2),
      // A Buffer would hand out parts of itself where other arrays hand out copies.
      question: {
        name: Uint8Array.prototype.slice.call(query, HEADER_LENGTH, end),
        type: u16At(query, end),
        class: u16At(query, end + 2),
      },
      edns: query.length === end + 4 + OPT_LENGTH ? edns : undefined,
      rcode: (bytes[3] as number) & 15,
      authoritative: ((bytes[2] as number) & 0x04) !== 0,
      truncated: false,
      querySize: query.length,
      answerSize: bytes.length,
      zone,
    };
  }
}
