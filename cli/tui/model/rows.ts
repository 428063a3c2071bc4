import type { Severity } from '../../../lib/text/diagnostic.ts';

/** What a row stands for; the numbers are those of RowTable.kinds. */
export const RECORD_ROW = 0;
export const GENERATED_ROW = 1;
export const DIRECTIVE_ROW = 2;
export const COMMENT_ROW = 3;
export const BROKEN_ROW = 4;
export type RowKind = 0 | 1 | 2 | 3 | 4;

/** The rows of a document in reading order, as columns: 100,000 of them cost no object each. */
export interface RowTable {
  readonly count: number;
  readonly kinds: Uint8Array;
  /** Number of the record, the directive or the broken entry; -1 for comments. */
  readonly refs: Int32Array;
  /** Index of the file and offset of the entry in it. */
  readonly files: Uint16Array;
  readonly starts: Uint32Array;
  /** The row of the $INCLUDE or $GENERATE that brings this one, -1 for those of the zone file itself. */
  readonly parents: Int32Array;
}

/** A row as it is drawn. */
export interface RowView {
  /** Index into the row table. */
  readonly row: number;
  readonly kind: 'record' | 'generated' | 'directive' | 'comment' | 'broken';
  /** Owner relative to the zone's name, `@` at it; empty for rows that are no record. */
  readonly owner: string;
  /** The owner with its A-labels as people read them, undefined when that is the same. */
  readonly ownerUnicode: string | undefined;
  readonly ttl: string;
  /** Whether the TTL and the owner are written in the entry, not taken over. */
  readonly ttlWritten: boolean;
  readonly ownerWritten: boolean;
  readonly class: string;
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
  /** Whether rows it brings are hidden; undefined for rows that bring none. */
  readonly folded: boolean | undefined;
  readonly file: string;
  readonly selected: boolean;
}
