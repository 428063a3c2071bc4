import { rdataToJson } from '../rr/json.ts';
import type { JsonValue } from '../rr/kind.ts';
import { nameToText } from '../rr/name.ts';
import { classToText, typeToText } from '../rr/types.ts';
import type { BatchText } from './stream.ts';
import type { Zone } from './zone.ts';

/** Characters a chunk has at least, the last one excepted. */
const CHUNK = 0x10000;

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

/** The text of zoneToJson in pieces fit for writing, one record a line, for zones too large for one value. */
export function* jsonChunks(zone: Zone, options: JsonOptions = {}): Generator<string> {
  const text = new JsonText(options);
  yield* text.batch(zone);
  yield text.end();
}

/** The text of jsonChunks for a zone whose records come batch by batch. */
export class JsonText implements BatchText {
  private readonly options: JsonOptions;
  private separator: string | undefined;

  constructor(options: JsonOptions = {}) {
    this.options = options;
  }

  *batch(zone: Zone): Generator<string> {
    let chunk = '';
    if (this.separator === undefined) {
      chunk = `{\n  "origin": ${JSON.stringify(nameToText(zone.origin))},\n  "records": [`;
      this.separator = '';
    }
    for (const record of jsonRecords(zone, this.options)) {
      chunk += `${this.separator}\n    ${JSON.stringify(record)}`;
      this.separator = ',';
      if (chunk.length < CHUNK) continue;
      yield chunk;
      chunk = '';
    }
    yield chunk;
  }

  end(): string {
    return '\n  ]\n}\n';
  }
}

function* jsonRecords(zone: Zone, { wire = false }: JsonOptions): Generator<JsonRecord> {
  const octets = Buffer.from(zone.rdata.buffer, zone.rdata.byteOffset, zone.rdataUsed);
  let owner = -1;
  let name = '';
  for (let record = 0; record < zone.count; record++) {
    if (zone.owners[record] !== owner) {
      owner = zone.owners[record] as number;
      name = nameToText(zone.names.wire(owner));
    }
    const type = zone.types[record] as number;
    const start = zone.rdataStarts[record] as number;
    const end = start + (zone.rdataLengths[record] as number);
    const written = {
      name,
      ttl: zone.ttls[record] as number,
      class: classToText(zone.classes[record] as number),
      type: typeToText(type),
      data: rdataToJson(type, zone.rdata.subarray(start, end)),
    };
    yield wire ? { ...written, wire: octets.toString('hex', start, end) } : written;
  }
}
