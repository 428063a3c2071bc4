import { printRdata } from '../rr/codec.ts';
import { lowerOctet } from '../rr/escapes.ts';
import { nameToText, writeName } from '../rr/name.ts';
import { classToText, type TypeRow, typeRow, typeToText } from '../rr/types.ts';
import type { BatchText } from './stream.ts';
import { TextWriter } from './text-writer.ts';
import type { Zone } from './zone.ts';

/** Width the owner column has at most; a longer owner moves the rest of its line. */
const WIDEST_OWNER = 32;

/** Stands for the owner before the first record; names not at hand have the id -1. */
const NONE = -2;

/** How the columns of a zone file are laid out. */
interface Layout {
  readonly defaultTtl: number;
  readonly ttlColumn: number;
  readonly classColumn: number;
}

/**
 * The zone as a master file (RFC 1035 §5.1) in pieces fit for writing: `$ORIGIN`, the most frequent TTL as `$TTL`,
 * names relative, records in the order they were read. Reading it gives the same records.
 */
export function* zoneFileChunks(zone: Zone): Generator<string> {
  const text = new ZoneFileText();
  yield* text.batch(zone);
  yield text.end();
}

/** The text of zoneFileChunks for a zone whose records come batch by batch; the first records decide on `$TTL` and columns. */
export class ZoneFileText implements BatchText {
  private header = '';
  private layout: Layout | undefined;
  /** The owner of the last record, undefined before the first. */
  private owner: Uint8Array | undefined;

  *batch(zone: Zone): Generator<string> {
    const { names, owners, apex } = zone;
    this.header ||= `$ORIGIN ${nameToText(zone.origin)}\n`;
    if (zone.count === 0) return;
    const writer = new TextWriter();
    let { layout } = this;
    if (layout === undefined) {
      layout = layOut(zone);
      this.layout = layout;
      writer.ascii(`${this.header}$TTL ${layout.defaultTtl}`);
      writer.endLine();
    }
    let owner = this.owner === undefined ? NONE : names.find(this.owner);
    for (let record = 0; record < zone.count; record++) {
      const before = owner;
      owner = owners[record] as number;
      if (owner !== before) {
        if (before === NONE || before === apex || owner === apex) writer.endLine();
        writeName(names.arena, names.offsets[owner] as number, writer.out, zone.origin);
      }
      writeRecord(zone, record, layout, writer);
      if (writer.full) yield writer.take();
    }
    this.owner = names.wire(owner).slice();
    yield writer.take();
  }

  end(): string {
    return this.layout === undefined ? this.header : '';
  }
}

/** Writes a record behind its owner, or at the start of the line when that is the owner before. */
function writeRecord(zone: Zone, record: number, layout: Layout, writer: TextWriter): void {
  const type = zone.types[record] as number;
  const row = typeRow(type);
  const ttl = zone.ttls[record] as number;
  const rdata = zone.rdataOf(record);
  if (writer.column > 0) writer.ascii(' ');
  writer.padTo(layout.ttlColumn);
  if (ttl !== layout.defaultTtl) writer.ascii(`${ttl} `);
  writer.padTo(layout.classColumn);
  writer.ascii(`${classToText(zone.classes[record] as number)} ${typeToText(type).padEnd(7)} `);
  const origin = spellsAlike(rdata, zone.origin) ? zone.origin : undefined;
  if (row === undefined || !hasTimers(row) || !writeTimers(rdata, row, origin, writer)) {
    writer.rdata(type, rdata, origin);
    if (row?.generic) writeComment(rdata, row, writer);
  }
  writer.endLine();
}

/** Whether the origin stands in RDATA only as it is spelled itself, so that leaving it out loses no capitals. */
function spellsAlike(rdata: Uint8Array, origin: Uint8Array): boolean {
  const last = rdata.length - origin.length;
  for (let from = 0; from <= last; from++) {
    let exact = true;
    let at = 0;
    for (; at < origin.length; at++) {
      const left = rdata[from + at] as number;
      const right = origin[at] as number;
      if (left === right) continue;
      if (lowerOctet(left) !== lowerOctet(right)) break;
      exact = false;
    }
    if (at === origin.length && !exact) return false;
  }
  return true;
}

/** Whether a type has timers, whose meaning nobody tells from a row of numbers. */
function hasTimers(row: TypeRow): boolean {
  return row.fields.some(({ kind }) => kind === 'period');
}

/** Writes the names of RDATA with timers and then a line for each number, named in a comment; false when malformed. */
function writeTimers(
  rdata: Uint8Array,
  { number, fields }: TypeRow,
  origin: Uint8Array | undefined,
  writer: TextWriter,
): boolean {
  const words = printRdata(number, rdata, origin === undefined ? {} : { origin }).split(' ');
  if (words.length !== fields.length) return false;
  const names = fields.filter(({ kind }) => kind === 'name').length;
  const width = Math.max(...words.slice(names).map((word) => word.length)) + 2;
  const column = writer.column;
  writer.ascii(`${words.slice(0, names).join(' ')} (`);
  for (const [index, field] of fields.entries()) {
    if (index < names) continue;
    const last = index === fields.length - 1;
    writer.endLine();
    writer.padTo(column);
    writer.ascii(`${`${words[index]}${last ? ' )' : ''}`.padEnd(width)} ; ${field.name}`);
  }
  return true;
}

/** Says in a comment what generic RDATA means, for types that other software knows by number only. */
function writeComment(rdata: Uint8Array, { number, mnemonic }: TypeRow, writer: TextWriter): void {
  const text = printRdata(number, rdata, { native: true });
  if (!text.startsWith('\\#')) writer.ascii(` ; ${mnemonic} ${text}`);
}

function layOut(zone: Zone): Layout {
  const { names, owners, origin, ttls, count } = zone;
  const defaultTtl = mostFrequent(ttls, count);
  let ownerWidth = 1;
  let ttlWidth = 0;
  for (let record = 0; record < count; record++) {
    const length = names.length(owners[record] as number) - origin.length - 1;
    if (length > ownerWidth) ownerWidth = Math.min(length, WIDEST_OWNER);
    const ttl = ttls[record] as number;
    if (ttl !== defaultTtl) ttlWidth = Math.max(ttlWidth, `${ttl}`.length + 1);
  }
  return { defaultTtl, ttlColumn: ownerWidth + 1, classColumn: ownerWidth + 1 + ttlWidth };
}

/** The value met most often, of several the one met first. */
function mostFrequent(values: Uint32Array, count: number): number {
  const counts = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const value = values[i] as number;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  let best = -1;
  for (const [value, times] of counts) if (times > (counts.get(best) ?? 0)) best = value;
  return Math.max(0, best);
}
