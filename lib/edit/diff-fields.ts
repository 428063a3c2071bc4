import { printRdata } from '../rr/codec.ts';
import { asciiText } from '../rr/found.ts';
import { KINDS } from '../rr/kinds.ts';
import { canonicalRdata, fieldSpans, fieldsOf, isOpaque } from '../rr/layout.ts';
import { ByteSink } from '../text/sink.ts';
import type { RrsetChange, ZoneDiff } from './diff.ts';
import { type RenameMap, renamedRdata } from './diff-renames.ts';

/** A field of RDATA as a zone file would say it. */
export interface FieldText {
  readonly name: string;
  readonly text: string;
}

/** A field of two records, one taken for the successor of the other. */
export interface FieldChange {
  readonly name: string;
  readonly old: string;
  readonly new: string;
}

/** Two records of a changed RRset of which one took the place of the other: same fields but some. */
export interface RecordPair {
  /** Record number in the old zone. */
  readonly removed: number;
  /** Record number in the new zone. */
  readonly added: number;
  /** All fields in order; those that are alike have the same text twice. */
  readonly fields: readonly FieldChange[];
}

/** A changed RRset for people: records that took the place of others, and those that only went or came. */
export interface PairedChange {
  readonly pairs: readonly RecordPair[];
  readonly removed: readonly number[];
  readonly added: readonly number[];
}

/** The fields of RDATA with their text, in the type's own form even where files have the generic one; undefined when it has no fields or is malformed. */
function fieldTexts(type: number, rdata: Uint8Array): readonly FieldText[] | undefined {
  const fields = fieldsOf(type);
  const spans = fieldSpans(type, rdata);
  if (isOpaque(fields) || spans.length < fields.length || spans.at(-1)?.end !== rdata.length) return undefined;
  return fields.map(({ name, kind }, index) => {
    const { start, end } = spans[index] ?? { start: 0, end: 0 };
    const out = new ByteSink(64);
    if (start < end) KINDS[kind].write(rdata, start, end, out);
    return { name, text: asciiText(out.bytes, 0, out.length) };
  });
}

/** Records of one RRset that are compared with each other at most. */
const MOST = 64;

/**
 * Finds for each record that is gone the one that took its place: first the one that only follows a renamed host, then the one with
 * most fields alike. Records of one field are paired when the RRset has just one, before and after.
 */
export function pairRecords(diff: ZoneDiff, change: RrsetChange, renames?: RenameMap): PairedChange {
  const { type } = change;
  const alone = change.before.length === 1 && change.after.length === 1;
  if (change.removed.length * change.added.length > MOST * MOST) return { pairs: [], ...change };
  const left = new Set(change.removed);
  const right = new Map(change.added.map((record) => [record, fieldTexts(type, diff.new.rdataOf(record))] as const));
  const pairs: RecordPair[] = [];
  const take = (removed: number, added: number): void => {
    const [old, now] = [fieldTexts(type, diff.old.rdataOf(removed)), right.get(added)];
    if (old === undefined || now === undefined) return;
    left.delete(removed);
    right.delete(added);
    const fields = old.map(({ name, text }, index) => ({ name, old: text, new: now[index]?.text ?? '' }));
    pairs.push({ removed, added, fields });
  };
  for (const removed of renames === undefined ? [] : change.removed) {
    const wanted = renamedRdata(type, diff.old.rdataOf(removed), renames as RenameMap);
    const added = wanted && [...right.keys()].find((each) => sameContent(type, wanted, diff.new.rdataOf(each)));
    if (added !== undefined) take(removed, added);
  }
  for (const removed of [...left]) {
    const old = fieldTexts(type, diff.old.rdataOf(removed));
    if (old === undefined) continue;
    let best: number | undefined;
    let most = alone ? -1 : 0;
    for (const [added, now] of right) {
      if (now === undefined) continue;
      const alike = old.filter(({ text }, index) => text === now[index]?.text).length;
      if (alike > most) [best, most] = [added, alike];
    }
    if (best !== undefined) take(removed, best);
  }
  return { pairs, removed: [...left], added: [...right.keys()] };
}

function sameContent(type: number, a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(canonicalRdata(type, a), canonicalRdata(type, b)) === 0;
}

/** RDATA as a zone file says it, and behind generic RDATA what it means. */
export function recordText(type: number, rdata: Uint8Array): string {
  const text = printRdata(type, rdata);
  if (!text.startsWith('\\#')) return text;
  const own = printRdata(type, rdata, { native: true });
  return own === text ? text : `${text} ; ${own}`;
}
