import { printRdata } from '../rr/codec.ts';
import { nameToText } from '../rr/name.ts';
import { classToText, type TypeRow, typeRow, typeToText } from '../rr/types.ts';
import { chunksOf } from './chunks.ts';
import type { Zone } from './zone.ts';

/** Characters the owner column has at most; a longer owner moves the rest of its line. */
const WIDEST_OWNER = 32;
const TYPE_WIDTH = 7;

/** How the columns of a zone file are laid out. */
interface Layout {
  readonly defaultTtl: number;
  readonly ownerWidth: number;
  /** 0 when every record has the default TTL. */
  readonly ttlWidth: number;
}

/**
 * The zone as a master file (RFC 1035 §5.1) in pieces fit for writing: `$ORIGIN`, the most frequent TTL as `$TTL`,
 * names relative, records in the order they were read. Reading it gives the same records.
 */
export function zoneFileChunks(zone: Zone): Generator<string> {
  return chunksOf(zoneFileLines(zone));
}

function* zoneFileLines(zone: Zone): Generator<string> {
  const layout = layOut(zone);
  yield `$ORIGIN ${nameToText(zone.origin)}`;
  if (zone.count > 0) yield `$TTL ${layout.defaultTtl}`;
  let owner = -1;
  for (let record = 0; record < zone.count; record++) {
    const before = owner;
    owner = zone.owners[record] as number;
    if (owner !== before && (before < 0 || before === zone.apex || owner === zone.apex)) yield '';
    const name = owner === before ? '' : nameToText(zone.names.wire(owner), zone.origin);
    yield* recordLines(zone, record, name, layout);
  }
}

function* recordLines(zone: Zone, record: number, name: string, layout: Layout): Generator<string> {
  const type = zone.types[record] as number;
  const row = typeRow(type);
  const ttl = zone.ttls[record] as number;
  const head = [
    name.padEnd(layout.ownerWidth),
    ...(layout.ttlWidth === 0 ? [] : [(ttl === layout.defaultTtl ? '' : `${ttl}`).padStart(layout.ttlWidth)]),
    classToText(zone.classes[record] as number),
    typeToText(type).padEnd(TYPE_WIDTH),
  ].join(' ');
  const rdata = printRdata(type, zone.rdataOf(record), { origin: zone.origin });
  const words = rdata.split(' ');
  if (row !== undefined && hasTimers(row) && words.length === row.fields.length) yield* timedLines(head, words, row);
  else yield `${head} ${rdata}${readableComment(zone, record, row)}`.trimEnd();
}

/** Whether a type has timers, whose meaning nobody tells from a row of numbers. */
function hasTimers(row: TypeRow): boolean {
  return row.fields.some(({ kind }) => kind === 'period');
}

/** A record with its names on the first line and then a line for each number, named in a comment. */
function* timedLines(head: string, words: readonly string[], { fields }: TypeRow): Generator<string> {
  const names = fields.filter(({ kind }) => kind === 'name').length;
  const numbers = words.slice(names);
  const width = Math.max(...numbers.map((word) => word.length)) + 2;
  yield `${head} ${words.slice(0, names).join(' ')} (`;
  for (const [index, word] of numbers.entries()) {
    const last = index === numbers.length - 1;
    const value = `${word}${last ? ' )' : ''}`.padEnd(width);
    yield `${' '.repeat(head.length + 1)}${value} ; ${fields[names + index]?.name}`;
  }
}

/** What generic RDATA says, for types that other software knows by number only. */
function readableComment(zone: Zone, record: number, row: TypeRow | undefined): string {
  if (row?.generic === undefined || row.fields.length === 0) return '';
  const text = printRdata(row.number, zone.rdataOf(record), { native: true });
  return text.startsWith('\\#') ? '' : ` ; ${row.mnemonic} ${text}`;
}

function layOut(zone: Zone): Layout {
  const defaultTtl = mostFrequent(zone.ttls, zone.count);
  let ownerWidth = 1;
  let ttlWidth = 0;
  for (let record = 0; record < zone.count; record++) {
    const length = zone.names.length(zone.owners[record] as number) - zone.origin.length - 1;
    if (length > ownerWidth) ownerWidth = Math.min(length, WIDEST_OWNER);
    const ttl = zone.ttls[record] as number;
    if (ttl !== defaultTtl) ttlWidth = Math.max(ttlWidth, `${ttl}`.length);
  }
  return { defaultTtl, ownerWidth, ttlWidth };
}

/** The value met most often, of several the one met first. */
function mostFrequent(values: Uint32Array, count: number): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  let best = 0;
  for (const [value, times] of counts) if (times > (counts.get(best) ?? 0)) best = value;
  return best;
}
