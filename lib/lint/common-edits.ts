import type { Edit } from '../text/edits.ts';
import { removalEdits, ttlPlace } from '../zone/edits.ts';
import { lookAt } from '../zone/look.ts';
import { oncePerZone } from './common-memo.ts';
import type { Facts } from './facts.ts';

/** Whether a record stands in the file as an entry of its own, not made by `$GENERATE`. */
export function isWritten(facts: Facts, record: number): boolean {
  return lookAt(facts.zone, record).written;
}

/**
 * The edit that takes a record out of its file, undefined when that could change another record: one after it that
 * takes over its owner or TTL, or a comment between its lines. A comment at its end stays.
 */
export function removal(facts: Facts, record: number): Edit | undefined {
  const { zone } = facts;
  const { entry, header, written } = lookAt(zone, record);
  if (!written || zone.broken.length > 0 || givesOwner(facts, record)) return undefined;
  if (header.ttlWord >= 0 && !hasDefaultTtl(facts, record)) return undefined;
  const edits = removalEdits(entry);
  return edits.length === 1 ? edits[0] : undefined;
}

/** Whether the record after this one has no owner of its own and would get another one without this record. */
function givesOwner(facts: Facts, record: number): boolean {
  const { zone } = facts;
  const after = record + 1;
  if (after >= zone.count || zone.fileOf[after] !== zone.fileOf[record]) return false;
  if (!lookAt(zone, after).entry.blankStart) return false;
  const before = record - 1;
  const same =
    before >= 0 && zone.fileOf[before] === zone.fileOf[record] && zone.owners[before] === zone.owners[record];
  return !same;
}

/** Whether a `$TTL` stands before a record, so that no record after it takes over its TTL (RFC 2308 §4). */
function hasDefaultTtl(facts: Facts, record: number): boolean {
  return firstDefaultTtl(facts) <= record;
}

/** Records read before the first `$TTL`. */
const firstDefaultTtl: (facts: Facts) => number = oncePerZone(
  (facts) => facts.zone.directives.find(({ kind }) => kind === 'TTL')?.before ?? Number.POSITIVE_INFINITY,
);

/** The edit that gives a record a TTL; undefined when that would change the TTL of a record after it. */
export function ttlEdit(facts: Facts, record: number, ttl: number): Edit | undefined {
  const look = lookAt(facts.zone, record);
  if (!look.written || !hasDefaultTtl(facts, record)) return undefined;
  const { start, end } = ttlPlace(look);
  return { start, end, text: start === end ? `${ttl} ` : String(ttl) };
}

/** The edit that puts a final dot behind a name that stands in the file as one unquoted word without it. */
export function dotEdit(facts: Facts, record: number, part: string): Edit | undefined {
  if (!isWritten(facts, record)) return undefined;
  const text = facts.source(record, part);
  if (/[\s"()@]/.test(text) || text.endsWith('.')) return undefined;
  const { end } = facts.span(record, part);
  return { start: end, end, text: '.' };
}
