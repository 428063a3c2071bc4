import { RCODE } from '../wire/codes.ts';
import { decodeMessage } from '../wire/decode.ts';
import { encodeMessage, MAX_MESSAGE } from '../wire/encode.ts';
import { HEADER_LENGTH, readHeader, u16At } from '../wire/header.ts';
import { type Message, queryFor } from '../wire/message.ts';
import { checkTsig, FUDGE, signMessage, type TsigCheck, tsigLength, tsigPlace, withTsig } from '../wire/tsig.ts';
import type { TsigAlgorithm, TsigKey, TsigKeys } from '../wire/tsig-keys.ts';
import { TsigSigner } from '../wire/tsig-stream.ts';
import { isStream, mostOctets } from './answer-edns.ts';
import type { Answered, AnswerSummary, Exchange } from './exchange.ts';

/** What goes back for one query, further messages of the same answer with it. */
interface Reply {
  readonly bytes: Uint8Array | undefined;
  readonly more?: Iterable<Uint8Array>;
}

/** A query whose signature was looked at: what it says without it, or the reply when it is not accepted. */
export type Opened =
  | {
      readonly query: Uint8Array;
      /** Undefined for a query without signature. */
      readonly seal: Seal | undefined;
    }
  | { readonly refused: Answered };

/** Octets over UDP without EDNS (RFC 1035 §4.2.1). */
const PLAIN_UDP = 512;

/** What the signing of replies has to know. */
export interface SealWorld {
  /** Milliseconds since 1970; a transfer may take long. */
  readonly now: () => number;
  /** Octets that the server sends over UDP at most. */
  readonly udpLimit: number;
}

/** Looks at the signature of a query (RFC 8945 §5.2). */
export function open(query: Uint8Array, keys: TsigKeys, exchange: Exchange, world: SealWorld): Opened {
  const checked = checkTsig(query, keys, exchange.now);
  switch (checked.kind) {
    case 'unsigned':
      return { query, seal: undefined };
    case 'malformed':
      return { refused: refusal(query, query, RCODE.FORMERR, 'malformed') };
    case 'refused':
      return { refused: signatureRefused(query, checked, exchange) };
    case 'valid':
      return { query: checked.message, seal: new Seal(checked, exchange, world) };
  }
}

/** NOTAUTH with what is wrong in a TSIG record: signed unless key or MAC are not right (RFC 8945 §5.2.1 to §5.2.4). */
function signatureRefused(
  query: Uint8Array,
  { error, tsig, key, message }: Extract<TsigCheck, { kind: 'refused' }>,
  { now }: Exchange,
): Answered {
  const { bytes, summary } = refusal(query, message, RCODE.NOTAUTH, 'bad-signature');
  if (bytes === undefined) return { bytes, summary };
  const seconds = Math.floor(now / 1000);
  const signed = key !== undefined && (error === RCODE.BADTIME || error === RCODE.BADTRUNC);
  const late = error === RCODE.BADTIME;
  const mac = new Uint8Array(0);
  const sealed = signed
    ? signMessage(bytes, key, {
        prior: tsig.mac,
        // RFC 8945 §5.2.3: the time of the client, so that it can check the MAC, and that of the server behind it.
        now: late ? tsig.time * 1000 : now,
        fudge: late ? tsig.fudge : FUDGE,
        error,
        ...(late && { other: timeOctets(seconds) }),
      }).bytes
    : withTsig(bytes, { ...tsig, mac, error, time: seconds, fudge: FUDGE, other: new Uint8Array(0) });
  return { bytes: sealed, summary: { ...summary, answerSize: sealed.length } };
}

function timeOctets(seconds: number): Uint8Array {
  const octets = new Uint8Array(6);
  const view = new DataView(octets.buffer);
  view.setUint16(0, Math.floor(seconds / 2 ** 32));
  view.setUint32(2, seconds % 2 ** 32);
  return octets;
}

/** A reply with nothing but an RCODE, the question and an OPT record when there was one. */
function refusal(
  query: Uint8Array,
  message: Uint8Array,
  rcode: number,
  outcome: 'malformed' | 'bad-signature',
): Answered {
  const header = readHeader(query);
  const decoded = decodeMessage(message);
  const asked = 'message' in decoded ? decoded.message : undefined;
  const questions = asked?.questions ?? decodedQuestions(decoded);
  const [question] = questions;
  const reply: Message = {
    ...queryFor({ name: new Uint8Array(1), type: 0, class: 0 }, header.id),
    response: true,
    opcode: header.opcode,
    recursionDesired: header.recursionDesired,
    checkingDisabled: header.checkingDisabled,
    rcode,
    questions: questions.length === 1 ? questions : [],
    ...(asked?.edns && { edns: { ...asked.edns, udpSize: 1232, version: 0, flags: 0, options: [] } }),
  };
  const encoded = encodeMessage(reply);
  const bytes = 'bytes' in encoded ? encoded.bytes : undefined;
  const summary: AnswerSummary = {
    outcome,
    id: header.id,
    opcode: header.opcode,
    flags: u16At(query, 2),
    question,
    edns: asked?.edns && { ...asked.edns, options: asked.edns.options.map(({ code }) => code) },
    rcode: bytes && rcode,
    authoritative: false,
    truncated: false,
    querySize: query.length,
    answerSize: bytes?.length ?? 0,
    zone: undefined,
  };
  return { bytes, summary };
}

function decodedQuestions(decoded: ReturnType<typeof decodeMessage>): Message['questions'] {
  return 'questions' in decoded ? decoded.questions : [];
}

/** Signs the reply to one signed query. */
export class Seal {
  readonly key: TsigKey;
  private readonly algorithm: TsigAlgorithm;
  private readonly request: Uint8Array;
  private readonly query: Uint8Array;
  private readonly exchange: Exchange;
  private readonly world: SealWorld;

  constructor(
    { key, algorithm, tsig, message }: Extract<TsigCheck, { kind: 'valid' }>,
    exchange: Exchange,
    world: SealWorld,
  ) {
    this.key = key;
    this.algorithm = algorithm;
    this.request = tsig.mac;
    this.query = message;
    this.exchange = exchange;
    this.world = world;
  }

  /** Octets that the signature of a message takes. */
  get room(): number {
    const { algorithm, key } = this;
    const { name } = key;
    return tsigLength({ name, algorithm: algorithm.wire, other: new Uint8Array(0) }, algorithm.sent);
  }

  /** The reply with all of its messages signed; one that would be too long then is cut to nothing, with TC. */
  close<Given extends Reply>(reply: Given): Given {
    const { bytes, more } = reply;
    const { now } = this.world;
    if (bytes === undefined || bytes.length < HEADER_LENGTH) return reply;
    const signer = new TsigSigner(this.key, this.request, this.algorithm);
    const sealed = signer.sign(this.fitting(bytes), now());
    return { ...reply, bytes: sealed, ...(more && { more: signedAll(more, signer, now) }) };
  }

  private fitting(bytes: Uint8Array): Uint8Array {
    if (bytes.length <= this.limit() - this.room || tsigPlace(bytes) !== 'none') return bytes;
    const decoded = decodeMessage(bytes);
    // What a fault has broken stays as long as it is, but for what no length before it could tell.
    if (!('message' in decoded)) return bytes.subarray(0, mostOctets(this.exchange) - this.room);
    const { message } = decoded;
    const empty = { ...message, truncated: true, answer: [], authority: [], additional: [] };
    const encoded = encodeMessage(empty);
    return 'bytes' in encoded ? encoded.bytes : bytes;
  }

  private limit(): number {
    if (isStream(this.exchange)) return MAX_MESSAGE;
    const decoded = decodeMessage(this.query);
    return 'message' in decoded ? udpLimitOf(decoded.message, this.world.udpLimit) : PLAIN_UDP;
  }
}

/** Octets that the answer to a query over UDP may have (RFC 6891 §6.2.5). */
export function udpLimitOf({ edns }: Message, most: number): number {
  return Math.max(PLAIN_UDP, Math.min(edns?.udpSize ?? PLAIN_UDP, most));
}

function* signedAll(messages: Iterable<Uint8Array>, signer: TsigSigner, now: () => number): Generator<Uint8Array> {
  for (const message of messages) yield signer.sign(message, now());
}
