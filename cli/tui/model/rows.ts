import { printRdata } from '../../../lib/rr/codec.ts';
import { nameToText } from '../../../lib/rr/name.ts';
import { classToText, typeRow, typeToText } from '../../../lib/rr/types.ts';
import type { Severity } from '../../../lib/text/diagnostic.ts';
import { Entry } from '../../../lib/text/entry.ts';
import { lookAt, trailingComment } from '../../../lib/zone/look.ts';
import type { Zone } from '../../../lib/zone/zone.ts';
import { isTouched } from './changed-ranges.ts';
import { lineAt } from './line-numbers.ts';
import { severityOfRows } from './problems.ts';
import { readableText } from './readable-text.ts';
import {
  BROKEN_ROW,
  COMMENT_ROW,
  DIRECTIVE_ROW,
  GENERATED_ROW,
  RECORD_ROW,
  type RowTable,
  rowEnd,
} from './row-table.ts';
import type { EditorState } from './state.ts';
import { unicodeName } from './unicode-name.ts';

/** A row as it is drawn. */
export interface RowView {
  /** Index into the row table. */
  readonly row: number;
  readonly kind: 'record' | 'generated' | 'directive' | 'comment' | 'broken';
  /** Owner relative to the zone's name, `@` at it; empty for rows that are no record. */
  readonly owner: string;
  /** The owner with its A-labels as people read them; undefined when that is the same. */
  readonly ownerUnicode: string | undefined;
  readonly ttl: string;
  /** Whether the TTL and the owner are written in the entry, not taken over. */
  readonly ttlWritten: boolean;
  readonly ownerWritten: boolean;
  readonly class: string;
  /** The mnemonic, also where the file says TYPEn. */
  readonly type: string;
  /** RDATA in its own form, also where the file has `\#`; for rows that are no record their text. */
  readonly data: string;
  /** The comment behind the record, without its semicolon; empty without one. */
  readonly comment: string;
  readonly marked: boolean;
  readonly changed: boolean;
  readonly severity: Severity | undefined;
  /** Whether the search matches. */
  readonly hit: boolean;
  /** How deep in includes. */
  readonly depth: number;
  /** Whether the rows it brings are hidden; undefined for rows that bring none. */
  readonly folded: boolean | undefined;
  readonly file: string;
  /** Whether the cursor is on it, or it lies in the range being marked. */
  readonly selected: boolean;
  readonly inRange: boolean;
}

/** Characters of a row that are made at most: no screen is wider. */
const LONGEST = 1000;

const KINDS = {
  [RECORD_ROW]: 'record',
  [GENERATED_ROW]: 'generated',
  [DIRECTIVE_ROW]: 'directive',
  [COMMENT_ROW]: 'comment',
  [BROKEN_ROW]: 'broken',
} as const;

/** The row at an index of the list in sight; undefined beyond its ends. Costs the same however many rows there are. */
export function rowView(state: EditorState, index: number): RowView | undefined {
  const { list, document, search } = state;
  const row = list.view[index];
  if (row === undefined) return undefined;
  const { zone } = document;
  const { rows } = list;
  const kind = KINDS[(rows.kinds[row] ?? 0) as keyof typeof KINDS];
  const file = zone.files[rows.files[row] ?? 0]?.name ?? '';
  const entry = new Entry();
  const end = rowEnd(zone, rows, row, entry);
  const ranges = document.changed.get(file) ?? [];
  const { range, cursor } = list;
  return {
    row,
    kind,
    ...partsOf(zone, rows, row, entry, end),
    marked: list.marks.has(row),
    changed: isTouched(ranges, rows.starts[row] ?? 0, end),
    severity: severityOfRows(state)(row),
    hit: search !== undefined && contains(search.hits, index),
    depth: depthOf(rows, row),
    folded: bringsRows(rows, row) ? list.folded.has(row) : undefined,
    file,
    selected: index === cursor,
    inRange: range !== undefined && index >= Math.min(range, cursor) && index <= Math.max(range, cursor),
  };
}

/** The parts of a row that are text. */
type Parts = Pick<
  RowView,
  'owner' | 'ownerUnicode' | 'ttl' | 'ttlWritten' | 'ownerWritten' | 'class' | 'type' | 'data' | 'comment'
>;

function partsOf(zone: Zone, rows: RowTable, row: number, entry: Entry, end: number): Parts {
  const kind = rows.kinds[row];
  const bytes = zone.files[rows.files[row] ?? 0]?.bytes ?? new Uint8Array(0);
  if (kind !== RECORD_ROW && kind !== GENERATED_ROW) {
    const start = rows.starts[row] ?? 0;
    const text = decoder.decode(bytes.subarray(start, Math.min(end, start + LONGEST)));
    const data = text.replace(/\s+/gu, ' ').trim();
    const empty = { owner: '', ownerUnicode: undefined, ttl: '', class: '', type: '', comment: '' };
    return { ...empty, data, ttlWritten: false, ownerWritten: false };
  }
  const record = rows.refs[row] ?? 0;
  const owner = nameToText(zone.ownerOf(record), zone.origin);
  const look = lookAt(zone, record, entry);
  const comment = look.written ? trailingComment(look) : undefined;
  return {
    owner,
    ownerUnicode: unicodeName(owner),
    ttl: String(zone.ttls[record] ?? 0),
    ttlWritten: look.written && look.header.ttlWord >= 0,
    ownerWritten: look.written && look.header.ownerWord >= 0,
    class: classToText(zone.classes[record] ?? 1),
    type: typeName(zone.types[record] ?? 0),
    data: dataText(zone, record),
    comment: comment === undefined ? '' : commentText(bytes, comment.start, comment.end),
  };
}

/** The name of a type as people know it, also of those that other software knows by number only. */
export function typeName(type: number): string {
  return typeRow(type)?.mnemonic ?? typeToText(type);
}

/** The RDATA of a record in its own form, names relative to the zone's name. */
function dataText(zone: Zone, record: number): string {
  const rdata = zone.rdataOf(record);
  const whole = rdata.length > LONGEST * 16 ? rdata.subarray(0, LONGEST * 16) : rdata;
  const text = printRdata(zone.types[record] ?? 0, whole, { origin: zone.origin, native: true });
  return readableText(text.slice(0, LONGEST));
}

/** The text of a row as an entry of its file, without the line end. */
export function entryText(zone: Zone, rows: RowTable, row: number): string {
  const bytes = zone.files[rows.files[row] ?? 0]?.bytes ?? new Uint8Array(0);
  const text = decoder.decode(bytes.subarray(rows.starts[row] ?? 0, rowEnd(zone, rows, row)));
  return text.replace(/\r?\n$/u, '');
}

/** The name of the file of a row and its line there, from 1. */
export function lineOfRow(zone: Zone, rows: RowTable, row: number): { readonly file: string; readonly line: number } {
  const file = zone.files[rows.files[row] ?? 0];
  const line = file === undefined ? 1 : lineAt(file.bytes, rows.starts[row] ?? 0);
  return { file: file?.name ?? '', line };
}

/** The record of a row, -1 when it is none. */
export function recordOf(rows: RowTable, row: number | undefined): number {
  const kind = row === undefined ? undefined : rows.kinds[row];
  return kind === RECORD_ROW || kind === GENERATED_ROW ? (rows.refs[row as number] ?? -1) : -1;
}

/** Whether a row is a directive that brings the rows behind it. */
export function bringsRows(rows: RowTable, row: number): boolean {
  return rows.kinds[row] === DIRECTIVE_ROW && rows.parents[row + 1] === row;
}

function depthOf(rows: RowTable, row: number): number {
  let depth = 0;
  for (let parent = rows.parents[row] ?? -1; parent >= 0; parent = rows.parents[parent] ?? -1) depth++;
  return depth;
}

/** Whether an ascending list holds a number. */
function contains(list: Int32Array, wanted: number): boolean {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return list[low] === wanted;
}

const decoder = new TextDecoder();

function commentText(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start + 1, Math.min(end, start + LONGEST))).trim();
}
