import { CLASSES, TYPE, typeRow } from '../rr/types.ts';
import { OPCODE, RCODE } from '../wire/codes.ts';
import { type DecodedMessage, decodeMessage } from '../wire/decode.ts';
import { OPTION } from '../wire/edns.ts';
import { encodeMessage } from '../wire/encode.ts';
import { extendedErrorOption } from '../wire/extended-errors.ts';
import { HEADER_LENGTH, readHeader, u16At } from '../wire/header.ts';
import type { Edns, EdnsOption, Header, Message, Question, ResourceRecord } from '../wire/message.ts';
import type { MessageProblemCode } from '../wire/problem.ts';
import {
  cookieOf,
  exchangeOptions,
  hasBadSubnet,
  isStream,
  lacksCookie,
  paddingFor,
  zoneOptions,
} from './answer-edns.ts';
import { chaosAnswer } from './chaos.ts';
import type { CookieCheck } from './cookies.ts';
import {
  type Answered,
  type AnswerOutcome,
  type AnswerSummary,
  DEFAULT_OPTIONS,
  type Exchange,
  type ServerOptions,
  type Settings,
} from './exchange.ts';
import { type Resolved, resolve } from './resolve.ts';
import type { ServedZones } from './served-zones.ts';

/** Octets over UDP without EDNS (RFC 1035 §4.2.1), and the least that EDNS can allow (RFC 6891 §6.2.3). */
const PLAIN_UDP = 512;

/** Codes of extended errors (RFC 8914 §4, RFC 9824 §5). */
const PROHIBITED = 18;
const NOT_AUTHORITATIVE = 20;
const NOT_SUPPORTED = 21;
const INVALID_QUERY_TYPE = 30;

/**
 * The reply to the octets of one query from the zones given. Never throws, never answers a response, never exceeds what
 * the transport and the query allow. The same octets, zones, exchange and options always have the same reply; whoever
 * gives the same `options` object each time gets answers that were given before without their being made again.
 */
export function answer(
  query: Uint8Array,
  zones: ServedZones,
  exchange: Exchange,
  options: ServerOptions = NO_OPTIONS,
): Answered {
  const plain = zones.plain(options);
  return plain.answer(query, exchange.transport) ?? madeAnswer(query, zones, exchange, plain.settings);
}

const NO_OPTIONS: ServerOptions = {};

/** The reply made anew, however often it was given before. */
export function freshAnswer(
  query: Uint8Array,
  zones: ServedZones,
  exchange: Exchange,
  options: ServerOptions = NO_OPTIONS,
): Answered {
  return madeAnswer(query, zones, exchange, { ...DEFAULT_OPTIONS, ...options });
}

function madeAnswer(query: Uint8Array, zones: ServedZones, exchange: Exchange, settings: Settings): Answered {
  if (query.length < HEADER_LENGTH || ((query[2] as number) & 0x80) !== 0) return ignored(query);
  return new Answering(query, zones, exchange, settings).answered();
}

/** What is said to a query before it is known how much of it fits. */
interface Reply extends Partial<Pick<Resolved, 'answer' | 'authority' | 'additional' | 'glue' | 'zone'>> {
  readonly outcome: AnswerOutcome;
  readonly rcode: number;
  readonly authoritative?: boolean;
  readonly truncated?: boolean;
  readonly options?: readonly EdnsOption[];
  /** Code and text of an extended error. */
  readonly because?: readonly [code: number, text: string];
  /** Without question, OPT and flags (RFC 8906 §8.1.4). */
  readonly bare?: true;
}

/** The octets of a reply, none if it cannot be written at all, and the RCODE they have. */
interface Written {
  readonly bytes: Uint8Array | undefined;
  readonly rcode: number;
}

/** One query on its way to its reply. */
class Answering {
  private readonly query: Uint8Array;
  private readonly zones: ServedZones;
  private readonly exchange: Exchange;
  private readonly options: Settings;
  private readonly header: Header;
  private readonly decoded: DecodedMessage;
  private readonly questions: readonly Question[];
  private readonly edns: Edns | undefined;
  private readonly cookie: CookieCheck | undefined;

  constructor(query: Uint8Array, zones: ServedZones, exchange: Exchange, options: Settings) {
    this.query = query;
    this.zones = zones;
    this.exchange = exchange;
    this.options = options;
    this.header = readHeader(query);
    this.decoded = decodeMessage(query);
    const { decoded } = this;
    this.questions = 'message' in decoded ? decoded.message.questions : decoded.questions;
    this.edns = 'message' in decoded ? decoded.message.edns : undefined;
    this.cookie = cookieOf(this.edns, exchange, options);
  }

  answered(): Answered {
    const reply = this.reply();
    const written = this.written(reply);
    return { bytes: written.bytes, summary: this.summary(reply, written) };
  }

  private reply(): Reply {
    const { header, decoded, edns, questions } = this;
    const notify = header.opcode === OPCODE.NOTIFY && this.options.acceptNotify;
    if (header.opcode !== OPCODE.QUERY && !notify) {
      return { outcome: 'not-implemented', rcode: RCODE.NOTIMP, bare: true };
    }
    if (!('message' in decoded)) return { outcome: 'malformed', rcode: RCODE.FORMERR };
    if (edns !== undefined && edns.version > 0) return { outcome: 'bad-version', rcode: RCODE.BADVERS };
    if (this.cookie?.state === 'malformed' || hasBadSubnet(edns, this.options))
      return { outcome: 'malformed', rcode: RCODE.FORMERR };
    const [question] = questions;
    if (questions.length === 0 && this.cookie !== undefined && !notify) return this.cookieOnly(this.cookie);
    if (question === undefined || questions.length > 1) return { outcome: 'malformed', rcode: RCODE.FORMERR };
    return this.withoutCookie() ?? this.prohibited() ?? (notify ? this.notified(question) : this.asked(question));
  }

  /** RFC 7873 §5.4. */
  private cookieOnly({ state }: CookieCheck): Reply {
    if (state === 'invalid') return { outcome: 'bad-cookie', rcode: RCODE.BADCOOKIE };
    return { outcome: 'cookie-only', rcode: RCODE.NOERROR };
  }

  /** What is said to those who have to show a cookie and do not. */
  private withoutCookie(): Reply | undefined {
    const { options, exchange, cookie } = this;
    if (!lacksCookie(cookie, exchange, options)) return undefined;
    if (cookie !== undefined) return { outcome: 'bad-cookie', rcode: RCODE.BADCOOKIE };
    return { outcome: 'bad-cookie', rcode: RCODE.NOERROR, truncated: true };
  }

  /** What is said to those who get no answers. */
  private prohibited(): Reply | undefined {
    if (this.options.mayQuery?.(this.exchange) ?? true) return undefined;
    return { outcome: 'prohibited', rcode: RCODE.REFUSED, because: [PROHIBITED, 'this client gets no answers'] };
  }

  /** RFC 1996 §3.10 and §3.11. */
  private notified(question: Question): Reply {
    const zone = this.zones.zone(question.name);
    if (question.type !== TYPE.SOA || zone === undefined || zone.class !== question.class) {
      return { outcome: 'outside', rcode: RCODE.NOTAUTH };
    }
    return { outcome: 'notify', rcode: RCODE.NOERROR, authoritative: true, zone };
  }

  private asked(question: Question): Reply {
    const { type } = question;
    if (type === TYPE.AXFR || type === TYPE.IXFR) return this.transfer(question);
    if (type === TYPE.MAILA || type === TYPE.MAILB) {
      const because = [NOT_SUPPORTED, 'MAILA and MAILB are obsolete'] as const;
      return { outcome: 'not-implemented', rcode: RCODE.NOTIMP, because };
    }
    if (typeRow(type)?.meta && type !== TYPE.ANY) {
      const because = [INVALID_QUERY_TYPE, 'no type to ask for'] as const;
      return { outcome: 'malformed', rcode: RCODE.FORMERR, because };
    }
    const resolved = this.resolved(question);
    if (resolved.outcome !== 'outside') {
      const options = this.edns === undefined ? [] : zoneOptions(this.edns, type, resolved, this.options);
      // A response to all classes cannot be known to be complete (RFC 1035 §6.2).
      const { outcome, rcode, answer: found, authority, additional, glue, zone } = resolved;
      const authoritative = resolved.authoritative && question.class !== CLASSES.ANY;
      return { outcome, rcode, authoritative, answer: found, authority, additional, glue, zone, options };
    }
    const told = question.class === CLASSES.CH ? chaosAnswer(question, this.options) : undefined;
    if (told !== undefined) return { outcome: 'chaos', rcode: RCODE.NOERROR, authoritative: true, answer: told };
    return { outcome: 'outside', rcode: RCODE.REFUSED, because: [NOT_AUTHORITATIVE, 'no zone of this server'] };
  }

  private resolved(question: Question): Resolved {
    const asked = question.class === CLASSES.ANY ? { ...question, class: CLASSES.IN } : question;
    const stream = isStream(this.exchange);
    const oneOfAny = this.options.any === 'hinfo' || !stream;
    return resolve(asked, this.zones, { dnssecOk: this.edns?.dnssecOk ?? false, oneOfAny, stream }, this.options);
  }

  /** Transfers are for those who write many messages; over UDP IXFR gets the SOA alone (RFC 1995 §2, RFC 5936 §4.2). */
  private transfer(question: Question): Reply {
    const zone = this.zones.zone(question.name);
    if (zone === undefined || zone.class !== question.class) {
      return { outcome: 'outside', rcode: RCODE.NOTAUTH, because: [NOT_AUTHORITATIVE, 'no zone of this server'] };
    }
    if (isStream(this.exchange)) return { outcome: 'transfer', rcode: RCODE.REFUSED, zone };
    if (question.type === TYPE.AXFR) return { outcome: 'malformed', rcode: RCODE.FORMERR, zone };
    const { records } = zone.set(zone.tree.zone.apex, TYPE.SOA);
    return { outcome: 'answer', rcode: RCODE.NOERROR, authoritative: true, answer: records, zone };
  }

  private written(reply: Reply): Written {
    const limit = this.limit();
    const message = this.message(reply);
    const encoded = encodeMessage(message, { limit, glue: reply.glue ?? 0 });
    if (!('bytes' in encoded)) return this.smallest({ ...message, ...UNWRITABLE[encoded.problem.code] }, limit);
    if (!isTruncated(encoded.bytes)) return this.padded(message, encoded.bytes, limit);
    if (this.options.truncated === 'partial') return { bytes: encoded.bytes, rcode: reply.rcode };
    return this.smallest({ ...message, truncated: true }, limit);
  }

  /** Question and OPT alone, with its options if they fit: those are at most 294 octets. */
  private smallest(message: Message, limit: number): Written {
    const { rcode, edns } = message;
    const empty = { ...message, answer: [], authority: [], additional: [] };
    const encoded = encodeMessage(empty, { limit });
    if ('bytes' in encoded) return { bytes: encoded.bytes, rcode };
    const bare = encodeMessage(edns === undefined ? empty : { ...empty, edns: { ...edns, options: [] } });
    return { bytes: 'bytes' in bare ? bare.bytes : undefined, rcode };
  }

  private padded(message: Message, bytes: Uint8Array, limit: number): Written {
    const { edns, rcode } = message;
    const length = paddingFor(this.edns, bytes.length, this.exchange, this.options.paddingBlock);
    if (length === undefined || edns === undefined) return { bytes, rcode };
    const options = [...edns.options, { code: OPTION.PADDING, data: new Uint8Array(length) }];
    const encoded = encodeMessage({ ...message, edns: { ...edns, options } }, { limit });
    return { bytes: 'bytes' in encoded && !isTruncated(encoded.bytes) ? encoded.bytes : bytes, rcode };
  }

  /** Octets the reply may have (RFC 1035 §4.2.1, RFC 6891 §6.2.5). */
  private limit(): number {
    if (isStream(this.exchange)) return 65535;
    if (this.edns === undefined) return PLAIN_UDP;
    return Math.max(PLAIN_UDP, Math.min(this.edns.udpSize, this.options.udpLimit));
  }

  private message(reply: Reply): Message {
    const { header, questions } = this;
    const message: Message = {
      id: header.id,
      response: true,
      opcode: header.opcode,
      authoritative: reply.authoritative ?? false,
      truncated: reply.truncated ?? false,
      recursionDesired: header.recursionDesired && !reply.bare,
      recursionAvailable: false,
      reserved: false,
      authenticData: false,
      // RFC 4035 §3.2.2: copied.
      checkingDisabled: header.checkingDisabled && !reply.bare,
      rcode: reply.rcode,
      questions: questions.length === 1 && !reply.bare ? questions : [],
      answer: reply.answer ?? NOTHING,
      authority: reply.authority ?? NOTHING,
      additional: reply.additional ?? NOTHING,
    };
    return this.edns === undefined || reply.bare
      ? message
      : Object.assign(message, { edns: this.replyEdns(this.edns, reply) });
  }

  private replyEdns(edns: Edns, reply: Reply): Edns {
    const options = [...exchangeOptions(edns, this.cookie, this.exchange, this.options), ...(reply.options ?? [])];
    if (reply.because !== undefined && this.options.extendedErrors) {
      const [code, text] = reply.because;
      options.push(extendedErrorOption({ code, text }));
    }
    // RFC 3225 §3: DO is copied; all other flags are unassigned and stay clear (RFC 6891 §6.1.4).
    return { udpSize: this.options.udpLimit, version: 0, dnssecOk: edns.dnssecOk, flags: 0, options };
  }

  private summary(reply: Reply, { bytes, rcode }: Written): AnswerSummary {
    const { edns, header, query } = this;
    return {
      outcome: reply.outcome,
      id: header.id,
      opcode: header.opcode,
      flags: u16At(query, 2),
      question: this.questions[0],
      edns: edns && {
        version: edns.version,
        udpSize: edns.udpSize,
        dnssecOk: edns.dnssecOk,
        options: edns.options.map(({ code }) => code),
      },
      rcode: bytes && rcode,
      authoritative: reply.authoritative ?? false,
      truncated: bytes !== undefined && isTruncated(bytes),
      querySize: query.length,
      answerSize: bytes?.length ?? 0,
      zone: reply.zone?.origin,
    };
  }
}

const NOTHING: readonly ResourceRecord[] = [];

/** What becomes of a reply that cannot be written: a zone can hold RDATA that its type does not allow. */
const UNWRITABLE: Readonly<Partial<Record<MessageProblemCode, Partial<Message>>>> = {
  'not-writable': { rcode: RCODE.SERVFAIL, authoritative: false },
  'limit-too-small': { truncated: true },
};

function isTruncated(bytes: Uint8Array): boolean {
  return ((bytes[2] ?? 0) & 2) !== 0;
}

function ignored(query: Uint8Array): Answered {
  const whole = query.length >= HEADER_LENGTH;
  const summary: AnswerSummary = {
    outcome: 'ignored',
    id: whole ? u16At(query, 0) : undefined,
    opcode: whole ? readHeader(query).opcode : undefined,
    flags: whole ? u16At(query, 2) : 0,
    question: undefined,
    edns: undefined,
    rcode: undefined,
    authoritative: false,
    truncated: false,
    querySize: query.length,
    answerSize: 0,
    zone: undefined,
  };
  return { bytes: undefined, summary };
}
