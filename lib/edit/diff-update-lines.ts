import { printRdata } from '../rr/codec.ts';
import { nameToText } from '../rr/name.ts';
import { classToText, typeRow, typeToText } from '../rr/types.ts';
import type { Zone } from '../zone/zone.ts';

/** Octets that one record may have in an UPDATE message with its prerequisites and its signature (RFC 8945) around it. */
export const LARGEST_RECORD = 64_500;

/** Characters of RDATA up to which it is written in its own form; nsupdate reads lines of 128 KiB. */
const LONGEST_TEXT = 60_000;

/** `prereq yxrrset`: the RRset has this record; all lines of one RRset together say what it must be (RFC 2136 §2.4.2). */
export function prerequisiteLine(zone: Zone, owner: Uint8Array, type: number, rdata?: Uint8Array): string {
  return `prereq yxrrset ${subject(zone, owner, type)}${rdata === undefined ? '' : ` ${rdataText(type, rdata)}`}`;
}

/** `prereq nxrrset`: there is no such RRset (RFC 2136 §2.4.3). */
export function absenceLine(zone: Zone, owner: Uint8Array, type: number): string {
  return `prereq nxrrset ${subject(zone, owner, type)}`;
}

/** `update add` of one record. */
export function addLine(zone: Zone, owner: Uint8Array, type: number, ttl: number, rdata: Uint8Array): string {
  return `update add ${nameToText(owner)} ${ttl} ${classToText(zone.zoneClass)} ${typeWord(type)} ${rdataText(type, rdata)}`;
}

/** `update delete` of one record, or without RDATA of the whole RRset. */
export function deleteLine(zone: Zone, owner: Uint8Array, type: number, rdata?: Uint8Array): string {
  return `update delete ${subject(zone, owner, type)}${rdata === undefined ? '' : ` ${rdataText(type, rdata)}`}`;
}

function subject(zone: Zone, owner: Uint8Array, type: number): string {
  return `${nameToText(owner)} ${classToText(zone.zoneClass)} ${typeWord(type)}`;
}

/** Types that not every server knows by name are written by their number (RFC 3597 §5). */
function typeWord(type: number): string {
  return wellKnown(type) ? typeToText(type) : `TYPE${type}`;
}

function rdataText(type: number, rdata: Uint8Array): string {
  if (wellKnown(type)) {
    const text = printRdata(type, rdata);
    // Nsupdate takes no RDATA without words, as that of an APL may be.
    if (text !== '' && text.length <= LONGEST_TEXT) return text;
  }
  return printRdata(type, rdata, { generic: true });
}

function wellKnown(type: number): boolean {
  const row = typeRow(type);
  return row !== undefined && row.generic !== true && row.refusedBy === undefined;
}
