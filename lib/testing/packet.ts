import { nameFromText } from '../rr/name.ts';
import { sayProblem } from '../rr/say.ts';
import { CLASSES, classFromBytes, classToText, TYPE } from '../rr/types.ts';
import { opcodeToText, RCODE, rcodeToText } from '../wire/codes.ts';
import { decodeMessage } from '../wire/decode.ts';
import { encodeMessage } from '../wire/encode.ts';
import type { Message, Question, ResourceRecord } from '../wire/message.ts';
import { sayMessageProblem } from '../wire/problem.ts';
import { ednsOf, optAnswer, type PacketOpt } from './packet-opt.ts';
import { packetData, packetRdata, packetType, packetTypeNumber } from './packet-rdata.ts';
import { plainName } from './seen-query.ts';

/** A question in the shape of the package dns-packet. */
export interface PacketQuestion {
  name: string;
  type: string;
  class?: string | undefined;
}

/** A record in the shape of the package dns-packet; `data` is what its type has there. */
export interface PacketRecord {
  name: string;
  type: string;
  class?: string | undefined;
  ttl?: number | undefined;
  flush?: boolean | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: what it is depends on the type, and handlers take it apart
  data: any;
}

/** A message in the shape of the package dns-packet. */
export interface Packet {
  id?: number | undefined;
  type?: 'query' | 'response' | undefined;
  /** The second 16 bits of the header without QR: flags, opcode and RCODE. */
  flags?: number | undefined;
  /** A word such as `NXDOMAIN` for the last four bits of the flags. */
  rcode?: string | undefined;
  opcode?: string | undefined;
  flag_qr?: boolean;
  flag_aa?: boolean;
  flag_tc?: boolean;
  flag_rd?: boolean;
  flag_ra?: boolean;
  flag_z?: boolean;
  flag_ad?: boolean;
  flag_cd?: boolean;
  questions?: readonly PacketQuestion[] | undefined;
  answers?: readonly (PacketRecord | PacketOpt)[] | undefined;
  authorities?: readonly (PacketRecord | PacketOpt)[] | undefined;
  additionals?: readonly (PacketRecord | PacketOpt)[] | undefined;
}

/** A message that was read: nothing is missing, and everything may be changed. */
export type DecodedPacket = { [Key in Exclude<keyof Packet, Section>]-?: Exclude<Packet[Key], undefined> } & {
  questions: PacketQuestion[];
  answers: PacketRecord[];
  authorities: PacketRecord[];
  additionals: (PacketRecord | PacketOpt)[];
};

type Section = 'questions' | 'answers' | 'authorities' | 'additionals';

const QR = 0x8000;
/** The bit of the class that multicast DNS took (RFC 6762 §10.2). */
const FLUSH = 0x8000;

/** Class of a network that is gone (RFC 1035 §3.2.4), which only packets have a word for. */
const CSNET = 2;

function classWord(rrClass: number): string {
  if (rrClass === CSNET) return 'CS';
  const text = classToText(rrClass);
  return text.startsWith('CLASS') || rrClass === CLASSES.NONE ? `UNKNOWN_${rrClass}` : text;
}

function classNumber(text: string): number {
  if (text.toUpperCase() === 'CS') return CSNET;
  const bytes = new TextEncoder().encode(text.replace(/^UNKNOWN_/iu, 'CLASS'));
  const number = classFromBytes(bytes, 0, bytes.length);
  if (number < 0) throw new Error(`'${text}' is no class of a packet`);
  return number;
}

/** The octets of a message as dns-packet would read them; throws for what is no message. */
export function packetOf(bytes: Uint8Array): DecodedPacket {
  const decoded = decodeMessage(bytes);
  if ('problem' in decoded) throw new Error(`no DNS message: ${sayMessageProblem(decoded.problem)}`);
  const { message } = decoded;
  const { answer, authority, additional, edns } = message;
  const flags = flagsOf(message);
  return {
    id: message.id,
    type: message.response ? 'response' : 'query',
    flags,
    flag_qr: message.response,
    opcode: opcodeWord(message.opcode),
    flag_aa: message.authoritative,
    flag_tc: message.truncated,
    flag_rd: message.recursionDesired,
    flag_ra: message.recursionAvailable,
    flag_z: message.reserved,
    flag_ad: message.authenticData,
    flag_cd: message.checkingDisabled,
    rcode: rcodeWord(message.rcode & 15),
    questions: message.questions.map(({ name, type, class: rrClass }) => ({
      name: plainName(name),
      type: packetType(type),
      class: classWord(rrClass),
    })),
    answers: answer.map(packetRecord),
    authorities: authority.map(packetRecord),
    additionals: [...additional.map(packetRecord), ...(edns ? [optAnswer(edns, message.rcode)] : [])],
  };
}

/** As dns-packet spells numbers without a name. */
function rcodeWord(rcode: number): string {
  return rcode > 10 ? `RCODE_${rcode}` : rcodeToText(rcode);
}

function opcodeWord(opcode: number): string {
  return opcode > 5 || opcode === 3 ? `OPCODE_${opcode}` : opcodeToText(opcode);
}

function packetRecord({ name, type, class: rrClass, ttl, rdata }: ResourceRecord): PacketRecord {
  return {
    name: plainName(name),
    type: packetType(type),
    ttl,
    class: classWord(rrClass & ~FLUSH),
    flush: (rrClass & FLUSH) !== 0,
    data: packetData(type, rdata),
  };
}

function flagsOf(message: Message): number {
  return (
    (message.opcode << 11) |
    (message.authoritative ? 0x400 : 0) |
    (message.truncated ? 0x200 : 0) |
    (message.recursionDesired ? 0x100 : 0) |
    (message.recursionAvailable ? 0x80 : 0) |
    (message.reserved ? 0x40 : 0) |
    (message.authenticData ? 0x20 : 0) |
    (message.checkingDisabled ? 0x10 : 0) |
    (message.rcode & 15)
  );
}

/** What a packet is written with. */
export interface PacketWriting {
  /** The packet that was handed out: of flags and RCODE word the one counts that was changed. */
  readonly before?: Packet;
  /** Octets it may have; what exceeds them is left out and TC set. */
  readonly limit?: number;
}

/** The octets of a packet, names compressed; throws for what cannot be written. */
export function packetBytes(packet: Packet, { before, limit }: PacketWriting = {}): Uint8Array {
  const message = messageOf(packet, before);
  const encoded = encodeMessage(message, limit === undefined ? {} : { limit });
  if ('bytes' in encoded) return encoded.bytes;
  throw new Error(`the packet cannot be written: ${sayMessageProblem(encoded.problem)}`);
}

function messageOf(packet: Packet, before: Packet | undefined): Message {
  const { id = 0, type = 'query', flags = 0, questions = [], additionals = [] } = packet;
  const bits = (flags & ~QR & ~15) | rcodeBits(packet, before);
  const opt = additionals.find(isOpt);
  const edns = opt === undefined ? undefined : ednsOf(opt);
  return {
    id: id & 0xffff,
    response: type === 'response',
    opcode: (bits >> 11) & 15,
    authoritative: (bits & 0x400) !== 0,
    truncated: (bits & 0x200) !== 0,
    recursionDesired: (bits & 0x100) !== 0,
    recursionAvailable: (bits & 0x80) !== 0,
    reserved: (bits & 0x40) !== 0,
    authenticData: (bits & 0x20) !== 0,
    checkingDisabled: (bits & 0x10) !== 0,
    rcode: (bits & 15) | ((opt?.extendedRcode ?? 0) << 4),
    questions: questions.map(questionOf),
    answer: recordsOf(packet.answers),
    authority: recordsOf(packet.authorities),
    additional: recordsOf(additionals),
    ...(edns && { edns }),
  };
}

/** The RCODE of the word or of the flags: where they differ, of the one that was changed. */
function rcodeBits({ rcode, flags }: Packet, before: Packet | undefined): number {
  const bits = (flags ?? 0) & 15;
  if (rcode === undefined) return bits;
  const number = rcodeNumber(rcode);
  if (number > 15)
    throw new Error(`'${rcode}' is no RCODE of a header: its upper bits are extendedRcode of the OPT record`);
  const wordStayed = before !== undefined && before.rcode === rcode;
  const bitsStayed = before !== undefined && ((before.flags ?? 0) & 15) === bits;
  return flags !== undefined && wordStayed && !bitsStayed ? bits : number;
}

/** The number of an RCODE word such as `NXDOMAIN` or `RCODE_12`; throws for what is none. */
function rcodeNumber(text: string): number {
  const [, digits] = /^RCODE_?(\d+)$/iu.exec(text) ?? [];
  const known: Readonly<Record<string, number>> = RCODE;
  const number = digits === undefined ? known[text.toUpperCase()] : Number(digits);
  if (number === undefined) throw new Error(`'${text}' is no RCODE`);
  return number;
}

/** Whether a record of a packet is the OPT record. */
export function isOpt(record: PacketRecord | PacketOpt): record is PacketOpt {
  return packetTypeNumber(record.type) === TYPE.OPT;
}

function questionOf({ name, type, class: rrClass = 'IN' }: PacketQuestion): Question {
  return { name: nameOf(name), type: packetTypeNumber(type), class: classNumber(rrClass) };
}

function recordsOf(records: readonly (PacketRecord | PacketOpt)[] = []): ResourceRecord[] {
  return records.flatMap((record) => {
    if (isOpt(record)) return [];
    const { name, type, class: rrClass = 'IN', ttl = 0, flush = false, data } = record;
    const number = packetTypeNumber(type);
    const cls = classNumber(rrClass) | (flush ? FLUSH : 0);
    try {
      return [{ name: nameOf(name), type: number, class: cls, ttl: ttl >>> 0, rdata: packetRdata(number, data) }];
    } catch (error) {
      throw new Error(`${name} ${(error as Error).message}`);
    }
  });
}

function nameOf(text: string): Uint8Array {
  const read = nameFromText(text === '' || text.endsWith('.') ? text || '.' : `${text}.`);
  if ('name' in read) return read.name;
  throw new Error(`'${text}' is no domain name: ${sayProblem(read.problem)}`);
}
