import { TYPE } from '../rr/types.ts';
import { OPCODE, RCODE } from '../wire/codes.ts';
import { decodeMessage } from '../wire/decode.ts';
import { encodeMessage } from '../wire/encode.ts';
import { u32At } from '../wire/header.ts';
import type { Message, ResourceRecord } from '../wire/message.ts';
import { weight, type ZoneDifference } from './journal.ts';
import type { ServedZone } from './served-zone.ts';
import type { ServedZones } from './served-zones.ts';
import { ownersOf, recordsOf, soaOf } from './zone-records.ts';

/** Octets of records in one message before compression: names stand where pointers reach them. */
const MESSAGE_SIZE = 16_000;

/** Octets of a record beside owner and RDATA. */
const RECORD_HEAD = 10;

/** The differences between a serial of a zone and the one it has, oldest first; undefined when they are not known. */
export type Differences = (zone: ServedZone, serial: number) => readonly ZoneDifference[] | undefined;

/**
 * The messages that hand over a zone: SOA, every other record once, SOA (RFC 5936 §2.2). A client that asks for changes
 * since a serial gets the SOA alone when it has the latest, else the differences where they are known and shorter than the
 * zone, else the whole zone (RFC 1995 §4). Undefined when the octets ask for no transfer of a zone served.
 */
export function transfer(
  query: Uint8Array,
  zones: ServedZones,
  differences: Differences = () => undefined,
): Iterable<Uint8Array> | undefined {
  const asked = transferOf(query, zones);
  if (asked === undefined) return undefined;
  const { message, zone, soa, serial } = asked;
  if (serial === undefined) return messages(message, wholeZone(zone, soa));
  if (hasLatest(serial, zone)) return messages(message, [soa]);
  const known = shorter(differences(zone, serial), zone);
  return messages(message, known === undefined ? wholeZone(zone, soa) : chained(known, soa));
}

/** The differences that a query over UDP asks for when one message of so many octets holds them, else undefined (RFC 1995 §2). */
export function transferInOne(
  query: Uint8Array,
  zones: ServedZones,
  differences: Differences,
  limit: (message: Message) => number,
): Uint8Array | undefined {
  const asked = transferOf(query, zones);
  if (asked?.serial === undefined || hasLatest(asked.serial, asked.zone)) return undefined;
  const { message, zone, soa, serial } = asked;
  const known = shorter(differences(zone, serial), zone);
  // A record has eleven octets at least.
  if (known === undefined || recordsIn(known) * 11 > limit(message)) return undefined;
  const [bytes] = messages(message, chained(known, soa), limit(message));
  return bytes;
}

/** A query for a transfer of a zone that is served. */
interface AskedTransfer {
  readonly message: Message;
  readonly zone: ServedZone;
  readonly soa: ResourceRecord;
  /** What the client has, when it asks for changes alone. */
  readonly serial: number | undefined;
}

function transferOf(query: Uint8Array, zones: ServedZones): AskedTransfer | undefined {
  const decoded = decodeMessage(query);
  if (!('message' in decoded)) return undefined;
  const { message } = decoded;
  const [question] = message.questions;
  if (question === undefined || message.response || message.opcode !== OPCODE.QUERY) return undefined;
  if (question.type !== TYPE.AXFR && question.type !== TYPE.IXFR) return undefined;
  const zone = zones.zone(question.name);
  if (zone === undefined || zone.class !== question.class) return undefined;
  const soa = soaOf(zone.tree);
  if (soa === undefined) return undefined;
  const had = question.type === TYPE.IXFR ? message.authority.find(({ type }) => type === TYPE.SOA) : undefined;
  return { message, zone, soa, serial: had && u32At(had.rdata, had.rdata.length - 20) };
}

/** Differences of so many records are told whatever the size of the zone, so that secondaries of small zones can be tried. */
const ALWAYS_TOLD = 1000;

/** Differences that have fewer records than the zone, or few. */
function shorter(
  known: readonly ZoneDifference[] | undefined,
  { tree }: ServedZone,
): readonly ZoneDifference[] | undefined {
  return known !== undefined && recordsIn(known) <= Math.max(tree.zone.count + 1, ALWAYS_TOLD) ? known : undefined;
}

/** Records in a response with these differences. */
function recordsIn(differences: readonly ZoneDifference[]): number {
  return differences.reduce((sum, each) => sum + weight(each), 2);
}

/** Whether the serial that a client has is the zone's or comes after it (RFC 1982 §3.2). */
function hasLatest(serial: number, zone: ServedZone): boolean {
  return (serial - zone.serial) >>> 0 < 0x80000000;
}

function* wholeZone(zone: ServedZone, soa: ResourceRecord): Generator<ResourceRecord> {
  yield soa;
  for (const owner of ownersOf(zone.tree)) yield* recordsOf(owner, zone.tree);
  yield soa;
}

/** One difference after the other: old SOA, what goes, new SOA, what comes (RFC 1995 §4). */
function* chained(differences: readonly ZoneDifference[], soa: ResourceRecord): Generator<ResourceRecord> {
  yield soa;
  for (const { oldSoa, newSoa, removed, added } of differences) {
    yield oldSoa;
    yield* removed;
    yield newSoa;
    yield* added;
  }
  yield soa;
}

/** Messages for all records; within a limit there is one, or none when it does not hold them. */
function* messages(query: Message, records: Iterable<ResourceRecord>, limit?: number): Generator<Uint8Array> {
  let first = true;
  let held: ResourceRecord[] = [];
  let size = 0;
  for (const record of records) {
    const more = record.name.length + RECORD_HEAD + record.rdata.length;
    if (limit === undefined && size + more > MESSAGE_SIZE && held.length > 0) {
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
  const { bytes, failed } = messageOf(query, held, first, limit);
  if (!failed || limit === undefined) yield bytes;
}

/** One message; question and OPT stand in the first one only (RFC 5936 §2.2.1, §2.2.5). */
function messageOf(
  query: Message,
  answer: readonly ResourceRecord[],
  first: boolean,
  limit?: number,
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
  const message = { ...head, answer, ...(first && edns !== undefined && { edns: opt }) };
  const encoded = encodeMessage(message, limit === undefined ? {} : { limit });
  if ('bytes' in encoded && !encoded.shortened) return { bytes: encoded.bytes, failed: false };
  // A record that no message can hold: the client has to learn that it does not get the whole zone.
  const failure = encodeMessage({ ...head, rcode: RCODE.SERVFAIL, authoritative: false });
  return { bytes: 'bytes' in failure ? failure.bytes : new Uint8Array(0), failed: true };
}
