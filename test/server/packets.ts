import type { Exchange, ServerOptions } from '../../lib/server/exchange.ts';
import { decodeMessage } from '../../lib/wire/decode.ts';
import { OPTION } from '../../lib/wire/edns.ts';
import { wire } from '../wire/messages.ts';
import { EDNS, octets, query } from './dialogue.ts';
import { type RandomZone, randomQuestion } from './random-zones.ts';

type Random = (below: number) => number;

const octetsOf = (random: Random, most: number): Uint8Array =>
  Uint8Array.from({ length: random(most) }, () => random(256));

/** Options that servers know, and others. */
function options(random: Random): { readonly code: number; readonly data: Uint8Array }[] {
  const codes = [OPTION.COOKIE, OPTION.NSID, OPTION.PADDING, OPTION.EXPIRE, OPTION.ZONEVERSION, OPTION.TCP_KEEPALIVE];
  return [...codes, 8, random(70)].filter(() => random(3) === 0).map((code) => ({ code, data: octetsOf(random, 30) }));
}

const TYPES = [1, 2, 5, 6, 15, 16, 28, 33, 41, 250, 255, 265] as const;
const CLASSES = [1, 1, 254, 255] as const;

/** Up to two records as they stand in UPDATE, NOTIFY and IXFR, of random class, TTL and data; how many, and their octets. */
function records(random: Random, origin: string): readonly [count: number, octets: readonly number[]] {
  const count = random(3);
  const found = Array.from({ length: count }, () => {
    // An address that may well be added.
    if (random(3) === 0)
      return [...wire(`x${random(9)}.${origin}.`), 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, random(256)];
    const name = wire(random(3) === 0 ? `${origin}.` : `x${random(9)}.${origin}.`);
    const data = random(3) === 0 ? new Uint8Array(0) : octetsOf(random, 40);
    const type = TYPES[random(TYPES.length + 1)] ?? random(65536);
    const rrClass = CLASSES[random(CLASSES.length + 1)] ?? random(65536);
    const numbers = [type >> 8, type & 255, rrClass >> 8, rrClass & 255, 0, 0, random(256), random(256)];
    return [...name, ...numbers, data.length >> 8, data.length & 255, ...data];
  });
  return [count, found.flat()];
}

/** The octets of a message that is whole, though not always one that makes sense. */
function whole(random: Random, zone: RandomZone): Uint8Array {
  const { name, type } = random(10) === 0 ? { name: 'version.bind.', type: 'TXT' } : randomQuestion(random, [zone]);
  const rrClass = random(20) === 0 ? ' CH' : '';
  const meta = ['AXFR', 'IXFR', 'MAILB', 'NXNAME'][random(60)];
  const asked = query(`${random(12) === 0 ? `${zone.origin}.` : name} ${meta ?? type}${rrClass}`);
  const flags = { id: random(65536), opcode: random(8) === 0 ? random(16) : 0, recursionDesired: random(2) === 0 };
  const updating = random(10) === 0;
  const plain = updating ? { ...query(`${zone.origin}. SOA`), ...flags, opcode: 5 } : { ...asked, ...flags };
  const edns = {
    ...EDNS,
    udpSize: random(5000),
    dnssecOk: random(2) === 0,
    version: random(20) === 0 ? 1 : 0,
    options: options(random),
  };
  const bytes = octets(random(4) === 0 ? plain : { ...plain, edns });
  return updating || random(6) === 0 ? withRecords(random, bytes, octets(plain).length, zone.origin) : bytes;
}

/** A message with records in all sections, those that it has at its end still there. */
function withRecords(random: Random, bytes: Uint8Array, end: number, origin: string): Uint8Array {
  const sections = [0, 1, 2].map(() => records(random, origin));
  const sent = Uint8Array.from([
    ...bytes.slice(0, end),
    ...sections.flatMap(([, found]) => found),
    ...bytes.slice(end),
  ]);
  for (const [index, [count]] of sections.entries()) sent[7 + 2 * index] = (sent[7 + 2 * index] ?? 0) + count;
  return sent;
}

/** Octets of a query, some signed when there is a way to, most often with something broken in them. */
export function packet(random: Random, zone: RandomZone, sign?: (octets: Uint8Array) => Uint8Array): Uint8Array {
  const made = whole(random, zone);
  const bytes = sign !== undefined && random(4) === 0 ? sign(made) : made;
  return random(4) === 0 ? bytes : mutated(random, bytes);
}

function mutated(random: Random, bytes: Uint8Array): Uint8Array {
  let sent = bytes.slice();
  for (let times = 1 + random(4); times > 0; times--) {
    const at = random(sent.length + 1);
    const kind = random(6);
    if (kind === 0) sent[at] = random(256);
    else if (kind === 1 && at < sent.length) sent[at] = (sent[at] ?? 0) ^ (1 << random(8));
    else if (kind === 2) sent = sent.slice(0, at);
    else if (kind === 3) sent = Uint8Array.from([...sent.slice(0, at), ...octetsOf(random, 12), ...sent.slice(at)]);
    else if (kind === 4 && sent.length > 13) sent.set([0xc0, random(sent.length)], Math.min(at, sent.length - 2));
    else sent = Uint8Array.from([...sent.slice(0, at), ...sent.slice(random(at + 1))]);
  }
  return sent;
}

/** Whether octets may have a reply at all: a whole header that is none of a response. */
export function mayBeAnswered(sent: Uint8Array): boolean {
  return sent.length >= 12 && ((sent[2] ?? 0) & 0x80) === 0;
}

/** Octets that a reply may have. */
function limitOf(sent: Uint8Array, transport: Exchange['transport'], { udpLimit = 1232 }: ServerOptions): number {
  if (transport !== 'udp') return 65535;
  const decoded = decodeMessage(sent);
  const edns = 'message' in decoded ? decoded.message.edns : undefined;
  return edns === undefined ? 512 : Math.max(512, Math.min(edns.udpSize, udpLimit));
}

/** What is wrong with a reply, undefined for nothing. */
export function complaint(
  sent: Uint8Array,
  reply: Uint8Array | undefined,
  transport: Exchange['transport'],
  options: ServerOptions = {},
): string | undefined {
  if (!mayBeAnswered(sent)) return reply === undefined ? undefined : 'what is no query is answered';
  if (reply === undefined) return 'a query is not answered';
  if (reply.length > limitOf(sent, transport, options)) return `${reply.length} octets are too many`;
  if (reply[0] !== sent[0] || reply[1] !== sent[1]) return 'another id';
  if (((reply[2] ?? 0) & 0xf8) !== (((sent[2] ?? 0) & 0x78) | 0x80)) return 'another operation, or no response';
  const decoded = decodeMessage(reply);
  return 'message' in decoded ? undefined : `cannot be read: ${decoded.problem.code}`;
}
