import { readField } from '../rr/codec.ts';
import { TYPE } from '../rr/types.ts';
import type { SourceFile } from '../text/diagnostic.ts';
import type { Edit } from '../text/edits.ts';
import { lookAt, partSpan } from '../zone/look.ts';
import { isRaised, nextSerial } from '../zone/serial.ts';
import type { Zone } from '../zone/zone.ts';

/** One edit that writes a higher serial, in the file where the SOA stands. */
export interface SerialChange {
  readonly file: SourceFile;
  readonly edit: Edit;
  readonly from: number;
  readonly to: number;
}

/** The serial of a zone's first SOA at its name, undefined without one. */
export function serialOf(zone: Zone): number | undefined {
  const record = soaRecord(zone);
  const octets = record < 0 ? undefined : readField(TYPE.SOA, zone.rdataOf(record), 'serial');
  return octets?.reduce((value, octet) => value * 256 + octet, 0);
}

/**
 * The change of the serial that a zone with changed content needs, in the style of the serial it has: only the word of the
 * serial is edited. Undefined when the serial already comes after that of `before`, when there is no SOA, and when the serial
 * has no word of its own (generic RDATA).
 */
export function serialChange(zone: Zone, before: Zone, now: number): SerialChange | undefined {
  const from = serialOf(zone);
  const old = serialOf(before);
  if (from === undefined || old === undefined || isRaised(old, from)) return undefined;
  const record = soaRecord(zone);
  const file = zone.files[zone.fileOf[record] ?? 0];
  if (file === undefined) return undefined;
  const { start, end } = partSpan(zone, record, lookAt(zone, record), 'serial');
  const word = new TextDecoder('latin1').decode(file.bytes.subarray(start, end));
  if (!/^\d+$/.test(word) || Number(word) !== from) return undefined;
  const to = nextSerial(old, now);
  return { file, edit: { start, end, text: String(to) }, from, to };
}

/** The first SOA at the zone's name, -1 without one. */
export function soaRecord(zone: Zone): number {
  for (let record = 0; record < zone.count; record++) {
    if (zone.types[record] === TYPE.SOA && zone.owners[record] === zone.apex) return record;
  }
  return -1;
}
