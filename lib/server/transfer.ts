import { TYPE } from '../rr/types.ts';
import { OPCODE, RCODE } from '../wire/codes.ts';
import { decodeMessage } from '../wire/decode.ts';
import { encodeMessage } from '../wire/encode.ts';
import { u32At } from '../wire/header.ts';
import type { Message, ResourceRecord } from '../wire/message.ts';
import { OUT_OF_ZONE } from '../zone/tree.ts';
import type { ServedZone } from './served-zone.ts';
import type { ServedZones } from './served-zones.ts';

/** Octets of records in one message before compression: names stand where pointers reach them. */
const MESSAGE_SIZE = 16_000;

/** Octets of a record beside owner and RDATA. */
const RECORD_HEAD = 10;

/**
 * The messages that hand over a zone: SOA, every other record once, SOA (RFC 5936 §2.2). A client that asks for changes
 * since a serial gets the SOA alone when it has the latest, otherwise the same whole zone (RFC 1995 §4). Undefined when the
 * octets ask for no transfer of a zone served.
 */
export function transfer(query: Uint8Array, zones: ServedZones): Iterable<Uint8Array> | undefined {
  const decoded = decodeMessage(query);
  if (!('message' in decoded)) return undefined;
  const { message } = decoded;
  const [question] = message.questions;
  if (question === undefined || message.response || message.opcode !== OPCODE.QUERY) return undefined;
  if (question.type !== TYPE.AXFR && question.type !== TYPE.IXFR) return undefined;
  const zone = zones.zone(question.name);
  if (zone === undefined || zone.class !== question.class) return undefined;
  const soa = soaOf(zone);
  if (soa === undefined) return undefined;
  const latest = question.type === TYPE.IXFR && hasLatest(message, zone);
  return messages(message, latest ? [soa] : wholeZone(zone, soa));
}

/** Whether the serial that a client has is the zone's or comes after it (RFC 1982 §3.2). */
function hasLatest({ authority }: Message, zone: ServedZone): boolean {
  const soa = authority.find(({ type }) => type === TYPE.SOA);
  if (soa === undefined) return false;
  const ahead = (u32At(soa.rdata, soa.rdata.length - 20) - zone.serial) >>> 0;
  return ahead < 0x80000000;
}

function soaOf({ tree }: ServedZone): ResourceRecord | undefined {
  const { zone } = tree;
  const record = tree.firstOf(zone.apex, TYPE.SOA);
  if (record < 0) return undefined;
  const [ttl, rdata] = [zone.ttls[record] ?? 0, zone.rdataOf(record)];
  return { name: zone.origin, type: TYPE.SOA, class: zone.zoneClass, ttl, rdata };
}

function* wholeZone(zone: ServedZone, soa: ResourceRecord): Generator<ResourceRecord> {
  yield soa;
  const { tree } = zone;
  const { owners, count } = tree.zone;
  for (let record = 0; record < count; record++) {
    const owner = owners[record] ?? 0;
    if (tree.first[owner] === record && ((tree.flags[owner] ?? 0) & OUT_OF_ZONE) === 0) yield* recordsOf(owner, zone);
  }
  yield soa;
}

/** The records of one owner, each once however often the files have it. */
function* recordsOf(owner: number, { tree }: ServedZone): Generator<ResourceRecord> {
  const { zone } = tree;
  const records = tree.recordsAt(owner);
  const seen = new Set<string>();
  for (const record of records) {
    const type = zone.types[record] ?? 0;
    if (type === TYPE.SOA) continue;
    const rdata = zone.rdataOf(record);
    if (records.length > 1) {
      const key = `${type} ${latin1(rdata)}`;
      if (seen.has(key)) continue;
      seen.add(key);
    }
    const [name, ttl] = [zone.names.wire(owner), zone.ttls[record] ?? 0];
    yield { name, type, class: zone.zoneClass, ttl, rdata };
  }
}

function latin1(octets: Uint8Array): string {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length).toString('latin1');
}

function* messages(query: Message, records: Iterable<ResourceRecord>): Generator<Uint8Array> {
  let first = true;
  let held: ResourceRecord[] = [];
  let size = 0;
  for (const record of records) {
    const more = record.name.length + RECORD_HEAD + record.rdata.length;
    if (size + more > MESSAGE_SIZE && held.length > 0) {
      const { bytes, failed } = messageOf(query, held, first);
      yield bytes;
      if (failed) return;
      first = false;
      held = [];
      size = 0;
    }
    held.push(record);
    size += more;
  }
  yield messageOf(query, held, first).bytes;
}

/** One message; question and OPT stand in the first one only (RFC 5936 §2.2.1, §2.2.5). */
function messageOf(
  query: Message,
  answer: readonly ResourceRecord[],
  first: boolean,
): { readonly bytes: Uint8Array; readonly failed: boolean } {
  const { edns, ...plain } = query;
  const head: Message = {
    ...plain,
    response: true,
    authoritative: true,
    truncated: false,
    authenticData: false,
    recursionAvailable: false,
    reserved: false,
    rcode: RCODE.NOERROR,
    questions: first ? query.questions : [],
    answer: [],
    authority: [],
    additional: [],
  };
  const opt = { udpSize: 1232, version: 0, dnssecOk: edns?.dnssecOk ?? false, flags: 0, options: [] };
  const encoded = encodeMessage({ ...head, answer, ...(first && edns !== undefined && { edns: opt }) });
  if ('bytes' in encoded && !encoded.shortened) return { bytes: encoded.bytes, failed: false };
  // A record that no message can hold: the client has to learn that it does not get the whole zone.
  const failure = encodeMessage({ ...head, rcode: RCODE.SERVFAIL, authoritative: false });
  return { bytes: 'bytes' in failure ? failure.bytes : new Uint8Array(0), failed: true };
}
