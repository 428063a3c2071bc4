import type { ProblemCode } from '../rr/problem.ts';
import type { Args } from '../text/diagnostic.ts';
import type { Zone, ZoneProblem } from './zone.ts';

/** What the reader knows between two entries: the file it is in and the values the next record may take over. */
export interface ReadState {
  readonly zone: Zone;
  /** Index of the current file in zone.files. */
  file: number;
  /** The current `$ORIGIN`. */
  origin: Uint8Array;
  /** The current `$TTL`, -1 before the first. */
  defaultTtl: number;
  /** The TTL last written on a record, -1 before the first. */
  lastTtl: number;
  /** Name id of the last owner, -1 before the first. */
  lastOwner: number;
  /** Offset that records of expanded text are said to stand at; -1 while the file itself is read. */
  expandedFrom: number;
  expandedTo: number;
}

/** Appends a record to the zone's columns; its RDATA stands already in the arena at `start`. */
export function addRecord(
  state: ReadState,
  owner: number,
  type: number,
  recordClass: number,
  ttl: number,
  start: number,
  length: number,
  entry: number,
): number {
  const { zone } = state;
  const record = zone.count;
  if (record === zone.owners.length) zone.growRecords();
  zone.owners[record] = owner;
  zone.types[record] = type;
  zone.classes[record] = recordClass;
  zone.ttls[record] = ttl;
  zone.rdataStarts[record] = start;
  zone.rdataLengths[record] = length;
  zone.entries[record] = entry;
  zone.fileOf[record] = state.file;
  zone.count = record + 1;
  zone.rdataUsed = start + length;
  return record;
}

/** Notes a problem of the current file; those of expanded text are placed at the directive. */
export function addProblem(
  state: ReadState,
  code: ProblemCode,
  start: number,
  end: number,
  args: Args,
  record = -1,
): void {
  const problem: ZoneProblem =
    state.expandedFrom < 0
      ? { code, start, end, args, file: state.file, record }
      : { code, start: state.expandedFrom, end: state.expandedTo, args, file: state.file, record };
  state.zone.problems.push(problem);
}
