import { TYPE } from '../../rr/types.ts';
import { ByteSink } from '../../text/sink.ts';
import { RCODE } from '../../wire/codes.ts';
import { decodeMessage } from '../../wire/decode.ts';
import { OPTION, writeOpt } from '../../wire/edns.ts';
import { type EncodeOptions, encodeMessage, MAX_MESSAGE } from '../../wire/encode.ts';
import { extendedErrorOption } from '../../wire/extended-errors.ts';
import { putU16, u16At } from '../../wire/header.ts';
import type { EdnsOption, Message } from '../../wire/message.ts';
import { isStream, mostOctets, paddingFor } from '../answer-edns.ts';
import type { Answered, Exchange } from '../exchange.ts';
import type { ServedZones } from '../served-zones.ts';
import { compressedMessage } from './compressed.ts';
import type { Delivery } from './fault.ts';
import type { SeededRandom } from './random.ts';

/** Octets over UDP without EDNS (RFC 1035 §4.2.1), and with it when the server says nothing else. */
const PLAIN_UDP = 512;
const USUAL_UDP = 1232;

/** Padding blocks of TLS and HTTPS (RFC 8467 §4.1). */
const PADDING_BLOCK = 468;

/** A message that may be changed in place; its sections are replaced as a whole. */
export type OpenMessage = { -readonly [Member in keyof Message]: Message[Member] };

/** What a change of octets may use. */
export type OctetChange = (bytes: Uint8Array) => Uint8Array;

/** How a connection goes on, told when the octets are known. */
export type Ending = (bytes: Uint8Array | undefined) => {
  readonly bytes: Uint8Array | undefined;
  readonly delivery: Delivery;
};

/** What actions may know beside the answer. */
export interface FaultContext {
  readonly random: SeededRandom;
  /** Seconds since the start. */
  readonly seconds: number;
}

/** One change that an action makes. */
export type Edit = (draft: Draft, context: FaultContext) => void;

/** An answer while faults change it: first the message, then its octets, then how it leaves. */
export class Draft {
  readonly query: Uint8Array;
  readonly exchange: Exchange;
  readonly answered: Answered;
  readonly zones: ServedZones;
  /** Milliseconds to wait. */
  delay = 0;
  copies = 1;
  dropped = false;
  ending: Ending | undefined;
  /** Types whose names in RDATA are compressed against the rules. */
  compressed: Set<number> | undefined;
  /** The OPT record stands there twice. */
  optTwice = false;
  /** It is the whole answer: no message of a transfer follows. */
  alone = false;
  /** Nothing may be added to the OPT record. */
  bare = false;
  readonly octets: OctetChange[] = [];
  private base: Uint8Array | undefined;
  private message: OpenMessage | undefined;
  private decoded = false;
  private edited = false;
  private udpSize = USUAL_UDP;

  constructor(query: Uint8Array, answered: Answered, exchange: Exchange, zones: ServedZones) {
    this.query = query;
    this.answered = answered;
    this.exchange = exchange;
    this.zones = zones;
    this.base = answered.bytes;
    this.bare = answered.summary.outcome === 'transfer';
  }

  get hasEdns(): boolean {
    return this.answered.summary.edns !== undefined;
  }

  get stream(): boolean {
    return isStream(this.exchange);
  }

  /** Whether the further messages of a transfer follow: what is left of the first one still begins it. */
  get goesOn(): boolean {
    const { base, message } = this;
    if (this.dropped || this.alone || base !== this.answered.bytes) return false;
    return message === undefined || (message.rcode === RCODE.NOERROR && message.answer.length > 0);
  }

  /** Whether a message of a transfer has lost all of its records: those that tell of a failure never had any. */
  get isEmptied(): boolean {
    return this.message?.rcode === RCODE.NOERROR && this.message.answer.length === 0;
  }

  /** The same for a further message of the transfer. */
  following(bytes: Uint8Array): Draft {
    return new Draft(this.query, { ...this.answered, bytes }, this.exchange, this.zones);
  }

  /** Takes octets that somebody has made in the place of the answer; they are not touched unless an action asks for it. */
  replace(bytes: Uint8Array | undefined): void {
    this.base = bytes;
    this.message = undefined;
    this.decoded = false;
    this.edited = false;
    this.bare = true;
    this.dropped = bytes === undefined;
  }

  /** Changes the message; does nothing when the octets are none. */
  edit(change: (message: OpenMessage) => void): void {
    const message = this.open();
    if (message === undefined) return;
    change(message);
    this.edited = true;
  }

  /** The octets as they leave and how they do, after the faults of these ids. */
  finished(ids: readonly string[]): { bytes: Uint8Array | undefined; delivery?: Delivery } {
    let bytes = this.dropped ? undefined : this.written(ids);
    if (bytes !== undefined) for (const change of this.octets) bytes = change(bytes);
    bytes = bytes?.subarray(0, mostOctets(this.exchange));
    const ended = this.ending?.(bytes);
    if (ended !== undefined) return ended;
    if (this.copies > 1) return { bytes, delivery: { copies: this.copies } };
    // A stream of HTTP that is never answered would otherwise be told that it asked nothing.
    if (bytes === undefined && this.exchange.transport === 'https') return { bytes, delivery: { end: 'hang' } };
    return { bytes };
  }

  private open(): OpenMessage | undefined {
    if (this.decoded) return this.message;
    this.decoded = true;
    const read = this.base && decodeMessage(this.base);
    if (read === undefined || !('message' in read)) return undefined;
    this.message = { ...read.message };
    this.udpSize = read.message.edns?.udpSize ?? USUAL_UDP;
    return this.message;
  }

  private written(ids: readonly string[]): Uint8Array | undefined {
    const { base } = this;
    const isSpecial = this.compressed !== undefined || this.optTwice;
    const isChanged = this.edited || isSpecial;
    const mayTell = this.hasEdns && !this.bare;
    const message = isChanged || mayTell ? this.open() : undefined;
    if (message === undefined) return base;
    // A signature stays good as long as nothing is changed.
    const isSigned = message.additional.at(-1)?.type === TYPE.TSIG;
    if (isSigned && !isChanged) return base;
    const bytes = this.encoded(message, mayTell && !isSigned ? ids : []) ?? base;
    return bytes === undefined || !isSpecial ? bytes : this.special(bytes);
  }

  /** The message within its limit, with the ids where they fit. */
  private encoded(message: OpenMessage, ids: readonly string[]): Uint8Array | undefined {
    const whole = writable(message);
    const glue = this.answered.summary.outcome === 'referral' ? whole.additional.length : 0;
    const options = { limit: this.limit, glue };
    const told = ids.length === 0 ? whole : this.padded(withIds(whole, ids));
    const telling = encodeMessage(told, options);
    // Nothing is left out for the sake of the ids.
    if ('bytes' in telling && !telling.shortened) return telling.bytes;
    const plain = told === whole ? telling : encodeMessage(whole, options);
    if ('bytes' in plain && (!isTruncated(plain.bytes) || whole.truncated)) return plain.bytes;
    return smallest({ ...told, truncated: true }, options) ?? smallest({ ...whole, truncated: true }, options);
  }

  private padded(message: Message): Message {
    const { edns } = message;
    if (!edns?.options.some(({ code }) => code === OPTION.PADDING)) return message;
    const rest = edns.options.filter(({ code }) => code !== OPTION.PADDING);
    const open = encodeMessage({ ...message, edns: { ...edns, options: rest } });
    const length = 'bytes' in open ? paddingFor(edns, open.bytes.length, this.exchange, PADDING_BLOCK) : undefined;
    const padding: EdnsOption[] = length === undefined ? [] : [{ code: OPTION.PADDING, data: new Uint8Array(length) }];
    return { ...message, edns: { ...edns, options: [...rest, ...padding] } };
  }

  private special(bytes: Uint8Array): Uint8Array {
    const read = decodeMessage(bytes);
    if (!('message' in read)) return bytes;
    const { message } = read;
    const first = this.compressed === undefined ? bytes : compressedMessage(message, this.compressed);
    if (!this.optTwice || message.edns === undefined) return first;
    const out = new ByteSink(first.length + 64);
    out.put(first);
    writeOpt(message.edns, message.rcode, out);
    putU16(out.bytes, 10, u16At(first, 10) + 1);
    return out.slice();
  }

  /** Octets the answer may have (RFC 1035 §4.2.1, RFC 6891 §6.2.5). */
  private get limit(): number {
    if (this.stream) return MAX_MESSAGE;
    const { edns } = this.answered.summary;
    if (edns === undefined) return PLAIN_UDP;
    return Math.max(PLAIN_UDP, Math.min(edns.udpSize, this.udpSize));
  }
}

/** Takes all records out of a message. */
export function empty(message: OpenMessage): void {
  message.answer = [];
  message.authority = [];
  message.additional = [];
}

/** The message with an RCODE that it can have: those of more than four bits need EDNS. */
function writable(message: OpenMessage): Message {
  return message.edns === undefined && message.rcode > 15 ? { ...message, rcode: RCODE.SERVFAIL } : message;
}

function withIds(message: Message, ids: readonly string[]): Message {
  const { edns } = message;
  if (edns === undefined) return message;
  const told = ids.map((id) => extendedErrorOption({ code: 0, text: `zonewright fault: ${id}` }));
  return { ...message, edns: { ...edns, options: [...edns.options, ...told] } };
}

function smallest(message: Message, options: EncodeOptions): Uint8Array | undefined {
  const encoded = encodeMessage({ ...message, answer: [], authority: [], additional: [] }, options);
  return 'bytes' in encoded ? encoded.bytes : undefined;
}

function isTruncated(bytes: Uint8Array): boolean {
  return ((bytes[2] ?? 0) & 2) !== 0;
}
