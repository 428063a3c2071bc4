import { printRdata } from '../../lib/rr/codec.ts';
import { nameToText } from '../../lib/rr/name.ts';
import { classToText, TYPE, typeFromText, typeToText } from '../../lib/rr/types.ts';
import { answer } from '../../lib/server/answer.ts';
import type { Answered, Exchange, ServerOptions } from '../../lib/server/exchange.ts';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { rcodeToText } from '../../lib/wire/codes.ts';
import { decodeMessage } from '../../lib/wire/decode.ts';
import { encodeMessage } from '../../lib/wire/encode.ts';
import { type Edns, type Message, queryFor, type ResourceRecord } from '../../lib/wire/message.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { wire, zoneOf } from '../zone/zones.ts';

/** EDNS with everything off. */
export const EDNS: Edns = { udpSize: 1232, version: 0, dnssecOk: false, flags: 0, options: [] };

/** A client on the loopback at a fixed time. */
export function exchange(transport: Exchange['transport'] = 'udp'): Exchange {
  return { transport, client: { address: '127.0.0.1', port: 5000 }, now: 1_600_000_000_000 };
}

/** Zones from texts by origin. */
export function served(zones: Readonly<Record<string, string>>): ServedZones {
  return new ServedZones(Object.entries(zones).map(([origin, text]) => new ZoneTree(zoneOf(origin, text))));
}

/** A query of `name type`, in class CH when the words say so, to be changed by more. */
export function query(words: string, more: Partial<Message> = {}): Message {
  const [name = '', type = '', rrClass = 'IN'] = words.split(' ');
  const number = typeFromText(type);
  if (number === undefined) throw new Error(`no type: ${type}`);
  const classes: Readonly<Record<string, number>> = { IN: 1, CH: 3, HS: 4, ANY: 255 };
  return { ...queryFor({ name: wire(name), type: number, class: classes[rrClass] ?? 1 }, 4711), ...more };
}

/** The octets of a message that can be written. */
export function octets(message: Message): Uint8Array {
  const encoded = encodeMessage(message);
  if (!('bytes' in encoded)) throw new Error(JSON.stringify(encoded.problem));
  return encoded.bytes;
}

/** A message from octets that have to be one. */
export function messageOf(bytes: Uint8Array | undefined): Message {
  const decoded = decodeMessage(bytes ?? new Uint8Array(0));
  if (!('message' in decoded)) throw new Error(JSON.stringify(decoded.problem));
  return decoded.message;
}

/** A query in words as tables have them: `name type [class] [+do] [+edns] [+tcp] [+rd] [+cd]`. */
export function asked(words: string): { readonly message: Message; readonly transport: Exchange['transport'] } {
  const flags = new Set(words.split(' ').filter((word) => word.startsWith('+')));
  const plain = words.split(' ').filter((word) => !word.startsWith('+'));
  const edns = { ...EDNS, dnssecOk: flags.has('+do') };
  const message = {
    ...query(plain.join(' ')),
    recursionDesired: flags.has('+rd'),
    checkingDisabled: flags.has('+cd'),
    ...((flags.has('+do') || flags.has('+edns')) && { edns }),
  };
  return { message, transport: flags.has('+tcp') ? 'tcp' : 'udp' };
}

/** The lines of the reply to a query in words. */
export function told(zones: ServedZones, words: string, options: ServerOptions = {}): string[] {
  const { message, transport } = asked(words);
  return shown(ask(zones, message, options, transport));
}

/** Asks and takes the reply apart. */
export function ask(
  zones: ServedZones,
  asked: Message,
  options: ServerOptions = {},
  transport: Exchange['transport'] = 'udp',
): Message & { readonly answered: Answered } {
  const answered = answer(octets(asked), zones, exchange(transport), options);
  return { ...messageOf(answered.bytes), answered };
}

/** `owner ttl type rdata`, the class before the type when it is not IN. */
export function line({ name, ttl, type, class: rrClass, rdata }: ResourceRecord): string {
  const shown = rrClass === 1 ? '' : `${classToText(rrClass)} `;
  return `${nameToText(name)} ${ttl} ${shown}${typeToText(type)} ${type === TYPE.RRSIG ? signed(rdata) : printRdata(type, rdata)}`;
}

/** Of a signature only what it covers. */
function signed(rdata: Uint8Array): string {
  return typeToText(((rdata[0] ?? 0) << 8) | (rdata[1] ?? 0));
}

/** A reply as lines: rcode and flags, then each section, as tables of tests write them. */
export function shown(message: Message): string[] {
  const flags = [
    ...(message.authoritative ? ['aa'] : []),
    ...(message.truncated ? ['tc'] : []),
    ...(message.recursionDesired ? ['rd'] : []),
    ...(message.checkingDisabled ? ['cd'] : []),
  ];
  return [
    [rcodeToText(message.rcode), ...flags].join(' '),
    ...message.answer.map((record) => `answer ${line(record)}`),
    ...message.authority.map((record) => `authority ${line(record)}`),
    ...message.additional.map((record) => `additional ${line(record)}`),
  ];
}
