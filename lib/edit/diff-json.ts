import { printRdata } from '../rr/codec.ts';
import { rdataToJson } from '../rr/json.ts';
import type { JsonValue } from '../rr/kind.ts';
import { nameToText } from '../rr/name.ts';
import { classToText, typeToText } from '../rr/types.ts';
import type { Zone } from '../zone/zone.ts';
import type { DiffCounts, RrsetChange, SerialChange, ZoneDiff } from './diff.ts';
import type { Outside } from './diff-owners.ts';
import { findRenames } from './diff-renames.ts';

/** RDATA of a record: as a zone file says it, and by fields as in zone JSON. */
export interface JsonRdata {
  readonly text: string;
  readonly data: Readonly<Record<string, JsonValue>>;
}

/** A TTL before and after; one is missing where the RRset is. */
export interface JsonTtl {
  readonly old?: number;
  readonly new?: number;
}

/** One RRset that differs. */
export interface JsonChange {
  readonly name: string;
  readonly type: string;
  /** The type that signatures cover. */
  readonly covers?: string;
  readonly change: RrsetChange['kind'];
  readonly ttl: JsonTtl;
  readonly removed: readonly JsonRdata[];
  readonly added: readonly JsonRdata[];
  /** How many records of the RRset are in both zones. */
  readonly kept: number;
}

/** A host that goes on under another name; the changes say the same without it. */
export interface JsonRename {
  readonly from: string;
  readonly to: string;
  readonly below: readonly { readonly from: string; readonly to: string }[];
  readonly followed: readonly { readonly name: string; readonly type: string }[];
}

/** What two zones differ in, all but `changes`. */
export interface JsonDiffFrame {
  readonly origin: string;
  readonly class: string;
  readonly equal: boolean;
  readonly ignored: readonly ('serial' | 'ttl' | 'dnssec')[];
  readonly summary: DiffCounts;
  readonly serial: SerialChange | null;
  readonly notCompared: { readonly old: JsonOutside; readonly new: JsonOutside };
  readonly renames: readonly JsonRename[];
}

/** How many records were not compared. */
export interface JsonOutside {
  readonly otherClass: number;
  readonly outOfZone: number;
}

/** What two zones differ in, but for the list of changes. */
export function diffFrame(diff: ZoneDiff): JsonDiffFrame {
  const { old, options, counts, serial, outside } = diff;
  const { ignoreSerial, ignoreTtl, ignoreDnssec } = options;
  return {
    origin: nameToText(old.origin),
    class: classToText(old.zoneClass),
    equal: diff.length === 0,
    ignored: [
      ...(ignoreSerial === true ? (['serial'] as const) : []),
      ...(ignoreTtl === true ? (['ttl'] as const) : []),
      ...(ignoreDnssec === true ? (['dnssec'] as const) : []),
    ],
    summary: counts,
    serial: serial ?? null,
    notCompared: { old: outsideCounts(outside.old), new: outsideCounts(outside.new) },
    renames: findRenames(diff).map(({ from, to, below, followed }) => ({
      from: nameToText(from),
      to: nameToText(to),
      below: below.map((each) => ({ from: nameToText(each.from), to: nameToText(each.to) })),
      followed: followed.map((index) => {
        const { owner, type } = diff.at(index);
        return { name: nameToText(owner), type: typeToText(type) };
      }),
    })),
  };
}

/** One change as JSON. */
export function changeToJson(diff: ZoneDiff, change: RrsetChange): JsonChange {
  const { owner, type, covered, kind, oldTtl, newTtl, removed, added, before } = change;
  return {
    name: nameToText(owner),
    type: typeToText(type),
    ...(covered === undefined ? {} : { covers: typeToText(covered) }),
    change: kind,
    ttl: { ...(oldTtl === undefined ? {} : { old: oldTtl }), ...(newTtl === undefined ? {} : { new: newTtl }) },
    removed: removed.map((record) => rdataOf(diff.old, record)),
    added: added.map((record) => rdataOf(diff.new, record)),
    kept: before.length - removed.length,
  };
}

/** The whole difference as one value, for zones that differ in as much as memory holds. */
export function diffToJson(diff: ZoneDiff): JsonDiffFrame & { readonly changes: readonly JsonChange[] } {
  return { ...diffFrame(diff), changes: Array.from(diff.changes(), (change) => changeToJson(diff, change)) };
}

function outsideCounts({ otherClass, outOfZone }: Outside): JsonOutside {
  return { otherClass: otherClass.length, outOfZone: outOfZone.length };
}

function rdataOf(zone: Zone, record: number): JsonRdata {
  const type = zone.types[record] as number;
  const rdata = zone.rdataOf(record);
  return { text: printRdata(type, rdata), data: rdataToJson(type, rdata) };
}
