import type { NewRecord } from '../../../lib/edit/change.ts';
import { nameToText } from '../../../lib/rr/name.ts';
import { lookAt } from '../../../lib/zone/look.ts';
import { currentRow } from './list.ts';
import { RECORD_ROW } from './row-table.ts';
import { recordOf, typeName } from './rows.ts';
import type { EditorState } from './state.ts';

/** The rows that a command is for: those marked, in file order, else the one at the cursor. */
export function targetRows(state: EditorState): number[] {
  const { marks } = state.list;
  if (marks.size > 0) return [...marks].sort((a, b) => a - b);
  const row = currentRow(state);
  return row < 0 ? [] : [row];
}

/** The record at the cursor, -1 when there is none; with `written` only one that has text of its own. */
export function currentRecord(state: EditorState, written = false): number {
  const row = currentRow(state);
  if (written && state.list.rows.kinds[row] !== RECORD_ROW) return -1;
  return recordOf(state.list.rows, row < 0 ? undefined : row);
}

/** A record as the name of a step says it: `MX of example.net.`. */
export function recordWords({ document: { zone } }: EditorState, record: number): string {
  return `${typeName(zone.types[record] ?? 0)} of ${nameToText(zone.ownerOf(record))}`;
}

/** Several things as the name of a step says them: `1 row`, `3 rows`; one alone may have words of its own. */
export function countWords(count: number, noun: string, one = `1 ${noun}`): string {
  return count === 1 ? one : `${count} ${noun}s`;
}

/** A record as one to be written, with the TTL it has where that is written. */
export function newRecordOf({ document: { zone } }: EditorState, record: number): NewRecord {
  const look = lookAt(zone, record);
  const ttl = look.written && look.header.ttlWord >= 0 ? { ttl: zone.ttls[record] ?? 0 } : {};
  return {
    owner: zone.ownerOf(record).slice(),
    type: zone.types[record] ?? 0,
    rdata: zone.rdataOf(record).slice(),
    ...ttl,
  };
}
