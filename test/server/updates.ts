import { rdataFromText } from '../../lib/rr/codec.ts';
import { CLASSES, TYPE, typeFromText } from '../../lib/rr/types.ts';
import type { Exchange } from '../../lib/server/exchange.ts';
import { ServedZones } from '../../lib/server/served-zones.ts';
import { type Reply, TestServer, type TestServerOptions } from '../../lib/server/test-server.ts';
import { OPCODE } from '../../lib/wire/codes.ts';
import { type Message, queryFor, type ResourceRecord } from '../../lib/wire/message.ts';
import { ZoneTree } from '../../lib/zone/tree.ts';
import { wire, zoneOf } from '../zone/zones.ts';
import { exchange, messageOf, octets } from './dialogue.ts';

/** The name of the zone that updates in words are for. */
export const ORIGIN: Uint8Array = wire('example.net.');

/** A server of one zone that anybody may change and transfer. */
export function updatable(text: string, options: TestServerOptions = {}): TestServer {
  const world = { now: () => exchange().now, ticks: () => 0, wait: async () => {} };
  const zones = new ServedZones([new ZoneTree(zoneOf('example.net.', text))]);
  return new TestServer(zones, world, { mayUpdate: () => true, mayTransfer: () => true, ...options });
}

/** The text of the zone as it is served. */
export function textOf(server: TestServer): string {
  const [file] = server.zones.zone(ORIGIN)?.tree.zone.files ?? [];
  return new TextDecoder().decode(file?.bytes);
}

/** The serial of the zone as it is served. */
export function serialOf(server: TestServer): number | undefined {
  return server.zones.zone(ORIGIN)?.serial;
}

/**
 * An UPDATE in the words of nsupdate: `prereq yxdomain www`, `prereq nxrrset www A`, `prereq yxrrset www A 192.0.2.1`,
 * `add www 60 A 192.0.2.1`, `delete www`, `delete www A`, `delete www A 192.0.2.1`.
 */
export function updateOf(lines: readonly string[], change: Partial<Message> = {}): Message {
  const prerequisites = lines.filter((line) => line.startsWith('prereq ')).map(prerequisite);
  const updates = lines.filter((line) => !line.startsWith('prereq ')).map(one);
  return {
    ...queryFor({ name: ORIGIN, type: TYPE.SOA, class: CLASSES.IN }, 4711),
    opcode: OPCODE.UPDATE,
    answer: prerequisites,
    authority: updates,
    ...change,
  };
}

function prerequisite(line: string): ResourceRecord {
  const [, what = '', owner = '', type = 'ANY', ...data] = line.split(' ');
  if (data.length > 0) return recordOf(owner, 0, type, data.join(' '));
  return { ...empty(owner, type), class: what.startsWith('yx') ? CLASSES.ANY : CLASSES.NONE };
}

function one(line: string): ResourceRecord {
  const [what = '', owner = '', ...rest] = line.split(' ');
  if (what === 'add') {
    const [ttl = '', type = '', ...data] = rest;
    return recordOf(owner, Number(ttl), type, data.join(' '));
  }
  const [type = 'ANY', ...data] = rest;
  if (data.length > 0) return { ...recordOf(owner, 0, type, data.join(' ')), class: CLASSES.NONE };
  return { ...empty(owner, type), class: CLASSES.ANY };
}

function empty(owner: string, type: string): ResourceRecord {
  const number = typeFromText(type);
  if (number === undefined) throw new Error(`no type: ${type}`);
  return { name: wire(owner, ORIGIN), type: number, class: CLASSES.IN, ttl: 0, rdata: new Uint8Array(0) };
}

/** One record in class IN, names from the zone's name. */
export function recordOf(owner: string, ttl: number, type: string, data: string): ResourceRecord {
  const bare = empty(owner, type);
  const read = rdataFromText(bare.type, data, ORIGIN);
  if (!('rdata' in read)) throw new Error(`${type} ${data}: ${JSON.stringify(read)}`);
  return { ...bare, ttl, rdata: read.rdata };
}

/** Sends a message to a server, the reply as it came. */
export function handled(server: TestServer, message: Message | Uint8Array, from: Partial<Exchange> = {}): Reply {
  const bytes = message instanceof Uint8Array ? message : octets(message);
  const reply = server.handle(bytes, { ...exchange(), ...from });
  if (reply instanceof Promise) throw new Error('nothing here waits');
  return reply;
}

/** Sends an UPDATE in words; its RCODE. */
export function updated(server: TestServer, ...lines: string[]): number {
  return messageOf(handled(server, updateOf(lines)).bytes).rcode;
}
