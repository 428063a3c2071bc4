import { rdataToJson } from '../rr/codec.ts';
import type { JsonValue } from '../rr/kind.ts';
import { nameToText } from '../rr/name.ts';
import { classToText, typeToText } from '../rr/types.ts';
import { chunksOf } from './chunks.ts';
import type { Zone } from './zone.ts';

/** One record as JSON; `data` has a member for each field of the type, `wire` is the RDATA in lower-case hex. */
export interface JsonRecord {
  readonly name: string;
  readonly ttl: number;
  readonly class: string;
  readonly type: string;
  readonly data: Readonly<Record<string, JsonValue>>;
  readonly wire?: string;
}

/** A zone as JSON (schemas/zone.schema.json): names absolute, records in the order of the files. */
export interface JsonZone {
  readonly origin: string;
  readonly records: readonly JsonRecord[];
}

/** How a zone is written as JSON. */
export interface JsonOptions {
  /** Adds `wire` to each record: its RDATA in lower-case hex, names uncompressed. */
  readonly wire?: boolean;
}

/** The zone as a JSON value. */
export function zoneToJson(zone: Zone, options: JsonOptions = {}): JsonZone {
  return { origin: nameToText(zone.origin), records: [...jsonRecords(zone, options)] };
}

/** The text of zoneToJson in pieces, one record a line, for zones too large for one value. */
export function jsonChunks(zone: Zone, options: JsonOptions = {}): Generator<string> {
  return chunksOf(jsonLines(zone, options));
}

function* jsonLines(zone: Zone, options: JsonOptions): Generator<string> {
  yield '{';
  yield `  "origin": ${JSON.stringify(nameToText(zone.origin))},`;
  let line = '  "records": [';
  let separator = '';
  for (const record of jsonRecords(zone, options)) {
    yield line + separator;
    line = `    ${JSON.stringify(record)}`;
    separator = ',';
  }
  yield line;
  yield '  ]';
  yield '}';
}

function* jsonRecords(zone: Zone, { wire = false }: JsonOptions): Generator<JsonRecord> {
  let owner = -1;
  let name = '';
  for (let record = 0; record < zone.count; record++) {
    if (zone.owners[record] !== owner) {
      owner = zone.owners[record] as number;
      name = nameToText(zone.names.wire(owner));
    }
    const type = zone.types[record] as number;
    const rdata = zone.rdataOf(record);
    const written = {
      name,
      ttl: zone.ttls[record] as number,
      class: classToText(zone.classes[record] as number),
      type: typeToText(type),
      data: rdataToJson(type, rdata),
    };
    yield wire ? { ...written, wire: Buffer.from(rdata).toString('hex') } : written;
  }
}
